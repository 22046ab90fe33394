"""The one way to run many runs: a maker of pieces, and what hands them to workers."""
