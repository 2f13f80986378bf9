"""The second kernel: what it accepts, and what it refuses."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from declaring import (
    NAT,
    PROP,
    TYPE,
    Declaring,
    app,
    const,
    equation,
    lam,
    nat,
    pi,
    refl,
    var,
)
from deeptheory.cli import app as command
from deeptheory.errors import FailureError, UsageError
from deeptheory.kernel import Library, export_declarations
from deeptheory.paths import Project
from deeptheory.prove.graph import is_ours
from deeptheory.recheck import Rechecked, levels, recheck_file
from deeptheory.recheck.levels import Level

BASE = [
    ("DeepTheory", "choose_succ_succ"),
    ("Eq", "rec"),
    ("Nat", "add"),
    ("Nat", "sub"),
    ("Nat", "mul"),
    ("Nat", "ble"),
    ("Nat", "gcd"),
    ("Prod",),
    ("Exists",),
    ("And",),
    ("PUnit",),
    ("Bool",),
    ("Quot", "lift"),
    ("Acc",),
    ("String", "ofList"),
    ("Char", "ofNat"),
]


@pytest.fixture(scope="session")
def base(library: Library) -> list[str]:
    lines: list[str] = []
    export_declarations(library, BASE, lines.append, is_ours)
    return lines


@pytest.fixture
def declaring(base: list[str]) -> Declaring:
    return Declaring(base)


@pytest.fixture
def check(tmp_path: Path) -> Callable[[Declaring], Rechecked]:
    def run(declaring: Declaring) -> Rechecked:
        path = tmp_path / "export.ndjson"
        path.write_text("\n".join(declaring.lines) + "\n", encoding="utf-8")
        return recheck_file(path)

    return run


# Levels

VALUES = range(4)
LEVELS = st.recursive(
    st.just(levels.ZERO) | st.sampled_from("uv").map(levels.parameter),
    lambda inner: (
        inner.map(levels.succ)
        | st.tuples(inner, inner).map(lambda p: ("max", *p))
        | st.tuples(inner, inner).map(lambda p: ("imax", *p))
    ),
    max_leaves=6,
)


def value(a: Level, at: dict[str, int]) -> int:
    """Return a level as a number, by its definition."""
    kind = a[0]
    if kind == "p":
        return at[a[1]]
    if kind == "0":
        return 0
    if kind == "s":
        return value(a[1], at) + 1
    left, right = value(a[1], at), value(a[2], at)
    return 0 if kind == "imax" and right == 0 else max(left, right)


ASSIGNMENTS = [dict(zip("uv", pair, strict=True)) for pair in itertools.product(VALUES, VALUES)]


@given(LEVELS, LEVELS)
def test_the_order_of_levels_is_that_of_their_values(a: Level, b: Level) -> None:
    below = all(value(a, at) <= value(b, at) for at in ASSIGNMENTS)
    if levels.least(a, b):
        assert below
    simple = levels.substitute(a, {})
    assert all(value(simple, at) == value(a, at) for at in ASSIGNMENTS)
    assert levels.least(a, a)
    assert levels.least(a, ("max", a, b))
    assert levels.least(a, levels.succ(a))
    assert not levels.least(levels.succ(a), a)
    assert levels.equal(simple, a)
    assert levels.is_never_zero(a) <= all(value(a, at) > 0 for at in ASSIGNMENTS)


def test_levels_that_agree_are_equal() -> None:
    u, v = levels.parameter("u"), levels.parameter("v")
    one = levels.succ(levels.ZERO)
    assert levels.equal(("imax", u, one), ("max", u, one))
    assert levels.equal(("imax", one, u), u)
    assert not levels.equal(("imax", levels.succ(one), u), u)
    assert levels.equal(("imax", u, u), u)
    assert levels.equal(("max", u, v), ("max", v, u))
    assert levels.equal(levels.succ(("max", u, v)), ("max", levels.succ(u), levels.succ(v)))
    assert not levels.equal(("imax", u, v), ("max", u, v))


# What is true by computation

ACCEPTED: dict[str, tuple[Any, Any]] = {
    "all proofs are equal": (
        pi(PROP, var(0), var(1), equation(var(2), var(1), var(0), 0)),
        lam(PROP, var(0), var(1), refl(var(2), var(1), 0)),
    ),
    "a function is what it does": (
        pi(pi(NAT, NAT), equation(pi(NAT, NAT), var(0), lam(NAT, app(var(1), var(0))))),
        lam(pi(NAT, NAT), refl(pi(NAT, NAT), var(0))),
    ),
    "a pair is its parts": (
        pi(
            app(const("Prod", 0, 0), NAT, NAT),
            equation(
                app(const("Prod", 0, 0), NAT, NAT),
                var(0),
                app(
                    const("Prod.mk", 0, 0),
                    NAT,
                    NAT,
                    ("proj", "Prod", 0, var(0)),
                    ("proj", "Prod", 1, var(0)),
                ),
            ),
        ),
        lam(
            app(const("Prod", 0, 0), NAT, NAT),
            refl(app(const("Prod", 0, 0), NAT, NAT), var(0)),
        ),
    ),
    "there is one unit": (
        pi(const("PUnit", 1), const("PUnit", 1), equation(const("PUnit", 1), var(1), var(0))),
        lam(const("PUnit", 1), const("PUnit", 1), refl(const("PUnit", 1), var(1))),
    ),
    "numbers add": (
        equation(NAT, app(const("Nat.add"), nat(2), nat(3)), nat(5)),
        refl(NAT, nat(5)),
    ),
    "large numbers multiply": (
        equation(NAT, app(const("Nat.mul"), nat(10**40), nat(10**40)), nat(10**80)),
        refl(NAT, nat(10**80)),
    ),
    "numbers compare": (
        equation(const("Bool"), app(const("Nat.ble"), nat(3), nat(5)), const("Bool.true")),
        refl(const("Bool"), const("Bool.true")),
    ),
    "a divisor": (
        equation(NAT, app(const("Nat.gcd"), nat(84), nat(36)), nat(12)),
        refl(NAT, nat(12)),
    ),
    "a sum unfolds at its second argument": (
        pi(
            NAT,
            NAT,
            equation(
                NAT,
                app(const("Nat.add"), var(1), app(const("Nat.succ"), var(0))),
                app(const("Nat.succ"), app(const("Nat.add"), var(1), var(0))),
            ),
        ),
        lam(NAT, NAT, refl(NAT, app(const("Nat.add"), var(1), app(const("Nat.succ"), var(0))))),
    ),
    "a literal is a successor": (
        equation(NAT, nat(3), app(const("Nat.succ"), app(const("Nat.succ"), nat(1)))),
        refl(NAT, nat(3)),
    ),
    "a let is its value": (
        equation(NAT, ("let", NAT, nat(2), app(const("Nat.add"), var(0), var(0))), nat(4)),
        refl(NAT, nat(4)),
    ),
    "a function on a quotient computes": (
        pi(
            pi(NAT, NAT, PROP),
            pi(NAT, NAT),
            pi(
                NAT,
                NAT,
                app(var(3), var(1), var(0)),
                equation(NAT, app(var(3), var(2)), app(var(3), var(1))),
            ),
            equation(
                NAT,
                app(
                    const("Quot.lift", 1, 1),
                    NAT,
                    var(2),
                    NAT,
                    var(1),
                    var(0),
                    app(const("Quot.mk", 1), NAT, var(2), nat(7)),
                ),
                app(var(1), nat(7)),
            ),
        ),
        lam(
            pi(NAT, NAT, PROP),
            pi(NAT, NAT),
            pi(
                NAT,
                NAT,
                app(var(3), var(1), var(0)),
                equation(NAT, app(var(3), var(2)), app(var(3), var(1))),
            ),
            refl(NAT, app(var(1), nat(7))),
        ),
    ),
    "a proof of a thing's equality with itself is the obvious one": (
        pi(
            equation(NAT, nat(1), nat(1)),
            equation(
                NAT,
                app(
                    const("Eq.rec", 1, 1),
                    NAT,
                    nat(1),
                    lam(NAT, equation(NAT, nat(1), var(0)), NAT),
                    nat(9),
                    nat(1),
                    var(0),
                ),
                nat(9),
            ),
        ),
        lam(equation(NAT, nat(1), nat(1)), refl(NAT, nat(9))),
    ),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_computation_shows_is_accepted(
    case: str, declaring: Declaring, check: Callable[[Declaring], Rechecked]
) -> None:
    statement, proof = ACCEPTED[case]
    declaring.theorem("Test.it", statement, proof)
    found = check(declaring)
    assert "Test.it" in found.theorems


REFUSED: dict[str, tuple[Any, Any, str]] = {
    "a wrong sum": (
        equation(NAT, app(const("Nat.add"), nat(2), nat(3)), nat(6)),
        refl(NAT, nat(6)),
        "It has the type",
    ),
    "all numbers are equal": (
        pi(NAT, NAT, equation(NAT, var(1), var(0))),
        lam(NAT, NAT, refl(NAT, var(1))),
        "It has the type",
    ),
    "a sum unfolds at its first argument": (
        pi(
            NAT,
            equation(NAT, app(const("Nat.add"), nat(0), var(0)), var(0)),
        ),
        lam(NAT, refl(NAT, var(0))),
        "It has the type",
    ),
    "a function of another argument": (
        equation(NAT, app(const("Nat.add"), const("Bool.true"), nat(3)), nat(6)),
        refl(NAT, nat(6)),
        "It has the type Bool, not Nat",
    ),
    "a number applied": (
        equation(NAT, app(nat(2), nat(3)), nat(6)),
        refl(NAT, nat(6)),
        "no type of functions",
    ),
    "no proposition": (NAT, nat(3), "It is no proposition"),
    "no type": (nat(3), nat(3), "is no type"),
    "a false let": (
        equation(NAT, ("let", NAT, const("Bool.true"), nat(4)), nat(4)),
        refl(NAT, nat(4)),
        "It has the type Bool, not Nat",
    ),
    "a proof of something else": (
        equation(const("Bool"), const("Bool.true"), const("Bool.false")),
        refl(const("Bool"), const("Bool.true")),
        "It has the type",
    ),
    "equal functions of another kind": (
        pi(
            pi(NAT, NAT),
            equation(pi(NAT, NAT), var(0), lam(NAT, app(var(1), app(const("Nat.succ"), var(0))))),
        ),
        lam(pi(NAT, NAT), refl(pi(NAT, NAT), var(0))),
        "It has the type",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_false_is_refused(
    case: str, declaring: Declaring, check: Callable[[Declaring], Rechecked]
) -> None:
    statement, proof, sentence = REFUSED[case]
    declaring.theorem("Test.it", statement, proof)
    with pytest.raises(FailureError, match=r"refuses Test\.it: ") as raised:
        check(declaring)
    assert sentence in str(raised.value)


def test_no_universe_is_of_itself(
    declaring: Declaring, check: Callable[[Declaring], Rechecked]
) -> None:
    declaring.definition("Test.fine", ("sort", 2), TYPE)
    assert check(declaring).definitions > 10
    declaring.definition("Test.it", TYPE, TYPE)
    with pytest.raises(FailureError, match=r"refuses Test\.it: It has the type Sort"):
        check(declaring)


def test_a_proof_gives_no_witness_away(
    declaring: Declaring, check: Callable[[Declaring], Rechecked]
) -> None:
    some = app(const("Exists", 1), NAT, lam(NAT, equation(NAT, var(0), var(0))))
    both = app(const("And"), PROP_TRUE, PROP_TRUE)
    declaring.definition("Test.left", pi(both, PROP_TRUE), lam(both, ("proj", "And", 0, var(0))))
    check(declaring)
    declaring.definition("Test.it", pi(some, NAT), lam(some, ("proj", "Exists", 0, var(0))))
    with pytest.raises(FailureError, match="takes something out of a proof"):
        check(declaring)


PROP_TRUE = equation(NAT, nat(1), nat(1))


# Families

ME = const("Test.T")


def simple_recursor(sort: Any, *minors: Any) -> Any:
    """Return the type of a recursor of a type without parameters and indices."""
    count = len(minors)
    return pi(pi(ME, sort), *minors, ME, app(var(count + 1), var(0)))


TWO = {"a": (ME, 0), "b": (ME, 0)}


def two(sort: Any, *, first: str = "a") -> tuple[Any, list[Any]]:
    """Return the recursor of a type with two elements, and its rules."""
    minors = (app(var(0), const("Test.T.a")), app(var(1), const("Test.T.b")))
    motive = pi(ME, sort)
    rules = [lam(motive, *minors, var(1)), lam(motive, *minors, var(0))]
    return simple_recursor(sort, *minors), rules if first == "a" else rules[::-1]


def test_a_type_with_two_elements_is_accepted(
    declaring: Declaring, check: Callable[[Declaring], Rechecked]
) -> None:
    recursor, rules = two(("sort", "u"))
    declaring.family("Test.T", TYPE, TWO, recursor, rules, levels=("u",))
    assert check(declaring).families > 5


def test_a_recursor_that_computes_otherwise_is_refused(
    declaring: Declaring, check: Callable[[Declaring], Rechecked]
) -> None:
    recursor, rules = two(("sort", "u"), first="b")
    declaring.family("Test.T", TYPE, TWO, recursor, rules, levels=("u",))
    with pytest.raises(FailureError, match=r"computes otherwise on Test\.T\.a"):
        check(declaring)


def test_a_recursor_of_another_type_is_refused(
    declaring: Declaring, check: Callable[[Declaring], Rechecked]
) -> None:
    minors = (app(var(0), const("Test.T.a")), app(var(1), const("Test.T.a")))
    rules = [lam(pi(ME, ("sort", "u")), *minors, var(k)) for k in (1, 0)]
    recursor = simple_recursor(("sort", "u"), *minors)
    declaring.family("Test.T", TYPE, TWO, recursor, rules, levels=("u",))
    with pytest.raises(FailureError, match="has the type of another recursor"):
        check(declaring)


def test_a_proof_does_not_tell_which_case_holds(
    declaring: Declaring, check: Callable[[Declaring], Rechecked]
) -> None:
    recursor, rules = two(("sort", "u"))
    declaring.family("Test.T", PROP, TWO, recursor, rules, levels=("u",))
    with pytest.raises(FailureError, match="recursor at too many levels"):
        check(declaring)
    fine = Declaring(declaring.lines[:-1])
    recursor, rules = two(PROP)
    fine.family("Test.T", PROP, TWO, recursor, rules)
    check(fine)


def one(field: Any, sort: Any, hypothesis: Any = None) -> tuple[dict[str, Any], Any, list[Any]]:
    """Return a type with one constructor of one field."""
    built = app(const("Test.T.mk"), var(0))
    if hypothesis is None:
        minor = pi(field, app(var(1), built))
        rule = lam(pi(ME, sort), minor, field, app(var(1), var(0)))
    else:
        minor = pi(field, hypothesis, app(var(2), app(const("Test.T.mk"), var(1))))
        rule = lam(pi(ME, sort), minor, field, app(var(1), var(0), var(0)))
    return {"mk": (pi(field, ME), 1)}, simple_recursor(sort, minor), [rule]


def test_a_type_that_occurs_negatively_is_refused(
    declaring: Declaring, check: Callable[[Declaring], Rechecked]
) -> None:
    constructors, recursor, rules = one(pi(ME, NAT), ("sort", "u"))
    declaring.family(
        "Test.T", TYPE, constructors, recursor, rules, levels=("u",), is_recursive=True
    )
    with pytest.raises(FailureError, match="occurs negatively"):
        check(declaring)


def test_a_type_with_a_field_above_its_universe_is_refused(
    declaring: Declaring, check: Callable[[Declaring], Rechecked]
) -> None:
    constructors, recursor, rules = one(TYPE, ("sort", "u"))
    declaring.family("Test.T", TYPE, constructors, recursor, rules, levels=("u",))
    with pytest.raises(FailureError, match="a field in a universe above that of its type"):
        check(declaring)
    fine = Declaring(declaring.lines[:-1])
    fine.family("Test.T", ("sort", 2), constructors, recursor, rules, levels=("u",))
    check(fine)


def test_an_induction_hypothesis_too_few_is_refused(
    declaring: Declaring, check: Callable[[Declaring], Rechecked]
) -> None:
    constructors, recursor, rules = one(ME, ("sort", "u"))
    declaring.family(
        "Test.T", TYPE, constructors, recursor, rules, levels=("u",), is_recursive=True
    )
    with pytest.raises(FailureError, match="has the type of another recursor"):
        check(declaring)


def test_every_family_of_the_base_has_the_recursor_that_is_made_here(
    base: list[str], declaring: Declaring, check: Callable[[Declaring], Rechecked]
) -> None:
    found = check(declaring)
    assert found.families == sum("inductive" in json.loads(line) for line in base)
    assert found.nested == ()


def test_a_rule_without_its_recursive_call_is_refused(base: list[str], tmp_path: Path) -> None:
    lines = list(base)
    for number, line in enumerate(lines):
        data = json.loads(line)
        if "inductive" in data and len(data["inductive"]["recs"][0]["rules"]) == 2:
            first, second = data["inductive"]["recs"][0]["rules"]
            if first["nfields"] == second["nfields"]:
                first["rhs"], second["rhs"] = second["rhs"], first["rhs"]
                lines[number] = json.dumps(data)
                break
    else:
        raise AssertionError("no family with two like constructors")
    path = tmp_path / "export.ndjson"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(FailureError, match="computes otherwise on"):
        recheck_file(path)


# What the kernel knows by name


def redeclared(lines: list[str], name: str, **changes: Any) -> list[str]:
    """Return an export in which a declaration has the type or value of another one."""
    declaring = Declaring(lines)
    index = {key: declaring.name(key) for key in (name, *changes.values())}
    data = [json.loads(line) for line in lines]
    kinds = ("def", "quot", "thm")
    found = {d[k]["name"]: d[k] for d in data for k in kinds if k in d}
    for number, d in enumerate(data):
        for kind in kinds:
            if kind in d and d[kind]["name"] == index[name]:
                for key, other in changes.items():
                    d[kind][key] = found[index[other]][key]
                return [*lines[:number], json.dumps(d), *lines[number + 1 :]]
    raise AssertionError(f"{name} is not declared")


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("Nat.sub", {"value": "Nat.add"}, "does not compute as the kernel takes it to"),
        ("Nat.mul", {"value": "Nat.add"}, "does not compute as the kernel takes it to"),
        ("Quot.mk", {"type": "Quot"}, "is not that of the constant that the kernel knows"),
        ("Quot.ind", {"type": "Quot.mk"}, "is not that of the constant that the kernel knows"),
    ],
)
def test_a_constant_that_the_kernel_knows_is_what_it_takes_it_for(
    base: list[str], tmp_path: Path, name: str, changes: dict[str, str], sentence: str
) -> None:
    path = tmp_path / "export.ndjson"
    path.write_text("\n".join(redeclared(base, name, **changes)), encoding="utf-8")
    with pytest.raises(FailureError, match=f"refuses {name}.*{sentence}"):
        recheck_file(path)


# Files and the command


def swap_proofs(lines: list[str]) -> list[str]:
    """Give a theorem the proof of another one."""
    theorems = [n for n, line in enumerate(lines) if line.startswith('{"thm"')]
    first, last = json.loads(lines[theorems[0]]), json.loads(lines[theorems[-1]])
    last["thm"]["value"] = first["thm"]["value"]
    changed = list(lines)
    changed[theorems[-1]] = json.dumps(last)
    return changed


def recheck_in_processes(path: Path) -> subprocess.CompletedProcess[str]:
    """Check a file by two processes, whose parent has no threads that tests started."""
    command = [sys.executable, "-m", "deeptheory", "recheck", "--file", str(path), "--json"]
    return subprocess.run([*command, "--jobs", "2"], capture_output=True, text=True)


@pytest.mark.timeout(600)
def test_a_theorem_of_the_library_is_accepted_and_a_wrong_proof_is_not(
    library: Library, tmp_path: Path
) -> None:
    lines: list[str] = []
    name = ("DeepTheory", "mul_self_nonneg")
    export_declarations(library, [name], lines.append, is_ours)
    path = tmp_path / "gd.ndjson"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = recheck_in_processes(path)
    assert found.returncode == 0, found.stderr
    data = json.loads(found.stdout)
    assert ".".join(name) in data["theorems"]
    assert data["families"] > 20
    path.write_text("\n".join(swap_proofs(lines)), encoding="utf-8")
    found = recheck_in_processes(path)
    assert found.returncode == 1
    assert "second kernel refuses DeepTheory" in found.stderr


def test_the_command_checks_theorems_and_files(
    checkout: Project, base: list[str], tmp_path: Path
) -> None:
    result = CliRunner().invoke(command, ["recheck", "choose_succ_succ", "--jobs", "1"])
    assert result.exit_code == 0, result.output
    assert "The second kernel accepts" in result.output
    path = tmp_path / "export.ndjson"
    path.write_text("\n".join(base), encoding="utf-8")
    result = CliRunner().invoke(command, ["recheck", "--file", str(path), "--jobs", "1", "--json"])
    data = json.loads(result.stdout)
    assert "DeepTheory.choose_succ_succ" in data["theorems"]
    assert data["families"] > 5
    result = CliRunner().invoke(command, ["recheck", "gd_convex", "--file", str(path)])
    assert isinstance(result.exception, UsageError)
    result = CliRunner().invoke(command, ["recheck", "--file", str(tmp_path / "none")])
    assert isinstance(result.exception, UsageError)
    assert "cannot be read" in str(result.exception)
