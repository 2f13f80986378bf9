"""How far a checkout is: what is set up, proved, checked and written, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deeptheory.errors import DeepTheoryError
from deeptheory.paths import Project

if TYPE_CHECKING:
    from deeptheory.catalog import Catalog

__all__ = ["SCHEMA_VERSION", "State", "Step", "examine", "proofs"]

SCHEMA_VERSION = 1
"""The version of what ``deeptheory --json`` prints."""


@dataclass(frozen=True)
class Step:
    """One stage on the way from the sources to the index.

    Attributes
    ----------
    key : str
        ``toolchain``, ``proofs``, ``catalog``, ``checks``, ``experiments`` or ``index``.
    state : str
        ``done``, ``todo`` (never done, or not yet for everything), ``stale`` (done for other
        inputs than those that are there now) or ``failed``.
    detail : str
        What is there.
    command : str
        What brings it up to date; empty where it is done.
    """

    key: str
    state: str
    detail: str
    command: str = ""


@dataclass(frozen=True)
class State:
    """The stages of a checkout, in order.

    Attributes
    ----------
    root : Path
        The checkout.
    steps : tuple of Step
        The stages.
    """

    root: Path
    steps: tuple[Step, ...]

    @property
    def next(self) -> Step | None:
        """The first stage that is not done."""
        return next((step for step in self.steps if step.state != "done"), None)

    def to_json(self) -> dict[str, Any]:
        """Return the state as a JSON object."""
        following = self.next
        return {
            "schema": SCHEMA_VERSION,
            "root": str(self.root),
            "steps": [asdict(step) for step in self.steps],
            "next": following.command if following else None,
        }


def examine(project: Project) -> State:
    """Look at a checkout; nothing is built, run or written.

    Parameters
    ----------
    project : Project
        The checkout.
    """
    catalog = _read_catalog(project)
    steps = (
        _toolchain(project),
        proofs(project),
        _catalog(project, catalog),
        _checks(project, catalog),
        _experiments(project),
        _index(project),
    )
    return State(project.root, steps)


def _read_catalog(project: Project) -> Catalog | None:
    """Read the catalog; return None where there is none, or one that cannot be read."""
    from deeptheory.catalog import Catalog

    try:
        return Catalog.load(project)
    except DeepTheoryError:
        return None


def _toolchain(project: Project) -> Step:
    from deeptheory.toolchain import EMBEDDED, find_official, is_installed

    official = find_official()
    if official is not None:
        return Step("toolchain", "done", f"the official Lean at {official.lean}")
    if is_installed():
        return Step("toolchain", "done", f"the embedded Lean {EMBEDDED.lean_version}")
    return Step("toolchain", "todo", "Lean is not installed", "deeptheory setup")


def proofs(project: Project) -> Step:
    """Say how much of the library is proved as it is now."""
    from deeptheory.prove.graph import find_modules

    modules = find_modules(project.lean)
    proved = set(_proved(project))
    counted = f"{len(proved)} of {len(modules)} modules are proved"
    if len(proved) == len(modules):
        return Step("proofs", "done", counted)
    return Step("proofs", "stale" if proved else "todo", counted, "deeptheory prove")


def _proved(project: Project) -> Iterator[str]:
    """Yield the modules whose proof is that of the source as it is now."""
    from deeptheory.prove.graph import find_modules
    from deeptheory.prove.prover import make_plan
    from deeptheory.prove.stamps import Store
    from deeptheory.toolchain import find_embedded, find_official

    store = Store(project.build)
    if find_official() is not None:
        for name, module in find_modules(project.lean).items():
            export = store.export(name)
            if export.is_file() and export.stat().st_mtime >= module.path.stat().st_mtime:
                yield name
        return
    try:
        toolchain = find_embedded()
    except DeepTheoryError:
        return
    plan = make_plan(project, toolchain.id, exporting=False)
    for name in plan.order:
        stamp = store.read(name)
        if stamp is not None and stamp.key == plan.keys.get(name):
            yield name


def _catalog(project: Project, catalog: Catalog | None) -> Step:
    if not project.theorems_json.is_file():
        return Step("catalog", "todo", "there is no catalog", "deeptheory export")
    if catalog is None:
        return Step("catalog", "failed", "the catalog cannot be read", "deeptheory export")
    counted = f"{len(catalog)} declarations, {len(catalog.headlines)} theorems with a card"
    made = project.theorems_json.stat().st_mtime
    exports = (project.build / "export").glob("*.json")
    if any(path.stat().st_mtime > made + 1 for path in exports):
        return Step("catalog", "stale", f"{counted}, older than the proofs", "deeptheory export")
    return Step("catalog", "done", counted)


def _checks(project: Project, catalog: Catalog | None) -> Step:
    from deeptheory.checkresults import read_results

    results = read_results(project.checks_json)
    wanted = list(results) if catalog is None else [d.name for d in catalog.headlines]
    failed = [name for name in wanted if name in results and not results[name]["passed"]]
    passed = sum(name in results for name in wanted) - len(failed)
    counted = f"{passed} of {len(wanted)} theorems pass their check"
    if failed:
        first = failed[0].removeprefix("DeepTheory.")
        return Step(
            "checks", "failed", f"{counted}, {len(failed)} fail", f"deeptheory verify {first}"
        )
    if not wanted or passed < len(wanted):
        return Step("checks", "todo", counted, "deeptheory verify")
    return Step("checks", "done", counted)


def _experiments(project: Project) -> Step:
    if project.experiments_json.is_file():
        return Step("experiments", "done", "the bounds on real data are evaluated")
    return Step("experiments", "todo", "not run yet", "deeptheory experiment")


def _index(project: Project) -> Step:
    from deeptheory.site.build import up_to_date

    landing = project.site / "index.html"
    if not landing.is_file():
        return Step("index", "todo", "not written yet", "deeptheory index")
    if not up_to_date(project):
        return Step("index", "stale", "written from other inputs", "deeptheory index")
    return Step("index", "done", landing.as_uri())
