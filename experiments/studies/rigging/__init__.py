"""Does any regime win by construction?"""
