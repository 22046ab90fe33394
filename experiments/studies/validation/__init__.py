"""Validation: does the model reproduce what was observed, and what not?"""
