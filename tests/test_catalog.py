from __future__ import annotations

import json
import shutil
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from deeptheory.catalog import Catalog, Declaration, build_catalog
from deeptheory.catalog.cards import parse_doc, split_sharp
from deeptheory.catalog.source import code_only, scan
from deeptheory.cli.app import app
from deeptheory.errors import FailureError, UsageError
from deeptheory.paths import Project
from library import BASIC, DEFECTS, edit_export, edit_source, make_library, source_of

S = "DeepTheory.Sample."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_library(tmp_path)


@pytest.fixture
def catalog(project: Project) -> Catalog:
    return Catalog.read(build_catalog(project))


def var(name: str) -> dict[str, Any]:
    return {"var": name}


def nat_var(name: str) -> dict[str, Any]:
    return {"var": name, "type": "nat"}


def num(value: int) -> dict[str, Any]:
    return {"nat": str(value)}


def nat(value: int) -> dict[str, Any]:
    return {"nat": str(value), "type": "nat"}


def op(name: str, *args: dict[str, Any]) -> dict[str, Any]:
    return {"op": name, "args": list(args)}


def nat_op(name: str, *args: dict[str, Any]) -> dict[str, Any]:
    return {"op": name, "args": list(args), "type": "nat"}


def entry(*indices: str) -> dict[str, Any]:
    tree: dict[str, Any] = {"var": "A", "type": "vector"}
    for index in indices:
        tree = {"at": {"vector": tree, "index": {"var": index, "type": "fin"}}}
    return tree


