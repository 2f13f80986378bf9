"""Proving: the module graph, stamps, broken files, interruptions, and the service behind check."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from conftest import make_project
from deeptheory.errors import UsageError
from deeptheory.paths import Project
from deeptheory.prove import driver as driver_module
from deeptheory.prove.diagnostics import Diagnostic, parse_message
from deeptheory.prove.driver import Driver, Outcome, Request
from deeptheory.prove.find import find, own_entries
from deeptheory.prove.graph import find_modules, ordered, parse_imports, reachable, require
from deeptheory.prove.official import parse_lake
from deeptheory.prove.pool import DriverPool
from deeptheory.prove.prover import Listener, ModuleResult, Result, make_plan, prove
from deeptheory.prove.stamps import Store
from deeptheory.toolchain import find_embedded

HEADER = "module\n\npublic import Init\n"


def write(project: Project, name: str, body: str, imports: tuple[str, ...] = ()) -> Path:
    """Write a module of the small project."""
    path = project.lean.joinpath(*name.split(".")).with_suffix(".lean")
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"public import {i}\n" for i in imports)
    path.write_text(f"{HEADER}{lines}\npublic section\n\n{body}\n", encoding="utf-8")
    return path


# The module graph


def test_every_form_of_import_is_read() -> None:
    source = """/- a comment
    import Not.This /- nested -/
-/
module
prelude
-- import Not.This.Either
public import A.B
import all C
public meta import D /- why -/ import E
meta import F

/-! import Not.That -/
import G
"""
    names = [item.name for item in parse_imports(source)]
    assert names == ["A.B", "C", "D", "E", "F"]
    assert parse_imports(source)[0].line == 7


def test_imports_come_first(project: Project) -> None:
    write(project, "DeepTheory.A", "", ("DeepTheory.B", "DeepTheory.C"))
    write(project, "DeepTheory.B", "", ("DeepTheory.C",))
    write(project, "DeepTheory.C", "")
    write(project, "DeepTheory.D", "")
    modules = find_modules(project.lean)
    order, problems = ordered(modules, modules, {n: n for n in modules})
    assert not problems
    assert order.index("DeepTheory.C") < order.index("DeepTheory.B") < order.index("DeepTheory.A")
    assert reachable(modules, ["DeepTheory.B"]) == {"DeepTheory.B", "DeepTheory.C"}


def test_missing_import_and_cycle_name_file_and_line(project: Project) -> None:
    write(project, "DeepTheory.A", "", ("DeepTheory.B",))
    write(project, "DeepTheory.B", "", ("DeepTheory.A",))
    write(project, "DeepTheory.C", "", ("DeepTheory.Nowhere",))
    write(project, "DeepTheory.D", "")
    modules = find_modules(project.lean)
    order, problems = ordered(modules, modules, {n: f"{n}.lean" for n in modules})
    assert set(order) == set(modules)
    assert set(problems) == {"DeepTheory.A", "DeepTheory.B", "DeepTheory.C"}
    assert "no module DeepTheory.Nowhere" in problems["DeepTheory.C"].render()
    assert problems["DeepTheory.C"].render().startswith("DeepTheory.C.lean:4:")
    assert "import each other" in problems["DeepTheory.A"].text


def test_unknown_module_suggests_the_nearest(project: Project) -> None:
    write(project, "DeepTheory.Basic", "")
    with pytest.raises(UsageError, match=r"Did you mean DeepTheory\.Basic"):
        require(find_modules(project.lean), "DeepTheory.Basics")


# Messages


def test_noise_is_not_a_message() -> None:
    assert parse_message("[DEBUG:A] lean_main entered") is None
    assert parse_message('{"half') is None
    assert parse_message('{"severity": "error"}') is None


def test_lake_output_becomes_diagnostics() -> None:
    output = """ℹ [2/9] Built DeepTheory.A (1s)
