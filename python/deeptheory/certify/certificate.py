"""From data, a network and its laws to the record and the Lean file of a certificate.

`certify train` and `certify check` both end here: what is checked is computed by the same steps as
what is written, from the stored weights and data alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq

from deeptheory.certify.data import Examples, Parts
from deeptheory.certify.law import GridLaw, upper_decimal
from deeptheory.certify.montecarlo import Counts, count_errors, draw_seed
from deeptheory.certify.network import Network
from deeptheory.certify.record import SCHEMA
from deeptheory.certify.split import SplitNumbers, certify_split, shown
from deeptheory.certify.split_statement import THEOREM, render_split
from deeptheory.formulas import Book

__all__ = ["Certificate", "certify_network", "network_digest"]

DRAWS_SHARE = fmpq(1, 5)
"""The share of the probability of failure that the draws have."""
_PLACES = 12


@dataclass(frozen=True)
class Certificate:
    """A certificate: its record without the notes, and its Lean file.

    Parameters
    ----------
    record : dict
        All of certificate.json but the notes.
    lean : str
        The text of the Lean file.
    numbers : SplitNumbers
        What it states.
    counts : Counts
        The errors that were counted.
    """

    record: dict[str, Any]
    lean: str
    numbers: SplitNumbers
    counts: Counts

    @property
    def held_out_error(self) -> Fraction:
        """The stochastic network's mean error on held-out rows."""
        return Fraction(self.record["held_out"]["error"])

    @property
    def ratio(self) -> float | None:
        """The certified risk over the held-out error, where that is not zero."""
        risk = Fraction(self.record["numbers"]["p"])
        return float(risk / self.held_out_error) if self.held_out_error else None


def network_digest(network: Network, law: GridLaw, seed: int) -> str:
    """Return the SHA-256 of a stochastic network and of the seed of the parts it was learnt on.

    Shape, constants and tables are in it: a change of any of them shows even where it has no part
    in the errors.
    """
    shape = (network.sizes, network.constants, network.shifts)
    known = f"deeptheory network 1 {shape} {law.digest} {seed}"
    return hashlib.sha256(known.encode()).hexdigest()


def certify_network(
    book: Book,
    network: Network,
    law: GridLaw,
    examples: Examples,
    parts: Parts,
    *,
    seed: int,
    draws: int,
    delta: fmpq,
    advance: Callable[[int], None] = lambda _: None,
    settled: Callable[[dict[str, Any]], None] = lambda _: None,
) -> Certificate:
    """Count, enclose and state.

    Parameters
    ----------
    book : Book
        The catalog.
    network, law : Network, GridLaw
        The stochastic network.
    examples, parts : Examples, Parts
        The data.
    seed : int
        The seed of the parts.
    draws : int
        How many networks to draw.
    delta : fmpq
        The probability of failure, of which the draws take a fifth.
    advance : callable, optional
        Is told after some draws how many they were.
    settled : callable, optional
        Is given, before any network is drawn, the part of the record that needs none.

    Raises
    ------
    UsageError
        Where the tables are no laws or the network's sums might be rounded.
    FailureError
        Where the bound is not below one.
    """
    law.check()
    entropy = law.relative_entropy()
    upper = upper_decimal(entropy, _PLACES)
    shares = {"delta": delta * (1 - DRAWS_SHARE), "draws_delta": delta * DRAWS_SHARE}
    rows, features = examples.inputs.shape
    n, held_out = len(parts.bound), len(parts.held_out)
    known: dict[str, Any] = {
        "schema": SCHEMA,
        "theorem": THEOREM,
        "data": {
            "name": examples.name,
            "rows": rows,
            "features": features,
            "classes": examples.classes,
            "sha256": examples.digest,
            "source_sha256": examples.source,
        },
        "parts": {
            "seed": seed,
            "prior": len(parts.prior),
            "bound": n,
            "held_out": held_out,
        },
        "network": {
            "sizes": list(network.sizes),
            "constants": list(network.constants),
            "shifts": list(network.shifts),
            "weights": network.weights,
            "grid_values": law.prior.shape[1],
            "sha256": network_digest(network, law, seed),
        },
        "numbers": {
            "n": n,
            "k": draws,
            "draw_seed": f"{draw_seed(law, examples):032x}",
            "confidence_delta": str(delta),
            **{name: str(share) for name, share in shares.items()},
            "relative_entropy": shown(entropy),
            "K": str(upper),
        },
        "held_out": {"rows": held_out},
    }
    settled(known)
    counts = count_errors(network, law, examples, parts, draws, advance)
    numbers = certify_split(book, n=n, k=draws, errors=counts.bound, entropy=upper, **shares)
    drawn = {
        "numbers": {
            "errors": counts.bound,
            "q": str(numbers.q),
            "draws_level": shown(numbers.draws_side),
            "draws_between": str(numbers.draws_between),
            "kl_q_r": shown(numbers.inner),
            "r": str(numbers.r),
            "level": shown(numbers.side),
            "between": str(numbers.between),
            "kl_r_p": shown(numbers.outer),
            "p": str(numbers.p),
        },
        "held_out": {
            "errors": counts.held_out,
            "error": str(fmpq(counts.held_out, held_out * draws)),
            "mean_network_errors": counts.mean_held_out,
            "mean_network_error": str(fmpq(counts.mean_held_out, held_out)),
        },
    }
    record = {**known, **{section: known[section] | own for section, own in drawn.items()}}
    return Certificate(record, render_split(numbers, len(parts.prior)), numbers, counts)
