"""What can be said of many runs: paired differences, weights, spreads and prices."""
