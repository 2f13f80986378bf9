"""Runs of many checks: draws, interruptions, failing instances that replay, complete checks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flint import arb, ctx, fmpq
from hypothesis import strategies as st

from deeptheory.checkresults import read_results, schema, write_results
from deeptheory.checks import Check, Measurement, Options, Sharp, load_checks, run_check
from deeptheory.checks.drawing import Choices, Drawn, StaleError, draw_again, search
from deeptheory.checks.engine import Progress
from deeptheory.checks.exact import InexactError, decode, encode, encode_exactly
from deeptheory.checks.failures import instance_of, read, save, written
from deeptheory.checks.instances.linear import along_axes
from deeptheory.checks.instances.lipschitz import clip
from deeptheory.checks.mutants import replace_exponent, scale
from deeptheory.checks.runner import verify
from deeptheory.checks.state import State
from deeptheory.errors import UsageError
from deeptheory.formulas import Book
from deeptheory.formulas.syntax import Num
from sample_catalog import num, op, sample_declarations, var

FULL = "DeepTheory.Optimization."


@dataclass(frozen=True)
class Pair:
    m: int
    n: int

    def describe(self) -> dict[str, Any]:
        return {"m": self.m, "n": self.n}


PAIRS = st.builds(Pair, st.integers(0, 1000), st.integers(1, 1000))


def toy_book(body: dict[str, Any] | None = None) -> Book:
    """Return m n <= m n + n, or another bound."""
    m, n = op("cast", var("m", True)), op("cast", var("n", True))
    whole = op("add", op("mul", m, n), n)
    params = [{"name": "m", "type": "nat"}, {"name": "n", "type": "nat"}]
    formula = {"params": params, "body": body or whole}
    return Book(
        [
            {"name": "DeepTheory.Toy.bound", "formula": formula},
            {"name": "DeepTheory.Toy.thm", "card": {"bound": "DeepTheory.Toy.bound"}},
        ]
    )


def product(at: Pair, _book: Book) -> Measurement:
    return Measurement(fmpq(at.m * at.n), {"m": at.m, "n": at.n})


def toy_check(**changes: Any) -> Check:
    given = {
        "theorem": "Toy.thm",
        "measure": product,
        "instances": lambda: PAIRS,
        "claim": "tends to be attained",
        "sharp": [Sharp(Pair(1, 1), fmpq(1, 2))],
        "mutants": [scale(fmpq(99, 100), "for large m"), scale(fmpq(1, 2), "for m = 2")],
    }
    return Check(**{**given, **changes})


# Drawing


def drawn(instances: int, **more: Any) -> list[Any]:
    found: list[Any] = []
    search(PAIRS, found.append, instances=instances, seed_=5, **more)
    return found


def test_what_is_loaded_does_not_change_what_is_drawn(tmp_path: Path, monkeypatch: Any) -> None:
    """Hypothesis likes to draw numbers that occur in the modules of the program."""
    before = drawn(300)
    source = "values = [" + ", ".join(str(k) for k in range(700, 999)) + "]"
    (tmp_path / "many_numbers.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    import many_numbers  # type: ignore[import-not-found]

    assert len(many_numbers.values) == 299
    assert drawn(300) == before


def test_a_later_run_sees_only_what_is_new() -> None:
    marks: list[Drawn] = []
    whole = drawn(40, seen=marks.append)
    assert drawn(40, since=marks[24]) == whole[25:]
    assert drawn(40, since=marks[39]) == []


def test_a_run_of_other_instances_is_not_taken_up() -> None:
    with pytest.raises(StaleError):
        drawn(40, since=Drawn(20, "another hash"))
    with pytest.raises(StaleError):
        drawn(10, since=Drawn(20, "further than this one gets"))


def above(at: Pair) -> None:
    if at.m * at.n > 1000:
        raise ValueError(f"{at.m * at.n}")


def test_shrinking_finds_a_small_instance() -> None:
    found = search(PAIRS, above, instances=200, seed_=0)
    assert found is not None
    m, n = found.instance.m, found.instance.n
    assert (m - 1) * n <= 1000 < m * n
    assert m * (n - 1) <= 1000
    assert draw_again(PAIRS, found.choices) == found.instance


@pytest.mark.parametrize("shrinks", [0, 1, 7])
def test_shrinking_ends_after_its_limit(shrinks: int) -> None:
    calls: list[Pair] = []

    def probe(at: Pair) -> None:
        calls.append(at)
        above(at)

    found = search(PAIRS, above, instances=200, seed_=0, shrinks=shrinks, probe=probe)
    assert found is not None
    assert found.instance.m * found.instance.n > 1000
    assert len(calls) <= shrinks
    assert draw_again(PAIRS, found.choices) == found.instance


def test_choices_of_another_version_are_refused() -> None:
    with pytest.raises(UsageError, match=r"drawn with Hypothesis 1\.0"):
        draw_again(PAIRS, Choices("1.0", "AAAA"))


# Exact data


def test_instances_are_written_without_loss() -> None:
    instance = along_axes(fmpq(1, 3), (fmpq(2), fmpq(-1, 7)))
    data = json.loads(json.dumps(encode_exactly(instance)))
    assert data["type"] == "deeptheory.checks.instances.linear:LinearSample"
    assert data["fields"]["weight"] == "1/3"
    assert decode(data) == instance


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        7,
        "text",
        fmpq(-3, 7),
        (fmpq(1), (2, ())),
        [1, (2,)],
        0.1,
        frozenset({1, 2}),
        {1: (fmpq(1, 2),), "a": None},
        fmpq(3) ** 20000 / 7,
    ],
)
def test_values_are_written_without_loss(value: Any) -> None:
    found = decode(json.loads(json.dumps(encode(value))))
    assert found == value
    assert type(found) is type(value)


def test_balls_are_written_without_loss() -> None:
    with ctx.workprec(300):
        value = arb(2).sqrt()
    found = decode(json.loads(json.dumps(encode(value))))
    assert found.mid() == value.mid()
    assert found.rad() == value.rad()


def test_functions_without_a_name_are_not_written() -> None:
    with pytest.raises(InexactError):
        encode(clip(fmpq(0), fmpq(1)))
    with pytest.raises(InexactError):
        encode(1 << 20_000)


@pytest.mark.parametrize(
    "data",
    [
        "1.5",
        "1/0",
        "x",
        1.5,
        {},
        {"type": "os:system", "fields": {}},
        {"type": "deeptheory.checks.runner:verify", "fields": {}},
        {"type": "deeptheory.nowhere:Thing", "fields": {}},
        {"type": "deeptheory.checks.instances.linear:LinearSample", "fields": {"weight": "1"}},
        {"type": "deeptheory.checks.instances.linear:LinearSample", "fields": []},
        {"function": "os:system"},
        {"function": "deeptheory.checks.instances.linear:LinearSample"},
        {"float": "x"},
        {"map": [1]},
        {"ball": [[1]]},
        {"unknown": 1},
    ],
)
def test_damaged_data_is_refused(data: Any) -> None:
    with pytest.raises(UsageError):
        decode(data)


# Interruptions


class Stopping(State):
    """A state that stops the run at the n-th pause."""

    def __init__(self, path: Path, pauses: int) -> None:
        super().__init__(path, "key", every=0)
        self.left = pauses

    def pause(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


def same(result: dict[str, Any]) -> dict[str, Any]:
    return {**result, "seconds": 0}


def interrupted(check: Check, book: Book, path: Path, pauses: int) -> dict[str, Any]:
    """Run a check again and again, each time only so far; count what is measured in all."""
    for _ in range(1000):
        state = Stopping(path, pauses)
        try:
            return run_check(check, book, Options(instances=50), progress=state)
        except KeyboardInterrupt:
            state.interrupted()
    raise AssertionError("it does not get on")


@pytest.mark.parametrize("pauses", [7, 20, 52])
def test_interruptions_change_nothing(tmp_path: Path, pauses: int) -> None:
    seen: list[Pair] = []

    def counted(at: Pair, book: Book) -> Measurement:
        seen.append(at)
        return product(at, book)

    check = toy_check(measure=counted)
    whole = run_check(check, toy_book(), Options(instances=50))
    once = len(seen)
    assert whole["passed"], whole["failures"]
    seen.clear()
    again = interrupted(check, toy_book(), tmp_path / "state.json", pauses)
    assert same(again) == same(whole)
    assert len(seen) == once  # nothing is evaluated twice
    assert whole["instances"] == 51


def test_a_violation_after_an_interruption_is_the_same(tmp_path: Path) -> None:
    m, n = op("cast", var("m", True)), op("cast", var("n", True))
    low = op("mul", num(300), op("add", m, n))
    check = toy_check(sharp=[], mutants=[])
    whole = run_check(check, toy_book(low), Options(instances=50))
    assert not whole["passed"]
    again = interrupted(check, toy_book(low), tmp_path / "state.json", 310)
    assert same(again) == same(whole)


@pytest.mark.parametrize("text", ["", "{}", '{"schema": 1, "key": "key"}', "[]"])
def test_a_damaged_state_is_not_taken_up(tmp_path: Path, text: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(text, encoding="utf-8")
    assert State(path, "key").earlier() is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("drawn", [7, "another hash"]), ("drawn", None), ("best", {}), ("seconds", None)],
)
def test_a_state_of_other_instances_is_dropped(tmp_path: Path, name: str, value: Any) -> None:
    state = State(tmp_path / "state.json", "key", every=0)
    whole = run_check(toy_check(), toy_book(), Options(instances=20), progress=state)
    document = json.loads(state.path.read_text(encoding="utf-8"))
    document["kept"][name] = value
    state.path.write_text(json.dumps(document), encoding="utf-8")
    again = run_check(toy_check(), toy_book(), Options(instances=20), progress=state)
    assert same(again) == same(whole)


def run(root: Path, *theorems: str, instances: int = 5, seed: int = 0, **more: Any) -> Any:
    build = root / "build"
    options = Options(instances=instances, seed=seed)
    return verify(build / "theorems.json", build / "checks.json", theorems, options, **more)


NAMES = ("gd_pl", "gd_strongly_convex", "gd_convex")


def test_an_interrupted_run_of_many_goes_on(sample_checkout: Path) -> None:
    whole = run(sample_checkout, *NAMES)
    (sample_checkout / "build" / "checks.json").unlink()
    ended: list[str] = []

    def finished(result: dict[str, Any]) -> None:
        ended.append(result["theorem"])
        if len(ended) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(sample_checkout, *NAMES, finished=finished)
    kept = read_results(sample_checkout / "build" / "checks.json")
    assert sorted(kept) == sorted(ended)
    more: list[str] = []
    outcome = run(sample_checkout, *NAMES, finished=lambda result: more.append(result["theorem"]))
    assert sorted(ended + more) == sorted(FULL + name for name in NAMES)
    assert [same(entry) for entry in outcome.results] == [same(e) for e in whole.results]
    assert not any((sample_checkout / "build" / "verify").iterdir())


def test_a_result_that_was_kept_is_not_computed_again(sample_checkout: Path) -> None:
    """The run is killed after the check has ended, and before its result is collected."""
    whole = run(sample_checkout, "gd_pl")
    entry = {k: v for k, v in whole.results[0].items() if k != "fingerprint"}
    (sample_checkout / "build" / "checks.json").unlink()
    path = sample_checkout / "build" / "verify" / "Optimization.gd_pl.json"
    State(path, whole.results[0]["fingerprint"]).finish({**entry, "instances": 12345})
    outcome = run(sample_checkout, "gd_pl")
    assert outcome.results[0]["instances"] == 12345
    assert outcome.resumed == {FULL + "gd_pl"}
    State(path, whole.results[0]["fingerprint"]).finish({**entry, "instances": 12345})
    fresh = run(sample_checkout, "gd_pl", force=True)
    assert fresh.results[0]["instances"] == entry["instances"]


@pytest.mark.parametrize("change", [{"seed": 1}, {"instances": 6}])
def test_what_was_kept_with_other_options_is_not_taken_up(
    sample_checkout: Path, change: dict[str, int]
) -> None:
    whole = run(sample_checkout, "gd_pl")
    path = sample_checkout / "build" / "verify" / "Optimization.gd_pl.json"
    State(path, whole.results[0]["fingerprint"]).finish(dict(whole.results[0]))
    assert not run(sample_checkout, "gd_pl", **change).resumed


def stored(root: Path) -> dict[str, Any]:
    return read_results(root / "build" / "checks.json")


def test_fewer_instances_keep_the_result_of_more(sample_checkout: Path) -> None:
    strong = run(sample_checkout, "gd_pl", "gd_convex", instances=9)
    assert {entry["asked"] for entry in strong.results} == {9}
    before = (sample_checkout / "build" / "checks.json").read_bytes()
    weak = run(sample_checkout, "gd_pl", instances=4)
    assert weak.reused == weak.stronger == {FULL + "gd_pl"}
    assert weak.results == [strong.results[0]]
    assert (sample_checkout / "build" / "checks.json").read_bytes() == before
    same_again = run(sample_checkout, "gd_pl", instances=9)
    assert (same_again.reused, same_again.stronger) == ({FULL + "gd_pl"}, frozenset())
    document = {"schema": 2, "checks": list(stored(sample_checkout).values())}
    jsonschema.validate(document, schema())


@pytest.mark.parametrize(
    "change", [{"instances": 10}, {"instances": 4, "seed": 1}, {"instances": 4, "force": True}]
)
def test_other_options_and_a_fresh_run_do_not_keep_it(
    sample_checkout: Path, change: dict[str, Any]
) -> None:
    strong = run(sample_checkout, "gd_pl", instances=9)
    other = run(sample_checkout, "gd_pl", **change)
    assert not other.reused | other.stronger
    entry = stored(sample_checkout)[FULL + "gd_pl"]
    assert entry["asked"] == change["instances"]
    assert entry["fingerprint"] != strong.results[0]["fingerprint"]


@pytest.mark.parametrize(
    "damage", [{"passed": False}, {"asked": 5}, {"asked": "9"}, {"asked": 10}, {"asked": None}]
)
def test_a_stronger_result_that_failed_or_is_damaged_is_not_kept(
    sample_checkout: Path, damage: dict[str, Any]
) -> None:
    run(sample_checkout, "gd_pl", instances=9)
    entry = stored(sample_checkout)[FULL + "gd_pl"]
    write_results(sample_checkout / "build" / "checks.json", [{**entry, **damage}])
    assert not run(sample_checkout, "gd_pl", instances=4).reused


def test_a_stronger_result_of_another_formula_is_not_kept(sample_checkout: Path) -> None:
    run(sample_checkout, "gd_pl", instances=9)
    falsify(sample_checkout)
    weak = run(sample_checkout, "gd_pl", instances=4)
    assert not weak.reused
    assert not weak.passed


def _kept(folder: Path) -> int:
    """Return how many instances the state files have seen."""
    total = 0
    for path in folder.glob("*.json"):
        try:
            total += json.loads(path.read_text(encoding="utf-8"))["kept"]["count"]
        except (OSError, ValueError, KeyError):
            continue
    return total


@pytest.mark.skipif(os.name == "nt", reason="signals of another kind")
@pytest.mark.parametrize(("jobs", "sent"), [(1, signal.SIGINT), (2, signal.SIGTERM)])
def test_a_signal_ends_a_run_that_goes_on(sample_checkout: Path, jobs: int, sent: int) -> None:
    names = ["gd_pl", "gd_strongly_convex"]
    code = "from deeptheory.cli import main; main()"
    command = [sys.executable, "-c", code, "verify", *names, "--instances", "60", "--jobs"]
    process = subprocess.Popen(
        [*command, str(jobs)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    folder, deadline = sample_checkout / "build" / "verify", time.monotonic() + 120
    while not _kept(folder) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(sent)
    _, err = process.communicate(timeout=120)
    if process.returncode == 0:
        pytest.skip("the run was too fast to be interrupted")
    assert process.returncode == 130, err
    assert "the same command goes on from here" in err
    assert "Traceback" not in err
    assert _kept(folder) > 0
    outcome = run(sample_checkout, *names, instances=60)
    assert outcome.resumed
    assert outcome.passed
    fresh = run(sample_checkout, *names, instances=60, force=True)
    assert [same(entry) for entry in outcome.results] == [same(entry) for entry in fresh.results]


# Failing instances


def falsify(sample_checkout: Path, bound: str = "gdPLBound", factor: int = 3) -> None:
    declarations = sample_declarations()
    formula = next(e for e in declarations if e["name"].endswith(bound))["formula"]
    formula["body"] = op("div", formula["body"], num(factor))
    document = {"schema": 1, "declarations": declarations}
    (sample_checkout / "build" / "theorems.json").write_text(json.dumps(document), encoding="utf-8")


def mend(sample_checkout: Path) -> None:
    document = {"schema": 1, "declarations": sample_declarations()}
    (sample_checkout / "build" / "theorems.json").write_text(json.dumps(document), encoding="utf-8")


def test_a_failing_instance_is_written_and_replays(sample_checkout: Path, cli: Any) -> None:
    falsify(sample_checkout)
    code, out, _ = cli("verify", "gd_pl", "--instances", "20", "--jobs", "1")
    assert code == 1
    document = json.loads((sample_checkout / "build" / "checks.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema())
    failures = document["checks"][0]["failures"]
    files = [failure["file"] for failure in failures if "instance violates" in failure["reason"]]
    assert len(files) == 2  # a drawn instance, and the smallest of the chosen ones
    for file in files:
        assert f"deeptheory replay build/{file}" in out
        path = sample_checkout / "build" / file
        code, out_, err = cli("replay", str(path))
        assert code == 1
        assert "gdPLBound = (1 - μ / L) ^ k * Δ / 3" in out_
        assert "lhs ≤ rhs fails" in out_
        assert "gd_pl fails on the instance" in err
    mend(sample_checkout)
    for file in files:
        code, out_, _ = cli("replay", str(sample_checkout / "build" / file))
        assert code == 0
        assert "lhs ≤ rhs holds" in out_
        assert "when the file was written: (1 - μ / L) ^ k * Δ / 3" in out_
        code, out_, _ = cli("replay", str(sample_checkout / "build" / file), "--json")
        assert code == 0
        assert json.loads(out_)["holds"] is True


def test_a_drawn_instance_is_small_and_exact(sample_checkout: Path) -> None:
    falsify(sample_checkout)
    outcome = run(sample_checkout, "gd_pl", instances=20)
    failure = outcome.results[0]["failures"][0]
    document = read(sample_checkout / "build" / failure["file"])
    assert document["reason"] == "an instance violates the theorem"
    assert document["instance"]["exact"]["type"].startswith("deeptheory.checks.instances.")
    assert document["bound"]["formula"].endswith("/ 3")
    check = load_checks()[FULL + "gd_pl"]
    exact = instance_of(check, document["instance"])
    only_drawn = {k: v for k, v in document["instance"].items() if k != "exact"}
    assert instance_of(check, only_drawn) == exact
    assert len(json.dumps(document["instance"]["described"])) < 300


def test_a_changed_number_in_the_file_counts(sample_checkout: Path, cli: Any) -> None:
    """The instance is read from the file: an edited one is another instance."""
    instance = along_axes(fmpq(1), (fmpq(1), fmpq(1)))
    data = written(instance)
    data["exact"]["fields"]["size"] = "1/2"
    book = Book(sample_declarations())
    theorem = "DeepTheory.Generalization.linear_l2"
    content = {"reason": "", "instance": data, "seed": 0, "digits": 15}
    path = save(sample_checkout / "build" / "failures", theorem, book, content)
    code, out, _ = cli("replay", str(path))
    assert code == 1
    assert "X = 1/2" in out


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"theorem": "DeepTheory.Nowhere"}, "no theorem DeepTheory.Nowhere"),
        ({"schema": 99}, "schema version 99"),
        ({"instance": {}}, "does not say which instance failed"),
        ({"bound": 7}, "damaged"),
        ({"instance": {"exact": "1/2"}}, "has no description"),
        ({"instance": {"exact": {"type": "os:system", "fields": {}}}}, "names nothing"),
        ({"instance": {"chosen": 99}}, "no chosen instance 99"),
        ({"instance": {"chosen": 0, "described": {}}}, "no longer has this instance"),
        ({"instance": {"drawn": {}}}, "choices are damaged"),
        ({"instance": {"drawn": {"hypothesis": "0", "choices": ""}}}, "Hypothesis 0"),
    ],
)
def test_a_bad_file_is_explained(
    sample_checkout: Path, cli: Any, change: dict[str, Any], words: str
) -> None:
    falsify(sample_checkout)
    outcome = run(sample_checkout, "gd_pl")
    path = sample_checkout / "build" / outcome.results[0]["failures"][0]["file"]
    document = {**json.loads(path.read_text(encoding="utf-8")), **change}
    path.write_text(json.dumps(document), encoding="utf-8")
    code, _, err = cli("replay", str(path))
    assert code == 2
    assert words in err
    assert "Traceback" not in err


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '"x"'])
def test_a_file_of_another_kind_is_explained(cli: Any, tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(text, encoding="utf-8")
    code, _, err = cli("replay", str(path))
    assert code == 2
    assert str(path) in err.replace("\n", "")
    assert cli("replay", str(tmp_path / "none.json"))[0] == 2


def test_a_check_that_breaks_on_an_instance_names_it() -> None:
    def broken(at: Pair, book: Book) -> Measurement:
        return Measurement(fmpq(1, 0) if at.m > 90 else fmpq(0), {"m": at.m, "n": at.n})

    result = run_check(toy_check(measure=broken, mutants=[]), toy_book(), Options(instances=60))
    failure = result["failures"][0]
    assert "the check broke at test_checks_runs.py" in failure["reason"]
    assert failure["instance"] == {"m": 91, "n": 1}


# Complete checks


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"mutants": []}, "its power is not checked"),
        ({"sharp": []}, "tightness is not checked"),
        ({"claim": " "}, "nothing is claimed of its tightness"),
    ],
)
def test_a_check_without_tightness_or_power_fails(
    sample_checkout: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], words: str
) -> None:
    checks = load_checks()
    planted = replace(checks[FULL + "gd_convex"], **change)
    listed = {**checks, FULL + "gd_convex": planted}
    monkeypatch.setattr("deeptheory.checks.runner.load_checks", lambda: listed)
    outcome = run(sample_checkout, "gd_convex", instances=30)
    assert not outcome.passed
    assert words in outcome.results[0]["failures"][-1]["reason"]
    assert outcome.results[0]["passed"] is False


def test_every_check_has_soundness_tightness_and_power() -> None:
    for check in load_checks().values():
        assert check.gaps == []


def test_without_drawn_instances_a_check_fails() -> None:
    result = run_check(toy_check(instances=lambda: PAIRS.filter(lambda _: False)), toy_book())
    assert not result["passed"]


def test_progress_keeps_nothing_by_itself() -> None:
    progress = Progress()
    progress.forget()
    progress.pause()
    progress.reached({})
    assert progress.earlier() is None


def test_the_mutant_of_an_exponent_is_refuted_by_a_drawn_instance() -> None:
    square = op("add", op("pow", op("cast", var("m", True)), num(2, True)), num(10**6))
    mutant = replace_exponent(2, lambda _: Num(1, nat=True), "m^2 -> m", "linear")
    check = toy_check(
        measure=lambda at, _: Measurement(fmpq(at.m**2), {"m": at.m, "n": at.n}),
        instances=lambda: st.builds(Pair, st.integers(0, 10**6), st.just(1)),
        sharp=[Sharp(Pair(0, 1), fmpq(0))],
        mutants=[mutant],
    )
    result = run_check(check, toy_book(square), Options(instances=60))
    assert result["mutants"][0]["killed_by"] == "drawn instance"


# The command line


def test_mutants_and_rates_are_listed(cli: Any) -> None:
    args = ("--instances", "5", "--jobs", "1", "--rates", "--mutants")
    code, out, err = cli("verify", "gd_strongly_convex", *args)
    assert code == 0
    assert "mutants refuted (100 %)" in out
    assert "refuted by a sharp instance" in out
    assert "(9/10)^k" in out
    assert "as claimed" in out
    assert not err  # no progress bar, where nobody watches


def test_rates_of_one_theorem(cli: Any) -> None:
    code, out, _ = cli("rates", "gd_convex", "--instances", "5", "--jobs", "1", "--json")
    assert code == 0
    found = json.loads(out)["rates"]
    assert {entry["theorem"] for entry in found} == {FULL + "gd_convex"}
    assert {entry["claim"]["exact"] for entry in found} == {"-1"}
    code, out, _ = cli("rates", "descent_lemma", "--instances", "5", "--jobs", "1")
    assert code == 0
    assert "No series" in out


def test_a_fresh_run_reuses_nothing(cli: Any) -> None:
    args = ("verify", "gd_pl", "--instances", "5", "--jobs", "1")
    assert "current" not in cli(*args)[1]
    assert "current" in cli(*args)[1]
    assert "current" not in cli(*args, "--fresh")[1]


def test_that_more_instances_were_drawn_is_said(cli: Any) -> None:
    args = ("verify", "gd_pl", "--jobs", "1", "--instances")
    said = "current, and of more instances than asked for: 1 result (anew: --fresh)"
    assert said not in cli(*args, "6")[1]
    assert said not in cli(*args, "6")[1]
    assert said in cli(*args, "5")[1]
    assert said not in cli(*args, "5", "--fresh")[1]
