"""Where theorems stand in the band of their family: a column and a row for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["place"]

COLUMNS = 4
SWEEPS = 4


def place(
    names: Sequence[str], rests_on: Mapping[str, Sequence[str]]
) -> dict[str, tuple[int, int]]:
    """Give each theorem of a family its column and row.

    A theorem stands further to the right than those of its family that it rests on.  A band has
    as few rows as `COLUMNS` columns allow, more columns only where a chain of theorems is longer.
    Theorems that rest on each other stand in rows near to each other, those with no relation in
    the family fill the room that is left.

    Parameters
    ----------
    names : sequence of str
        The theorems of the family, in the order of the index.
    rests_on : mapping
        For each theorem, those that it rests on, of any family.
    """
    inside = set(names)
    below = {name: [other for other in rests_on[name] if other in inside] for name in names}
    above: dict[str, list[str]] = {name: [] for name in names}
    for name in names:
        for other in below[name]:
            above[other].append(name)
    columns = _columns(names, below, above)
    return _rows(columns, below, above)


def _depths(names: Sequence[str], below: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the length of the longest chain below each theorem."""
    depths: dict[str, int] = {}

    def depth(name: str, seen: frozenset[str]) -> int:
        if name not in depths:
            rest = [other for other in below[name] if other not in seen]
            depths[name] = max((depth(other, seen | {name}) + 1 for other in rest), default=0)
        return depths[name]

    for name in names:
        depth(name, frozenset([name]))
    return depths


def _columns(
    names: Sequence[str],
    below: Mapping[str, Sequence[str]],
    above: Mapping[str, Sequence[str]],
) -> list[list[str]]:
    """Spread the theorems over columns of equal height, each behind those that it rests on."""
    depths = _depths(names, below)
    order = sorted(names, key=lambda name: (not (below[name] or above[name]), depths[name]))
    wanted = max(COLUMNS, max(depths.values()) + 1)
    rows = -(-len(names) // wanted)
    while True:
        column: dict[str, int] = {}
        sizes = [0] * wanted
        for name in order:
            first = max((column[other] + 1 for other in below[name] if other in column), default=0)
            free = [n for n in range(first, wanted) if sizes[n] < rows]
            if not free:
                break
            column[name] = free[0]
            sizes[free[0]] += 1
        if len(column) == len(names):
            break
        rows += 1
    for name in sorted(names, key=lambda name: -depths[name]):
        # Where more rests on a theorem than it rests on, it moves towards what rests on it.
        last = min((column[other] - 1 for other in above[name]), default=0)
        free = [n for n in range(column[name] + 1, last + 1) if sizes[n] < rows]
        if free and len(above[name]) > len(below[name]):
            sizes[column[name]] -= 1
            column[name] = free[-1]
            sizes[free[-1]] += 1
    columns = [[name for name in names if column[name] == n] for n in range(wanted)]
    return [column for column in columns if column]


def _rows(
    columns: Sequence[Sequence[str]],
    below: Mapping[str, Sequence[str]],
    above: Mapping[str, Sequence[str]],
) -> dict[str, tuple[int, int]]:
    """Order each column so that theorems that belong together stand in rows that are near."""
    most = max(map(len, columns))
    at = {name: (n, row) for n, names in enumerate(columns) for row, name in enumerate(names)}
    sweeps = [*range(len(columns)), *reversed(range(len(columns)))] * SWEEPS
    for n in sweeps:
        wish: dict[str, float] = {}
        for name in columns[n]:
            near = [at[other][1] for other in (*below[name], *above[name])]
            wish[name] = sum(near) / len(near) if near else most
        order = sorted(columns[n], key=lambda name: (wish[name], at[name][1]))
        row = 0
        for number, name in enumerate(order):
            latest = most - (len(order) - number)
            row = min(max(row, round(wish[name])), latest) if wish[name] < most else row
            at[name] = (n, row)
            row += 1
    return at
