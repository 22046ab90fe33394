"""The gallery of the docs: `make gallery` runs its studies, draws its pictures and writes its page."""
