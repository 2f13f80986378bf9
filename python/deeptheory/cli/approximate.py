"""``deeptheory approximate``: a network for a function, with its size and its certified error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deeptheory.cli.app import app, console, errors
from deeptheory.errors import UsageError
from deeptheory.paths import find_project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flint import fmpq

    from deeptheory.approximation.build import Approximation
    from deeptheory.approximation.choice import Choice
    from deeptheory.approximation.target import Target

__all__ = ["approximate"]


@app.command()
def approximate(
    function: Annotated[
        str, typer.Option("--function", metavar="EXPR", help="A formula in x, or in x1, x2, ...")
    ],
    epsilon: Annotated[
        str, typer.Option("--epsilon", metavar="E", help="The largest error allowed: 0.01, 1/100.")
    ],
    dim: Annotated[
        str, typer.Option("--dim", metavar="D", help="The number of variables, 1 to 20.")
    ] = "1",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="NAME", help="Write NAME.npz and NAME.onnx."),
    ] = None,
    theorem: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="relu_1d_lipschitz, relu_1d_smooth or relu_universal."),
    ] = None,
    max_parameters: Annotated[
        str,
        typer.Option(metavar="K", help="The largest network to build, in weights and biases."),
    ] = "20000000",
    no_onnx: Annotated[bool, typer.Option("--no-onnx", help="Write NAME.npz alone.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Build a ReLU network that is within EPSILON of a function on the unit cube.

    For example: deeptheory approximate --function "exp(-x)*x^2" --epsilon 0.001 -o net.

    EXPR is built from numbers, variables, + - * / ^, abs, exp, log, sqrt, min and max. It is read
    by a grammar and never run. It has to be Lipschitz on the cube [0, 1]^D: its Lipschitz
    constant L, for the largest change of a coordinate, and for one variable the largest second
    derivative M, are bounded from above by interval arithmetic.

    The bounds of the theorems say how many cells N the network needs, with a millionth of EPSILON
    kept for rounding. For one variable it interpolates at N + 1 points with N units in one hidden
    layer, by relu_1d_lipschitz (error L / (2 N)) or relu_1d_smooth (M / (8 N^2)), whichever needs
    fewer. For more variables it is the largest of N^D cones, by relu_universal (L / (2 N)). The
    size is printed before the network is built; one beyond --max-parameters is refused. With -o
    weights that are zero count too, as the files hold them.

    The weights are doubles. The largest error of the network that they make, computed exactly, is
    enclosed rigorously: it lies between the two numbers printed. The .npz file holds W0, b0, W1,
    ... and metadata (JSON); the .onnx file computes y from x, of shape (points, D), in double
    precision. The same input gives the same bytes. Without -o nothing is written.
    """
    from deeptheory.approximation.build import approximate as build
    from deeptheory.approximation.choice import choices, find_theorems
    from deeptheory.approximation.export import check_onnx, check_targets, targets
    from deeptheory.approximation.target import MAX_DIM, read_target
    from deeptheory.formulas.book import Book

    allowed = _epsilon(epsilon)
    variables = _whole("--dim", dim, MAX_DIM)
    most = _whole("--max-parameters", max_parameters, 10**12)
    theorems = find_theorems(theorem, variables)
    target = read_target(function, variables)
    files = targets(output, onnx=not no_onnx) if output is not None else {}
    check_targets(files, force=force)
    if ".onnx" in files:
        check_onnx()
    book = Book.load(find_project().theorems_json)
    with errors.status("bounding the derivatives"):
        found = choices(book, target, allowed, theorems)
    chosen = found[0]
    if not as_json:
        _print_plan(target, allowed, found, tried=len(theorems))
    _check_size(chosen, most, files)
    try:
        with errors.status("building the network and enclosing its error"):
            result = build(target, allowed, chosen)
            _write(result, files)
    except MemoryError:
        raise UsageError(
            f"The network of {_large(chosen.sizes.parameters)} parameters does not fit into the "
            "memory: give a larger --epsilon."
        ) from None
    if as_json:
        print(json.dumps(_as_json(result, found, files), ensure_ascii=False, indent=1))
    else:
        _print_result(result)
    for path in files.values():
        errors.print(f"{path} holds the network", markup=False, highlight=False, soft_wrap=True)


def _epsilon(text: str) -> fmpq:
    from flint import fmpq

    from deeptheory.formulas.inputs import exact_number

    if len(text) > 60:
        raise UsageError("--epsilon is longer than any sensible number.")
    value = exact_number("--epsilon", text)
    if not isinstance(value, fmpq) or value <= 0:
        raise UsageError(f"--epsilon is to be positive, not {text}.")
    if not fmpq(1, 10**300) <= value <= 10**300:
        raise UsageError(f"--epsilon is {text}; give a number from 1e-300 to 1e300.")
    return value


def _whole(option: str, text: str, most: int) -> int:
    from fractions import Fraction

    from deeptheory.formulas.inputs import exact_number

    refusal = UsageError(f"{option} is to be a whole number from 1 to {most}, not {text!r}.")
    if len(text) > 60:
        raise UsageError(f"{option} is longer than any sensible number.")
    try:
        value = Fraction(str(exact_number(option, text)))
    except UsageError:
        raise refusal from None
    if value.denominator != 1 or not 1 <= value <= most:
        raise refusal
    return int(value)


