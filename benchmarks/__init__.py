"""What the model costs: `python -m benchmarks`, or `make bench`, writes the table in `docs/look_up/performance.md`."""
