"""The forms of the PAC-Bayes bound that `certify risk` knows, one entry each.

An entry names the definition whose formula is evaluated and the theorem that a certificate
applies; both are looked up in the catalog, so that no formula is written here.  A new form needs a
theorem in Lean and an entry in `FORMS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from deeptheory.errors import UsageError
from deeptheory.formulas.inputs import nearest

__all__ = ["BEST", "BEST_LAMBDA", "FORMS", "Form", "find_form"]

BEST = "best"
"""Stands for the smallest of the forms that hold on the event of Maurer's theorem."""

BEST_LAMBDA = "Generalization.bestLambda"
"""The definition of the best parameter of the form lambda."""

_MAURER = "maurer"
_OWN = "catoni"


@dataclass(frozen=True)
class Form:
    """One form of the bound.

    Parameters
    ----------
    key : str
        The name on the command line.
    formula : str
        The definition of the bound, without the prefix ``DeepTheory.``.  Its parameters are named
        ``q`` (empirical risk), ``K`` (relative entropy), ``n``, ``δ`` and ``lam``.
    theorem : str
        The theorem that a certificate applies, without the prefix.
    kind : {"inverse", "excess", "value"}
        What the formula bounds: the relative entropy of the empirical risk to the risk, the excess
        of the risk over the empirical risk, or the risk.
    hypotheses : tuple of str
        The names in Lean of the theorem's hypotheses about the numbers, in any order.
    event : str
        The key of the form on whose event this one holds.  Forms with the same event hold together
        with probability at least 1 - δ.
    lam : {"none", "free", "fixed"}
        Whether there is a parameter λ, and whether it may be chosen after the sample is seen.
    """

    key: str
    formula: str
    theorem: str
    kind: Literal["inverse", "excess", "value"]
    hypotheses: tuple[str, ...]
    event: str = _MAURER
    lam: Literal["none", "free", "fixed"] = "none"


_INVERSE = ("hn", "hδ", "hqp", "hp", "h")
_DIRECT = ("hn", "hδ", "h")

FORMS: dict[str, Form] = {
    form.key: form
    for form in (
        Form(
            "maurer",
            "Generalization.maurerBound",
            "Generalization.maurer_certified",
            "inverse",
            _INVERSE,
        ),
        # Its level is larger than Maurer's, so that it holds wherever Maurer's does
        # (maurerBound_le_seegerBound).
        Form(
            "seeger",
            "Generalization.seegerBound",
            "Generalization.seeger_certified",
            "inverse",
            _INVERSE,
        ),
        Form(
            "mcallester",
            "Generalization.mcallesterBound",
            "Generalization.mcallester_certified",
            "excess",
            _DIRECT,
        ),
        Form(
            "quadratic",
            "Generalization.quadraticBound",
            "Generalization.quadratic_certified",
            "value",
            _DIRECT,
        ),
        Form(
            "lambda",
            "Generalization.lambdaBound",
            "Generalization.lambda_certified",
            "value",
            ("hn", "hδ", "hlam", "hlam₂", "h"),
            lam="free",
        ),
        Form(
            "catoni",
            "Generalization.catoniBound",
            "Generalization.linear_certified",
            "excess",
            ("hn", "hδ", "hlam", "h"),
            event=_OWN,
            lam="fixed",
        ),
    )
}
"""The forms by name, those on the event of Maurer's theorem first."""


def find_form(name: str) -> Form | None:
    """Return the form of a name, None for the best one.

    Raises
    ------
    UsageError
        Where there is no such form; near names are suggested.
    """
    if name == BEST:
        return None
    if name not in FORMS:
        known = [*FORMS, BEST]
        shown = repr(name) if len(name) <= 40 else f"{name[:40]!r}..."
        raise UsageError(
            f"There is no bound named {shown}: give one of {', '.join(known)}."
            f"{nearest(name[:40], known)}"
        )
    return FORMS[name]
