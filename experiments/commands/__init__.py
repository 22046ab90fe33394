"""The sub-commands of ``sli``; each imports what it needs only when it is called."""
