"""The model as Mesa agents: councils, directors and chief executives, month by month."""
