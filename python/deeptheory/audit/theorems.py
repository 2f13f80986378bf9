"""Rules on what was proved: statements that say nothing, hypotheses that nothing needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deeptheory.audit.constants import docstring_constants
from deeptheory.audit.findings import Finding
from deeptheory.audit.unfold import unfold
from deeptheory.catalog import Catalog, Declaration
from deeptheory.catalog.closure import STANDARD_AXIOMS

__all__ = ["THEOREM_RULES", "audit_catalog", "unfold"]

Rule = Callable[[Declaration, Catalog], Iterator[str]]

# Constants at the head of a proof that says nothing.
TRIVIAL_PROOFS = (
    "trivial",
    "True.intro",
    "rfl",
    "Eq.refl",
    "HEq.refl",
    "HEq.rfl",
    "Iff.refl",
    "Iff.rfl",
    "le_refl",
    "le_rfl",
)


def axioms(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """Nothing rests on an axiom beyond the three standard ones."""
    for axiom in d.axioms:
        if axiom not in STANDARD_AXIOMS:
            yield f"{d.short} rests on the axiom {axiom}"


def unused_hypotheses(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """Every hypothesis of a theorem is needed by its proof."""
    if d.kind == "theorem":
        for h in d.hypotheses:
            if not h.used:
                yield f"{d.short}: the proof does not need {h.name} : {h.text}; remove it"


def impossible_hypotheses(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """No headline theorem assumes a falsehood."""
    if d.is_headline and any(h.text == "False" for h in d.hypotheses):
        yield f"{d.short} assumes False"


def true_conclusion(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """No theorem concludes True."""
    if d.kind == "theorem" and re.search(r"(?:\A|, |→ |∧ )True\)*\Z", d.conclusion.text):
        yield f"{d.short} concludes True, which says nothing"


def same_sides(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """No theorem compares a term with itself; no headline does so after unfolding its bound."""
    if d.kind != "theorem":
        return
    match = re.match(r"(?P<lhs>.+?) (?:=|≤|↔) (?P<rhs>.+)\Z", _line(d.conclusion.text))
    if match and match["lhs"] == match["rhs"]:
        yield f"{d.short} compares a term with itself"
    elif d.is_headline and d.conclusion.lhs is not None and d.conclusion.rhs is not None:
        lhs, rhs = unfold(d.conclusion.lhs, catalog), unfold(d.conclusion.rhs, catalog)
        if lhs == rhs:
            yield f"{d.short} compares a term with itself once its definitions are unfolded"


def open_existential(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """No headline claims a bound that it is free to choose."""
    if not d.is_headline:
        return
    text = _line(d.conclusion.text)
    match = re.match(r"∃ (?P<names>[^,]+), (?P<body>.*)\Z", text)
    if match is None:
        return
    names = [n.strip("()") for n in re.sub(r":[^)]*", "", match["names"]).split()]
    conjuncts = match["body"].split(" ∧ ")
    for name in names:
        about = [c for c in conjuncts if re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", c)]
        if about and all(_above(c, name) for c in about):
            yield f"{d.short} is true for any large enough {name}: state the bound itself"


def _above(claim: str, name: str) -> bool:
    """Whether a claim only asks a variable to be large, or equal to something."""
    variable = re.escape(name)
    large = rf"(?:[^∀∃→]*? (?:≤|<|=) {variable}|{variable} (?:≥|>|=) [^∀∃→]*)"
    return re.fullmatch(large, claim.strip("() ")) is not None


def mentions_bound(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """Require that the conclusion of a headline holds the bound that its card names."""
    if d.card and d.card.bound and d.card.bound not in d.conclusion.mentions:
        yield f"{d.short}: the conclusion does not mention the card's bound {d.card.bound}"


def sharp_mentions_bound(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """Require that a theorem named for sharpness speaks of the bound."""
    if d.card and d.card.bound and d.card.sharp.theorem:
        sharp = catalog.by_name.get(d.card.sharp.theorem)
        if sharp is not None and d.card.bound not in sharp.type_uses:
            yield f"{d.short}: {sharp.short} does not mention the bound {d.card.bound}"


def witness_assumes(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """Require that a witness assumes nothing but comparisons of numbers."""
    witness = catalog.by_name.get(d.card.witness) if d.card else None
    if witness is None:
        return
    for h in witness.hypotheses:
        if h.relation is None:
            yield f"{d.short}: its witness {witness.short} itself assumes {h.text}"


def witness_meets(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """Require that a witness speaks of every property that the theorem assumes."""
    witness = catalog.by_name.get(d.card.witness) if d.card else None
    if witness is None:
        return
    assumed = set(d.type_uses) - set(d.conclusion.mentions)
    for name in sorted(assumed - set(witness.type_uses)):
        used = catalog.by_name.get(name)
        if used is not None and used.kind != "class" and used.conclusion.text == "Prop":
            yield f"{d.short}: its witness {witness.short} does not show {used.short}"


def named_theorems(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """Require that the theorems that a card names say what they show."""
    if d.card:
        for name in (d.card.witness, d.card.sharp.theorem):
            named = catalog.by_name.get(name) if name else None
            if named is not None and not named.doc:
                yield f"{d.short}: {named.short} has no docstring that says what it shows"


def trivial_proof(d: Declaration, catalog: Catalog) -> Iterator[str]:
    """No headline is proved by reflexivity."""
    if d.is_headline and d.proof_head is not None:
        last = d.proof_head.rsplit(".", 1)[-1]
        if d.proof_head in TRIVIAL_PROOFS or last in ("le_refl", "le_rfl", "refl", "rfl"):
            yield f"{d.short} is proved by {d.proof_head} alone: it says nothing"


THEOREM_RULES: dict[str, Rule] = {
    "axioms": axioms,
    "unused-hypothesis": unused_hypotheses,
    "false-hypothesis": impossible_hypotheses,
    "true-conclusion": true_conclusion,
    "same-sides": same_sides,
    "open-existential": open_existential,
    "bound-missing": mentions_bound,
    "sharp-other": sharp_mentions_bound,
    "witness-assumes": witness_assumes,
    "witness-short": witness_meets,
    "undocumented": named_theorems,
    "trivial-proof": trivial_proof,
    "constants": docstring_constants,
}
"""The rules by name."""


def audit_catalog(catalog: Catalog) -> list[Finding]:
    """Apply every rule to every declaration of a catalog."""
    return sorted(
        Finding(d.file, d.line, name, message)
        for d in catalog
        for name, rule in THEOREM_RULES.items()
        for message in rule(d, catalog)
    )


def _line(text: str) -> str:
    return " ".join(text.split())
