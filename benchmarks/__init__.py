"""What the model costs: `python -m benchmarks`, or `make bench`, writes the table in `docs/performance.md`."""
