"""The lessons: notebooks in plain text, which lesson asks what, and their copies for a reader."""
