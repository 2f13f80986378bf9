"""What sweeps write, and sweeps on a cluster: with the extra that `make sweep` installs."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from deeptheory import __version__
from deeptheory.cli import app
from deeptheory.errors import FailureError, UsageError
from deeptheory.sweeps.journal import journal_path
from deeptheory.sweeps.plan import Plan, make_plan
from deeptheory.sweeps.run import sweep

ROOT = Path(__file__).resolve().parents[1]
GRID = ["n=10:1000:log:5", "e=0,0.1,1/3,-1,2", "a=0", "b=1"]


def _command(sweep_library: Path, theorem: str, grid: list[str], *more: str) -> Result:
    axes = [word for axis in grid for word in ("--grid", axis)]
    return CliRunner().invoke(
        app, ["sweep", theorem, *axes, *more], env={"DEEPTHEORY_PROJECT": str(sweep_library)}
    )


def _finish(plan: Plan, path: Path) -> Any:
    from deeptheory.sweeps.table import write_table

    return lambda rows: write_table(plan, rows, path)


# Parquet


def test_the_file_holds_exact_values_doubles_and_where_they_came_from(
    sweep_library: Path, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    output = tmp_path / "x.parquet"
    result = _command(sweep_library, "hoeffding", GRID, "-o", str(output))
    assert result.exit_code == 0, result.exception
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.parquet"]
    table = parquet.read_table(output)
    rows = table.to_pylist()
    assert len(rows) == 25
    assert [row["n"] for row in rows[::5]] == [10, 32, 100, 316, 1000]
    assert [row["e_exact"] for row in rows[:5]] == ["0", "0.1", "1/3", "-1", "2"]
    assert rows[2]["e"] == 1 / 3
    assert rows[0]["bound_exact"] == "1"
    assert rows[0]["bound"] == 1.0
    assert rows[0]["status"] == "measured"
    assert rows[0]["holds"] is True
    # ten fair coins show at least five heads
    assert Fraction(rows[0]["measured_exact"]) == Fraction(638, 1024)
    assert rows[0]["ratio_exact"] == rows[0]["measured_exact"]
    outside = [row for row in rows if row["status"] == "outside"]
    assert len(outside) == 5
    assert {row["hypothesis"] for row in outside} == {"0 ≤ e"}
    assert all(row["bound"] is None and row["bound_exact"] is None for row in outside)
    assert rows[1]["bound_exact"] is None
    assert abs(Fraction(rows[1]["bound_decimal"]) - Fraction(rows[1]["bound"])) < Fraction(
        rows[1]["bound_radius"]
    ) + Fraction(1, 2**50)
    assert json.loads(rows[1]["instance"])["probability of the larger value"] == "9/20"
    about = json.loads(table.schema.metadata[b"deeptheory"])
    assert about["theorem"] == "DeepTheory.Probability.hoeffding"
    assert about["version"] == __version__
    assert about["grid"] == {"n": GRID[0][2:], "e": GRID[1][2:], "a": "0", "b": "1"}
    assert about["log_axes"] == ["n"]
    assert about["digits"] == 15
    assert about["counts"]["measured"] == 20
    assert about["hypotheses_that_fail"] == {"0 ≤ e": 5}
    assert len(about["catalog_sha256"]) == len(about["programs_sha256"]) == 64


def test_numbers_beyond_the_machine_and_vectors_have_columns(
    sweep_library: Path, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    output = tmp_path / "x.parquet"
    grid = ["n=5,1e30", "e=1e-12", "a=0", "b=1"]
    assert _command(sweep_library, "hoeffding", grid, "-o", str(output)).exit_code == 0
    rows = parquet.read_table(output).to_pylist()
    assert [row["n"] for row in rows] == [5.0, 1e30]
    assert rows[1]["n_exact"] == str(10**30)
    assert rows[1]["reason"] == "instances are built up to n = 1000000000000"
    assert rows[1]["bound"] is None
    assert rows[1]["bound_decimal"].endswith("e-868589")
    grid = ["c=1,2|1,1/2,3", "e=1"]
    assert _command(sweep_library, "mcdiarmid", grid, "-o", str(output)).exit_code == 0
    rows = parquet.read_table(output).to_pylist()
    assert [row["c"] for row in rows] == ["1,2", "1,0.5,3"]
    assert [row["status"] for row in rows] == ["measured"] * 2


def test_the_file_is_the_same_whoever_computes_and_however_often_it_is_stopped(
    sweep_catalog: Path, tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    plan = make_plan(sweep_catalog, "hoeffding", GRID)
    straight, pooled, stopped = (tmp_path / f"{name}.parquet" for name in "abc")
    sweep(plan, output=straight, jobs=1, finish=_finish(plan, straight))
    sweep(plan, output=pooled, jobs=2, finish=_finish(plan, pooled))
    for after in (3, 4, 1):
        counted = iter(range(1, after + 1))

        def advanced(_: int, counted: Iterator[int] = counted, after: int = after) -> None:
            if next(counted) == after:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            sweep(plan, output=stopped, jobs=1, advanced=advanced)
    sweep(plan, output=stopped, jobs=1, resume=True, finish=_finish(plan, stopped))
    assert straight.read_bytes() == pooled.read_bytes() == stopped.read_bytes()
    assert len(list(tmp_path.iterdir())) == 3


def test_an_output_that_cannot_be_written_keeps_the_old_one_and_the_journal(
    sweep_catalog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    from deeptheory.sweeps import table

    plan, output = make_plan(sweep_catalog, "hoeffding", GRID), tmp_path / "x.parquet"
    output.write_bytes(b"old")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(table.os, "replace", full)
    with pytest.raises(UsageError, match="cannot be written: No space left"):
        sweep(plan, output=output, jobs=1, finish=_finish(plan, output))
    monkeypatch.undo()
    assert output.read_bytes() == b"old"
    assert sorted(e.name for e in tmp_path.iterdir()) == ["x.parquet", "x.parquet.journal"]
    told: list[int] = []
    sweep(plan, output=output, jobs=1, advanced=told.append, finish=_finish(plan, output))
    assert told == []
    assert output.read_bytes()[:4] == b"PAR1"


# Plots


def test_the_plot_has_logarithmic_axes_where_the_grid_is(
    sweep_library: Path, tmp_path: Path
) -> None:
    pytest.importorskip("matplotlib")
    grid = ["n=10:1e6:log:6", "e=0.01,0.1", "a=0", "b=1"]
    first, second = tmp_path / "a.svg", tmp_path / "b.svg"
    for path in (first, second):
        result = _command(sweep_library, "hoeffding", grid, "--plot", str(path))
        assert result.exit_code == 0, result.exception
        assert not result.stderr.startswith("\n")
    assert first.read_bytes() == second.read_bytes()
    text = first.read_text(encoding="utf-8")
    for shown in ("bound, e = 0.01", "measured, e = 0.1", "Probability.hoeffding, a = 0, b = 1"):
        assert f"<!-- {shown} -->" in text
    assert r"<!-- $\mathdefault{10^{6}}$ -->" in text
    assert "<!-- not drawn in full: 2 of 12 points, beyond double precision -->" in text
    linear = tmp_path / "c.svg"
    assert _command(sweep_library, "gd_convex", ["L=1", "D=1", "k=1:9"], "--plot", str(linear))
    assert "mathdefault{10" not in linear.read_text(encoding="utf-8")
    assert "not drawn" not in linear.read_text(encoding="utf-8")
    picture = tmp_path / "d.png"
    assert _command(sweep_library, "hoeffding", grid, "--plot", str(picture)).exit_code == 0
    assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_many_curves_and_none_at_all_are_drawn(sweep_library: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    many = tmp_path / "many.svg"
    grid = ["L=1:2:lin:12", "D=1", "k=1:20"]
    assert _command(sweep_library, "gd_convex", grid, "--plot", str(many)).exit_code == 0
    assert "D = 1, 12 curves" in many.read_text(encoding="utf-8")
    none = tmp_path / "none.svg"
    result = _command(
        sweep_library, "hoeffding", ["n=1:3", "e=-1", "a=0", "b=1"], "--plot", str(none)
    )
    assert result.exit_code == 0, result.exception
    assert none.read_text(encoding="utf-8").rstrip().endswith("</svg>")


# A cluster


@dataclass
class Cluster:
    """A Dask scheduler and its workers, all processes of their own."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