def fold(index: str, size: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    return {"sum": {"index": index, "size": size, "body": body}}


x, y, L, D, n, m = var("x"), var("y"), var("L"), var("D"), nat_var("n"), nat_var("m")
HALVED = nat_op("div", nat_op("sub", n, m), nat(2))

FORMULAS = {
    "rateBound": op(
        "div",
        op("mul", L, op("pow", D, nat(2))),
        op("mul", num(2), op("cast", nat_var("k"))),
    ),
    "twice": op("mul", num(2), x),
    "called": op(
        "mul",
        op("sqrt", {"call": f"{S}twice", "args": [op("sub", x, num(1))]}),
        op("pow", op("cast", n), nat_op("add", nat_op("mul", nat(2), n), nat(1))),
    ),
    "floored": op("cast", HALVED),
    "meanSquare": op(
        "div",
        fold("i", n, fold("j", nat_var("d"), op("pow", entry("i", "j"), nat(2)))),
        op("cast", n),
    ),
    "plainSum": op(
        "add",
        fold(
            "i",
            n,
            {
                "at": {
                    "vector": {"var": "v", "type": "vector"},
                    "index": {"var": "i", "type": "fin"},
                }
            },
        ),
        fold("i", n, op("cast", nat_var("i"))),
    ),
    "cases": {
        "ite": {
            "relation": "le",
            "lhs": x,
            "rhs": y,
            "then": op("neg", x),
            "else": op(
                "inv",
                op("max", x, op("mul", op("add", y, num(1)), op("add", y, num(1)))),
            ),
        }
    },
    "natCases": {
        "ite": {
            "relation": "eq",
            "lhs": n,
            "rhs": nat(0),
            "then": num(1),
            "else": op("cast", n),
        }
    },
}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_definition_becomes_the_tree_of_its_value(catalog: Catalog, name: str) -> None:
    formula = catalog.get(f"{S}{name}").formula
    assert formula is not None
    assert formula.body == FORMULAS[name]


@pytest.mark.parametrize("name", ["truncated", "applied", "next", "Point", "add_self_le"])
def test_what_lies_outside_the_grammar_has_no_formula(catalog: Catalog, name: str) -> None:
    assert catalog.get(name).formula is None


def test_a_natural_number_has_a_formula_where_a_card_names_it_as_bound(project: Project) -> None:
    edit_source(project, "* bound: Sample.twice", "* bound: Sample.next")
    formula = Catalog.read(build_catalog(project)).get("next").formula
    assert formula is not None
    assert formula.body == {"op": "add", "args": [n, nat(1)], "type": "nat"}


def test_parameters_have_types_sizes_and_say_whether_lean_infers_them(catalog: Catalog) -> None:
    formula = catalog.get("meanSquare").formula
    assert formula is not None
    rows, columns, matrix = formula.params
    assert [(p.name, p.type, p.implicit) for p in formula.params] == [
        ("n", "nat", True),
        ("d", "nat", True),
        ("A", "vector", False),
    ]
    assert matrix.shape == (nat_var("n"), nat_var("d"))
    assert matrix.size == nat_var("n")
    assert rows.shape == columns.shape == ()


@pytest.mark.parametrize("name", ["boolSum", "fewerSum"])
def test_a_sum_has_a_formula_only_along_the_numbers_below_a_bound(
    name: str, catalog: Catalog
) -> None:
    assert catalog.get(f"{S}{name}").formula is None


def test_a_sum_of_a_lone_vector_is_spelt_out(catalog: Catalog) -> None:
    body = catalog.get("plainSum").formula
    assert body is not None
    index = body.body["args"][0]["sum"]["index"]
    assert body.body["args"][0]["sum"]["body"]["at"]["index"] == {"var": index, "type": "fin"}


def test_notation_with_an_unknown_instance_is_no_formula(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deeptheory.catalog.trees.TRUSTED_INSTANCES", ("RealField",))
    assert Catalog.read(build_catalog(project)).get("cases").formula is None


def headline(catalog: Catalog) -> Declaration:
    return catalog.get("add_self_le")


def test_a_card_is_read_and_its_names_are_resolved(catalog: Catalog) -> None:
    card = headline(catalog).card
    assert card is not None
    assert card.controls == ("arithmetic", "tests")
    assert card.assumes == "the number is positive, and `k` too"
    assert card.bound == f"{S}twice"
    assert card.witness == f"{S}add_self_le_witness"
    assert card.sharp.theorem == f"{S}add_self_le_sharp"
    assert card.sharp.note == "up to nothing"
    assert card.source == "folklore"
    assert card.other == {"certificate": "none"}


def test_title_and_prose_come_from_the_docstring(catalog: Catalog) -> None:
    d = headline(catalog)
    assert d.title == "Doubling"
    assert d.prose == "**Doubling.** A number and itself\nmake twice the number."
    assert catalog.get("twice").title is None
    assert catalog.get("twice").prose == "Twice a number."


def test_place_and_signature_are_those_of_the_source(catalog: Catalog, project: Project) -> None:
    d = headline(catalog)
    assert d.file == "lean/DeepTheory/Sample/Basic.lean"
    lines = source_of(project).read_text(encoding="utf-8").splitlines()
    assert lines[d.line - 1].startswith("theorem add_self_le ")
    assert lines[d.end_line - 1] == "  exact Std.le_refl _"
    assert d.signature.startswith("theorem add_self_le (x : R)")
    assert d.signature.endswith("x + f x ≤ twice x")
    assert d.family == "sample"
    assert d.short == "Sample.add_self_le"


def test_hypotheses_and_conclusion_are_read_where_they_are_formulas(catalog: Catalog) -> None:
    d = headline(catalog)
    assert [(h.name, h.text, h.relation) for h in d.hypotheses] == [
        ("hx", "0 < x", "lt"),
        ("hk", "0 < k", "lt"),
        ("hf", "f x = x", None),
    ]
    assert d.hypotheses[0].lhs == num(0)
    assert d.hypotheses[0].rhs == x
    assert d.hypotheses[1].rhs == nat_var("k")
    assert [(b.name, b.kind) for b in d.binders] == [
        ("R", "other"),
        ("x", "real"),
        ("k", "nat"),
        ("f", "other"),
    ]
    assert d.conclusion.text == "x + f x ≤ twice x"
    assert d.conclusion.bound_args == (x,)
    assert f"{S}twice" in d.conclusion.mentions


def test_the_kinds_are_those_written_in_the_source(catalog: Catalog) -> None:
    kinds = {d.name: d.kind for d in catalog}
    assert kinds["DeepTheory.RealField"] == "class"
    assert kinds[f"{S}Point"] == "structure"
    assert kinds["DeepTheory.instMax"] == "instance"
    assert kinds[f"{S}twice"] == "definition"
    assert kinds[f"{S}add_self_le"] == "theorem"
    assert not any("helper" in name for name in kinds)


def test_uses_look_through_private_lemmas_and_projections(catalog: Catalog) -> None:
    d = headline(catalog)
    assert d.uses == ("DeepTheory.RealField", f"{S}twice")
    assert "DeepTheory.RealField" in catalog.get("DeepTheory.sqrt").uses
    assert f"{S}add_self_le" in catalog.dependents[f"{S}twice"]


def test_axioms_are_closed_over_private_lemmas(project: Project) -> None:
    edit_export(
        project,
        "_private.DeepTheory.Sample.Basic.0.DeepTheory.Sample.helper",
        {"core_axioms": ["sorryAx"]},
    )
    catalog = Catalog.read(build_catalog(project))
    assert "sorryAx" in headline(catalog).axioms
    assert "sorryAx" not in catalog.get("twice").axioms


def test_axioms_of_our_own_are_found_through_lemmas(tmp_path: Path) -> None:
    catalog = Catalog.read(build_catalog(make_library(tmp_path, BASIC, DEFECTS)))
    assert f"{S}wish" in catalog.get("rests_on_wish").axioms


def test_without_the_proofs_of_core_the_axioms_are_an_upper_bound(catalog: Catalog) -> None:
    d = headline(catalog)
    assert catalog.lean.toolchain == "embedded"
    assert not d.axioms_complete
    assert d.axioms == ("Classical.choice", "Quot.sound", "propext")


def test_the_file_keeps_its_schema(project: Project) -> None:
    text = resources.files("deeptheory.catalog").joinpath("theorems.schema.json").read_text("utf-8")
    data = json.loads(build_catalog(project).read_text(encoding="utf-8"))
    jsonschema.validate(data, json.loads(text))


def test_declarations_come_imports_first(tmp_path: Path) -> None:
    catalog = Catalog.read(build_catalog(make_library(tmp_path, BASIC, DEFECTS)))
    places = [(d.module, d.line) for d in catalog]
    assert places == sorted(places)


def test_an_unchanged_catalog_is_not_written_again(project: Project) -> None:
    path = build_catalog(project)
    before = path.stat().st_mtime_ns
    assert build_catalog(project) == path
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in project.build.iterdir()] != []
    assert not list(project.build.glob("*.part"))


def test_garbage_in_the_catalog_is_replaced(project: Project) -> None:
    project.theorems_json.write_text("garbage", encoding="utf-8")
    assert len(Catalog.read(build_catalog(project))) > 10


# Errors


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (
            "* source: folklore\n* certificate",
            "* certificate",
            "* controls",
            "lacks the field sour",
        ),
        ("* bound: Sample.twice", "* bound: Sample.thrice", "* bound", "thrice is no declaration"),
        (
            "* bound: Sample.twice",
            "* bound: Sample.applied",
            "* bound",
            "applied is not a definition wi",
        ),
        ("* bound: Sample.twice", "* bound:", "* bound", "lacks the field bound"),
        ("* witness: Sample.add_self_le_witness", "* witness: twice", "* witness", "not a theorem"),
        ("* sharp: add_self_le_sharp,", "* sharp: nothing,", "* sharp", "nothing is no declarati"),
        ("* source: folklore", "* source: a\n* source: b", "* source: b", "source twice"),
        ("* source: folklore", "* source: a\n* a loose line", "* a loose", "belongs to no field"),
        (
            "* witness: Sample.add_self_le_witness",
            "* witness: add_self_le",
            "* witness",
            "is the theorem itself",
        ),
    ],
)
def test_a_wrong_card_fails_with_file_and_line(
    project: Project, old: str, new: str, line: str, message: str
) -> None:
    edit_source(project, old, new)
    lines = source_of(project).read_text(encoding="utf-8").splitlines()
    number = next(i for i, text in enumerate(lines, 1) if text.startswith(line))
    with pytest.raises(FailureError, match=message) as caught:
        build_catalog(project)
    assert f"lean/DeepTheory/Sample/Basic.lean:{number}: " in str(caught.value)
    assert not project.theorems_json.exists()


