"""The calculator of a page: a formula's variables as sliders, evaluated in the page."""

from __future__ import annotations

import itertools
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from deeptheory.catalog.model import Declaration
from deeptheory.errors import HypothesisError, UsageError
from deeptheory.formulas import Book
from deeptheory.formulas.bounds import Condition, conditions, evaluate_bound
from deeptheory.formulas.formula import Formula
from deeptheory.formulas.javascript import to_javascript, to_predicate
from deeptheory.formulas.syntax import Fold, Node, Num, Param, Var, free_variables, walk

__all__ = ["Calculator", "Variable", "draw_point", "is_steady", "make_calculator", "view"]

_NATURALS = ("100", "10", "3", "1000", "2", "1")
_REALS = ("1", "0.5", "2", "0.25", "0.05", "10", "0", "-1")
_SMALL = ("0.05", "0.5")
_CONFIDENCE = ("δ", "delta", "α")
_TRIES = 400
_MOST, _MOST_TERMS = 1_000_000, 1000
_STEPS = 1000
_SAMPLES = 20


@dataclass(frozen=True)
class Variable:
    """A variable of a calculator.

    Attributes
    ----------
    name, kind : str
        The parameter's name in Lean and its kind: ``real``, ``nat`` or ``vector``.
    start : str
        The value that the page opens with; for a vector its entries, rows parted by semicolons.
    meaning : str
        What the theorem puts in for it, where that is not a variable of the same name.
    scale : str
        ``linear`` or ``log``; ``entries`` for a vector, ``size`` where a vector settles it.
    low, high : float
        The ends of the slider.
    """

    name: str
    kind: str
    start: str
    meaning: str
    scale: str
    low: float = 0.0
    high: float = 0.0

    @property
    def has_slider(self) -> bool:
        """Whether a slider moves it."""
        return self.scale in ("linear", "log")

    @property
    def data(self) -> str:
        """The variable for the script of the page, as JSON."""
        return json.dumps(
            {"kind": self.kind, "scale": self.scale, "low": self.low, "high": self.high}
        )


@dataclass(frozen=True)
class Calculator:
    """A formula that a page evaluates.

    Attributes
    ----------
    variables : tuple of Variable
        The parameters in order.
    start : str
        The certified value at the variables' first values.
    command : str
        The name that ``deeptheory bound`` takes.
    script : str
        The script that hands the formula to the page.
    """

    variables: tuple[Variable, ...]
    start: str
    command: str
    script: str


def make_calculator(book: Book, declaration: Declaration) -> Calculator | None:
    """Make the calculator of a theorem with a bound, or of a definition with a formula.

    Returns None where there is no formula, where double precision does not do for it, or where none
    of the values that are tried lies in its domain and meets the hypotheses.
    """
    entry = book.declarations[declaration.name]
    is_theorem = not entry.get("formula")
    try:
        formula = book.bound_of(declaration.name) if is_theorem else book.formula(declaration.name)
        if formula is None or not formula.params or not is_steady(formula):
            return None
        tests = conditions(book, declaration.name) if is_theorem else []
        found = _first_values(book, declaration, formula)
        if found is None:
            return None
        values, start, meanings = found
        variables = tuple(
            _variable(param, values[param.name], meanings.get(param.name, ""), formula, tests)
            for param in formula.params
        )
        return Calculator(variables, start, declaration.short, _script(formula, tests))
    except UsageError:
        return None  # a tree that cannot be read; the audit names it


def is_steady(formula: Formula) -> bool:
    """Whether double precision gives a formula's value to ten digits, on points of all sizes.

    A formula such as ``(1 + x / 2^n)^(2^n)`` loses all digits, and no page is to show them.
    """
    source = random.Random(0)
    for _ in range(_SAMPLES):
        point = draw_point(source, formula)
        try:
            value = float(formula.evaluate(point, digits=15))
            found = float(formula.numpy(point))
        except UsageError:
            continue  # outside the domain, or no point of this formula
        if math.isfinite(value) and not math.isclose(found, value, rel_tol=1e-10, abs_tol=1e-13):
            return False
    return True


def draw_point(source: random.Random, formula: Formula) -> dict[str, Any]:
    """Draw values of the parameters: doubles, which are exact, and natural numbers."""
    values: dict[str, Any] = {}
    size, sizes = source.randint(1, 4), _sized(formula.params)
    for param in formula.params:
        if param.name in sizes:
            values[param.name] = size
        elif param.kind == "nat":
            values[param.name] = source.choice([1, 2, 3, 5, 17, 40, 160])
        elif param.kind == "real":
            values[param.name] = _draw_real(source)
        elif len(param.shape) > 1:
            values[param.name] = [[_draw_real(source) for _ in range(size)] for _ in range(size)]
        else:
            values[param.name] = [_draw_real(source) for _ in range(size)]
    return values


def _draw_real(source: random.Random) -> float:
    near = [source.random(), 4 * source.random(), 3 * source.random() - 1.5, 0.5]
    return source.choice(near)


