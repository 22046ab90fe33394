"""Sensitivity: which uncertain numbers decide an outcome, the difference between two regimes, and which one wins."""
