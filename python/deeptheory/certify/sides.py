"""A side of an inequality that a certificate rests on: a formula at given numbers.

The checker of certificates encloses it, and a Lean file states that it is at most, or at least, a
number.  Every word of the lemmas comes from here and from names of the catalog.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from deeptheory.certificates import reify
from deeptheory.certificates.checker import Checker
from deeptheory.certificates.reify import expression, stated
from deeptheory.formulas import Book, Formula
from deeptheory.formulas.rigorous import ball, exact_or_ball
from deeptheory.formulas.syntax import Node, Num, Op, Var

__all__ = ["ENTROPY", "Side", "above", "below", "fraction", "real", "smaller"]

ENTROPY = "Probability.klBin"
"""The relative entropy of two coins, from whose formula the right sides are made."""


@dataclass(frozen=True)
class Side:
    """A formula at given numbers.

    Parameters
    ----------
    application : str
        The value in Lean.
    tree : str
        The same as a term of type ``Expr``.
    node : Node
        The formula.
    arguments : mapping
        Its parameters by name, exact.
    zero : bool
        Whether it stands for the relative entropy of a mean of zero, of which it leaves out the
        term that vanishes: ``0 log (0 / p)`` has no value as a formula.
    """

    application: str
    tree: str
    node: Node
    arguments: Mapping[str, Any]
    zero: bool = False

    @classmethod
    def of(cls, formula: Formula, arguments: Mapping[str, Any]) -> Side:
        """Take a formula of the catalog at the values of its parameters."""
        reified = reify(formula, arguments)
        return cls(reified.application, reified.tree, formula.body, arguments)

    @classmethod
    def at(cls, book: Book, name: str, *values: fmpq | int) -> Side:
        """Take a formula by its name, with the values of its parameters in order."""
        formula = book.formula(name)
        names = [param.name for param in formula.params]
        return cls.of(formula, formula.read(dict(zip(names, values, strict=True))))

    @classmethod
    def entropy(cls, book: Book, q: fmpq, p: fmpq) -> Side:
        """Take the relative entropy of a coin with mean q to one with mean p.

        For a mean q of zero it is ``-log (1 - p)``, which Lean's ``klBin_zero_left`` states.
        """
        if q != 0:
            return cls.at(book, ENTROPY, q, p)
        node = Op("neg", (Op("log", (Op("sub", (Num(1), Var("p"))),)),))
        given = {"p": p}
        return cls(f"-log (1 - {real(p)})", expression(node, given), node, given, zero=True)

    def plus(self, name: str, value: fmpq) -> Side:
        """Return the sum of a number, by a name of its own, and this side."""
        given = {name: value}
        return Side(
            f"{real(value)} +\n      {self.application}",
            f"(.add {expression(Var(name), given)} {self.tree})",
            Op("add", (Var(name), self.node)),
            {**self.arguments, **given},
        )

    def ends(self, bits: int) -> tuple[Fraction, Fraction] | None:
        """Return what the checker of certificates encloses the value with, if it can."""
        found = Checker(bits).bounds(self.node, self.arguments)
        return None if found is None else (found.lo, found.hi)

    def ball(self, bits: int) -> arb:
        """Return a ball that holds the value."""
        with ctx.workprec(bits):
            return ball(exact_or_ball(self.node, self.arguments))


def real(value: fmpq) -> str:
    """Return a rational number as a Lean term of the type R."""
    return f"({stated(value)} : R)"


def fraction(value: fmpq) -> Fraction:
    """Return a rational number as a fraction of Python."""
    return Fraction(int(value.p), int(value.q))


def above(name: str, what: str, side: Side, upper: fmpq, bits: int) -> str:
    """State in Lean that a side is at most a number, which the kernel checks."""
    return f"""/-- {what}, as the kernel reads it. -/
def {name}_tree : Expr :=
  {side.tree}

/-- {what} is at most this number. -/
theorem {name} :
    ({side.application} : R) ≤
      {real(upper)} :=
  check_sound_at (p := {bits}) (qs := []) (e := {name}_tree) (by decide +kernel)
"""


def below(name: str, what: str, side: Side, lower: fmpq, bits: int) -> str:
    """State in Lean that a side is at least a number; for a mean of zero, that ``klBin`` is."""
    proof = f"""/-- {what}, as the kernel reads it. -/
def {name}_tree : Expr :=
  {side.tree}

/-- {what} is at least this number. -/
theorem {name}{"_zero" if side.zero else ""} :
    {real(lower)} ≤
      ({side.application} : R) :=
  checkGe_sound_at (p := {bits}) (qs := []) (e := {name}_tree) (by decide +kernel)
"""
    if not side.zero:
        return proof
    p = side.arguments["p"]
    return f"""{proof}
/-- The same with the mean of zero written as a number. -/
theorem {name} :
    {real(lower)} ≤
      klBin {real(fmpq(0))} {real(p)} := by
  have h := (ratCast_lt (R := R)).2 (show {stated(p)} < 1 by decide +kernel)
  rw [ratCast_one] at h
  rw [ratCast_zero, klBin_zero_left h]
  exact {name}_zero
"""


def smaller(name: str, what: str, value: fmpq, bound: str, cast: str) -> str:
    """State in Lean that a number is below a small whole one."""
    return f"""/-- {what} -/
theorem {name} : {real(value)} < {bound} := by
  have h := (ratCast_lt (R := R)).2 (show {stated(value)} < {bound} by decide +kernel)
  rwa [{cast}] at h
"""
