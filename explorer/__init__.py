"""The explorer: the model's engine for a browser, and the page that shows it."""
