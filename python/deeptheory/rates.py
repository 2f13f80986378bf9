"""Measured rates in words, for the terminal and the pages: what is claimed, and what is found.

A rate is the object that stands beside a series in ``checks.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

__all__ = ["VERDICTS", "claim_text", "interval_text", "sentence", "slope_text", "value_text"]

VERDICTS = {
    "as claimed": "the claim, or the bound's own slope on these points, lies in the interval",
    "slack grows": "what is measured draws away from the bound along this series",
    "slack shrinks": "what is measured still approaches the bound along this series",
    "open": "the interval is too wide to tell",
}
"""What each verdict says."""

_POWERS = {
    Fraction(1): "{}",
    Fraction(-1): "1 / {}",
    Fraction(1, 2): "sqrt({})",
    Fraction(-1, 2): "1 / sqrt({})",
}


def claim_text(rate: Mapping[str, Any]) -> str:
    """Return the rate that the formula has, such as ``1 / sqrt(n)`` or ``(9/10)^k``."""
    variable, claim = str(rate["variable"]), rate["claim"]
    exact = None if claim["exact"] is None else Fraction(claim["exact"])
    if rate["kind"] == "geometric":
        if exact is None:
            return f"exp({claim['slope']:.4g} {variable})"
        return f"{exact}^{variable}" if exact.denominator == 1 else f"({exact})^{variable}"
    base = variable if variable.isidentifier() else f"({variable})"
    if exact is None:
        text = f"{base}^{claim['slope']:.4g}"
    elif exact in _POWERS:
        text = _POWERS[exact].format(variable if "sqrt" in _POWERS[exact] else base)
    elif exact < 0:
        text = f"1 / {base}^{_grouped(-exact)}"
    else:
        text = f"{base}^{_grouped(exact)}"
    return f"{text}, up to logarithms" if claim["logarithms"] else text


def _grouped(exponent: Fraction) -> str:
    return str(exponent) if exponent.denominator == 1 else f"({exponent})"


def slope_text(rate: Mapping[str, Any]) -> str:
    """Return the slope that is claimed: a fraction for a power, else a decimal."""
    exact = rate["claim"]["exact"]
    if rate["kind"] == "power" and exact is not None:
        return str(exact)
    return value_text(rate["claim"]["slope"])


def value_text(value: float) -> str:
    """Return a slope to four decimals."""
    return f"{value:.4f}"


def interval_text(rate: Mapping[str, Any]) -> str:
    """Return the confidence interval, such as ``[-0.5076, -0.4660]``."""
    measured = rate["measured"]
    return f"[{value_text(measured['low'])}, {value_text(measured['high'])}]"


def sentence(rate: Mapping[str, Any]) -> str:
    """Return all that is known of a rate as one sentence, for the caption of a plot."""
    measured = rate["measured"]
    text = (
        f"Rate in {rate['variable']}: claimed {claim_text(rate)}, slope {slope_text(rate)}; "
        f"measured slope {value_text(measured['slope'])}, {measured['level']:.0%} interval "
        f"{interval_text(rate)}, for {rate['variable']} from {rate['from']} to {rate['to']}: "
        f"{rate['verdict']} ({VERDICTS[rate['verdict']]})."
    )
    return text.replace("-", "\N{MINUS SIGN}")