def _dask(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    path = os.pathsep.join([str(ROOT / "python"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{program}", *arguments, "--no-dashboard"],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler with two workers of one thread each, which nobody starts again."""
    pytest.importorskip("distributed")
    folder = tmp_path_factory.mktemp("cluster")
    found = folder / "scheduler.json"
    here = ("--host", "127.0.0.1")
    processes = [_dask("scheduler", *here, "--port", "0", "--scheduler-file", str(found))]
    try:
        deadline = time.monotonic() + 120
        while not found.is_file() or not found.read_text():
            assert processes[0].poll() is None
            assert time.monotonic() < deadline, "the scheduler does not start"
            time.sleep(0.05)
        address = json.loads(found.read_text())["address"]
        local = ("--local-directory", str(folder))
        processes += [
            _dask("worker", address, *here, "--nthreads", "1", "--no-nanny", *local)
            for _ in range(2)
        ]
        yield Cluster(address, processes[0], processes[1:])
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def _both_are_there(address: str) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=120)


def test_a_cluster_loses_nothing_and_counts_nothing_twice_when_a_worker_is_killed(
    cluster: Cluster, sweep_catalog: Path, tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    _both_are_there(cluster.address)
    plan = make_plan(
        sweep_catalog, "hoeffding", ["n=2500:2700:lin:60", "e=0.01,0.1,-1", "a=0", "b=1"]
    )
    output, told = tmp_path / "x.parquet", []
    seen: list[int] = []

    def advanced(more: int) -> None:
        told.append(more)
        if sum(told) >= 40 and cluster.workers[0].poll() is None:
            cluster.workers[0].send_signal(signal.SIGKILL)
            cluster.workers[0].wait()
            lines = journal_path(output).read_text().splitlines()
            seen.extend(json.loads(line)["point"] for line in lines[1:])

    sweep(
        plan,
        output=output,
        scheduler=cluster.address,
        advanced=advanced,
        finish=_finish(plan, output),
    )
    assert cluster.workers[0].poll() is not None, "no worker was killed"
    assert cluster.workers[1].poll() is None
    assert 40 <= len(seen) == len(set(seen)) < 180
    assert sum(told) == 180
    assert not journal_path(output).exists()
    alone = tmp_path / "alone.parquet"
    sweep(plan, jobs=1, finish=_finish(plan, alone))
    assert output.read_bytes() == alone.read_bytes()


def test_a_lost_scheduler_is_said_and_the_sweep_goes_on_here(
    cluster: Cluster, sweep_catalog: Path, tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append  # type: ignore[method-assign]
    _both_are_there(cluster.address)
    plan = make_plan(sweep_catalog, "hoeffding", ["n=2500:2700:lin:60", "e=0.01,0.1", "a=0", "b=1"])
    output = tmp_path / "x.parquet"
    told: list[int] = []

    def advanced(more: int) -> None:
        told.append(more)
        if sum(told) == 20:
            cluster.scheduler.kill()
            cluster.scheduler.wait()

    logging.getLogger("distributed.client").addHandler(handler)
    with pytest.raises(FailureError, match="was lost"):
        sweep(plan, output=output, scheduler=cluster.address, advanced=advanced)
    assert 20 <= sum(told) < 120
    logging.getLogger("distributed.client").removeHandler(handler)
    assert not records, "a traceback beside the sentence"
    begun: list[tuple[int, int]] = []
    rows = sweep(
        plan,
        output=output,
        jobs=1,
        resume=True,
        started=lambda *counts: begun.append(counts),
        finish=_finish(plan, output),
    )
    assert begun == [(120, sum(told))]
    assert [row["status"] for row in rows] == ["measured"] * 120


def test_an_address_where_no_scheduler_answers_is_named(sweep_library: Path) -> None:
    pytest.importorskip("distributed")
    result = _command(
        sweep_library, "gd_convex", ["L=1", "D=1", "k=1:3"], "--scheduler", "tcp://127.0.0.1:9"
    )
    assert isinstance(result.exception, UsageError), result.exception
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in str(result.exception)
    result = _command(sweep_library, "gd_convex", ["L=1", "D=1", "k=1:3"], "--scheduler", "::bad::")
    assert isinstance(result.exception, UsageError), result.exception
