r"""Formulas as LaTeX: ``L * D ^ 2 / (2 * k)`` becomes ``\frac{L D^{2}}{2 k}``."""

from __future__ import annotations

import re

from deeptheory.formulas.syntax import At, Call, Fold, Ite, Node, Num, Op, Var

__all__ = ["name_to_latex", "to_latex"]

_ATOM, _POWER, _PRODUCT, _UNARY, _SUM, _BINDER = 6, 5, 4, 3, 2, 1
_LETTERS = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda",
    "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma",
    "τ": r"\tau", "φ": r"\varphi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma",
    "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Ξ": r"\Xi", "Π": r"\Pi", "Σ": r"\Sigma",
    "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega", "ℓ": r"\ell",
}  # fmt: skip
_WRITTEN_OUT = {command.lstrip("\\"): command for command in _LETTERS.values()} | {
    "epsilon": r"\varepsilon",
    "phi": r"\varphi",
}
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_RELATIONS = {"lt": "<", "le": r"\le", "eq": "=", "ne": r"\ne"}
_NAME = re.compile(r"(.*?)_?([0-9]*)('*)")


def name_to_latex(name: str) -> str:
    r"""Print a variable's name.

    Examples
    --------
    >>> name_to_latex("x₀"), name_to_latex("μ"), name_to_latex("fx")
    ('x_{0}', '\\mu', '\\mathit{fx}')
    """
    match = _NAME.fullmatch(name.translate(_SUBSCRIPTS))
    stem, number, primes = match.groups() if match else (name, "", "")
    head, _, tail = stem.partition("_")
    subscript = ",".join(part for part in (_word(tail) if tail else "", number) if part)
    return _word(head) + (f"_{{{subscript}}}" if subscript else "") + primes


def _word(word: str) -> str:
    if word in _WRITTEN_OUT:
        return _WRITTEN_OUT[word]
    if word in _LETTERS:
        return _LETTERS[word]
    if len(word) == 1 and word.isalpha():
        return word
    letters = [f"{_LETTERS[letter]} " if letter in _LETTERS else letter for letter in word]
    inside = "".join(letters).strip().replace("_", r"\_")
    return rf"\mathit{{{inside}}}"


def to_latex(node: Node) -> str:
    """Print a tree as LaTeX for math mode."""
    return _latex(node)[0]


def _brackets(text: str) -> str:
    return rf"\left({text}\right)"


def _at_least(node: Node, strength: int) -> str:
    text, own = _latex(node)
    return text if own >= strength else _brackets(text)


def _square_of(node: Node) -> Node | None:
    """Return x where a node is x^2."""
    if isinstance(node, Op) and node.op == "pow" and node.args[1] == Num(2, nat=True):
        return node.args[0]
    if isinstance(node, Op) and node.op == "mul" and node.args[0] == node.args[1]:
        return node.args[0]
    return None


def _squared_norm(node: Node) -> str | None:
    """Recognise the sum of the squares of a vector's or a matrix's entries, and name the norm."""
    indices: list[str] = []
    inner = node
    while isinstance(inner, Fold) and inner.kind == "sum":
        indices.append(inner.index)
        inner = inner.body
    entry = _square_of(inner)
    depth = len(indices)
    while isinstance(entry, At) and indices:
        if entry.index != Var(indices.pop(), nat=True):
            return None
        entry = entry.vector
    if indices or depth == 0 or depth > 2 or not isinstance(entry, Var):
        return None
    return rf"\left\lVert {name_to_latex(entry.name)} \right\rVert_{{{'2' if depth == 1 else 'F'}}}"


