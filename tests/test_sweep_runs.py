"""Sweeps: the command, the journal, and the processes."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from deeptheory.cli import app
from deeptheory.errors import FailureError, UsageError
from deeptheory.sweeps import run
from deeptheory.sweeps.journal import journal_path
from deeptheory.sweeps.plan import Plan, make_plan
from deeptheory.sweeps.run import sweep
from deeptheory.sweeps.work import compute, packed
from sample_catalog import sample_declarations, write_checkout

HOEFFDING = ["n=10:1000:log:5", "e=0,0.1,1/3,-1,2", "a=0", "b=1"]
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def hoeffding(sweep_catalog: Path) -> Plan:
    return make_plan(sweep_catalog, "hoeffding", HOEFFDING)


Command = Callable[..., Result]


@pytest.fixture
def command(sweep_library: Path) -> Command:
    """Return a function that runs the command; grids are written as words."""

    def call(theorem: str, grid: str, *more: str) -> Result:
        axes = [word for axis in grid.split() for word in ("--grid", axis)]
        return CliRunner().invoke(
            app, ["sweep", theorem, *axes, *more], env={"DEEPTHEORY_PROJECT": str(sweep_library)}
        )

    return call


# The command


def test_the_command_prints_and_counts(command: Command) -> None:
    result = command("hoeffding", "n=10,100 e=0.1,-1 a=0 b=1")
    assert result.exit_code == 0, result.exception
    assert "4 points: 2 measured, 2 outside the hypotheses" in result.stdout
    assert "0 ≤ e fails at 2 of them" in result.stdout
    assert "largest ratio 0.3194" in result.stdout
    assert "outside: 0 ≤ e" in result.stdout


def test_the_command_prints_json(command: Command) -> None:
    result = command("hoeffding", "n=10,100 e=0.1,-1 a=0 b=1", "--json")
    found = json.loads(result.stdout)
    assert found["counts"]["measured"] == found["counts"]["outside"] == 2
    assert found["hypotheses_that_fail"] == {"0 ≤ e": 2}
    assert found["grid"] == {"n": "10,100", "e": "0.1,-1", "a": "0", "b": "1"}
    assert [row["arguments"]["n"] for row in found["rows"]] == ["10", "10", "100", "100"]
    assert len(found["catalog_sha256"]) == 64


def test_long_sweeps_are_shortened_on_the_screen(command: Command) -> None:
    result = command("gd_convex", "L=1 D=1 k=1:100")
    assert "60 more points" in result.stdout
    assert "the bound alone" not in result.stdout
    assert len(result.stdout.splitlines()) < 50


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["-o", "x.csv"], "ends in .parquet"),
        (["--plot", "x.pdf"], ".png or .svg"),
        (["-o", "none/x.parquet"], "no folder"),
        (["--resume"], "need -o FILE.parquet"),
        (["--fresh"], "need -o FILE.parquet"),
        (["--jobs", "2", "--scheduler", "x"], "leave it out with --scheduler"),
        (["--max-points", "1"], "2 points"),
    ],
)
def test_bad_options_are_refused(command: Command, more: list[str], says: str) -> None:
    result = command("gd_convex", "L=1 D=1 k=1:2", *more)
    assert isinstance(result.exception, UsageError), result.exception
    assert says in str(result.exception)
    assert result.exception.exit_code == 2


@pytest.mark.parametrize(
    ("package", "more"),
    [
        ("pyarrow", ["-o", "x.parquet"]),
        ("matplotlib", ["--plot", "x.svg"]),
        ("distributed", ["--scheduler", "tcp://127.0.0.1:1"]),
    ],
)
def test_without_the_extra_the_remedy_is_named_and_nothing_is_written(
    package: str,
    more: list[str],
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, package, None)
    result = command("gd_convex", "L=1 D=1 k=1:2", *more)
    assert isinstance(result.exception, UsageError)
    assert "which is not installed: run `make sweep`" in str(result.exception)
    assert result.exception.exit_code == 2
    assert not list(tmp_path.iterdir())


# Processes and the journal


def test_processes_compute_what_one_does(hoeffding: Plan) -> None:
    told: list[int] = []
    rows = sweep(hoeffding, jobs=2, advanced=told.append)
    assert rows == sweep(hoeffding, jobs=1)
    assert sum(told) == len(rows) == 25


def test_where_nothing_is_said_processes_are_started_for_what_takes_long(
    hoeffding: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    def pool(plan: Plan, pending: list[int], jobs: int) -> Any:
        started.append(len(pending))
        return [[(i, plan.evaluator().row(plan.grid.point(i)))] for i in pending]

    monkeypatch.setattr(run, "_pool", pool)
    monkeypatch.setattr(run, "_ALONE_SECONDS", 1000)
    rows = sweep(hoeffding)
    assert started == []
    monkeypatch.setattr(run, "_ALONE_SECONDS", 0)
    assert sweep(hoeffding) == rows
    assert started == [25]


def _stopping(after: int) -> Callable[[int], None]:
    counted = 0

    def advanced(more: int) -> None:
        nonlocal counted
        counted += more
        if counted >= after:
            raise KeyboardInterrupt

    return advanced


def _lines(output: Path) -> list[Any]:
    return [json.loads(line) for line in journal_path(output).read_text().splitlines()]


def test_a_sweep_that_is_stopped_goes_on(hoeffding: Plan, tmp_path: Path) -> None:
    output = tmp_path / "x.parquet"
    with pytest.raises(KeyboardInterrupt):
        sweep(hoeffding, output=output, jobs=1, advanced=_stopping(7))
    assert [line["point"] for line in _lines(output)[1:]] == list(range(7))
    begun: list[tuple[int, int]] = []
    told: list[int] = []
    rows = sweep(
        hoeffding,
        output=output,
        jobs=1,
        started=lambda *counts: begun.append(counts),
        advanced=told.append,
    )
    assert begun == [(25, 7)]
    assert told == [1] * 18
    assert rows == sweep(hoeffding)
    assert not list(tmp_path.iterdir())


def test_a_line_that_a_crash_left_unfinished_is_dropped(hoeffding: Plan, tmp_path: Path) -> None:
    output = tmp_path / "x.parquet"
    with pytest.raises(KeyboardInterrupt):
        sweep(hoeffding, output=output, jobs=1, advanced=_stopping(7))
    content = journal_path(output).read_bytes()
    for cut in (1, 40, len(content) - content.rindex(b"\n", 0, -1) - 1):
        journal_path(output).write_bytes(content[:-cut])
        with pytest.raises(KeyboardInterrupt):
            sweep(hoeffding, output=output, jobs=1, advanced=_stopping(2))
        assert [line["point"] for line in _lines(output)[1:]] == list(range(8))
        journal_path(output).write_bytes(content)
    journal_path(output).write_bytes(b'{"sch')
    assert sweep(hoeffding, output=output, jobs=1) == sweep(hoeffding)


def test_resume_and_fresh(hoeffding: Plan, sweep_catalog: Path, tmp_path: Path) -> None:
    output = tmp_path / "x.parquet"
    with pytest.raises(UsageError, match="nothing to go on with"):
        sweep(hoeffding, output=output, resume=True)
    assert not list(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        sweep(hoeffding, output=output, jobs=1, advanced=_stopping(3))
    other = make_plan(sweep_catalog, "hoeffding", [*HOEFFDING[:-1], "b=2"])
    for resume in (None, True):
        with pytest.raises(
            UsageError, match=r"another sweep \(DeepTheory.Probability.hoeffding, n=10"
        ):
            sweep(other, output=output, resume=resume)
    assert len(_lines(output)) == 4
    begun: list[tuple[int, int]] = []
    sweep(other, output=output, resume=False, started=lambda *counts: begun.append(counts))
    assert begun == [(25, 0)]
    assert not list(tmp_path.iterdir())


def test_a_change_of_what_the_content_depends_on_is_another_sweep(
    sweep_library: Path, hoeffding: Plan, tmp_path: Path
) -> None:
    declarations = sample_declarations()
    declarations[0]["doc"] = "changed"
    changed = write_checkout(tmp_path / "library", declarations) / "build" / "theorems.json"
    assert make_plan(changed, "hoeffding", HOEFFDING).key != hoeffding.key
    sweep_catalog = sweep_library / "build" / "theorems.json"
    assert make_plan(sweep_catalog, "hoeffding", HOEFFDING).key == hoeffding.key
    assert make_plan(sweep_catalog, "hoeffding", HOEFFDING, digits=16).key != hoeffding.key
    assert make_plan(sweep_catalog, "hoeffding", HOEFFDING, measure=False).key != hoeffding.key


def test_two_sweeps_cannot_write_one_output(hoeffding: Plan, tmp_path: Path) -> None:
    output = tmp_path / "x.parquet"

    def inside(total: int, done: int) -> None:
        with pytest.raises(UsageError, match="Another process writes"):
            sweep(hoeffding, output=output)

    sweep(hoeffding, output=output, jobs=1, started=inside)
    assert not list(tmp_path.iterdir())


def test_a_process_that_dies_costs_no_point(
    hoeffding: Plan,
) -> None:
    victims: list[int] = []

    def kill_one(more: int) -> None:
        if not victims:
            victims.append(min(child.pid or 0 for child in multiprocessing.active_children()))
            os.kill(victims[0], signal.SIGKILL)

    told: list[int] = []

    def advanced(more: int) -> None:
        told.append(more)
        kill_one(more)

    assert sweep(hoeffding, jobs=2, advanced=advanced) == sweep(hoeffding)
    assert victims
    assert sum(told) == 25


def test_processes_that_keep_dying_end_the_sweep(
    hoeffding: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "end_with_parent", _dies)
    monkeypatch.setattr(run, "_ATTEMPTS", 2)
    with pytest.raises(FailureError, match="--jobs 1"):
        sweep(hoeffding, jobs=2)


def _dies() -> None:
    os._exit(1)


def test_a_worker_with_other_programs_is_refused(
    hoeffding: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deeptheory.sweeps import work

    state = packed(hoeffding)
    work._evaluator.cache_clear()
    monkeypatch.setattr(work, "source_digest", lambda: "other")
    with pytest.raises(UsageError, match="another version of deeptheory"):
        compute(state, [(0, hoeffding.grid.point(0))])


_SLOW = """
import sys
from pathlib import Path
from deeptheory.sweeps.plan import make_plan
from deeptheory.sweeps.run import sweep