def test_all_card_errors_are_listed_at_once(project: Project) -> None:
    edit_source(project, "* bound: Sample.twice", "* bound: a")
    edit_source(project, "* sharp: add_self_le_sharp", "* sharp: b")
    with pytest.raises(FailureError) as caught:
        build_catalog(project)
    assert len(str(caught.value).splitlines()) == 2


def test_open_sharpness_is_a_note(project: Project) -> None:
    edit_source(project, "* sharp: add_self_le_sharp, up to nothing", "* sharp: open, who knows")
    card = headline(Catalog.read(build_catalog(project))).card
    assert card is not None
    assert card.sharp.theorem is None
    assert card.sharp.note == "open, who knows"


def test_an_edited_source_asks_for_a_new_proof(project: Project) -> None:
    edit_source(project, "theorem exists_rate", "theorem exists_other")
    with pytest.raises(FailureError, match=r"exists_other is not in the export.*deeptheory prove"):
        build_catalog(project)


def test_a_missing_export_says_what_to_run(project: Project) -> None:
    (project.build / "export" / f"{BASIC}.json").unlink()
    with pytest.raises(UsageError, match="not proved yet: run `deeptheory prove`"):
        build_catalog(project)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": 1}', '{"schema": 2, "module": "x"}'])
def test_a_damaged_export_says_what_to_run(project: Project, text: str) -> None:
    (project.build / "export" / f"{BASIC}.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"damaged.*deeptheory prove"):
        build_catalog(project)


def test_a_missing_catalog_says_what_to_run(project: Project) -> None:
    with pytest.raises(UsageError, match="deeptheory prove"):
        Catalog.load(project)


@pytest.mark.parametrize(
    "text",
    ["garbage", "[]", "{}", '{"schema": 99}', '{"schema": 1}', '{"schema": 1, "lean": {}}', "\x00"],
)
def test_a_damaged_catalog_says_what_to_run(project: Project, text: str) -> None:
    project.theorems_json.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="rebuild it with"):
        Catalog.load(project)


