"""Where results lie: blocks while the runs go on, tables afterwards."""
