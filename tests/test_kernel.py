"""Exports for other kernels: read from compiled modules, written, read again, recomputed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from compiled import told_by_export, told_by_lean, widen
from deeptheory.catalog import Catalog
from deeptheory.cli import app
from deeptheory.errors import FailureError, UsageError
from deeptheory.kernel import (
    Library,
    export_checkout,
    export_declarations,
    inspect_export,
    read_assumptions,
)
from deeptheory.kernel.library import Module
from deeptheory.kernel.reading import Tables
from deeptheory.kernel.terms import Terms
from deeptheory.paths import Project
from deeptheory.prove.graph import is_ours
from library import make_library

THEOREM = "DeepTheory.Optimization.gd_convex"
CHOOSE = "DeepTheory.choose_succ_succ"
SMALL = [
    tuple(CHOOSE.split(".")),
    ("Nat", "lt_irrefl"),
    ("Nat", "le"),
    ("Lean", "Syntax"),
    ("Acc",),
    ("Quot", "ind"),
]
"""Enough for a proof, a family with indices, a nested one, a reflexive one and quotients."""


def exported(library: Library, *names: tuple[str, ...]) -> list[str]:
    lines: list[str] = []
    export_declarations(library, names, lines.append, is_ours)
    return lines


@pytest.fixture(scope="session")
def small(library: Library) -> list[str]:
    return exported(library, *SMALL)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["export", "--kernel", *arguments])


# What is written


def test_the_statements_are_those_that_lean_tells(library: Library, checkout: Project) -> None:
    catalog = Catalog.load(checkout)
    names = [d.name for d in catalog.headlines[::9]]
    lines = exported(library, *(tuple(name.split(".")) for name in names))
    tables = Tables()
    for line in lines:
        tables.read(line)
    data = [json.loads(line) for line in lines]
    expressions = [line for line in data if "ie" in line]
    types = {tables.names[d["thm"]["name"]]: d["thm"]["type"] for d in data if "thm" in d}
    for name in names:
        module = catalog.get(name).module
        raw = json.loads((checkout.build / "export" / f"{module}.json").read_text("utf-8"))
        constant = next(c for c in raw["constants"] if c["name"] == name)
        ours = told_by_export(tables, expressions, types[name])
        assert ours == told_by_lean(raw, constant), name


def test_every_line_is_of_the_format(small: list[str]) -> None:
    # Written by hand from the description of the format, not from what the program writes.
    fields = {
        "lam": {"name", "type", "body", "binderInfo"},
        "forallE": {"name", "type", "body", "binderInfo"},
        "letE": {"name", "type", "value", "body", "nondep"},
        "app": {"fn", "arg"},
        "const": {"name", "us"},
        "proj": {"typeName", "idx", "struct"},
        "axiom": {"name", "levelParams", "type", "isUnsafe"},
        "def": {"name", "levelParams", "type", "value", "hints", "safety", "all"},
        "thm": {"name", "levelParams", "type", "value", "all"},
        "quot": {"name", "levelParams", "type", "kind"},
        "inductive": {"types", "ctors", "recs"},
        "meta": {"exporter", "lean", "format"},
    }
    member = {
        "types": "name levelParams type numParams numIndices all ctors numNested isRec isReflexive "
        "isUnsafe",
        "ctors": "name levelParams type induct cidx numParams numFields isUnsafe",
        "recs": "name levelParams type all numParams numIndices numMotives numMinors rules k "
        "isUnsafe",
    }
    seen = set()
    for number, line in enumerate(small):
        data = json.loads(line)
        assert "\n" not in line
        assert ("meta" in data) == (number == 0)
        (kind,) = set(data) - {"ie", "in", "il"}
        seen.add(kind)
        if kind in fields:
            assert set(data[kind]) == fields[kind]
        if kind == "inductive":
            for key, names in member.items():
                assert all(set(item) == set(names.split()) for item in data[kind][key])
            assert all(
                set(rule) == {"ctor", "nfields", "rhs"}
                for rec in data[kind]["recs"]
                for rule in rec["rules"]
            )
    assert seen >= {"lam", "forallE", "app", "const", "sort", "bvar", "thm", "def", "quot"}
    assert json.loads(small[0])["meta"]["format"] == {"version": "3.1.0"}


def test_literals_are_exact_however_large(library: Library) -> None:
    lines = exported(library, ("UInt64", "size"))
    values = {json.loads(line).get("natVal") for line in lines}
    assert str(2**64) in values
    inspect_export(lines)


def test_a_theorem_comes_with_all_that_it_rests_on(library: Library) -> None:
    lines = exported(library, tuple(THEOREM.split(".")))
    found = inspect_export(lines, required=[THEOREM])
    assert THEOREM in found.theorems
    assert "DeepTheory.Optimization.gdConvexBound" in found.definitions
    assert "Nat.add" in found.definitions
    assert not any(name.startswith("DeepTheory") for name in found.axioms)
    assert {"propext", "Classical.choice"} <= set(found.axioms)


def test_the_same_proofs_give_the_same_bytes(checkout: Project, tmp_path: Path) -> None:
    first, second = tmp_path / "a.ndjson", tmp_path / "b.ndjson"
    for path in (first, second):
        program = f"""