@pytest.mark.parametrize("change", [{"line": "3"}, {"formula": 3}, {"uses": [3]}, {"card": {}}])
def test_a_catalog_with_a_wrong_field_is_refused(project: Project, change: dict[str, Any]) -> None:
    path = build_catalog(project)
    data = json.loads(path.read_text(encoding="utf-8"))
    data["declarations"][0].update(change)
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(UsageError, match="damaged"):
        Catalog.load(project)


# Names


@pytest.mark.parametrize(
    "name", ["DeepTheory.Sample.add_self_le", "Sample.add_self_le", "add_self_le"]
)
def test_a_declaration_is_found_by_full_short_and_last_name(catalog: Catalog, name: str) -> None:
    assert catalog.get(name).name == f"{S}add_self_le"


def test_a_misspelt_name_gets_suggestions(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match=r"Did you mean Sample\.add_self_le"):
        catalog.get("ad_self_le")
    with pytest.raises(UsageError, match=r"Sample\.rateBound"):
        catalog.get("Sample.rateBuond")


def test_a_name_like_nothing_gets_no_suggestion(catalog: Catalog) -> None:
    with pytest.raises(UsageError) as caught:
        catalog.get("qqqq")
    assert "Did you mean" not in str(caught.value)


# Text


def test_comments_strings_and_characters_are_no_code() -> None:
    text = "a -- sorry\nb /- x /- sorry -/ sorry -/ c \"sorry -- \\\" sorry\" d '\"' e' f''\n"
    code = code_only(text)
    assert len(code) == len(text)
    assert code.count("\n") == text.count("\n")
    assert code.split() == ["a", "b", "c", "d", "e'", "f''"]


