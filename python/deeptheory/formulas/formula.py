"""`Formula`: a definition of the Lean library that Python evaluates, prints and manipulates."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from flint import arb
from numpy.typing import ArrayLike, NDArray

from deeptheory.errors import UsageError
from deeptheory.formulas.arbitrary import evaluate_mpmath
from deeptheory.formulas.certified import CertifiedValue
from deeptheory.formulas.codegen import compile_formula
from deeptheory.formulas.domain import DomainError, FormulaError, PrecisionError, UndecidedError
from deeptheory.formulas.inputs import bind, read_value, split_text
from deeptheory.formulas.latex import name_to_latex, to_latex
from deeptheory.formulas.rigorous import MAX_BITS, Number, compile_ball, exact_or_ball, refine
from deeptheory.formulas.syntax import Node, Param, Tree, Var, expand, free_variables, parse
from deeptheory.formulas.text import to_text
from deeptheory.formulas.vectorised import ARRAYS, as_arrays

__all__ = ["Formula", "Resolver"]

Resolver = Callable[[str], tuple[Sequence[Param], Node]]
"""Gives the parameters and the body of another formula by its full name."""

_MAX_DIGITS = 10_000


def _no_calls(name: str) -> tuple[Sequence[Param], Node]:
    raise FormulaError(f"A formula calls {name}, and nothing says what that is.")


@dataclass(frozen=True)
class Formula:
    """A function of real, natural and vector parameters, given by a syntax tree.

    Parameters
    ----------
    name : str
        The definition's name, for messages.
    params : tuple of Param
        The parameters in order.
    source : Node
        The body as the definition has it; it may call other formulas.
    resolve : callable, optional
        Finds the formulas that the body calls.

    Examples
    --------
    >>> formula = Formula.from_json("half", {
    ...     "params": [{"name": "L", "type": "real"}],
    ...     "body": {"op": "div", "args": [{"var": "L"}, {"nat": "2"}]}})
    >>> formula.evaluate(L="0.1").exact
    Fraction(1, 20)
    """

    name: str
    params: tuple[Param, ...]
    source: Node
    resolve: Resolver = _no_calls

    @classmethod
    def from_json(cls, name: str, tree: Tree, resolve: Resolver = _no_calls) -> Formula:
        """Read a formula from the catalog.

        Parameters
        ----------
        name : str
            The definition's name.
        tree : mapping
            ``{"params": [...], "body": {...}}`` as in ``theorems.json``.
        resolve : callable, optional
            Finds the formulas that this one calls.

        Raises
        ------
        FormulaError
            Where the tree is malformed.
        """
        try:
            kinds = {str(param["name"]): str(param["type"]) for param in tree["params"]}
            nats = frozenset(param for param, kind in kinds.items() if kind == "nat")
            params = tuple(
                Param(
                    str(param["name"]),
                    str(param["type"]),
                    tuple(parse(size, nats, nat=True) for size in _shape(param)),
                )
                for param in tree["params"]
            )
            body = parse(tree["body"], nats)
        except (KeyError, TypeError) as error:
            raise FormulaError(f"The formula of {name} is malformed in the catalog.") from error
        for param in params:
            if param.kind not in ("real", "nat", "vector"):
                raise FormulaError(f"{name} has the parameter {param.name} of kind {param.kind}.")
        unknown = free_variables(body) - kinds.keys()
        if unknown:
            raise FormulaError(f"The formula of {name} mentions {', '.join(sorted(unknown))}.")
        return cls(name, params, body, resolve)

    @cached_property
    def body(self) -> Node:
        """The body with the formulas that it calls written out."""
        return expand(self.source, self.resolve, (self.name,))

    def with_body(self, body: Node) -> Formula:
        """Return the formula with another body and the same parameters."""
        return replace(self, source=body)

    @property
    def short(self) -> str:
        """The name without the prefix ``DeepTheory.``."""
        return self.name.removeprefix("DeepTheory.")

    # Values

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Read the values of the parameters exactly; sizes of vectors may be left out.

        Raises
        ------
        UsageError
            Where a name is unknown or missing, or a value does not fit its parameter.
        """
        bound = bind(self.short, self.params, _with_sizes(self.params, given))
        read = {
            param.name: read_value(param.name, param.kind, bound[param.name])
            for param in self.params
        }
        self._check_shapes(read)
        return read

    def _check_shapes(self, read: Mapping[str, Any]) -> None:
        for param in self.params:
            level = [read[param.name]]
            for depth, size in enumerate(param.shape):
                expected = exact_or_ball(size, read)
                for entries in level:
                    if not isinstance(entries, tuple) or len(entries) != expected:
                        found = len(entries) if isinstance(entries, tuple) else "single numbers"
                        what = "rows" if depth == 0 and len(param.shape) > 1 else "entries"
                        raise UsageError(
                            f"{param.name} is to have {to_text(size)} = {expected} {what}, "
                            f"and one has {found}."
                        )
                level = [entry for entries in level for entry in entries]

    def value(self, values: Mapping[str, Any]) -> Number:
        """Evaluate at the current precision, for values that are read already.

        Returns
        -------
        fmpq or arb
            The exact value where only rational operations occur, else a ball that contains it.

        Raises
        ------
        DomainError
            Outside the formula's domain.
        UndecidedError
            Where the precision is too low to tell.
        """
        return exact_or_ball(self.body, values)

    def evaluate(
        self,
        values: Mapping[str, Any] | None = None,
        /,
        *,
        digits: int = 15,
        max_bits: int = MAX_BITS,
        **more: Any,
    ) -> CertifiedValue:
        """Evaluate rigorously to a relative accuracy.

        Parameters
        ----------
        values, **more
            The parameters by name: integers, fractions, decimal strings (exact), floats (the
            binary value that they hold), balls.
        digits : int
            Significant digits asked for.
        max_bits : int
            The highest precision tried.

        Returns
        -------
        CertifiedValue
            The value, exact where the formula is rational.  Its ball may be wider than asked
            for where the input balls are, or where the value is too close to zero.
        """
        if not 1 <= digits <= _MAX_DIGITS:
            raise UsageError(f"Ask for 1 to {_MAX_DIGITS} digits, not {digits}.")
        read = self.read({**(values or {}), **more})
        needed = math.ceil(digits * math.log2(10)) + 2
        inputs_exact = not any(isinstance(value, arb) for value in _leaves(read.values()))
        best = -math.inf

        def enough(number: Number) -> bool:
            nonlocal best
            if not isinstance(number, arb):
                return True
            if not number.is_finite():
                return False
            accuracy = number.rel_accuracy_bits()
            stuck, best = not inputs_exact and accuracy <= best, max(best, accuracy)
            return accuracy >= needed or stuck

        try:
            number, bits = refine(
                lambda: self.value(read),
                enough,
                bits=needed + 16,
                max_bits=max(max_bits, 2 * needed + 32),
            )
        except PrecisionError as error:
            raise PrecisionError(f"{self.short} cannot be evaluated here. {error}") from error
        return CertifiedValue(number, digits, bits)

    @cached_property
    def ball(self) -> Callable[..., arb]:
        """The compiled function of balls and integers, for many evaluations.

        It takes the parameters in order at python-flint's current precision.  A result that is
        not finite, or an `UndecidedError` or a ``ZeroDivisionError``, says that the arguments leave
        the domain or are too wide; `value` says which.
        """
        return compile_ball(self.body, self.params)

    def mpmath(
        self, values: Mapping[str, Any] | None = None, /, *, digits: int = 15, **more: Any
    ) -> Any:
        """Evaluate with mpmath to any number of digits (not certified)."""
        read = self.read({**(values or {}), **more})
        try:
            return evaluate_mpmath(self.body, self.params, read, digits)
        except DomainError:
            self._explain(read)
            raise

    def numpy(
        self, values: Mapping[str, ArrayLike] | None = None, /, **more: ArrayLike
    ) -> NDArray[np.float64]:
        """Evaluate in double precision, with the arguments broadcast against each other.

        Parameters
        ----------
        values, **more
            Scalars or arrays by name; a vector has its entries along the first axis.

        Returns
        -------
        ndarray
            The values, of the arguments' common shape.  Doubles may overflow to infinity.

        Raises
        ------
        DomainError
            Where an entry lies outside the formula's domain; the first one is explained.
        """
        given = _with_sizes(self.params, {**(values or {}), **more})
        bound = bind(self.short, self.params, given)
        arrays = as_arrays(self.params, bound)
        with np.errstate(all="ignore"):
            try:
                result = np.asarray(self._arrays(*arrays.values()), dtype=np.float64)
            except ZeroDivisionError:
                result = np.asarray(np.nan)
        scalars = [arrays[param.name] for param in self.params if param.kind != "vector"]
        shape = np.broadcast_shapes(result.shape, *(array.shape for array in scalars))
        result = np.broadcast_to(result, shape)
        if np.isnan(result).any():
            self._explain_first(arrays, np.isnan(result))
        return np.array(result)

    @cached_property
    def _arrays(self) -> Callable[..., Any]:
        return compile_formula(self.body, self.params, ARRAYS)

    def _explain_first(self, arrays: Mapping[str, NDArray[Any]], bad: NDArray[np.bool_]) -> None:
        """Raise the domain error of the first bad entry."""
        for place in np.argwhere(bad) if bad.ndim else [()]:
            point = {
                param.name: arrays[param.name]
                if param.kind == "vector"
                else np.broadcast_to(arrays[param.name], bad.shape)[tuple(place)].item()
                for param in self.params
            }
            if any(
                np.ndim(value) > 1 and not p.shape[1:]
                for p, value in zip(self.params, point.values(), strict=True)
            ):
                break
            self._explain(self.read(point))
        raise DomainError(
            f"{self.short} has no value in double precision for some entries.",
            "a value that doubles can hold",
        )

    def _explain(self, read: Mapping[str, Any]) -> None:
        """Raise the domain error of the careful road, which names the operation."""
        try:
            refine(lambda: self.value(read), lambda _: True, max_bits=1024)
        except (PrecisionError, UndecidedError):
            return

    def sympy(self, positive: Iterable[str] = ()) -> Any:
        """Return the formula as a sympy expression; ``positive`` names positive parameters."""
        from deeptheory.formulas.symbolic import to_sympy  # sympy is slow to import

        return to_sympy(self.body, self.params, positive)

    # Print

    def latex(self, *, expanded: bool = False) -> str:
        """Return the body as LaTeX; calls stay calls unless ``expanded``."""
        return to_latex(self.body if expanded else self.source)

    def latex_head(self) -> str:
        r"""Return the left-hand side, such as ``\operatorname{gdConvexBound}(L, D, k)``."""
        short = self.name.rsplit(".", 1)[-1].replace("_", r"\_")
        listed = ", ".join(name_to_latex(param.name) for param in self.params)
        return rf"\operatorname{{{short}}}\left({listed}\right)"

    def text(self, *, expanded: bool = False) -> str:
        """Return the body on one line of plain text."""
        return to_text(self.body if expanded else self.source)


def _shape(param: Mapping[str, Any]) -> Sequence[Tree]:
    if param.get("shape"):
        return list(param["shape"])
    return [param["size"]] if param.get("size") else []


def _with_sizes(params: Sequence[Param], given: Mapping[str, Any]) -> dict[str, Any]:
    """Split vectors given as text, and add the sizes that the vectors show."""
    values = dict(given)
    for param in params:
        value: Any = values.get(param.name)
        if param.kind != "vector" or value is None:
            continue
        if isinstance(value, str):
            value = values[param.name] = split_text(value, rows=len(param.shape) > 1)
        for size in param.shape:
            if not hasattr(value, "__len__") or isinstance(value, (str, bytes)):
                example = "the rows of a matrix" if len(param.shape) > 1 else "a list of numbers"
                raise UsageError(f"{param.name} is to be {example}, not {given[param.name]!r}.")
            if isinstance(size, Var):
                values.setdefault(size.name, len(value))
            value = value[0] if len(value) else ()
    return values


def _leaves(values: Iterable[Any]) -> Iterable[Any]:
    for value in values:
        if isinstance(value, tuple):
            yield from _leaves(value)
        else:
            yield value
