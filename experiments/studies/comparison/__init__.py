"""The comparison: which regime does better, by how much, under which parity?"""
