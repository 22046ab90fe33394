"""Files written whole or not at all, their digests, and who made them."""
