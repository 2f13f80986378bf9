"""How many Lean processes run at once."""

from __future__ import annotations

import pytest

from deeptheory.prove.pool import default_jobs


def test_the_environment_says_how_many_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEPTHEORY_JOBS", "7")
    assert default_jobs() == 7


@pytest.mark.parametrize("text", ["", "0", "-3", "many", "²"])
def test_anything_but_a_positive_number_is_ignored(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEEPTHEORY_JOBS", raising=False)
    usual = default_jobs()
    monkeypatch.setenv("DEEPTHEORY_JOBS", text)
    assert default_jobs() == usual
