"""A small checkout with a catalog, check results and coverage, for the tests of the index."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from deeptheory.paths import Project

PLANTED = "<script>alert('planted')</script>"
AXIOMS = ["Classical.choice", "Quot.sound", "propext"]
CONVEX = """/-! Gradient descent. -/

namespace DeepTheory.Optimization

/-- The bound. -/
noncomputable def gdConvexBound (L D : R) (k : Nat) : R :=
  L * D ^ 2 / (2 * k)

/-- Gradient descent -/
def gd (g : V → V) (L : R) (x₀ : V) : Nat → V := iterate (step g L) x₀

/-- **Gradient descent on a smooth convex function.** -/
theorem gd_convex (hf : Convex f) (hL : 0 < L) (x₀ xs : V) (hk : 0 < k) :
    f (gd g L x₀ k) - f xs ≤ gdConvexBound L ‖x₀ - xs‖ k := by
  /- a comment
     over lines -/
  exact proof hf

theorem gd_convex_witness : ∃ f : V → R, Convex f := by
  exact witness

theorem gd_convex_sharp : ∃ f : V → R, f (gd g L x₀ k) = gdConvexBound L D k := by
  exact sharp

end DeepTheory.Optimization
"""


def declaration(name: str, kind: str, line: int, signature: str, **fields: Any) -> dict[str, Any]:
    module, _, _ = name.rpartition(".")
    family = module.removeprefix("DeepTheory.").lower()
    full_module = f"{module}.Convex" if family == "optimization" else f"{module}.Basic"
    return {
        "name": name,
        "short": name.removeprefix("DeepTheory."),
        "kind": kind,
        "module": full_module,
        "family": family,
        "file": f"lean/{full_module.replace('.', '/')}.lean",
        "line": line,
        "end_line": line + 1,
        "doc": None,
        "title": None,
        "prose": None,
        "signature": signature,
        "type": signature.partition(" : ")[2],
        "axioms": AXIOMS,
        "axioms_complete": False,
        "proof_head": None,
        "uses": [],
        "type_uses": [],
        "card": None,
        "hypotheses": [],
        "binders": [],
        "conclusion": {
            "text": signature.partition(" : ")[2],
            "relation": None,
            "lhs": None,
            "rhs": None,
            "bound_args": None,
            "mentions": [],
        },
        "formula": None,
    } | fields


def catalog() -> dict[str, Any]:
    prefix = "DeepTheory.Optimization."
    var = {"L": {"var": "L"}, "D": {"var": "D"}, "k": {"var": "k", "type": "nat"}}
    two = {"nat": "2"}
    square = {"op": "pow", "args": [var["D"], {"nat": "2", "type": "nat"}]}
    body = {
        "op": "div",
        "args": [
            {"op": "mul", "args": [var["L"], square]},
            {"op": "mul", "args": [two, {"op": "cast", "args": [var["k"]]}]},
        ],
    }
    params = [
        {"name": name, "type": kind, "size": None, "shape": [], "implicit": False}
        for name, kind in (("L", "real"), ("D", "real"), ("k", "nat"))
    ]
    return {
        "schema": 1,
        "lean": {"version": "4.28.0", "commit": "unknown", "toolchain": "embedded"},
        "declarations": [
            declaration(
                "DeepTheory.Analysis.Convex",
                "definition",
                4,
                "def Convex (f : V → R) : Prop",
                prose=f"Below its chords. {PLANTED} ![picture](http://example.org/a.png)",
                title="Convexity",
            ),
            declaration(
                "DeepTheory.Analysis.convex",
                "theorem",
                9,
                "theorem convex : True",
                prose="Differs from `Convex` in case only.",
            ),
            declaration(
                f"{prefix}gdConvexBound",
                "definition",
                6,
                "noncomputable def gdConvexBound (L D : R) (k : Nat) : R",
                formula={"params": params, "body": body},
            ),
            declaration(
                f"{prefix}gd", "definition", 10, "def gd (g : V → V) (L : R) (x₀ : V) : Nat → V"
            ),
            declaration(
                f"{prefix}gd_convex",
                "theorem",
                13,
                "theorem gd_convex (hf : Convex f) (hL : 0 < L) (x₀ xs : V) (hk : 0 < k) :\n"
                "    f (gd g L x₀ k) - f xs ≤ gdConvexBound L ‖x₀ - xs‖ k",
                end_line=17,
                title="Gradient descent on a smooth convex function",
                prose="The gap after `k` steps is at most `gdConvexBound`. Why one cares: it "
                "is the first rate that one learns.",
                uses=["DeepTheory.Analysis.Convex", f"{prefix}gdConvexBound", f"{prefix}gd"],
                type_uses=["DeepTheory.Analysis.Convex", f"{prefix}gdConvexBound", f"{prefix}gd"],
                card={
                    "controls": ["optimization"],
                    "assumes": "f convex, gradient L-Lipschitz, step 1/L",
                    "bound": f"{prefix}gdConvexBound",
                    "witness": f"{prefix}gd_convex_witness",
                    "sharp": {"theorem": f"{prefix}gd_convex_sharp", "note": "up to 2k/(2k+1)"},
                    "source": "Nesterov 2018, Theorem 2.1.14",
                },
                binders=[
                    {"name": "L", "type": "R", "kind": "real", "used": True},
                    {"name": "x₀", "type": "V", "kind": "vector", "used": True},
                ],
                conclusion={
                    "text": "f (gd g L x₀ k) - f xs ≤ gdConvexBound L ‖x₀ - xs‖ k",
                    "relation": "le",
                    "lhs": None,
                    "rhs": None,
                    "bound_args": [var["L"], {"text": "‖x₀ - xs‖"}, var["k"]],
                    "mentions": [f"{prefix}gdConvexBound", f"{prefix}gd"],
                },
            ),
            declaration(
                f"{prefix}gd_convex_witness",
                "theorem",
                19,
                "theorem gd_convex_witness : ∃ f : V → R, Convex f",
                uses=["DeepTheory.Analysis.Convex"],
                type_uses=["DeepTheory.Analysis.Convex"],
            ),
            declaration(
                f"{prefix}gd_convex_sharp",
                "theorem",
                22,
                "theorem gd_convex_sharp : ∃ f : V → R, f (gd g L x₀ k) = gdConvexBound L D k",
                uses=[f"{prefix}gd", f"{prefix}gdConvexBound"],
                type_uses=[f"{prefix}gd", f"{prefix}gdConvexBound"],
            ),
            declaration(
                f"{prefix}gd_momentum",
                "theorem",
                25,
                "theorem gd_momentum (hL : 0 < L) : f (gd g L x₀ k) ≤ gdConvexBound L D k",
                title="Gradient descent with momentum",
                prose="An accelerated relative.",
                uses=[f"{prefix}gd_convex", f"{prefix}gdConvexBound"],
                type_uses=[f"{prefix}gdConvexBound"],
                card={
                    "controls": ["optimization", "momentum"],
                    "assumes": "`f` smooth, x* and y* <i>free</i>, `gd`",
                    "bound": f"{prefix}gdConvexBound",
                    "witness": f"{prefix}gd_convex_witness",
                    "sharp": {"theorem": None, "note": "open, best known factor 2"},
                    "source": "Polyak 1964",
                },
            ),
            declaration(
                "DeepTheory.Analysis.mean_value",
                "theorem",
                20,
                "theorem mean_value : ∃ c, f b - f a = f' c * (b - a)",
                title="Mean value theorem",
                card={
                    "controls": ["analysis"],
                    "assumes": "f differentiable",
                    "bound": None,
                    "witness": f"{prefix}gd_convex_witness",
                    "sharp": {"theorem": None, "note": "open"},
                    "source": "folklore",
                },
            ),
        ],
    }


def checks() -> dict[str, Any]:
    ks = [2**n for n in range(11)]
    return {
        "schema": 2,
        "checks": [
            {
                "theorem": "DeepTheory.Optimization.gd_convex",
                "bound": "DeepTheory.Optimization.gdConvexBound",
                "passed": True,
                "failures": [],
                "instances": 200,
                "max_ratio": {
                    "decimal": "0.96875",
                    "radius": "0",
                    "exact": "31/32",
                    "instance": {"function": f"Huber {PLANTED}", "steps": "16"},
                },
                "max_error": None,
                "laws": [],
                "claim": "the ratio 2k/(2k+1) on a Huber function",
                "mutants": [
                    {
                        "name": "times 99/100",
                        "description": "it is attained",
                        "killed": True,
                        "killed_by": "sharp instance",
                    },
                    {
                        "name": "without convexity",
                        "description": f"drop it {PLANTED}",
                        "killed": True,
                        "killed_by": "instance that violates the hypothesis",
                    },
                ],
                "seconds": 1.25,
                "seed": 7,
                "digits": 15,
                "bits": 128,
                "fingerprint": "0f1e",
                "series": [
                    {
                        "label": "Huber function",
                        "x": {"label": "steps k", "scale": "log", "values": ks},
                        "y": {"scale": "log"},
                        "bound": [1 / (2 * k) for k in ks],
                        "measured": [1 / (4 * k + 2) for k in ks],
                        "ratio": [2 * k / (4 * k + 2) for k in ks[:-1]] + [None],
                        "rate": {
                            "variable": "k",
                            "kind": "power",
                            "claim": {"slope": -1.0, "exact": "-1", "logarithms": False},
                            "bound": -1.0,
                            "measured": {
                                "slope": -0.9972,
                                "low": -0.9991,
                                "high": -0.9953,
                                "level": 0.95,
                            },
                            "points": 6,
                            "from": 32,
                            "to": 1024,
                            "verdict": "slack shrinks",
                        },
                    }
                ],
            },
            {
                "theorem": "DeepTheory.Analysis.mean_value",
                "bound": None,
                "passed": True,
                "failures": [],
                "instances": 54,
                "max_ratio": None,
                "max_error": "4.8e-18",
                "laws": ["some c in (a, b) has the slope", f"f'(c) is the slope {PLANTED}"],
                "claim": "no assumption can be dropped",
                "mutants": [
                    {
                        "name": "c is the midpoint",
                        "description": "true of parabolas only",
                        "killed": True,
                        "killed_by": "drawn instance",
                    }
                ],
                "seconds": 0.25,
                "seed": 0,
                "digits": 15,
                "bits": 64,
                "fingerprint": "2d3c",
                "series": [
                    {
                        "label": "a parabola",
                        "x": {"label": "x", "scale": "linear"},
                        "y": {"scale": "linear"},
                        "curves": [
                            {"name": "f", "line": False, "points": [[0, 0], [0.5, 0.25], [1, 1]]},
                            {"name": "chord", "line": True, "points": [[0, 0], [1, 1]]},
                        ],
                    }
                ],
            },
        ],
    }


COVERAGE = """
[[row]]
id = "gd-convex"
family = "optimization"
tier = "mission"
statement = "f(x_k)-f* <= L |x_0-x*|^2/(2k)"
source = "Nesterov 2018, 2.1.14"
state = "delivered"
theorems = ["Optimization.gd_convex"]

