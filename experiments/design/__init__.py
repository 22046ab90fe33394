"""What is run: worlds, conditions, parameter sets, and when enough is run."""
