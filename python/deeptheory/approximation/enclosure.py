"""Rigorous enclosures of the largest error of a network with rounded weights on the cube."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from flint import fmpq
from numpy.typing import NDArray

from deeptheory.approximation.doubles import DoubleNetwork, exactly
from deeptheory.approximation.layer import Vector
from deeptheory.approximation.target import Target
from deeptheory.formulas.intervals import Interval, Reals, rounded

__all__ = ["Enclosure", "lattice_error", "line_error"]

_TOLERANCE = 2.0**-10
_MOST_BOXES = 2**20
_CHUNK = 2**17


@dataclass(frozen=True)
class Enclosure:
    """An enclosure of the largest absolute difference of a network and a function.

    Parameters
    ----------
    low, high : fmpq
        The largest difference lies between them.
    place : tuple of fmpq
        A point where the difference is at least ``low``, or is so nearly there.
    boxes : int
        How many intervals, or cells, were looked at.
    """

    low: fmpq
    high: fmpq
    place: Vector
    boxes: int

    def within(self, epsilon: fmpq) -> bool | None:
        """Say whether the error is at most a number; None where the enclosure does not tell."""
        if self.high <= epsilon:
            return True
        return False if self.low > epsilon else None


def line_error(net: DoubleNetwork, target: Target, epsilon: fmpq) -> Enclosure:
    """Enclose the largest error on the unit interval of a network made by `interpolation`.

    Parameters
    ----------
    net : DoubleNetwork
        The network, with one hidden layer of units ``relu(x - t)``.
    target : Target
        The function.
    epsilon : fmpq
        The search goes on until it is decided whether the error is at most this number.

    Notes
    -----
    On each piece the network is affine, and its values and slopes are exact.  On an interval
    around m the difference e of network and function is in ``e(m) + (s - f') (x - m)``, with the
    slope s of the piece and an interval around all derivatives f', and where f has a second
    derivative in ``e(m) + (s - f'(m)) (x - m) - f'' (x - m) ^ 2 / 2``.  Intervals that may hold an
    error beyond the largest one found are halved, unless the error is below a thousandth of
    epsilon or the rounding of doubles hides it.
    """
    values, slopes, knots = _pieces(net)
    cells = np.arange(len(knots))
    low, high = knots, np.append(knots[1:], 1.0)
    found, place, settled, looked_at = -1.0, 0.0, 0.0, 0
    goal = rounded(epsilon)[0]
    while True:
        most, noise = np.empty(len(low)), np.empty(len(low))
        for start in range(0, len(low), _CHUNK):
            part = slice(start, start + _CHUNK)
            cell = cells[part]
            own = [_taken(entry, cell) for entry in (values, slopes)]
            least, at, most[part], noise[part] = _differences(
                target, own[0], own[1], knots[cell], low[part], high[part]
            )
            best = int(least.argmax())
            if least[best] > found:
                found, place = float(least[best]), float(at[best])
        looked_at += len(low)
        enough = (most <= found * (1 + _TOLERANCE)) | (most <= goal * _TOLERANCE)
        enough |= most <= found + 4 * noise
        if found <= goal:
            enough &= (most <= goal) | (most <= found + 4 * noise)
        # An interval whose middle is one of its ends cannot be halved.
        middle = low + (high - low) / 2
        enough |= (middle <= low) | (middle >= high)
        last = looked_at + 2 * int((~enough).sum()) > max(_MOST_BOXES, 8 * len(knots))
        settled = max(settled, most[enough | last].max(initial=0.0))
        if last or enough.all():
            break
        left = ~enough
        low, middle, high, cells = low[left], middle[left], high[left], cells[left]
        low, high = np.concatenate([low, middle]), np.concatenate([middle, high])
        cells = np.concatenate([cells, cells])
    return Enclosure(_ratio(max(found, 0.0)), _ratio(settled), (exactly(place),), looked_at)


def _ratio(value: float) -> fmpq:
    if not np.isfinite(value):
        return fmpq(2) ** 1024
    return exactly(value)


def _pieces(net: DoubleNetwork) -> tuple[Interval, Interval, Reals]:
    """Enclose the values at the knots and the slopes after them, tightly; return the knots."""
    knots: Reals = 0.0 - net.biases[0]
    bends = net.weights[1].toarray()[0].tolist()
    value, slope = exactly(net.biases[1].item()), fmpq(0)
    values, slopes = [], []
    before = fmpq(0)
    for knot, bend in zip(knots.tolist(), bends, strict=True):
        here = exactly(knot)
        value += slope * (here - before)
        slope += exactly(bend)
        before = here
        values.append(rounded(value))
        slopes.append(rounded(slope))
    ends = [np.array(entries).T for entries in (values, slopes)]
    return Interval.between(*ends[0]), Interval.between(*ends[1]), knots


def _taken(value: Interval, cell: NDArray[np.int64]) -> Interval:
    return Interval(value.low[cell], value.high[cell])


def _differences(
    target: Target, values: Interval, slopes: Interval, knots: Reals, low: Reals, high: Reals
) -> tuple[Reals, Reals, Reals, Reals]:
    """Bound the errors on intervals.

    Returns
    -------
    tuple of ndarray
        For each interval the error at its middle from below, the middle, the largest error on it
        from above, and how wide the enclosure of the error at the middle is.
    """
    middle = low + (high - low) / 2
    exact = Interval.point(middle)
    away = Interval.between(low, high) - exact
    centre, around = (
        target.over(middle[:, None], middle[:, None]),
        target.over(low[:, None], high[:, None], 2),
    )
    here = values + slopes * (exact - Interval.point(knots)) - centre.value
    by_slope = here + (slopes - around.slopes[0]) * away
    bend = (around.second or Interval.point(0.0)) * away.power(2) * 0.5
    by_bend = here + (slopes - centre.slopes[0]) * away - bend
    most = np.where(
        around.known,
        np.minimum(by_slope.magnitude, by_bend.magnitude),
        np.inf,
    )
    return here.mignitude, middle, most, here.high - here.low


def lattice_error(net: DoubleNetwork, target: Target, places: Reals, slope: float) -> Enclosure:
    """Enclose the largest error on the cube of a network made by `lattice_of_cones`.

    Parameters
    ----------
    net : DoubleNetwork
        The network: the maximum of the cones ``b - L max |x - g|`` over the centres g.
    target : Target
        The function f, whose Lipschitz constant is at most L.
    places : ndarray
        The coordinates of the centres along each axis.
    slope : float
        The slope L of the cones.

    Notes
    -----
    As f has the Lipschitz constant L, the network exceeds f by at most the largest ``b - f(g)``,
    and by that much at some centre; as every point is near a centre, within r, f exceeds the
    network by at most the largest ``f(g) - b`` plus ``2 L r``.  So no search is needed: apexes b
    above the values make the error largest at the centres.
    """
    dim, cells = target.dim, len(places)
    apexes = _apexes(net, dim, cells)
    best, place, excess, lack = -np.inf, 0, -np.inf, -np.inf
    for start in range(0, len(apexes), _CHUNK):
        numbers = np.arange(start, min(start + _CHUNK, len(apexes)))
        points = places[numbers[:, None] // cells ** np.arange(dim) % cells]
        gap = Interval.point(apexes[numbers]) - target.at(points)
        if gap.low.max() > best:
            best, place = float(gap.low.max()), start + int(gap.low.argmax())
        excess, lack = max(excess, float(gap.high.max())), max(lack, float((-gap.low).max()))
    reach = Interval.point(_reach(places)) * 2.0 * slope + Interval.point(lack)
    centre = tuple(exactly(places[place // cells**axis % cells]) for axis in range(dim))
    high = max(excess, float(reach.high), 0.0)
    return Enclosure(_ratio(max(best, 0.0)), _ratio(high), centre, len(apexes))


def _apexes(net: DoubleNetwork, dim: int, cells: int) -> Reals:
    """Read the apexes of the cones from a network as it is saved.

    The units of the second layer compare the negative sides of each cone: differences, which have
    no biases, then the second ones, whose biases are minus the apex, then their opposites.
    """
    units = net.biases[1].reshape(cells**dim, 3, -1)
    assert not units[:, 0].any()
    assert (units[:, 1] == -units[:, 2]).all()
    assert (units[:, 1] == units[:, 1, :1]).all()
    return -units[:, 1, 0]


def _reach(places: Reals) -> float:
    """Return a bound for the distance of a number in the unit interval from the nearest place."""
    edges = [exactly(places[0]), 1 - exactly(places[-1])]
    gaps = [(exactly(b) - exactly(a)) / 2 for a, b in pairwise(places.tolist())]
    return rounded(max(edges + gaps))[1]
