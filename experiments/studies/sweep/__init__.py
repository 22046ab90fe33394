"""How do outcomes, and the difference between two regimes, move with what is varied?"""
