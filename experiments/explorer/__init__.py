"""What the explorer's page is made of: the engine for a browser, and all that it must know of the model."""
