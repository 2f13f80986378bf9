"""Files are written as a whole or not at all, with a sentence where that fails."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deeptheory.certify.files import write_all
from deeptheory.errors import FailureError, UsageError
from deeptheory.files import replacing, replacing_bytes, write_atomically
from deeptheory.sweeps.table import replace_file

Writer = Callable[[Path, bytes], None]


def as_bytes(path: Path, content: bytes) -> None:
    with replacing_bytes(path) as stream:
        stream.write(content)


def as_text(path: Path, content: bytes) -> None:
    with replacing(path) as stream:
        stream.write(content.decode())


WRITERS: dict[str, Writer] = {
    "replacing_bytes": as_bytes,
    "replacing": as_text,
    "write_atomically": lambda path, content: write_atomically(path, content.decode()),
    "write_all": lambda path, content: write_all({path: content}),
    "replace_file": lambda path, content: replace_file(path, lambda s: s.write(content)),
}
each = pytest.mark.parametrize("write", WRITERS.values(), ids=list(WRITERS))


@contextmanager
def umask(mask: int) -> Iterator[None]:
    old = os.umask(mask)
    try:
        yield
    finally:
        os.umask(old)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@each
def test_the_new_file_takes_the_place_of_the_old_one(write: Writer, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for content in ("one\n", "δ, \n and more\n" * 10_000, ""):
        write(path, content.encode())
        assert path.read_bytes() == content.encode()
        assert names(tmp_path) == ["a.txt"]


@each
@pytest.mark.skipif(os.name == "nt", reason="no umask")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_the_umask_says_who_may_read_it(
    write: Writer, mask: int, mode: int, tmp_path: Path
) -> None:
    """The file of the service behind `deeptheory check`, with its token, rests on this."""
    path = tmp_path / "a.txt"
    with umask(mask):
        write(path, b"text")
    assert path.stat().st_mode & 0o777 == mode


@each
def test_an_error_of_the_system_is_a_sentence_and_keeps_the_old_file(
    write: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(UsageError, match=r"a\.txt cannot be written: No space left on device\.$"):
        write(path, b"new")
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.txt"]


@each
@pytest.mark.parametrize("name", ["folder", "x" * 300, "a\0b", "", "file/below"])
def test_a_bad_place_is_a_sentence(write: Writer, name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written: ") as caught:
        write(tmp_path / name, b"new")
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
    assert len(str(caught.value)) < 300
    assert names(tmp_path) == ["file", "folder"]


@each
@pytest.mark.parametrize("name", ["x" * 255, "é" * 127, "a b\n.txt"])
def test_every_name_that_the_system_takes_is_good(write: Writer, name: str, tmp_path: Path) -> None:
    write(tmp_path / name, b"text")
    assert names(tmp_path) == [name]


@pytest.mark.parametrize("open_", [replacing, replacing_bytes])
@pytest.mark.parametrize("error", [FailureError("in the middle"), KeyboardInterrupt()])
def test_an_error_in_the_middle_keeps_the_old_file(
    open_: Any, error: BaseException, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    def break_off() -> None:
        with open_(path) as stream:
            stream.write("new" if open_ is replacing else b"new")
            stream.flush()
            assert len(names(tmp_path)) == 2
            assert path.read_text(encoding="utf-8") == "old"
            raise error

    with pytest.raises(type(error)):
        break_off()
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("open_", [replacing, replacing_bytes])
def test_what_was_written_is_examined_before_it_takes_its_place(open_: Any, tmp_path: Path) -> None:
    path, seen = tmp_path / "a.txt", []

    def examine(written: Path) -> None:
        assert not path.exists()
        seen.append(written.read_text(encoding="utf-8"))
        if seen[-1] == "bad":
            raise FailureError("no good")

    with open_(path, examine) as stream:
        stream.write("good" if open_ is replacing else b"good")
    path.unlink()
    with pytest.raises(FailureError), open_(path, examine) as stream:
        stream.write("bad" if open_ is replacing else b"bad")
    assert seen == ["good", "bad"]
    assert names(tmp_path) == []


def test_folders_are_made_for_texts_alone(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a" / "b" / "c.txt", "text")
    assert (tmp_path / "a" / "b" / "c.txt").read_text(encoding="utf-8") == "text"
    with pytest.raises(UsageError, match="cannot be written: No such file or directory"):
        as_bytes(tmp_path / "d" / "c.txt", b"text")
    assert names(tmp_path) == ["a"]


@each
def test_writers_at_the_same_time_do_not_meet(write: Writer, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    contents = [f"{k % 10}".encode() * 200_000 for k in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: write(path, content), contents))
    assert path.read_bytes() in contents
    assert names(tmp_path) == ["a.txt"]


def test_files_that_belong_together_take_their_places_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        assert len(names(tmp_path)) == 3  # all of them are written by now
        order.append(target.name)
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    write_all({tmp_path / name: name for name in ("b", "a", "c")})
    assert order == ["b", "a", "c"]
    assert [(tmp_path / name).read_text(encoding="utf-8") for name in names(tmp_path)] == [*"abc"]
