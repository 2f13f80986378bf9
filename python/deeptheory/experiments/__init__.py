"""The bounds of the library on real data: trained classifiers, exact errors, certified bounds.

`breast_cancer.run` trains classifiers on the breast-cancer data that ship with scikit-learn,
counts their errors exactly and evaluates every bound that applies, from the catalog's formulas.
`deeptheory experiment` prints the results and writes them to ``build/experiments.json``, from
which the pages of the theorems show them.
"""

from __future__ import annotations

from deeptheory.experiments.breast_cancer import run as run_breast_cancer
from deeptheory.experiments.results import Experiment, write_experiments

__all__ = ["EXPERIMENTS", "Experiment", "run_breast_cancer", "write_experiments"]

EXPERIMENTS = {"breast-cancer": run_breast_cancer}
"""The experiments by the names that the command line knows: functions of the catalog."""