if __name__ == "__main__":
    plan = make_plan(Path(sys.argv[1]), "hoeffding", ["n=3000:3150", "e=0.01,0.1", "a=0", "b=1"])
    sweep(plan, output=Path(sys.argv[2]), jobs=2)
    print("finished")
"""


def test_a_sweep_that_is_killed_goes_on_and_leaves_no_process(
    sweep_catalog: Path, tmp_path: Path
) -> None:
    script, output = tmp_path / "slow.py", tmp_path / "x.parquet"
    script.write_text(_SLOW, encoding="utf-8")
    path = os.pathsep.join([str(ROOT / "python"), os.environ.get("PYTHONPATH", "")])
    process = subprocess.Popen(
        [sys.executable, str(script), str(sweep_catalog), str(output)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
    )
    try:
        deadline = time.monotonic() + 120
        while not journal_path(output).is_file() or journal_path(output).stat().st_size < 10_000:
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.kill()
        # The pipe closes when the processes of the pool have ended, too.
        printed, _ = process.communicate(timeout=60)
        assert b"finished" not in printed
    finally:
        process.kill()
    plan = make_plan(sweep_catalog, "hoeffding", ["n=3000:3150", "e=0.01,0.1", "a=0", "b=1"])
    begun: list[tuple[int, int]] = []
    told: list[int] = []
    rows = sweep(
        plan,
        output=output,
        jobs=1,
        resume=True,
        started=lambda *counts: begun.append(counts),
        advanced=told.append,
    )
    ((total, before),) = begun
    assert total == 302
    assert 0 < before < total
    assert sum(told) == total - before
    assert all(row["status"] == "measured" for row in rows)
    assert rows[::50] == [plan.evaluator().row(plan.grid.point(i)) for i in range(0, total, 50)]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["slow.py"]