[[row]]
id = "gd-momentum"
family = "optimization"
tier = "mission"
statement = "momentum"
source = "Polyak 1964"
state = "partial"
note = "the smooth case"
theorems = ["Optimization.gd_momentum"]

[[row]]
id = "massart"
family = "rademacher"
tier = "breadth"
statement = "r sqrt(2 log|A|)/n <b>bold</b>"
source = "Massart 2000"
state = "open"
theorems = []
"""


def experiments() -> dict[str, Any]:
    """Return results on data of five kinds of classifiers at two sizes, for one theorem."""
    keys = ("first", "second", "third", "fourth", "fifth")

    def entry(key: str, n: int) -> dict[str, Any]:
        exact = key == "second"
        return {
            "model": key,
            "n": n,
            "theorem": "DeepTheory.Optimization.gd_momentum",
            "rests_on": ["DeepTheory.Optimization.gd_convex", "DeepTheory.Gone.away"],
            "arguments": {"n": str(n)},
            "training_error": "1/50",
            "held_out_error": "0" if exact else "1/25",
            "starts_from": {"what": "training error", "value": "1/50"},
            "added": {"decimal": f"{1 / n}", "radius": "0"},
            "bound": {"decimal": f"{1 / 50 + 1 / n}", "radius": "0"},
            "ratio": None if exact else {"decimal": f"{1 / 2 + 25 / n}", "radius": "0"},
            "checked": ["0 < n"],
            "assumed": [],
        }

    return {
        "schema": 1,
        "experiments": [
            {
                "name": "sample-data",
                "title": "A sample of data",
                "source": f"nowhere {PLANTED}",
                "delta": "1/20",
                "held_out": 25,
                "models": [
                    {"key": key, "title": f"{key} kind", "description": PLANTED} for key in keys
                ],
                "entries": [entry(key, n) for key in keys for n in (10, 100)],
                "choices": ["rows in order"],
                "met": ["inputs in the ball"],
                "assumed": ["independent draws"],
            }
        ],
    }


PROVENANCE = """
["Optimization.gd_convex"]
kind = "variant"
of = "Nesterov 2018, Theorem 2.1.14 <i>"
differs = "Against any point."
"""
ASSUMPTIONS = """
[[assumption]]
id = "convex"
title = "f is convex <b>"
words = ["f convex"]
dropped = [
  { theorem = "Optimization.gd_momentum", instead_of = "Optimization.gd_convex", price = "<i>no" },
]
"""
CITATION = """cff-version: 1.2.0
title: "A title: of its own"
version: 0.1.0
date-released: 2026-11-25
authors:
  - name: The Sample authors
