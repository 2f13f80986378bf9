"""``python -m deeptheory`` runs the command line."""

from __future__ import annotations

from deeptheory.cli import main

if __name__ == "__main__":
    main()
