"""Numeric checks of the theorems: soundness on instances, tightness, and the power to refute.

`check` registers a check, `run_check` runs one, `deeptheory.checks.runner.verify` runs many and
writes ``checks.json``.

To add a check, write in ``checks/families/<family>.py`` a function of one instance that returns a
`Measurement`: the left-hand side, exact (``fmpq``) or enclosed (``arb``), and the arguments of the
bound by the names of its parameters.  Register it with `check`, and give it

- ``instances``: a Hypothesis strategy of instances that meet the hypotheses
  (`deeptheory.checks.instances` has functions, data sets and runs to compose);
- ``sharp``: the instances of the card's sharpness theorem, each with its exact ratio;
- ``mutants``: false variants, made from the formula (`deeptheory.checks.mutants`: a constant
  just below what is attained, an exponent changed, a factor dropped) or by dropping a hypothesis
  (instances that violate it), each of which the check has to refute;
- ``series``: instances to plot, the bound beside what is measured; ``rate=True`` where what is
  measured has the rate of the bound (`deeptheory.checks.rates` derives it from the formula).

No constant of the bound is written in Python: the engine evaluates the catalog's formula.

Where the bound is a lower one the function returns ``Measurement(..., lower=True)``: the bound is
then claimed not to exceed what is measured.

A theorem whose card says ``bound: none`` (an identity, an existence statement) is checked in the
same way, with three differences: the function returns a sequence of `Relation`, one for each claim
of the theorem, whose sides are computed independently of each other; a false variant is made with
`deeptheory.checks.mutants.instead`, a function that returns other relations, since there is no
formula to change; and a plot is a `Drawing`.
"""

from __future__ import annotations

from deeptheory.checks.comparison import Comparison, Measurement, Relation, decide
from deeptheory.checks.engine import Options, run_check
from deeptheory.checks.registry import (
    Check,
    Drawing,
    Series,
    Sharp,
    check,
    load_checks,
    registered,
)

__all__ = [
    "Check",
    "Comparison",
    "Drawing",
    "Measurement",
    "Options",
    "Relation",
    "Series",
    "Sharp",
    "check",
    "decide",
    "load_checks",
    "registered",
    "run_check",
]