def _script(formula: Formula, tests: Sequence[Condition]) -> str:
    params = formula.params
    sizes = [
        f"[{params.index(param)}, {depth}, {place}]"
        for param in params
        for depth, size in enumerate(param.shape)
        if isinstance(size, Var)
        for place, other in enumerate(params)
        if other.name == size.name
    ]
    listed = ",\n".join(
        f"[{json.dumps(test.text, ensure_ascii=False)}, function (f, v) {{ return "
        f"{to_predicate(test.relation, test.lhs, test.rhs, params)}; }}]"
        for test in tests
    )
    return (
        "window.deepTheoryFormula = {\n"
        f"value: function (f, v) {{ return {to_javascript(formula.body, params)}; }},\n"
        f"sizes: [{', '.join(sizes)}],\n"
        f"conditions: [{listed}]\n}};\n"
    )


def _first_values(
    book: Book, declaration: Declaration, formula: Formula
) -> tuple[dict[str, str], str, dict[str, str]] | None:
    """Find values of the parameters at which the bound has a value."""
    sized = _sized(formula.params)
    free = [param for param in formula.params if param.name not in sized]
    for values in itertools.islice(_tried(free), _TRIES):
        try:
            bound = evaluate_bound(book, declaration.name, values, digits=6)
        except (HypothesisError, UsageError):
            continue
        shown = {name: values.get(name, str(bound.arguments[name])) for name in bound.arguments}
        return shown, f"{float(bound.value):.6g}", bound.meanings
    return None


def _tried(params: Sequence[Param]) -> Iterator[dict[str, str]]:
    """Yield values to try, those near the front of the lists first."""
    choices = [_choices(param) for param in params]
    longest = sum(len(choice) - 1 for choice in choices)
    for total in range(longest + 1):
        for places in itertools.product(*(range(min(len(c), total + 1)) for c in choices)):
            if sum(places) == total:
                yield {
                    param.name: choice[place]
                    for param, choice, place in zip(params, choices, places, strict=True)
                }


def _choices(param: Param) -> tuple[str, ...]:
    if param.kind == "nat":
        return _NATURALS
    if param.kind == "vector":
        return ("0.5,0.3,0.2",) if len(param.shape) < 2 else ("0.5,0.3;0.1,0.1",)
    return (*_SMALL, *_REALS) if param.name in _CONFIDENCE else _REALS


def _sized(params: Sequence[Param]) -> frozenset[str]:
    """Return the parameters that the size of a vector settles."""
    return frozenset(size.name for p in params for size in p.shape if isinstance(size, Var))


def _variable(
    param: Param, start: str, meaning: str, formula: Formula, tests: Sequence[Condition]
) -> Variable:
    if param.name in _sized(formula.params):
        return Variable(param.name, param.kind, start, meaning, "size")
    if param.kind == "vector":
        return Variable(param.name, param.kind, start, meaning, "entries")
    low, high = _ends(param, tests)
    if param.kind == "nat":
        most = _MOST_TERMS if _counts_terms(formula.body, param.name) else _MOST
        return Variable(param.name, param.kind, start, meaning, "log", 1.0, float(high or most))
    if high is not None:
        return Variable(param.name, "real", start, meaning, "linear", low or 0.0, high)
    if low is not None and low >= 0:
        return Variable(param.name, "real", start, meaning, "log", 1e-3, 1e3)
    return Variable(param.name, "real", start, meaning, "linear", -10.0, 10.0)


def _ends(param: Param, tests: Sequence[Condition]) -> tuple[float | None, float | None]:
    """Return the numbers between which the conditions put a parameter."""
    low: float | None = None
    high: float | None = None
    own = (Var(param.name), Var(param.name, nat=True))
    for test in tests:
        if test.relation in ("lt", "le"):
            if test.rhs in own and isinstance(test.lhs, Num):
                low = max(float(test.lhs.value), low or 0.0)
            if test.lhs in own and isinstance(test.rhs, Num):
                high = float(test.rhs.value)
    return low, high


def _counts_terms(body: Node, name: str) -> bool:
    """Whether a parameter says how many terms a sum or a product has."""
    return any(isinstance(node, Fold) and name in free_variables(node.size) for node in walk(body))


def _slider_place(variable: Variable) -> int:
    """Return where the slider stands at the first value, in thousandths of its way."""
    value = float(variable.start)
    if variable.scale == "log":
        value = max(value, variable.low)
        share = math.log(value / variable.low) / math.log(variable.high / variable.low)
    else:
        share = (value - variable.low) / (variable.high - variable.low)
    return round(_STEPS * min(max(share, 0.0), 1.0))


def view(calculator: Calculator) -> dict[str, Any]:
    """Return what the template shows: the calculator and the places of its sliders."""
    return {
        "calculator": calculator,
        "places": [_slider_place(v) if v.has_slider else 0 for v in calculator.variables],
    }
