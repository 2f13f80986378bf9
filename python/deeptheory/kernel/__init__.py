"""The library for kernels that are not Lean's own: proofs in the Lean export format.

`deeptheory.kernel.library` reads compiled modules, `deeptheory.kernel.export` writes declarations,
`deeptheory.kernel.inspection` reads them again and recomputes what kernels take as given.
"""

from __future__ import annotations

from deeptheory.kernel.assumptions import read_assumptions, write_assumptions
from deeptheory.kernel.checkout import Written, compiled_library, export_checkout, inspect_file
from deeptheory.kernel.export import Assumption, Exported, export_declarations
from deeptheory.kernel.inspection import Inspection, inspect_export
from deeptheory.kernel.library import Constant, Library

__all__ = [
    "Assumption",
    "Constant",
    "Exported",
    "Inspection",
    "Library",
    "Written",
    "compiled_library",
    "export_checkout",
    "export_declarations",
    "inspect_export",
    "inspect_file",
    "read_assumptions",
    "write_assumptions",
]
