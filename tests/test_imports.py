"""The arrows of the architecture: which room may import which, and no circle of files anywhere."""

ROOMS = (
    ("experiments", "experiments.__main__", "experiments.cli"),
    ("experiments.commands",),
    ("experiments.studies",),
    ("experiments.report", "experiments.running"),
    ("experiments.figures",),
    ("experiments.results",),
    ("experiments.design",),
    ("experiments.observed", "experiments.inputs", "experiments.files", "experiments.statistics", "experiments.text"),
    ("simulation",),
)
"""Floors of the house, the top one first: a room may import its own files and those of floors below."""
