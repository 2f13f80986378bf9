"""Reads the numbers that a certificate is about: exactly, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from deeptheory.errors import UsageError
from deeptheory.formulas.inputs import exact_number

__all__ = ["Claim", "read_claim"]

_MAX_TEXT = 250
_MAX_DIGITS = 100
_TOO_LARGE = 10**_MAX_DIGITS


@dataclass(frozen=True)
class Claim:
    """The numbers of a bound on the risk.

    Parameters
    ----------
    n : int
        How many examples the empirical risk is taken over, at least 1.
    risk : fmpq
        The empirical risk, in [0, 1].
    kl : fmpq
        The relative entropy of the posterior with respect to the prior, not negative.
    delta : fmpq
        The probability with which the bound may fail, in (0, 1).
    lam : fmpq or None
        The parameter of the bounds that have one, positive.
    """

    n: int
    risk: fmpq
    kl: fmpq
    delta: fmpq
    lam: fmpq | None = None


def read_claim(
    n: object, empirical_risk: object, kl: object, delta: object, lam: object = None
) -> Claim:
    """Read the numbers of a bound.

    Parameters
    ----------
    n, empirical_risk, kl, delta, lam : object
        Texts such as ``"0.1"``, ``"1e-3"`` and ``"1/3"`` are exact; a float stands for the binary
        value that it holds.

    Raises
    ------
    UsageError
        Where a value is no finite number, is longer than 100 digits, or lies outside its range.
    """
    size = _number("n", n)
    if size.q != 1 or size < 1:
        raise UsageError(
            f"--n is {size}: give the number of examples, a whole number that is at least 1."
        )
    risk = _number("empirical-risk", empirical_risk)
    if not 0 <= risk <= 1:
        raise UsageError(
            f"--empirical-risk is {risk}, and a risk lies between 0 and 1: give the mean loss, "
            "such as 0.035, for a loss with values between 0 and 1."
        )
    entropy = _number("kl", kl)
    if entropy < 0:
        raise UsageError(
            f"--kl is {entropy}, and a relative entropy is never negative: give it in nats, or an "
            "upper bound on it."
        )
    fail = _number("delta", delta)
    if not 0 < fail < 1:
        raise UsageError(
            f"--delta is {fail}: give a probability of failure strictly between 0 and 1, such as "
            "0.05."
        )
    parameter = None if lam is None else _number("lam", lam)
    if parameter is not None and parameter <= 0:
        raise UsageError(f"--lam is {parameter}: give a positive number, for lambda one below 2.")
    return Claim(int(size.p), risk, entropy, fail, parameter)


def _number(name: str, value: object) -> fmpq:
    """Read one number; refuse those that are too long to be stated."""
    option = f"--{name}"
    if isinstance(value, str) and len(value) > _MAX_TEXT:
        raise UsageError(
            f"{option} is {len(value)} characters long: give a number of at most {_MAX_DIGITS} "
            "digits, rounded up where it is rounded."
        )
    number = exact_number(option, value)
    if not isinstance(number, fmpq):
        raise UsageError(f"{option} is to be an exact number, such as 0.1 or 1/3, not a ball.")
    if abs(number.p) >= _TOO_LARGE or number.q >= _TOO_LARGE:
        raise UsageError(
            f"{option} is a fraction of numbers with more than {_MAX_DIGITS} digits: give a "
            "shorter one, rounded up where it is rounded."
        )
    return number
