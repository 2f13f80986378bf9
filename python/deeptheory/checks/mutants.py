"""False variants of a theorem: of its bound, of its conclusion, or with a hypothesis dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from deeptheory.checks.comparison import Measure
from deeptheory.errors import FailureError
from deeptheory.formulas.formula import Formula
from deeptheory.formulas.syntax import Node, Num, Op, Param, Var, rewrite

__all__ = [
    "Mutant",
    "drop",
    "drop_root",
    "instead",
    "mutated",
    "rational",
    "replace_by_square",
    "replace_exponent",
    "replace_part",
    "replace_variable",
    "scale",
    "squared",
    "times",
    "without",
]


@dataclass(frozen=True)
class Mutant:
    """A variant of a theorem that is false, and that its check therefore has to refute.

    Parameters
    ----------
    name : str
        A short name, for the table.
    description : str
        What is changed, in plain words.
    change : callable, optional
        Rewrites the bound's formula.
    instances : sequence
        Where a hypothesis is dropped: instances that violate it.
    measure : callable, optional
        Measures the false conclusion, in the place of the check's own function.
    """

    name: str
    description: str
    change: Callable[[Formula], Node] | None = None
    instances: Sequence[Any] = ()
    measure: Measure | None = None

    @property
    def drops_hypothesis(self) -> bool:
        """Whether a hypothesis is dropped, rather than the conclusion changed."""
        return self.change is None and self.measure is None


def mutated(mutant: Mutant, formula: Formula | None) -> Formula | None:
    """Apply a mutant to the formula of the bound, if there is one.

    Raises
    ------
    FailureError
        Where there is nothing that the mutant would change.
    """
    if mutant.change is None:
        return formula
    if formula is None:
        raise FailureError(f"The mutant {mutant.name!r} changes a bound, and the theorem has none.")
    body = mutant.change(formula)
    if body == formula.body:
        raise FailureError(
            f"The mutant {mutant.name!r} changes nothing in {formula.name}: its formula has "
            "changed, so adapt the mutant in the check."
        )
    return formula.with_body(body)


def rational(value: fmpq) -> Node:
    """Return a rational number as a part of a formula."""
    top, bottom = Num(int(value.p)), Num(int(value.q))
    return top if value.q == 1 else Op("div", (top, bottom))


def times(factor: fmpq, node: Node) -> Node:
    """Return a rational multiple of a part of a formula."""
    return Op("mul", (rational(factor), node))


def squared(node: Node) -> Node:
    """Return the square of a part of a formula."""
    return Op("pow", (node, Num(2, nat=True)))


def scale(factor: fmpq, why: str) -> Mutant:
    """Multiply the bound by a factor just below what is attained.

    Parameters
    ----------
    factor : fmpq
        The factor.
    why : str
        Why the smaller bound is false.
    """
    return Mutant(
        f"bound * {factor}",
        f"the bound times {factor}; {why}",
        lambda formula: times(factor, formula.body),
    )


def replace_exponent(old: str | int, new: Callable[[Node], Node], name: str, why: str) -> Mutant:
    """Change the exponent of a power.

    Parameters
    ----------
    old : str or int
        The exponent to change: a variable's name or a numeral.
    new : callable
        Returns the new exponent, given the old one.
    name, why : str
        The mutant's name, and why it is false.
    """

    def change(formula: Formula) -> Node:
        target = Num(old, nat=True) if isinstance(old, int) else Var(old, nat=True)

        def swap(node: Node) -> Node:
            if isinstance(node, Op) and node.op == "pow" and node.args[1] == target:
                return Op("pow", (node.args[0], new(target)), node.nat)
            return node

        return rewrite(formula.body, swap)

    return Mutant(name, why, change)


def replace_variable(variable: str, new: Callable[[Node], Node], name: str, why: str) -> Mutant:
    """Put an expression in the place of a parameter (a natural one: in the place of its cast).

    Parameters
    ----------
    variable : str
        The parameter.
    new : callable
        Returns the expression, given the parameter (or its cast).
    name, why : str
        The mutant's name, and why it is false.
    """

    def change(formula: Formula) -> Node:
        natural = Param(variable, "nat").kind in {
            param.kind for param in formula.params if param.name == variable
        }
        target: Node = Op("cast", (Var(variable, nat=True),)) if natural else Var(variable)
        return rewrite(formula.body, lambda node: new(target) if node == target else node)

    return Mutant(name, why, change)


def replace_part(part: Node, new: Callable[[Node], Node], name: str, why: str) -> Mutant:
    """Change a part of the bound wherever it occurs, a constant or a larger term.

    Parameters
    ----------
    part : Node
        The part, such as ``Num(8)``: the real number 8, not an exponent.
    new : callable
        Returns what comes in its place, given the part.
    name, why : str
        The mutant's name, and why it is false.
    """
    return Mutant(
        name,
        why,
        lambda formula: rewrite(formula.body, lambda node: new(node) if node == part else node),
    )


def drop(variable: str, why: str) -> Mutant:
    """Put 1 in the place of a parameter."""
    return replace_variable(variable, lambda _: Num(1), f"{variable} -> 1", why)


def replace_by_square(variable: str, why: str) -> Mutant:
    """Put the square of a parameter in its place."""
    return replace_variable(variable, squared, f"{variable} -> {variable}^2", why)


def drop_root(why: str) -> Mutant:
    """Put what is under a square root in the place of the root."""

    def change(formula: Formula) -> Node:
        return rewrite(
            formula.body,
            lambda node: node.args[0] if isinstance(node, Op) and node.op == "sqrt" else node,
        )

    return Mutant("without the square root", why, change)


def without(hypothesis: str, instances: Sequence[Any], why: str) -> Mutant:
    """Drop a hypothesis.

    Parameters
    ----------
    hypothesis : str
        The hypothesis, in words.
    instances : sequence
        Instances that meet all the others; the bound has to fail on one of them.
    why : str
        What goes wrong.
    """
    return Mutant(f"without: {hypothesis}", why, None, tuple(instances))


def instead(name: str, measure: Measure, why: str) -> Mutant:
    """Claim something else of the same instances.

    Parameters
    ----------
    name : str
        What is claimed instead.
    measure : callable
        Returns the relations that are claimed; none where nothing is claimed of an instance.
    why : str
        Why they are false.
    """
    return Mutant(name, why, measure=measure)