from pathlib import Path
from deeptheory.kernel import export_checkout
from deeptheory.paths import Project
export_checkout(Project(Path({str(checkout.root)!r})), Path({str(path)!r}), ["chooseSum_mono"])
"""
        subprocess.run([sys.executable, "-c", program], check=True)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.timeout(900)
def test_the_whole_library_streams_and_takes_from_core_what_is_listed(
    library: Library, checkout: Project, tmp_path: Path
) -> None:
    path = tmp_path / "library.ndjson"
    peak = tmp_path / "peak"
    program = f"""
import atexit, re
from pathlib import Path
from deeptheory.cli import main
status = Path("/proc/self/status")
if status.exists():
    held = lambda: re.search(r"VmHWM:\\s*(\\d+) kB", status.read_text())[1]
    atexit.register(lambda: Path({str(peak)!r}).write_text(held()))
main()
"""
    command = [sys.executable, "-c", program, "export", "--kernel", "-o", str(path), "--json"]
    finished = subprocess.run(command, capture_output=True, text=True, cwd=checkout.root)
    assert finished.returncode == 0, finished.stderr
    data = json.loads(finished.stdout)
    ours = [c for c in library.constants.values() if is_ours(c.module.name)]
    assert data["theorems"] == sum(c.kind == "theorem" for c in ours)
    assert data["headlines"] == [d.name for d in Catalog.load(checkout).headlines]
    listed = [vars(a) for a in read_assumptions(checkout)]
    assert data["assumptions"] == listed, "run `deeptheory export --kernel -o FILE --accept`"
    assert set(data["axioms"]) <= {"propext", "Classical.choice", "Quot.sound"}
    if sys.platform == "linux":
        assert int(peak.read_text()) < 2e6  # kB; all proofs at once would take several times this


# What is read


def test_words_of_64_bits_say_the_same(library: Library, tmp_path: Path) -> None:
    narrow = library.modules["Init.Prelude"]
    (path,) = narrow.image.paths
    wide = Module(narrow.name, [widen(narrow.image, path.read_bytes(), tmp_path / "Prelude.olean")])
    assert wide.image.word == 8
    assert wide.imports == narrow.imports
    assert wide.hidden == narrow.hidden
    told = []
    for module in (narrow, wide):
        lines: list[str] = []
        terms = Terms(lines.append)
        for constant in module.constants():
            lines.append(f"{constant.kind} {constant.name}")
            terms.expression(module, constant.type)
            if constant.value is not None:
                terms.expression(module, constant.value)
        told.append(lines)
    assert len(told[0]) > 1000
    assert any("18446744073709551616" in line for line in told[0])
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda data: b"", "is not a compiled Lean module"),
        (lambda data: b"hello" + data[5:], "is not a compiled Lean module"),
        (lambda data: data[:5] + b"\x07" + data[6:], "compiled module of format 7"),
        (lambda data: data[:200], "is damaged"),
        (lambda data: data[:84] + b"\xff\xff\xff\xff" + data[88:], "is damaged"),
    ],
)
def test_a_damaged_module_is_named(
    library: Library, tmp_path: Path, damage: Callable[[bytes], bytes], sentence: str
) -> None:
    (path,) = library.modules["Init.Core"].image.paths
    target = tmp_path / "Core.olean"
    target.write_bytes(damage(path.read_bytes()))
    with pytest.raises(UsageError, match=sentence):
        Module("Init.Core", [target])


def test_a_missing_module_and_a_missing_constant_are_named(library: Library) -> None:
    with pytest.raises(UsageError, match=r"module Nowhere\.Here is missing"):
        Library(["Nowhere.Here"], [])
    with pytest.raises(UsageError, match=r"No compiled module has the constant Nat\.nope"):
        exported(library, ("Nat", "nope"))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (("sorryAx",), "rest on the axiom sorryAx"),
        (("Lean", "ofReduceBool"), "rest on the axiom Lean.ofReduceBool"),
        (("List", "append", "_unsafe_rec"), "_unsafe_rec is unsafe or partial"),
    ],
)
def test_what_no_theorem_may_rest_on_is_refused(
    library: Library, name: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(FailureError, match=sentence):
        exported(library, name)


# What is recomputed


def change(key: str, field: str, pick: Callable[[dict[str, Any]], bool], value: Any) -> Any:
    """Return a planted defect: another value in a member of a family."""

    def plant(lines: list[str]) -> list[str]:
        for number, line in enumerate(lines):
            data = json.loads(line)
            for item in data.get("inductive", {}).get(key, ()):
                if pick(item):
                    old = item[field]
                    item[field] = value(old) if callable(value) else value
                    assert json.dumps(item[field]) != json.dumps(old)
                    return [*lines[:number], json.dumps(data), *lines[number + 1 :]]
        raise AssertionError("no place for the defect")

    return plant


def more(old: int) -> int:
    return old + 1


def flip(old: bool) -> bool:
    return not old


def always(item: dict[str, Any]) -> bool:
    return True


def has_rules(item: dict[str, Any]) -> bool:
    return bool(item["rules"])


def longer_rule(old: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**old[0], "nfields": old[0]["nfields"] + 1}, *old[1:]]


NUMBERS = {
    "fields": change("ctors", "numFields", always, more),
    "parameters": change("ctors", "numParams", always, more),
    "index of a constructor": change("ctors", "cidx", always, more),
    "type of a constructor": change("ctors", "induct", always, 0),
    "unsafe constructor": change("ctors", "isUnsafe", always, True),
    "indices": change("types", "numIndices", always, more),
    "parameters of a type": change("types", "numParams", always, more),
    "nested": change("types", "numNested", lambda t: t["numNested"] > 0, 0),
    "recursive hidden": change("types", "isRec", lambda t: t["isRec"], False),
    "recursive claimed": change("types", "isRec", lambda t: not t["isRec"], True),
    "reflexive hidden": change("types", "isReflexive", lambda t: t["isReflexive"], False),
    "reflexive claimed": change("types", "isReflexive", lambda t: not t["isReflexive"], True),
    "constructors": change("types", "ctors", lambda t: len(t["ctors"]) > 1, lambda c: c[::-1]),
    "family": change("types", "all", always, lambda names: [*names, 0]),
    "k claimed": change("recs", "k", lambda r: not r["k"], True),
    "k hidden": change("recs", "k", lambda r: r["k"], False),
    "motives": change("recs", "numMotives", always, more),
    "minors": change("recs", "numMinors", always, more),
    "indices of a recursor": change("recs", "numIndices", always, more),
    "parameters of a recursor": change("recs", "numParams", always, more),
    "fields of a rule": change("recs", "rules", has_rules, longer_rule),
    "a rule too few": change("recs", "rules", has_rules, lambda rules: rules[1:]),
    "order of rules": change(
        "recs", "rules", lambda r: len(r["rules"]) > 1, lambda rules: rules[::-1]
    ),
    "one where true is meant": change("recs", "k", lambda r: r["k"], 1),
}


@pytest.mark.parametrize("defect", NUMBERS)
def test_a_false_number_is_seen(small: list[str], defect: str) -> None:
    assert inspect_export(small).families > 3
    with pytest.raises(FailureError, match=r"^Line \d+ of the export: "):
        inspect_export(NUMBERS[defect](small))


def replace(find: Callable[[dict[str, Any]], bool], new: Callable[[Any], Any]) -> Any:
    """Return a planted defect: another line, or none, in place of one."""

    def plant(lines: list[str]) -> list[str]:
        for number, line in enumerate(lines):
            data = json.loads(line)
            if find(data):
                made = new(data)
                put = [] if made is None else [made if isinstance(made, str) else json.dumps(made)]
                return [*lines[:number], *put, *lines[number + 1 :]]
        raise AssertionError("no place for the defect")

    return plant


def has(*keys: str) -> Callable[[dict[str, Any]], bool]:
    return lambda data: any(key in data for key in keys)


def loosen(lines: list[str]) -> list[str]:
    """Let a theorem state a variable that nothing binds."""
    variable = next(d["ie"] for d in map(json.loads, lines) if "bvar" in d)
    return replace(has("thm"), lambda d: {"thm": {**d["thm"], "type": variable}})(lines)


RULES = {
    "no first line": (replace(has("meta"), lambda d: None), "not the kind of line"),
    "another format": (
        replace(has("meta"), lambda d: {"meta": {**d["meta"], "format": {"version": "2.0.0"}}}),
        "the format is 2.0.0",
    ),
    "no JSON": (replace(has("thm"), lambda d: "{"), "cannot be read"),
    "an unknown kind": (replace(has("thm"), lambda d: {"lemma": d["thm"]}), "no known kind"),
    "a name left out": (replace(has("in"), lambda d: None), "comes next|refers to"),
    "an expression left out": (replace(has("ie"), lambda d: None), "comes next|refers to"),
    "a forward reference": (
        replace(has("app"), lambda d: {**d, "app": {"fn": d["ie"] + 1, "arg": 0}}),
        "which comes later",
    ),
    "a reference to itself": (
        replace(has("app"), lambda d: {**d, "app": {"fn": d["ie"], "arg": 0}}),
        "which comes later",
    ),
    "a loose variable": (loosen, "free variable"),
    "a declaration left out": (replace(has("def"), lambda d: None), "before its declaration"),
    "Eq left out": (
        replace(lambda d: "inductive" in d and len(d["inductive"]["recs"]) == 1, lambda d: None),
        "before its declaration|has not the fields|comes before",
    ),
    "a level parameter without its line": (
        replace(has("thm"), lambda d: {"thm": {**d["thm"], "levelParams": [1]}}),
        "has no line of its own|free level parameter",
    ),
    "a level parameter twice": (
        replace(
            lambda d: "def" in d and d["def"]["levelParams"],
            lambda d: {"def": {**d["def"], "levelParams": d["def"]["levelParams"] * 2}},
        ),
        "given twice",
    ),
    "a level parameter taken away": (
        replace(
            lambda d: "def" in d and d["def"]["levelParams"],
            lambda d: {"def": {**d["def"], "levelParams": []}},
        ),
        "free level parameter",
    ),
    "a partial definition": (
        replace(has("def"), lambda d: {"def": {**d["def"], "safety": "partial"}}),
        "is partial",
    ),
    "an unsafe axiom": (
        replace(has("axiom"), lambda d: {"axiom": {**d["axiom"], "isUnsafe": True}}),
        "is unsafe",
    ),
    "a quotient of another kind": (
        replace(has("quot"), lambda d: {"quot": {**d["quot"], "kind": "lift"}}),
        "no line of quotients",
    ),
    "a quotient left out": (replace(has("quot"), lambda d: None), "quotients|before its decl"),
    "a damaged declaration": (
        replace(has("thm"), lambda d: {"thm": {"name": d["thm"]["name"]}}),
        "is damaged",
    ),
}


@pytest.mark.parametrize("defect", RULES)
def test_a_broken_rule_is_seen(small: list[str], defect: str) -> None:
    plant, sentence = RULES[defect]
    with pytest.raises(FailureError, match=sentence):
        inspect_export(plant(small))


def test_a_line_given_twice_is_seen(small: list[str]) -> None:
    for key in ("in", "il", "ie"):
        lines = [line for line in small if key in json.loads(line)]
        first = json.loads(lines[0])
        again = json.dumps({**first, key: json.loads(lines[-1])[key] + 1})
        with pytest.raises(FailureError, match="an earlier line says the same"):
            inspect_export([*small, again])
    theorem = next(line for line in small if "thm" in json.loads(line))
    with pytest.raises(FailureError, match="is declared twice"):
        inspect_export([*small, theorem])


def test_a_structure_has_no_more_fields_than_its_constructor(library: Library) -> None:
    lines = exported(library, ("Prod", "fst"), ("And", "left"), ("Sigma", "fst"))
    assert inspect_export(lines)
    plant = replace(has("proj"), lambda d: {**d, "proj": {**d["proj"], "idx": 2}})
    with pytest.raises(FailureError, match="no structure with a field 2"):
        inspect_export(plant(lines))


def test_axioms_must_be_allowed_and_theorems_there(small: list[str]) -> None:
    axioms = inspect_export(small).axioms
    assert axioms
    assert inspect_export(small, allowed=axioms)
    with pytest.raises(FailureError, match=f"takes {axioms[0]} without proof"):
        inspect_export(small, allowed=axioms[1:])
    with pytest.raises(FailureError, match=r"lacks Nat\.fermat"):
        inspect_export(small, required=[CHOOSE, "Nat.fermat"])
    with pytest.raises(FailureError, match="is empty"):
        inspect_export([])


# The command


def test_the_command_writes_a_theorem_and_reads_it_again(checkout: Project, tmp_path: Path) -> None:
    path = tmp_path / "new" / "gd.ndjson"
    result = run("chooseSum_mono", "-o", str(path), "--json")
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert data["unlisted"] == []
    assert data["lines"]["theorem"] >= data["theorems"] >= 1
    listed = {a.name for a in read_assumptions(checkout)}
    assert {a["name"] for a in data["assumptions"]} <= listed
    found = inspect_export(path.open(encoding="utf-8"))
    assert "DeepTheory.chooseSum_mono" in found.theorems
    result = run("--inspect", str(path))
    assert result.exit_code == 0
    assert "every number is what its types say" in result.output


def test_an_assumption_that_is_not_listed_fails(
    checkout: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = read_assumptions(checkout)
    monkeypatch.setattr(
        "deeptheory.kernel.read_assumptions",
        lambda _: [a for a in listed if a.name != "Nat.le_trans"],
    )
    path = tmp_path / "gd.ndjson"
    result = run("chooseSum_mono", "-o", str(path))
    assert result.exit_code == 1
    assert "Nat.le_trans" in str(result.exception)
    assert path.is_file()


def test_an_export_that_fails_leaves_the_old_file(
    checkout: Project, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gd.ndjson"
    path.write_text("old", encoding="utf-8")

    def break_off(self: Any, *_: Any) -> None:
        raise FailureError("it broke")

    monkeypatch.setattr("deeptheory.kernel.families.Family.check", break_off)
    with pytest.raises(FailureError, match="it broke"):
        export_checkout(checkout, path, ["chooseSum_mono"], library=library)
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["gd.ndjson"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "needs a file to write"),
        (("--inspect", "a.ndjson", "-o", "b.ndjson"), "give it alone"),
        (("--inspect", "nowhere.ndjson"), "cannot be read"),
        (("gd_convex", "-o", "x.ndjson", "--accept"), "leave the theorems out"),
        (("gd_convx", "-o", "x.ndjson"), "Did you mean"),
        (("gdConvexBound", "-o", "x.ndjson"), "is no theorem"),
        (("gd_convex", "-o", "."), "is a folder"),
    ],
)
def test_bad_usage_is_one_sentence(
    book: Any, arguments: tuple[str, ...], sentence: str, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert isinstance(result.exception, UsageError)
    assert sentence in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_the_options_go_with_kernel() -> None:
    result = CliRunner().invoke(app, ["export", "-o", "x.ndjson"])
    assert isinstance(result.exception, UsageError)
    assert "go with --kernel" in str(result.exception)


def test_a_library_that_is_not_proved_is_not_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deeptheory.catalog import build_catalog

    project = make_library(tmp_path)
    build_catalog(project)
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(tmp_path))
    result = run("-o", str(tmp_path / "x.ndjson"))
    assert isinstance(result.exception, UsageError)
    assert "0 of 1 modules are proved: run `deeptheory prove`" in str(result.exception)