"""


def large_catalog(theorems: int) -> dict[str, Any]:
    """Return a catalog with many headline theorems in ten families, and words of many kinds."""
    small = catalog()
    model = next(d for d in small["declarations"] if d["name"].endswith(".gd_convex"))
    stems = ["gradient", "convex", "margin", "kernel", "entropy", "stability", "dropout", "width"]
    made = []
    for n in range(theorems):
        words = [f"{stems[(n + 3 * k) % 8]}{n * k % 97}" for k in range(60)]
        name = f"DeepTheory.Family{n % 10}.{'_'.join(words[1:4])}_{n}"
        made.append(
            {
                **model,
                "name": name,
                "short": name.removeprefix("DeepTheory."),
                "module": "DeepTheory.Optimization.Convex",
                "family": f"family{n % 10}",
                "title": f"On {' '.join(words[4:8])}",
                "prose": f"{' '.join(words)}.",
                "card": {**model["card"], "assumes": " ".join(words[8:20])},
            }
        )
    return {**small, "declarations": [*small["declarations"], *made]}


def make_project(root: Path, *, with_checks: bool = True) -> Project:
    """Write the checkout and return it."""
    project = Project(root)
    folder = project.lean / "DeepTheory" / "Optimization"
    folder.mkdir(parents=True)
    (root / "lakefile.lean").touch()
    (folder / "Convex.lean").write_text(CONVEX, encoding="utf-8")
    project.build.mkdir()
    project.theorems_json.write_text(json.dumps(catalog()), encoding="utf-8")
    if with_checks:
        project.checks_json.write_text(json.dumps(checks()), encoding="utf-8")
    project.experiments_json.write_text(json.dumps(experiments()), encoding="utf-8")
    project.coverage_toml.write_text(COVERAGE, encoding="utf-8")
    project.provenance_toml.write_text(PROVENANCE, encoding="utf-8")
    project.assumptions_toml.write_text(ASSUMPTIONS, encoding="utf-8")
    project.citation_cff.write_text(CITATION, encoding="utf-8")
    return project
