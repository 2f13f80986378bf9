"""The library as training data: theorems, premises and proof dependencies as JSON Lines.

The fields are those of the LeanDojo benchmark; ``docs/dataset.md`` says what each means and what
differs.
"""

from __future__ import annotations

from deeptheory.dataset.origin import Origin, find_origin
from deeptheory.dataset.records import corpus_records, theorem_records
from deeptheory.dataset.write import Counts, write_dataset

__all__ = [
    "Counts",
    "Origin",
    "corpus_records",
    "find_origin",
    "theorem_records",
    "write_dataset",
]
