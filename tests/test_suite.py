"""How the tests themselves are run: which of them share a process."""

from __future__ import annotations

from conftest import OneProcessForOneLean


def test_tests_that_share_a_lean_stay_in_one_process() -> None:
    scope = object.__new__(OneProcessForOneLean)._split_scope
    certificate = scope("tests/test_certificates.py::test_one")
    assert certificate == scope("tests/test_certify_check.py::test_two[a::b]")
    assert certificate != scope("tests/test_prove.py::test_three")
    others = ["tests/test_site.py::test_four", "tests/test_site.py::test_five"]
    assert [scope(name) for name in others] == others
