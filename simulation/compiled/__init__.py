"""The same model compiled, for many runs: records in place of agents, and every bit the same."""
