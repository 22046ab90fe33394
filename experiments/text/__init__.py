"""Numbers, names and pages as words."""