def test_a_source_is_scanned_through_namespaces_sections_and_modifiers() -> None:
    text = """\
module
namespace A.B
section
/-- one -/
@[simp, expose] public noncomputable def one (x : Nat := 3) : Nat :=
  x
end
open Classical in
/-- two
lines -/
protected theorem two : ∀ x : Nat,
    x = x := by
  intro x

  rfl
end A.B
private theorem three : True := trivial
theorem _root_.four : True := trivial
instance : Inhabited Nat := ⟨1⟩
inductive Five
  | a
  | b
def six : Nat → Nat
  | 0 => 1
  | n + 1 => n
"""
    found = {d.name: d for d in scan(text)}
    assert list(found) == ["A.B.one", "A.B.two", "three", "four", "", "Five", "six"]
    assert found["A.B.one"].doc == "one"
    assert found["A.B.one"].signature == "def one (x : Nat := 3) : Nat"
    assert found["A.B.two"].doc == "two\nlines"
    assert found["A.B.two"].doc_line == 9
    assert (found["A.B.two"].line, found["A.B.two"].end_line) == (11, 15)
    assert found["A.B.two"].signature == "theorem two : ∀ x : Nat,\n    x = x"
    assert found["three"].private
    assert found["three"].doc is None
    assert found["six"].signature == "def six : Nat → Nat"
    assert found["six"].end_line == 25


def test_a_comment_in_a_proof_does_not_end_the_declaration() -> None:
    text = """\
theorem one : 0 = 0 := by
  have : 1 = 1 := rfl  /- a comment
that goes on -/
  rfl

/- about two -/
theorem two : 0 = 0 := rfl
"""
    one, two = scan(text)
    assert (one.line, one.end_line) == (1, 4)
    assert (two.line, two.end_line) == (7, 7)


def test_a_docstring_without_card_is_prose() -> None:
    doc = parse_doc("**A title**. Text\n\n* a list item: yes\n* another")
    assert doc.fields is None
    assert doc.title == "A title"
    assert doc.prose is not None
    assert doc.prose.endswith("another")


@pytest.mark.parametrize(
    ("value", "name", "note"),
    [
        ("A.b", "A.b", ""),
        ("A.b, up to 2", "A.b", "up to 2"),
        ("A.b (up to 2)", "A.b", "up to 2"),
        ("A.b up to 2", "A.b", "up to 2"),
        ("open, best known 3", None, "open, best known 3"),
        ("openness_sharp", "openness_sharp", ""),
    ],
)
def test_sharpness_is_a_theorem_with_a_note_or_open(
    value: str, name: str | None, note: str
) -> None:
    assert split_sharp(value) == (name, note)


# Commands


@pytest.fixture
def run(project: Project, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("DEEPTHEORY_PROJECT", str(project.root))
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *args: CliRunner().invoke(app, list(args))


def test_export_builds_the_catalog(run: Any, project: Project) -> None:
    result = run("export")
    assert result.exit_code == 0
    assert "1 with a card" in result.output
    assert project.theorems_json.is_file()
    assert json.loads(run("export", "--json").output)["headlines"] == 1


def test_show_prints_statement_card_and_place(run: Any, catalog: Catalog) -> None:
    result = run("show", "add_self_le")
    assert result.exit_code == 0
    for part in (
        "Doubling",
        "lean/DeepTheory/Sample/Basic.lean:",
        "theorem add_self_le",
        "make twice the number",
        "2 * x",
        "Sample.add_self_le_witness",
        "propext",
        "not run yet",
    ):
        assert part in result.output


def test_show_prints_json(run: Any, catalog: Catalog) -> None:
    data = json.loads(run("show", "twice", "--json").output)
    assert data["name"] == f"{S}twice"
    assert f"{S}add_self_le" in data["dependents"]
    assert data["check"] is None


def test_show_suggests_names(run: Any, catalog: Catalog) -> None:
    result = run("show", "add_self_leq")
    assert isinstance(result.exception, UsageError)
    assert "add_self_le" in str(result.exception)


# The exporter itself


@pytest.mark.lean
@pytest.mark.timeout(2400)
def test_the_exporter_makes_the_stored_exports_anew(
    tmp_path: Path, run_cli: Any, checkout: Project
) -> None:
    stored = make_library(tmp_path / "stored", BASIC, DEFECTS)
    fresh = make_library(tmp_path / "fresh", BASIC, DEFECTS)
    shutil.rmtree(fresh.build)
    for name in ("Driver.lean", "Export.lean"):
        shutil.copy(checkout.lean / name, fresh.lean)
    proved = run_cli(fresh, "prove", "--jobs", "1")
    assert proved.returncode == 0, proved.stderr
    expected, found = (Catalog.read(build_catalog(p)) for p in (stored, fresh))
    assert found.lean.toolchain == "embedded"
    assert found.declarations == expected.declarations
