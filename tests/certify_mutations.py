"""Ways to tamper with a certificate, for `certify_fuzz`: each makes files from a genuine one."""

from __future__ import annotations

import copy
import json
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from flint import fmpq

from certify_archives import (
    DATA,
    JSON,
    LEAN,
    WEIGHTS,
    Files,
    Genuine,
    Special,
    arrays,
    containers,
    headers,
    npy,
    packed,
)
from deeptheory.certify.certificate import DRAWS_SHARE, network_digest
from deeptheory.certify.data import Examples
from deeptheory.certify.law import GridLaw
from deeptheory.certify.montecarlo import count_errors, draw_seed
from deeptheory.certify.split import certify_split, shown
from deeptheory.certify.split_statement import render_split
from deeptheory.errors import DeepTheoryError

# JSON with keys twice and with tokens that no writer of JSON makes


class Raw(str):
    """A token that is written as it stands."""


class Pairs(list[tuple[str, Any]]):
    """An object with its keys in order, some perhaps twice."""


def tree(value: Any) -> Any:
    """Turn objects into `Pairs`."""
    if isinstance(value, dict):
        return Pairs((key, tree(inner)) for key, inner in value.items())
    return [tree(inner) for inner in value] if isinstance(value, list) else value


def text(value: Any) -> str:
    """Write such a tree as JSON."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, Pairs):
        return "{" + ", ".join(f"{json.dumps(k)}: {text(v)}" for k, v in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(text, value)) + "]"
    return json.dumps(value)


def places(value: Any) -> Iterator[tuple[Any, int]]:
    """Yield every object or list in a tree, with the number of an entry."""
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield value, index
            yield from places(entry[1] if isinstance(value, Pairs) else entry)


def get(holder: Any, index: int) -> Any:
    return holder[index][1] if isinstance(holder, Pairs) else holder[index]


def put(holder: Any, index: int, value: Any) -> None:
    holder[index] = (holder[index][0], value) if isinstance(holder, Pairs) else value


WORDS = (
    "", " ", "0", "1", "-1", "1/2", "1/0", "0/0", "01/2", "2/4", " 1/2", "1/2 ", "1/2\n", "+1/2",
    "１/２", "1⁄2", "1_0", "1e-3", "0.5", "nan", "inf", "x) sorry", "1/2 : Rat) := sorry --",
    "-/ axiom a : False /-", "#eval 1", "native_decide", "theorem x : 1 = 2 := by sorry",
    "«p»", "DeepTheory.Generalization.split_certified ", "DeepTheοry.Generalization", "\ud800",
    "\u202e1/2", "\x1b[31m", "\0", "../../etc/passwd", "csv", "CSV", "csv\n", "digits",
    "0.5 ± 1e-20", "0.5 +- 1e-20", "9" * 61, "9" * 5000, "1/" + "9" * 61, "a" * 10_000, "0" * 64,
    "g" * 64, "0" * 32, "DEADBEEF" * 8, "1.0\u200b",
)  # fmt: skip
TOKENS = (
    "NaN", "Infinity", "-Infinity", "1e5", "1.0", "-0", "-1", "00", "0x1", "1e400", "9" * 4000,
    "9" * 5000, "-" + "9" * 30, "true", "false", "null", "[]", "{}", "[[]]", "[1, 2]", "'1'", "1/2",
    "/* x */ 1", "\"\\ud800\"", "\"\\u0000\"", "\"\\x\"", "", "9223372036854775808", "2147483648",
    "4611686018427387905", "1" + "0" * 12,
)  # fmt: skip
KEYS = (
    "note", "", "p ", "р", "__proto__", "numbers", "k", "sha256", "\ud800", "\n", "a" * 5000,
    "theorem := sorry", "schema", "notes", "\u202ek", "numbers.p",
)  # fmt: skip


def nasty(rng: random.Random) -> Any:
    kind = rng.random()
    if kind < 0.4:
        return rng.choice(WORDS)
    if kind < 0.75:
        return Raw(rng.choice(TOKENS))
    if kind < 0.85:
        return Raw(nested(rng))
    return rng.choice(
        [rng.randint(-5, 400), rng.randint(-(2**70), 2**70), 10 ** rng.randint(0, 99)]
    )


def nested(rng: random.Random) -> str:
    depth = int(10 ** rng.uniform(0, 5))
    left, right = rng.choice([("[", "]"), ('{"a": ', "}"), ('{"p": [', "]}")])
    middle = rng.choice(["1", "", '"x"'])
    return left * depth + middle + (right * depth if rng.random() < 0.8 else "")


def nudged(rng: random.Random, value: Any) -> Any:
    """Change a value a little, so that mostly its form stays."""
    if isinstance(value, bool) or value is None:
        return rng.choice([0, 1, "", None, "0" * 64])
    if isinstance(value, int):
        other = [value + 1, value - 1, -value, 10 * value, 2 * value, value // 2, 0, 1, 2**31 - 1]
        return rng.choice([*other, 2**62, str(value), Raw(f"{value}.0"), Raw(f"{value}e0"),
                           Raw(f"0{value}"), [value], value + rng.randint(-50, 50)])  # fmt: skip
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,99}(/[0-9]{1,99})?", value):
        top, bottom = (int(part) for part in [*value.split("/"), "1"][:2])
        many = rng.randint(2, 9)
        return rng.choice([f"{top + 1}/{bottom}", f"{max(top - 1, 0)}/{bottom}", str(top),
                           f"{top}/{bottom + 1}", f"{top * many}/{bottom * many}", f"-{value}",
                           f"0{value}", f"{bottom}/{max(top, 1)}", f"{value} ", f"{top}/0",
                           f"{top}/{bottom}0", f"{top * 10}/{bottom}", f"{value}.0"])  # fmt: skip
    if isinstance(value, str) and value:
        at = rng.randrange(len(value))
        near = rng.choice("0123456789abcdefzA ./±é")
        return rng.choice([value[:at] + near + value[at + 1 :], value[:at] + value[at + 1 :],
                           value.upper(), value + near, value[::-1], value * 2])  # fmt: skip
    return nasty(rng)


def change_tree(rng: random.Random, record: Any) -> None:
    """Apply one change to a tree of a record."""
    kind = rng.choice(("delete", "add", "twice", "rename", "replace", "replace", "nudge", "nudge",
                       "nudge", "swap", "move"))  # fmt: skip
    every = list(places(record))
    if not every:
        return
    holder, index = rng.choice(every)
    if kind == "delete":
        del holder[index]
    elif kind == "twice":
        entry = copy.deepcopy(holder[index])
        holder.insert(rng.randint(0, len(holder)), entry)
        if rng.random() < 0.7:
            put(holder, rng.choice([index, len(holder) - 1]), nasty(rng))
    elif kind == "add":
        value = nasty(rng)
        name = rng.choice(KEYS)
        holder.insert(index, (name, value) if isinstance(holder, Pairs) else value)
    elif kind == "rename" and isinstance(holder, Pairs):
        key, value = holder[index]
        holder[index] = rng.choice([*KEYS, key.upper(), key + "s", key[:-1]]), value
    elif kind == "replace":
        put(holder, index, nasty(rng))
    elif kind == "swap":
        other, place = rng.choice(every)
        one, two = copy.deepcopy(get(holder, index)), copy.deepcopy(get(other, place))
        put(holder, index, two)
        if place < len(other):
            put(other, place, one)
    elif kind == "move":
        value = copy.deepcopy(get(holder, index))
        other, place = rng.choice(every)
        put(other, place, value)
    else:
        leaves = [(h, i) for h, i in every if not isinstance(get(h, i), list)]
        if not leaves:
            return
        holder, index = rng.choice(leaves)
        put(holder, index, nudged(rng, get(holder, index)))


def json_tree(rng: random.Random, own: Genuine, _: Genuine) -> Files:
    record = tree(own.record)
    for _round in range(rng.choice((1, 1, 1, 2, 4))):
        change_tree(rng, record)
    return {JSON: text(record).encode("utf-8", "surrogatepass")}


def json_bytes(rng: random.Random, own: Genuine, _: Genuine) -> Files:
    content = bytearray(own.files[JSON])
    for _round in range(rng.randint(1, 4)):
        place, length = rng.randrange(len(content)), rng.choice((0, 1, 1, 5, 60))
        more = bytes(rng.choices(b'0123456789"{}[],:-.eNaI\\u\xff\n ', k=rng.randint(0, 4)))
        content[place : place + length] = more
    return {JSON: bytes(content)}


def json_whole(rng: random.Random, own: Genuine, _: Genuine) -> Files:
    whole = own.files[JSON]
    record = own.record
    return {
        JSON: rng.choice(
            [
                lambda: whole[: rng.randrange(len(whole))],
                lambda: whole + rng.choice([b"{}", b"\0", b" ", b"\n" * 9, b"x", b"#"]),
                lambda: b"\xef\xbb\xbf" + whole,
                lambda: whole.decode().encode(rng.choice(["utf-16", "utf-32", "utf-16-le"])),
                lambda: whole.replace(b"\n", b" " * rng.randint(0, 20_000)),
                lambda: b" " * 2**20 + whole,
                lambda: nested(rng).encode(),
                lambda: json.dumps(dict(sorted(record.items()))).encode(),
                lambda: json.dumps([record]).encode(),
                lambda: json.dumps(json.dumps(record)).encode(),
                lambda: rng.randbytes(rng.randint(0, 2000)),
                lambda: b"",
            ]
        )()
    }


# The Lean file

INSERTED = (
    "axiom cheat : False", "#eval 1", "theorem more : 1 = 1 := rfl", "-- p ≤ 1/100",
    "/- theorem split_risk_le : True := trivial -/", "set_option maxRecDepth 100", "sorry",
    "public import Lean", "namespace Certified", "end Certified", "open Lean", "-/", "/-", " ", "",
    "attribute [simp] split_risk_le", 'macro "x" : term => `(1)', "opaque p : Rat",
    "instance : RealField Nat := sorry", f"theorem {'x' * 50_000} : True := trivial",
    "private axiom «≤» : False",
)  # fmt: skip
ALIKE = ("≤⩽", "≤<", "≤≦", "δδ", "δ𝛿", "μµ", "ρp", "⁻¹", "∀Ɐ", "ππ", "  ", "  ", "\n\r", "oо", "eе",
         "pр", "->", "(（", "11", "1١", ".․")  # fmt: skip


def lean(rng: random.Random, own: Genuine, other: Genuine) -> Files:
    whole = own.files[LEAN].decode()
    lines = whole.split("\n")
    at = rng.randrange(len(lines))

    def number() -> str:
        found = rng.choice(list(re.finditer(r"\d+", whole)))
        value = rng.choice([int(found[0]) + 1, max(int(found[0]) - 1, 0), 0, int(found[0] + "0")])
        return f"{whole[: found.start()]}{value}{whole[found.end() :]}"

    def alike() -> str:
        pair = rng.choice(ALIKE)
        spots = [i for i, sign in enumerate(whole) if sign == pair[0]]
        if not spots:
            return whole + pair[1:]
        spot = rng.choice(spots)
        return whole[:spot] + pair[1:] + whole[spot + 1 :]

    def word() -> str:
        words = ["split_risk_le", "by decide +kernel", "split_certified", "RealField", "klBin", "≤",
                 "AbsCont", "check_sound_at", "below_one", "Fintype", "klDiv"]  # fmt: skip
        old = rng.choice(words)
        new = rng.choice([*words, "sorry", "by native_decide", "trivial", "", "cheat", "x" * 9999])
        return whole.replace(old, new, rng.choice((1, -1)))

    changed = rng.choice(
        [
            number,
            number,
            alike,
            word,
            lambda: "\n".join([*lines[:at], rng.choice(INSERTED), *lines[at:]]),
            lambda: "\n".join(lines[:at] + lines[at + 1 :]),
            lambda: "\n".join(
                [*lines[:at], lines[at] + " " + rng.choice(INSERTED), *lines[at + 1 :]]
            ),
            lambda: "\n".join([*lines[:at], "-- " + lines[at], *lines[at + 1 :]]),
            lambda: whole[: rng.randrange(len(whole))],
            lambda: whole + rng.choice(["\n", " ", "\0", *INSERTED, whole]),
            lambda: rng.choice(["\ufeff", "\n", " ", "\u200b"]) + whole,
            lambda: whole.replace("\n", rng.choice(["\r\n", "\r", "\u2028", "\x0b", " "])),
            lambda: other.files[LEAN].decode(),
            lambda: "",
        ]
    )()
    content = changed.encode()
    if rng.random() < 0.05:
        place = rng.randrange(len(content) + 1)
        content = (
            content[:place] + rng.choice([b"\xff", b"\xc0\x80", b"\xed\xa0\x80"]) + content[place:]
        )
    return {LEAN: content}


# Files that are none


def _sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(2**31)


def specials(rng: random.Random, own: Genuine, _: Genuine) -> Files:
    """Put something else in the place of a file."""
    kinds: list[Special] = [
        lambda path: None,
        lambda path: path.mkdir(),
        lambda path: path.symlink_to(path.name),
        lambda path: path.symlink_to(path.parent),
        lambda path: path.symlink_to("nowhere"),
        lambda path: path.write_bytes(b"") and None,
        lambda path: path.write_bytes(rng.randbytes(rng.randint(1, 3000))) and None,
        _sparse,
    ]
    if hasattr(os, "mkfifo"):
        kinds += [os.mkfifo, lambda path: path.symlink_to("/dev/zero")]
    return {rng.choice([JSON, LEAN, DATA, WEIGHTS]): rng.choice(kinds)}


# Lies that fit together


def dumped(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, indent=1).encode()


def splices(rng: random.Random, own: Genuine, other: Genuine) -> Files:
    """Put parts of one certificate into another."""
    record = copy.deepcopy(own.record)
    files: Files = {}
    for section, content in other.record.items():
        if rng.random() < 0.3:
            record[section] = copy.deepcopy(content)
        elif isinstance(content, dict):
            for key, value in content.items():
                if rng.random() < 0.1:
                    record[section][key] = copy.deepcopy(value)
    for name in (LEAN, DATA, WEIGHTS):
        if rng.random() < 0.3:
            files[name] = other.files[name]
    return {**files, JSON: dumped(record)}


def lies(rng: random.Random, own: Genuine, _: Genuine) -> Files:
    """State a smaller risk, with every number on the way and the Lean file as they should be."""
    record = copy.deepcopy(own.record)
    stated = record["numbers"]
    delta, entropy = fmpq(stated["confidence_delta"]), fmpq(stated["K"])
    given = {"n": stated["n"], "k": stated["k"], "errors": stated["errors"]}
    changed = rng.sample(["n", "k", "errors", "K", "delta"], rng.randint(1, 3))
    if not given["errors"] and "K" not in changed:
        changed.append("K")  # without an error, more draws might make none either
    for key in changed:
        if key == "K":
            entropy = entropy * rng.randint(0, 99) / 100
        elif key == "delta":
            delta = (delta + 1) / 2
        elif key == "errors":
            given["errors"] = rng.randrange(max(given["errors"], 1))
        else:
            given[key] += rng.randint(1, 500)
    shares = {"delta": delta * (1 - DRAWS_SHARE), "draws_delta": delta * DRAWS_SHARE}
    try:
        found = certify_split(own.book, **given, entropy=entropy, **shares)
    except DeepTheoryError:
        return {JSON: dumped({**record, "numbers": {**stated, "p": "0"}})}
    stated.update(
        given,
        q=str(found.q), r=str(found.r), p=str(found.p), K=str(found.entropy),
        draws_between=str(found.draws_between), between=str(found.between),
        draws_level=shown(found.draws_side), level=shown(found.side),
        kl_q_r=shown(found.inner), kl_r_p=shown(found.outer),
    )  # fmt: skip
    if changed != ["delta"] and rng.random() < 0.5:  # otherwise it would be true
        stated.update({key: str(value) for key, value in shares.items()})
        stated["confidence_delta"] = str(delta)
    return {
        JSON: dumped(record),
        LEAN: render_split(found, record["parts"]["prior"]).encode(),
    }


def reweighted(rng: random.Random, own: Genuine, _: Genuine) -> Files:
    """Change weights or data, with the hashes and the seed of the draws as they should be."""
    record = copy.deepcopy(own.record)
    law, examples = own.law, own.examples
    if rng.random() < 0.5:
        table = law.posterior.copy()
        row = table[rng.randrange(len(table))]
        i, j = rng.sample(range(len(row)), 2)
        amount = int(row.max()) // rng.choice([1, 2, 1000])
        i = int(row.argmax())
        row[i] -= amount
        row[j] += amount
        start = law.start + rng.choice([0, 0, 1])
        law = GridLaw(start, law.prior, table)
    else:
        inputs, labels = examples.inputs.copy(), examples.labels.copy()
        flipped = rng.sample(range(len(labels)), rng.choice([1, 5, len(labels) // 3]))
        if rng.random() < 0.5:
            labels[flipped] = 1 - labels[flipped]
        else:
            inputs[flipped, 0] = np.where(labels[flipped] == 1, 1, -1)
        examples = Examples(examples.name, inputs, labels, examples.unit, examples.limit,
                            examples.source)  # fmt: skip
    record["network"]["sha256"] = network_digest(own.network, law, record["parts"]["seed"])
    record["data"]["sha256"] = examples.digest
    record["numbers"]["draw_seed"] = f"{draw_seed(law, examples):032x}"
    counts = count_errors(own.network, law, examples, own.parts, record["numbers"]["k"])
    if counts.bound == record["numbers"]["errors"]:
        record["numbers"]["K"] = "1/1000"  # otherwise all that is stated might be true
    tables = {"start": law.start, "prior": law.prior, "posterior": law.posterior}
    given = {"inputs": examples.inputs, "labels": examples.labels}
    return {
        JSON: dumped(record),
        WEIGHTS: packed([(f"{k}.npy", npy(v.astype("<i8"))) for k, v in tables.items()]),
        DATA: packed([(f"{k}.npy", npy(v.astype("<i4"))) for k, v in given.items()]),
    }


MUTATIONS: dict[str, tuple[int, Callable[[random.Random, Genuine, Genuine], Files]]] = {
    "record, its tree": (54, json_tree),
    "record, its bytes": (16, json_bytes),
    "record, as a whole": (4, json_whole),
    "Lean file": (2, lean),
    "arrays": (6, arrays),
    "headers of arrays": (6, headers),
    "zip files": (6, containers),
    "no files": (3, specials),
    "parts of two": (1, splices),
    "lies that fit": (1, lies),
    "new hashes": (1, reweighted),
}
"""For each kind how often it is taken, and the function that makes the files that differ."""


def kinds(rng: random.Random) -> Iterator[str]:
    """Yield kinds by their shares, the same for a seed."""
    names = list(MUTATIONS)
    shares = [share for share, _ in MUTATIONS.values()]
    while True:
        yield from rng.choices(names, shares, k=100)
