"""The equations: the whole science of the model, a module a question, each rule numbered as in the ODD.

Every engine calls these functions; none draws a random number.
"""

from simulation.rules.marker import RULES

__all__ = ["RULES"]
