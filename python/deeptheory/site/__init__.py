"""The theorem index: static pages made from the catalog, the checks and the coverage.

The pages need no server and no network: ``build/site/index.html`` opens from ``file://``.
"""

from __future__ import annotations

from deeptheory.site.build import build_site
from deeptheory.site.server import make_server

__all__ = ["build_site", "make_server"]
