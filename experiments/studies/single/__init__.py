"""One run, month by month."""
