"""Losses on real data sets, with certified constants and certified minima.

The data ship with scikit-learn.  Features are standardised and rounded to three decimals, which
makes them exact rationals; the labels are the data set's own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from flint import arb, arb_mat, ctx, fmpq, fmpq_mat
from numpy.typing import NDArray

from deeptheory.checks.instances.vectors import Matrix, Vector, add, dot, norm, scale
from deeptheory.formulas.rigorous import Number, ball

__all__ = ["LeastSquares", "Logistic", "breast_cancer", "diabetes", "largest_eigenvalue"]

_DECIMALS = 3


def _exact(values: NDArray[np.float64]) -> Matrix:
    unit = 10**_DECIMALS
    return tuple(tuple(fmpq(round(float(entry) * unit), unit) for entry in row) for row in values)


def _standardised(values: NDArray[np.float64]) -> Matrix:
    return _exact((values - values.mean(axis=0)) / values.std(axis=0))


@lru_cache(maxsize=1)
def breast_cancer() -> tuple[Matrix, tuple[int, ...]]:
    """Return the features and the labels (-1 or 1) of scikit-learn's breast-cancer data."""
    from sklearn.datasets import load_breast_cancer

    data = load_breast_cancer()
    return _standardised(data.data), tuple(2 * int(label) - 1 for label in data.target)


@lru_cache(maxsize=1)
def diabetes() -> tuple[Matrix, Vector]:
    """Return the features and the standardised targets of scikit-learn's diabetes data."""
    from sklearn.datasets import load_diabetes

    data = load_diabetes()
    targets = _standardised(np.asarray(data.target, dtype=np.float64)[:, None])
    return _standardised(data.data), tuple(row[0] for row in targets)


def largest_eigenvalue(matrix: Matrix) -> fmpq:
    """Return a rational upper bound of the largest eigenvalue of a symmetric matrix.

    A floating-point estimate, widened by one part in a million, is certified: with it, the
    matrix ``bound * identity - matrix`` has an exact LDL decomposition with positive pivots.
    Where that fails, the bound is widened until it holds.
    """
    size = range(len(matrix))
    estimate = float(
        np.linalg.eigvalsh(np.array([[float(ball(a)) for a in r] for r in matrix]))[-1]
    )
    margin = 1e-6
    while True:
        bound = fmpq(math.ceil(max(estimate, 0.0) * (1 + margin) * 10**8) + 1, 10**8)
        rows = [[(bound if i == j else fmpq(0)) - matrix[i][j] for j in size] for i in size]
        if _positive_definite(rows):
            return bound
        margin *= 4


def _positive_definite(rows: list[list[fmpq]]) -> bool:
    for k in range(len(rows)):
        pivot = rows[k][k]
        if pivot <= 0:
            return False
        for i in range(k + 1, len(rows)):
            factor = rows[i][k] / pivot
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return True


def _gram(rows: Matrix) -> Matrix:
    size = range(len(rows[0]))
    return tuple(tuple(sum((row[i] * row[j] for row in rows), fmpq(0)) for j in size) for i in size)


