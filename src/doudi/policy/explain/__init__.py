"""Explanations (解释): how an answer came about, in plain Chinese or English.

Facts used with their values, parameters with date and document, articles, steps of arithmetic;
the numbers are read from the same rules as the answer's.
"""

from doudi.policy.explain.building import explain
from doudi.policy.explain.record import Explanation, FactUsed, ParameterUsed

__all__ = ["Explanation", "FactUsed", "ParameterUsed", "explain"]
