"""Certificates that were tampered with at random: refused in one sentence, nothing written.

`make fuzz` checks 100 000 of them; with `DEEPTHEORY_FUZZ=20000` this test checks so many.
"""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest

from certify_fuzz import Fuzz
from certify_mutations import MUTATIONS

COUNT = int(os.environ.get("DEEPTHEORY_FUZZ", "1500"))


@pytest.mark.skipif(os.name == "nt", reason="pipes and links are among what is tried")
@pytest.mark.timeout(0)
def test_whatever_was_tampered_with_is_refused_or_means_the_same(tmp_path: Path) -> None:
    """`Fuzz.check` fails where that is not so."""
    fuzz = Fuzz(tmp_path.resolve())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of names that it writes twice
        sayings = {said for _, code, said in fuzz.run(COUNT, seed=COUNT) if code}
    print(fuzz.report())
    tallies = fuzz.tallies
    assert sum(tally.inputs for tally in tallies.values()) == COUNT
    assert all(tallies[kind].inputs > 0 for kind in MUTATIONS)
    assert sum(tally.recomputed for tally in tallies.values()) > COUNT / 20
    assert sum(tally.codes[0] for tally in tallies.values()) < COUNT / 5
    assert len(sayings) > COUNT / 20  # not all for the same reason
    # A well-formed lie is a failure, not a mistake of the input.
    assert tallies["lies that fit"].codes[0] == 0
    assert tallies["new hashes"].codes[0] == 0