def _latex(node: Node) -> tuple[str, int]:
    match node:
        case Num(value):
            return (str(value), _ATOM) if value >= 0 else (str(value), _UNARY)
        case Var(name):
            return (name_to_latex(name), _ATOM)
        case Op():
            return _operation(node)
        case Fold(kind, index, size, body):
            norm = _squared_norm(node)
            if norm is not None:
                return (f"{norm}^{{2}}", _POWER)
            limits = rf"_{{{name_to_latex(index)}=0}}^{{{_last(size)}}}"
            sign = r"\sum" if kind == "sum" else r"\prod"
            return (f"{sign}{limits} {_at_least(body, _PRODUCT)}", _BINDER)
        case At(At(matrix, row), column) if isinstance(matrix, Var):
            return (f"{_indexed(matrix.name)}_{{{to_latex(row)},{to_latex(column)}}}", _ATOM)
        case At(vector, index) if isinstance(vector, Var):
            return (f"{_indexed(vector.name)}_{{{to_latex(index)}}}", _ATOM)
        case At(vector, index):
            return (f"{_brackets(to_latex(vector))}_{{{to_latex(index)}}}", _ATOM)
        case Ite(relation, lhs, rhs, then, otherwise):
            test = f"{to_latex(lhs)} {_RELATIONS[relation]} {to_latex(rhs)}"
            rows = rf"{to_latex(then)} & {test} \\ {to_latex(otherwise)} & \text{{otherwise}}"
            return (rf"\begin{{cases}} {rows} \end{{cases}}", _ATOM)
        case Call(name, args):
            short = name.rsplit(".", 1)[-1].replace("_", r"\_")
            return (
                rf"\operatorname{{{short}}}\left({', '.join(to_latex(arg) for arg in args)}\right)",
                _ATOM,
            )


def _indexed(name: str) -> str:
    text = name_to_latex(name)
    return f"{{{text}}}" if "_" in text else text


def _last(size: Node) -> str:
    if isinstance(size, Num):
        return str(size.value - 1)
    return f"{_at_least(size, _SUM)} - 1"


def _product(left: Node, right: Node) -> str:
    first, second = _at_least(left, _PRODUCT), _at_least(right, _POWER)
    dotted = second[:1].isdigit() or (first[-1:].isdigit() and second.startswith(r"\frac"))
    return rf"{first} \cdot {second}" if dotted else f"{first} {second}"


def _operation(node: Op) -> tuple[str, int]:
    op, args = node.op, node.args
    match op:
        case "cast":
            return _latex(args[0])
        case "add":
            return (f"{_at_least(args[0], _SUM)} + {_at_least(args[1], _PRODUCT)}", _SUM)
        case "sub" if node.nat:
            left, right = _at_least(args[0], _SUM), _at_least(args[1], _PRODUCT)
            return (rf"{left} \mathbin{{\dot{{-}}}} {right}", _SUM)
        case "sub":
            return (f"{_at_least(args[0], _SUM)} - {_at_least(args[1], _PRODUCT)}", _SUM)
        case "mul":
            return (_product(args[0], args[1]), _PRODUCT)
        case "div" if node.nat:
            quotient = rf"\frac{{{to_latex(args[0])}}}{{{to_latex(args[1])}}}"
            return (rf"\left\lfloor {quotient} \right\rfloor", _ATOM)
        case "div":
            return (rf"\frac{{{to_latex(args[0])}}}{{{to_latex(args[1])}}}", _PRODUCT)
        case "inv":
            return (rf"\frac{{1}}{{{to_latex(args[0])}}}", _PRODUCT)
        case "pow" | "rpow":
            return (f"{_at_least(args[0], _ATOM)}^{{{to_latex(args[1])}}}", _POWER)
        case "neg":
            return (f"-{_at_least(args[0], _PRODUCT)}", _UNARY)
        case "sqrt":
            norm = _squared_norm(args[0])
            return (norm, _ATOM) if norm else (rf"\sqrt{{{to_latex(args[0])}}}", _ATOM)
        case "exp":
            return (f"e^{{{to_latex(args[0])}}}", _POWER)
        case "abs":
            return (rf"\left|{to_latex(args[0])}\right|", _ATOM)
        case "choose":
            return (rf"\binom{{{to_latex(args[0])}}}{{{to_latex(args[1])}}}", _ATOM)
        case "klInv":
            inside = rf"{to_latex(args[0])} \,\middle|\, {to_latex(args[1])}"
            return (rf"\mathrm{{kl}}^{{-1}}\left({inside}\right)", _ATOM)
        case _:  # log, min, max
            inside = ", ".join(to_latex(arg) for arg in args)
            return (rf"\{op}\left({inside}\right)", _ATOM)
