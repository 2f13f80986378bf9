"""Networks as files: NumPy archives and ONNX models, the same bytes for the same network."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from deeptheory import __version__
from deeptheory.approximation.doubles import DoubleNetwork
from deeptheory.errors import UsageError

__all__ = ["check_onnx", "check_targets", "npz_bytes", "onnx_bytes", "targets"]

OPSET, IR_VERSION = 17, 8
"""Versions of 2022, which every runtime of today reads."""
MOST_ONNX_PARAMETERS = (2**31 - 2**20) // 8
"""An ONNX file without external data holds at most 2 GiB."""


def targets(name: Path, *, onnx: bool) -> dict[str, Path]:
    """Return the files to write for ``-o NAME``, by their endings; NAME may have one of them."""
    text = str(name)
    stem = text.removesuffix(".npz").removesuffix(".onnx")
    return {ending: Path(stem + ending) for ending in (".npz", *([".onnx"] if onnx else []))}


def check_targets(files: Mapping[str, Path], *, force: bool) -> None:
    """Refuse names under which no file can be written, or one is there already.

    Raises
    ------
    UsageError
        Where that is so; the sentence says what to do.
    """
    from deeptheory.certify.files import check_targets as check

    for ending, path in files.items():
        check({"-o": (path, ending)})
        if path.exists() and not force:
            raise UsageError(f"{path} is there already: give another -o NAME, or --force.")


def check_onnx() -> None:
    """Refuse to write ONNX files where the package is not installed.

    Raises
    ------
    UsageError
        Where it is not.
    """
    try:
        import onnx  # noqa: F401
    except ImportError:
        raise UsageError(
            "An ONNX file needs the package onnx, which is not installed: run `make networks` in "
            "the checkout, or give --no-onnx for the .npz file alone."
        ) from None


def npz_bytes(net: DoubleNetwork, metadata: Mapping[str, Any]) -> bytes:
    """Return an archive of the arrays ``W0``, ``b0``, ``W1``, ... and of ``metadata``, as JSON."""
    arrays: dict[str, Any] = {**net.dense(), "metadata": np.array(_text(metadata))}
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def onnx_bytes(net: DoubleNetwork, metadata: Mapping[str, Any]) -> bytes:
    """Return an ONNX model: ``Gemm`` and ``Relu`` in double precision, checked by onnx.

    Its input ``x`` has the shape ``(points, inputs)``, its output ``y`` the shape ``(points, 1)``.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    arrays = net.dense()
    nodes, before = [], "x"
    for number in range(net.depth + 1):
        last = number == net.depth
        after = "y" if last else f"z{number}"
        layer = [before, f"W{number}", f"b{number}"]
        nodes.append(helper.make_node("Gemm", layer, [after], name=f"layer{number}", transB=1))
        if not last:
            before = f"h{number}"
            nodes.append(helper.make_node("Relu", [after], [before], name=f"relu{number}"))
    sizes = {"x": arrays["W0"].shape[1], "y": 1}
    ends = {
        name: helper.make_tensor_value_info(name, TensorProto.DOUBLE, ["points", size])
        for name, size in sizes.items()
    }
    graph = helper.make_graph(
        nodes,
        "network",
        [ends["x"]],
        [ends["y"]],
        [numpy_helper.from_array(array, name) for name, array in arrays.items()],
    )
    model = helper.make_model(
        graph,
        producer_name="deeptheory",
        producer_version=__version__,
        ir_version=IR_VERSION,
        opset_imports=[helper.make_opsetid("", OPSET)],
    )
    helper.set_model_props(model, {"metadata": _text(metadata)})
    onnx.checker.check_model(model, full_check=True)
    written: bytes = model.SerializeToString(deterministic=True)
    return written


def _text(metadata: Mapping[str, Any]) -> str:
    return json.dumps(metadata, ensure_ascii=False, sort_keys=True)
