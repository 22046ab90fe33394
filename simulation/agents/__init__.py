"""The model as Mesa agents: councils, directors and chief executives, month by month."""

import warnings

with warnings.catch_warnings():
    # With Mesa comes the bar of its own batches, which in a notebook asks for widgets as it is imported.
    warnings.filterwarnings("ignore", message="IProgress not found")
    import mesa  # noqa: F401
