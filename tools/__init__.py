"""What keeps the project: the tables of its documents and its site."""
