"""What makes the engine for a browser out of the functions that the compiled engine runs."""