✖ [3/9] Building DeepTheory.B (2s)
trace: .> lean ...
error: lean/DeepTheory/B.lean:3:4: unsolved goals
a b : Nat
⊢ a = b
warning: lean/DeepTheory/B.lean:9:8: declaration uses `sorry`
error: Lean exited with code 1
Some required targets logged failures:
- DeepTheory.B
error: build failed
"""
    diagnostics, others = parse_lake(output)
    assert [d.render() for d in diagnostics] == [
        "lean/DeepTheory/B.lean:3:4: error: unsolved goals\na b : Nat\n⊢ a = b",
        "lean/DeepTheory/B.lean:9:8: warning: declaration uses `sorry`",
    ]
    assert diagnostics[1].is_sorry
    assert others == ["build failed"]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for lake is a script")
def test_the_official_toolchain_is_used_where_it_is(
    project: Project, run_cli: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    write(project, "DeepTheory.A", "theorem a : 1 = 1 := rfl")
    write(project, "DeepTheory.B", "broken", ("DeepTheory.A",))
    write(project, "DeepTheory.C", "", ("DeepTheory.B",))
    tools = tmp_path / "bin"
    tools.mkdir()
    fake = f"""#!{sys.executable}
import sys, pathlib
if sys.argv[1] == "build":
    print("error: lean/DeepTheory/B.lean:7:0: unexpected identifier")
    raise SystemExit(1)
assert sys.argv[1:4] == ["env", "lean", "--run"], sys.argv
for module in sys.argv[6:]:
    (pathlib.Path(sys.argv[5]) / (module + ".json")).write_text("{{}}")
"""
    for name in ("lake", "lean"):
        (tools / name).write_text(fake)
        (tools / name).chmod(0o755)
    env = {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "DEEPTHEORY_TOOLCHAIN": ""}
    done = run_cli(project, "prove", "--json", env=env)
    assert done.returncode == 1, done.stderr
    status = {m["name"]: m["status"] for m in json.loads(done.stdout)["modules"]}
    assert status == {
        "DeepTheory.A": "proved",
        "DeepTheory.B": "failed",
        "DeepTheory.C": "skipped",
    }
    assert (project.build / "export" / "DeepTheory.A.json").is_file()


# Finding


def test_find_reads_names_and_statements_of_the_sources(project: Project) -> None:
    write(
        project,
        "DeepTheory.A",
        """namespace DeepTheory
namespace Sub

/-- **A title.** -/
@[simp]
theorem triangle_le {a b : Nat} (h : a ≤ b) :
    a ≤ b + 1 := by
  omega

/- theorem hidden : True := trivial -/
end Sub

noncomputable def area (w h : Nat) : Nat := w * h

end DeepTheory
""",
    )
    entries = list(own_entries(project))
    assert [(e.kind, e.name) for e in entries] == [
        ("theorem", "DeepTheory.Sub.triangle_le"),
        ("definition", "DeepTheory.area"),
    ]
    assert entries[0].statement == "{a b : Nat} (h : a ≤ b) : a ≤ b + 1"
    assert entries[0].doc == "**A title.**"
    assert entries[0].place == "lean/DeepTheory/A.lean:12"
    assert find(entries, "TRIANGLE nat", 5)[0] == [entries[0]]
    assert find(entries, "h", 1) == ([entries[1]], 2)
    assert find(entries, "b + 1", 5)[1] == 1
    assert find(entries, "nothing_of_the_kind", 5) == ([], 0)
    with pytest.raises(UsageError):
        find(entries, "  ", 5)


# Processes that hang


STAND_IN = """
import json, os, sys, time
say = lambda **what: print(json.dumps(what), flush=True)
box = os.getcwd()
say(deeptheory="ready")
while True:
    if os.path.exists("request"):
        lines = open("request").read().split("\\n")
        os.remove("request")
        if "spin" in open("in.lean").read():
            while True:
                pass
        say(deeptheory="done", id=lines[1], ok=True, error="", ms=1)
    time.sleep(0.01)
"""


class StandIn:
    """A toolchain whose process only speaks the protocol."""

    def __init__(self, script: Path) -> None:
        self.script = script
        script.write_text(STAND_IN, encoding="utf-8")

    def command(self, arguments: list[str]) -> list[str]:
        return [sys.executable, str(self.script)]

    def environment(self, ours: Path, box: Path) -> dict[str, str]:
        return dict(os.environ)


def wait_for(driver: Driver, what: Callable[[], object], seconds: float = 30) -> Outcome | None:
    """Poll a driver until something holds or its request has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if outcome := driver.poll():
            return outcome
        if what():
            return None
        time.sleep(0.01)
    raise AssertionError("nothing happened")