@dataclass(frozen=True)
class Logistic:
    """Regularised logistic loss ``1/n sum log(1 + exp(-y_i <a_i, x>)) + penalty/2 |x|^2``.

    Parameters
    ----------
    rows, features : tuple of int
        Which part of the breast-cancer data.
    penalty : fmpq
        The constant of strong convexity, positive.
    """

    rows: tuple[int, ...]
    features: tuple[int, ...]
    penalty: fmpq

    @cached_property
    def _signed(self) -> Matrix:
        """The rows ``y_i a_i``."""
        data, labels = breast_cancer()
        return tuple(
            tuple(labels[row] * data[row][feature] for feature in self.features)
            for row in self.rows
        )

    @cached_property
    def smoothness(self) -> fmpq:
        """The largest eigenvalue of ``A^T A / (4 n)``, certified from above, and the penalty."""
        return largest_eigenvalue(_gram(self._signed)) / (4 * len(self.rows)) + self.penalty

    @property
    def curvature(self) -> fmpq:
        """The penalty."""
        return self.penalty

    def value(self, x: Vector) -> arb:
        """Return the loss."""
        losses: arb = sum(((-ball(dot(row, x))).exp().log1p() for row in self._signed), arb(0))
        return ball(losses / len(self.rows) + self.penalty * dot(x, x) / 2)

    def gradient(self, x: Vector) -> Vector:
        """Return the gradient of the loss."""
        total: Vector = scale(self.penalty, x)
        for row in self._signed:
            weight = -1 / (1 + ball(dot(row, x)).exp()) / len(self.rows)
            total = add(total, scale(weight, row))
        return total

    def _near(self) -> tuple[Vector, arb]:
        """Return a point near the minimiser and an upper bound of the gradient's norm there."""
        cached = self._found.get(ctx.prec)
        if cached is None:
            point = self._newton()
            cached = point, norm(self.gradient(point)).upper()
            self._found[ctx.prec] = cached
        return cached

    @cached_property
    def _found(self) -> dict[int, tuple[Vector, arb]]:
        return {}

    def _newton(self) -> Vector:
        """Approach the minimiser, in doubles and then at the current precision.

        Only the closeness of the point depends on this, no proof does.
        """
        x: Vector = tuple(arb(float(entry)) for entry in self._in_doubles())
        reached = 40
        while reached < ctx.prec:
            step = (
                arb_mat(self._hessian(x))
                .mid()
                .solve(arb_mat([[ball(entry).mid()] for entry in self.gradient(x)]))
            )
            x = tuple((x[i] - step[i, 0]).mid() for i in range(len(x)))
            reached *= 2
        return x

    def _hessian(self, x: Vector) -> list[list[arb]]:
        size = range(len(x))
        hessian = [[arb(self.penalty if i == j else 0) for j in size] for i in size]
        for row in self._signed:
            chance = 1 / (1 + (-ball(dot(row, x))).exp())
            weight = chance * (1 - chance) / len(self.rows)
            for i in size:
                for j in size:
                    hessian[i][j] += weight * row[i] * row[j]
        return hessian

    def _in_doubles(self) -> NDArray[np.float64]:
        """Minimise by Newton's method with step halving, in double precision."""
        rows = np.array([[float(ball(entry)) for entry in row] for row in self._signed])
        penalty, count = float(ball(self.penalty)), len(rows)

        def loss(x: NDArray[np.float64]) -> float:
            return float(np.logaddexp(0, -rows @ x).mean() + penalty / 2 * x @ x)

        x = np.zeros(rows.shape[1])
        for _ in range(60):
            chance = 1 / (1 + np.exp(rows @ x))
            gradient = penalty * x - rows.T @ chance / count
            weights = (chance * (1 - chance))[:, None]
            hessian = penalty * np.eye(len(x)) + rows.T @ (weights * rows) / count
            step = np.linalg.solve(hessian, gradient)
            size = 1.0
            while loss(x - size * step) > loss(x) and size > 1e-9:
                size /= 2
            if not np.any(size * step):
                break
            x = x - size * step
        return x

    def minimum(self) -> arb:
        """Enclose the least value: strong convexity gives ``f - |g|^2/(2 penalty) <= f* <= f``."""
        point, slope = self._near()
        top = self.value(point)
        return top.union(top - slope * slope / (2 * ball(self.penalty)))

    def minimiser(self) -> Vector:
        """Enclose the minimiser: strong convexity puts it within ``|g|/penalty``."""
        point, slope = self._near()
        radius = (slope / ball(self.penalty)).upper()
        return tuple(coordinate + arb(0, radius) for coordinate in point)

    def describe(self) -> dict[str, Any]:
        """Return the data of the loss."""
        return {
            "function": "logistic regression, breast-cancer data",
            "rows": list(self.rows),
            "features": list(self.features),
            "penalty": str(self.penalty),
            "L": str(self.smoothness),
        }


@dataclass(frozen=True)
class LeastSquares:
    """The loss ``1/(2n) sum (<a_i, x> - b_i)^2``, exactly.

    Parameters
    ----------
    matrix : Matrix
        The rows a_i, of full column rank.
    targets : Vector
        The numbers b_i.
    source : str
        Where the data come from.
    """

    matrix: Matrix
    targets: Vector
    source: str = "given"

    @classmethod
    def diabetes(cls, rows: Sequence[int], features: Sequence[int]) -> LeastSquares:
        """Return the loss on a part of the diabetes data."""
        data, targets = diabetes()
        matrix = tuple(tuple(data[row][feature] for feature in features) for row in rows)
        source = f"diabetes data, rows {list(rows)}, features {list(features)}"
        return cls(matrix, tuple(targets[row] for row in rows), source)

    @cached_property
    def smoothness(self) -> fmpq:
        """The largest eigenvalue of ``A^T A / n``, certified from above."""
        return largest_eigenvalue(_gram(self.matrix)) / len(self.matrix)

    @property
    def curvature(self) -> fmpq:
        """Zero: nothing is claimed."""
        return fmpq(0)

    @cached_property
    def full_rank(self) -> bool:
        """Whether the columns are independent, so that the minimiser is unique."""
        return bool(fmpq_mat([list(row) for row in _gram(self.matrix)]).det() != 0)

    def _residuals(self, x: Vector) -> Vector:
        return tuple(dot(row, x) - b for row, b in zip(self.matrix, self.targets, strict=True))

    def value(self, x: Vector) -> Number:
        """Return the loss."""
        residuals = self._residuals(x)
        return dot(residuals, residuals) / (2 * len(self.matrix))

    def gradient(self, x: Vector) -> Vector:
        """Return the gradient of the loss."""
        residuals = self._residuals(x)
        columns = zip(*self.matrix, strict=True)
        return tuple(dot(column, residuals) / len(self.matrix) for column in columns)

    def minimiser(self) -> Vector:
        """Solve the normal equations exactly."""
        return self._solution

    @cached_property
    def _solution(self) -> Vector:
        columns = list(zip(*self.matrix, strict=True))
        right = fmpq_mat([[dot(column, self.targets)] for column in columns])
        solution = fmpq_mat([list(row) for row in _gram(self.matrix)]).solve(right)
        return tuple(solution[i, 0] for i in range(len(columns)))

    def minimum(self) -> Number:
        """Return the loss at the minimiser."""
        return self.value(self._solution)

    def describe(self) -> dict[str, Any]:
        """Return the data of the loss."""
        described: dict[str, Any] = {"function": "least squares", "source": self.source}
        if self.source == "given":
            described["A"] = [[str(entry) for entry in row] for row in self.matrix]
            described["b"] = [str(entry) for entry in self.targets]
        return described
