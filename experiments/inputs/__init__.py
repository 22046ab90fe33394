"""What users hand in, read and checked: one sentence where it is wrong."""
