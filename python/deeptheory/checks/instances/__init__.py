"""Concrete instances of the theorems' hypotheses: functions, data, starting points.

Everything is exact rational where the theory allows it, so that a comparison with a bound is
decided, not estimated.
"""
