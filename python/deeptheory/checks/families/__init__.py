"""The checks, one module a family of theorems, named like the folder in ``lean/``."""