@pytest.fixture
def stand_in(project: Project, tmp_path: Path) -> Iterator[Callable[[], Driver]]:
    """Return a function that starts a driver of the stand-in; it is closed in the end."""
    drivers: list[Driver] = []

    def start() -> Driver:
        toolchain = cast(Any, StandIn(tmp_path / "lean.py"))
        drivers.append(Driver(toolchain, project, exporting=False))
        return drivers[-1]

    yield start
    for driver in drivers:
        driver.close()


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="it needs /proc")


@needs_proc
def test_a_process_that_stands_still_is_replaced(
    stand_in: Callable[[], Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver_module, "STALL_SECONDS", 0.5)
    driver = stand_in()
    first = driver._process.pid
    os.kill(first, signal.SIGSTOP)  # before it is ready: another takes its place
    driver.send(Request(b"", "a", "A"))
    outcome = wait_for(driver, lambda: False)
    assert outcome is not None
    assert outcome.ok
    assert driver._process.pid != first
    os.kill(driver._process.pid, signal.SIGSTOP)  # at work: the request counts as a death
    driver.send(Request(b"", "b", "B"))
    outcome = wait_for(driver, lambda: False)
    assert outcome is not None
    assert not outcome.ok
    assert "stood still" in outcome.died


def test_a_file_that_takes_for_ever_ends(
    stand_in: Callable[[], Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver_module, "REQUEST_SECONDS", 1.0)
    driver = stand_in()
    driver.send(Request(b"spin", "a", "A"))
    outcome = wait_for(driver, lambda: False)
    assert outcome is not None
    assert "not done after 1 s" in outcome.died


@needs_proc
def test_an_idle_process_is_left_alone(
    stand_in: Callable[[], Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver_module, "STALL_SECONDS", 0.2)
    driver = stand_in()
    wait_for(driver, lambda: driver.ready)
    first = driver._process.pid
    time.sleep(1)
    assert driver.poll() is None
    assert driver.alive
    assert driver._process.pid == first
    monkeypatch.setattr(driver_module, "RESIDENT_BYTES", 1)
    assert driver.worn  # it holds more than that


# The embedded Lean


class Lab:
    """A small project with drivers that stay warm through the session."""

    def __init__(self, root: Path) -> None:
        self.project = make_project(root)
        self.store = Store(self.project.build)
        self.toolchain = find_embedded()
        self.pool = DriverPool(self.toolchain, self.project, size=1)
        self.elaborated: list[str] = []

    def prove(self, *names: str, allow_sorry: bool = False) -> Result:
        """Prove modules and note which ones were elaborated."""
        self.elaborated.clear()
        lab = self

        class Noting(Listener):
            def started(self, module: str) -> None:
                lab.elaborated.append(module)

        plan = make_plan(self.project, self.toolchain.id, names)
        return prove(
            self.project, plan, lambda: self.pool, allow_sorry=allow_sorry, listener=Noting()
        )


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Return the small project of this session."""
    lab = Lab(tmp_path_factory.mktemp("lab") / "project")
    yield lab
    lab.pool.close()


def status(result: Result) -> dict[str, str]:
    """Return the status of each module by the last part of its name."""
    return {m.name.split(".")[-1]: m.status for m in result.modules}


def by_name(result: Result, last: str) -> ModuleResult:
    """Return the result of one module."""
    return next(m for m in result.modules if m.name.endswith("." + last))


@pytest.mark.lean
@pytest.mark.timeout(2400)
def test_only_what_changed_is_elaborated(lab: Lab) -> None:
    write(lab.project, "DeepTheory.Chain.A", "theorem a (x : Nat) : x + 0 = x := rfl")
    write(
        lab.project,
        "DeepTheory.Chain.B",
        "theorem b (x : Nat) : x = x := (a x).symm.trans (a x)",
        ("DeepTheory.Chain.A",),
    )
    write(lab.project, "DeepTheory.Chain.C", "theorem c : 1 = 1 := rfl")
    names = ("DeepTheory.Chain.B", "DeepTheory.Chain.C")
    first = lab.prove(*names)
    assert status(first) == {"A": "proved", "B": "proved", "C": "proved"}
    assert all(m.seconds > 0 for m in first.modules)
    exported = json.loads(lab.store.export("DeepTheory.Chain.A").read_text())
    assert "a" in [c["name"] for c in exported["constants"]]

    assert status(lab.prove(*names)) == {"A": "fresh", "B": "fresh", "C": "fresh"}
    assert lab.elaborated == []

    write(lab.project, "DeepTheory.Chain.A", "theorem a (x : Nat) : 0 + x = x := Nat.zero_add x")
    assert lab.prove(*names).ok
    assert lab.elaborated == ["DeepTheory.Chain.A", "DeepTheory.Chain.B"]


@pytest.mark.lean
@pytest.mark.timeout(2400)
def test_garbage_in_the_build_folder_is_not_believed(lab: Lab) -> None:
    name = "DeepTheory.Garbage.A"
    write(lab.project, name, "theorem a : 2 = 2 := rfl")
    assert lab.prove(name).ok
    olean, export = lab.store.olean(name), lab.store.export(name)
    stamp = lab.project.build / "stamps" / f"{name}.json"
    good = olean.read_bytes()
    for path, data in (
        (olean, good[:-1] + b"x"),
        (olean.with_suffix(".olean.private"), b"garbage"),
        (export, b"{}"),
        (stamp, b"garbage"),
        (stamp, b'{"schema": 1}'),
    ):
        path.write_bytes(data)
        assert lab.prove(name).ok
        assert lab.elaborated == [name], path
    olean.unlink()
    assert lab.prove(name).ok
    assert olean.is_file()


@pytest.mark.lean
@pytest.mark.timeout(2400)
def test_a_broken_file_leaves_the_others_checked(lab: Lab) -> None:
    write(lab.project, "DeepTheory.Broken.A", "theorem a : 1 = 2 := by decide")
    write(lab.project, "DeepTheory.Broken.B", "theorem b : 1 = 2 := a", ("DeepTheory.Broken.A",))
    write(lab.project, "DeepTheory.Broken.C", "theorem c : 1 = 1 := rfl")
    write(lab.project, "DeepTheory.Broken.D", "theorem (", ("DeepTheory.Broken.C",))
    result = lab.prove(*(f"DeepTheory.Broken.{x}" for x in "ABCD"))
    assert status(result) == {"A": "failed", "B": "skipped", "C": "proved", "D": "failed"}
    assert not result.ok
    assert by_name(result, "B").blocked_by == "DeepTheory.Broken.A"
    (message,) = by_name(result, "A").diagnostics
    assert message.render().startswith("lean/DeepTheory/Broken/A.lean:7:24: error: ")
    assert not lab.store.olean("DeepTheory.Broken.A").exists()


@pytest.mark.lean
@pytest.mark.timeout(2400)
def test_sorry_is_an_error(lab: Lab) -> None:
    write(lab.project, "DeepTheory.Sorry.A", "theorem a : 1 = 2 := sorry")
    write(lab.project, "DeepTheory.Sorry.B", "theorem b : 1 = 2 := a", ("DeepTheory.Sorry.A",))
    for _ in range(2):  # the second time from the stamp
        result = lab.prove("DeepTheory.Sorry.B")
        assert not result.ok
        assert status(result)["A"] == "failed"
        (message,) = by_name(result, "A").diagnostics
        assert message.is_sorry
        assert message.is_error
    assert lab.elaborated == []
    assert lab.prove("DeepTheory.Sorry.B", allow_sorry=True).ok


@pytest.mark.lean
@pytest.mark.timeout(2400)
def test_a_death_is_retried_in_a_fresh_process(lab: Lab) -> None:
    name = "DeepTheory.Death.A"
    write(lab.project, name, "theorem a : 3 = 3 := rfl")
    killed: list[int] = []

    class Killer(Listener):
        def started(self, module: str) -> None:
            if not killed:
                (driver,) = lab.pool._leased
                driver._process.kill()
                killed.append(1)

    # The process must be ready, so that it dies while elaborating.
    write(lab.project, "DeepTheory.Death.Z", "")
    assert lab.prove("DeepTheory.Death.Z").ok
    plan = make_plan(lab.project, lab.toolchain.id, [name])
    assert prove(lab.project, plan, lambda: lab.pool, listener=Killer()).ok
    assert killed


CheckRun = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.lean
@pytest.mark.timeout(2400)
def test_a_killed_run_is_completed_by_the_next(project: Project, run_cli: CheckRun) -> None:
    names = [f"DeepTheory.M{i}" for i in range(4)]
    for i, name in enumerate(names):
        body = f"theorem m{i} (a b : Nat) : a + b = b + a := by omega"
        write(project, name, body, tuple(names[:i]))
    environment = {
        **os.environ,
        "DEEPTHEORY_PROJECT": str(project.root),
        "DEEPTHEORY_TOOLCHAIN": "embedded",
    }
    command = [sys.executable, "-c", "from deeptheory.cli import main; main()", "prove"]
    process = subprocess.Popen(command, env=environment, cwd=project.root)
    stamps = project.build / "stamps"
    deadline = time.monotonic() + 400
    while not list(stamps.glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    # A run that was killed in the middle of a write leaves a part without its stamp.
    olean = Store(project.build).olean(names[-1])
    olean.parent.mkdir(parents=True, exist_ok=True)
    olean.write_bytes(b"half")
    done = run_cli(project, "prove", "--json", timeout=2000)
    assert done.returncode == 0, done.stdout + done.stderr
    result = {m["name"]: m["status"] for m in json.loads(done.stdout)["modules"]}
    assert result[names[0]] == "fresh"
    assert result[names[-1]] == "proved"
    assert json.loads((project.build / "prove.json").read_text())["ok"]

    begun = time.monotonic()
    again = run_cli(project, "prove")
    assert again.returncode == 0
    assert "4 unchanged" in again.stdout
    assert time.monotonic() - begun < 10, "nothing had changed: no Lean is started"

    boxes = [p for p in (project.build / "drivers").glob("box-*") if p.is_dir()]
    assert boxes == [], "what the killed run left is removed"


@pytest.mark.lean
@pytest.mark.timeout(2400)
def test_check_answers_from_a_warm_service(
    project: Project, run_cli: CheckRun, tmp_path: Path
) -> None:
    write(project, "DeepTheory.A", "theorem a (x : Nat) : x + 0 = x := rfl")
    scratch = tmp_path / "elsewhere" / "scratch.lean"
    scratch.parent.mkdir()
    scratch.write_text("import DeepTheory.A\n#check a\ntheorem s : 1 = 2 := sorry\n")
    try:
        first = run_cli(project, "check", str(scratch), timeout=2000)
        assert first.returncode == 0, first.stderr
        assert f"{scratch}:2:0: information: a (x : Nat) : x + 0 = x" in first.stdout
        assert "warning: declaration uses `sorry`" in first.stdout

        write(project, "DeepTheory.A", "theorem a : 7 = 7 := rfl")
        done = run_cli(project, "check", str(scratch), "--json", timeout=2000)
        answer = json.loads(done.stdout)
        assert answer["ok"]
        assert "7 = 7" in answer["diagnostics"][0]["text"]

        broken = write(project, "DeepTheory.A", "theorem a : 7 = 8 := rfl")
        assert run_cli(project, "check", str(scratch), timeout=2000).returncode == 1
        own = run_cli(project, "check", str(broken), timeout=2000)
        assert own.returncode == 1
        assert "lean/DeepTheory/A.lean:7:" in own.stdout

        service = json.loads((project.build / "service.json").read_text())
        assert (project.build / "service.json").stat().st_mode & 0o077 == 0
        # Killed without a word, it is replaced.
        os.kill(service["pid"], signal.SIGTERM)
        scratch.write_text("#eval 6 * 7\n")
        assert "42" in run_cli(project, "check", str(scratch), timeout=2000).stdout
    finally:
        assert "stopped" in run_cli(project, "stop").stdout
    assert run_cli(project, "stop").stdout.strip() == "nothing was running"


def test_check_of_a_file_that_is_not_there(project: Project, run_cli: CheckRun) -> None:
    done = run_cli(project, "check", "nowhere.lean")
    assert done.returncode == 2
    assert "cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_diagnostics_survive_json() -> None:
    diagnostic = Diagnostic("a.lean", 1, 2, "error", "text\nmore", "kind")
    assert Diagnostic.from_json(json.loads(json.dumps(diagnostic.to_json()))) == diagnostic


def test_modules_that_are_no_more_are_forgotten(project: Project) -> None:
    store = Store(project.build)
    old = store.olean("DeepTheory.Old")
    old.parent.mkdir(parents=True)
    old.write_bytes(b"x")
    store.exports.mkdir(parents=True)
    store.export("DeepTheory.Old").write_text("{}")
    store.forget_all_but({"DeepTheory.New"})
    assert not old.exists()
    assert not store.export("DeepTheory.Old").exists()
    shutil.rmtree(project.build)