def _check_size(chosen: Choice, most: int, files: dict[str, Path]) -> None:
    """Refuse a network that is too large, with its size."""
    from deeptheory.approximation.export import MOST_ONNX_PARAMETERS

    sizes = chosen.sizes
    count = sizes.parameters if files else sizes.nonzero
    what = "parameters, zeros included," if files else "parameters other than zero"
    if count > most:
        less = "a larger --epsilon or --max-parameters" + (
            ", or no -o" if files and sizes.nonzero <= most else ""
        )
        raise UsageError(
            f"The network of {chosen.theorem} with N = {_large(chosen.cells)} has "
            f"{_large(count)} {what} and --max-parameters is {most}: give {less}."
        )
    if ".onnx" in files and count > MOST_ONNX_PARAMETERS:
        raise UsageError(
            f"The network has {_large(count)} parameters and an ONNX file holds at most "
            f"{MOST_ONNX_PARAMETERS} doubles: give --no-onnx."
        )


def _write(result: Approximation, files: dict[str, Path]) -> None:
    from deeptheory.approximation.export import npz_bytes, onnx_bytes
    from deeptheory.certify.files import write_all

    makers = {".npz": npz_bytes, ".onnx": onnx_bytes}
    contents: dict[Path, str | bytes] = {}
    for ending, path in files.items():
        contents[path] = makers[ending](result.net, result.describe())
    write_all(contents)


def _as_json(
    result: Approximation, found: Sequence[Choice], files: dict[str, Path]
) -> dict[str, Any]:
    sizes = result.choice.sizes
    return {
        **result.describe(),
        "ratio": _ratio(result),
        "guaranteed": {
            "depth": sizes.depth,
            "neurons": sizes.neurons,
            "parameters": sizes.parameters,
            "nonzero_at_most": sizes.nonzero,
            "weights_at_most": str(sizes.weight),
        },
        "candidates": [
            {"theorem": choice.theorem, "N": choice.cells, "bound": str(choice.bound)}
            for choice in found
        ],
        "files": [str(path) for path in files.values()],
    }


def _line(text: str, style: str = "") -> None:
    console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


def _print_plan(target: Target, epsilon: fmpq, found: Sequence[Choice], tried: int) -> None:
    from deeptheory.approximation.choice import LINE

    cube = "[0, 1]" if target.dim == 1 else f"[0, 1]^{target.dim}"
    _line(f"f({', '.join(target.variables)}) = {target.text} on {cube}, ε = {_short(epsilon)}")
    for choice in found:
        formula = choice.formula.text()
        _line(
            f"{choice.theorem:17}  {choice.letter} ≤ {_upper(choice.constant)}  "
            f"N = {_large(choice.cells)}  {formula} = {_upper(choice.bound)}",
            "bold" if choice is found[0] and len(found) > 1 else "",
        )
    chosen = found[0]
    if len(found) > 1:
        _line(f"{chosen.theorem} builds the network: no other needs fewer units")
    elif tried > 1 and chosen.theorem in LINE:
        _line("relu_1d_smooth does not apply: no bound for a second derivative was found")
    sizes = chosen.sizes
    _line(
        f"size   depth {sizes.depth}, {_large(sizes.neurons)} neurons, at most "
        f"{_large(sizes.nonzero)} parameters other than zero of {_large(sizes.parameters)}, "
        f"weights at most {_upper(sizes.weight)}"
    )


def _print_result(result: Approximation) -> None:
    net, error = result.net, result.error
    _line(f"built  {net.nonzero} parameters other than zero, largest weight {net.max_weight:.6g}")
    ratio = _ratio(result)
    place = ", ".join(f"{_plain(coordinate):.6g}" for coordinate in error.place)
    _line(
        f"error  in [{_lower(error.low)}, {_upper(error.high)}], largest near ({place})"
        + ("" if ratio is None else f"; {ratio:.4f} of the bound")
    )
    if result.within:
        _line(f"error ≤ {_upper(error.high)} ≤ ε", "bold green")
    else:
        _line(
            f"The enclosure does not decide whether the error is at most ε: {_upper(error.high)} "
            "was reached. The theorem says so for weights that are not rounded.",
            "bold yellow",
        )


def _ratio(result: Approximation) -> float | None:
    """Return the error over the bound, from above, where the bound is not zero."""
    bound = result.choice.bound
    return _plain(result.error.high / bound) if bound else None


def _short(value: fmpq) -> str:
    """Return a number as a decimal where six digits say it exactly, else as a fraction."""
    from deeptheory.formulas.inputs import exact_number

    decimal = f"{_plain(value):.6g}"
    return decimal if exact_number("ε", decimal) == value else str(value)


def _plain(value: fmpq) -> float:
    return int(value.p) / int(value.q)


def _large(value: int) -> str:
    """Write a number in full, or where it is long as a power of ten."""
    return (
        str(value) if value < 10**15 else f"about 10^{(value.bit_length() - 1) * 30103 // 100000}"
    )


def _upper(value: fmpq) -> str:
    return _decimal(value, up=True)


def _lower(value: fmpq) -> str:
    return _decimal(value, up=False)


def _decimal(value: fmpq, *, up: bool) -> str:
    """Write a number that is not negative with six digits, rounded upwards or downwards."""
    from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

    context = Context(prec=6, rounding=ROUND_CEILING if up else ROUND_FLOOR)
    found = context.divide(Decimal(int(value.p)), Decimal(int(value.q)))
    return f"{found:g}" if found else "0"
