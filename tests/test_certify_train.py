"""`certify train`: the whole way from data to a certificate, with JAX."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from certify_sample import (
    check_command,
)
from deeptheory.certify.record import FILES
from deeptheory.cli import app
from deeptheory.errors import UsageError

SHORT = ["--model", "mlp:4", "--epochs", "4", "--posterior-epochs", "3", "--draws", "200"]


def _train(sample_library: Path, *more: str) -> Any:
    return CliRunner().invoke(
        app, ["certify", "train", *more], env={"DEEPTHEORY_PROJECT": str(sample_library)}
    )


def test_a_training_that_is_stopped_goes_on_to_the_same_certificate(
    sample_library: Path, blobs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("jax")
    from deeptheory.certify import run as module

    data = str(blobs / "blobs.csv")
    straight = _train(
        sample_library, "--dataset", data, *SHORT, "-o", str(tmp_path / "a"), "--json"
    )
    assert straight.exit_code == 0, straight.exception
    assert json.loads(straight.stdout)["numbers"]["k"] == 200
    whole = module.train

    def stopping(stage: str, after: int) -> Callable[..., Any]:
        def train(*args: Any, advance: Callable[[str, int], None], **kwargs: Any) -> Any:
            def told(now: str, epoch: int) -> None:
                advance(now, epoch)
                if (now, epoch) == (stage, after):
                    raise KeyboardInterrupt

            return whole(*args, advance=told, **kwargs)

        return train

    arguments = ["--dataset", data, *SHORT, "-o", str(tmp_path / "b")]
    for stage, after in (("prior", 2), ("posterior", 1)):
        monkeypatch.setattr(module, "train", stopping(stage, after))
        resume = ["--resume"] if stage == "posterior" else []
        assert _train(sample_library, *arguments, *resume).exit_code == 130
        assert [path.name for path in (tmp_path / "b").iterdir()] == [module.CHECKPOINT]
    monkeypatch.setattr(module, "train", whole)
    unasked = _train(sample_library, *arguments)
    assert "add --resume" in str(unasked.exception)
    other = _train(sample_library, *arguments, "--resume", "--seed", "1")
    assert "other options or data" in str(other.exception)
    assert _train(sample_library, *arguments, "--resume").exit_code == 0
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == sorted(FILES)
    assert check_command(sample_library, tmp_path / "b") is None
    again = _train(sample_library, *arguments)
    assert "holds certificate.json already" in str(again.exception)


def test_the_inverse_that_is_descended_on_is_the_inverse() -> None:
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    from deeptheory.certify.train import _kl_inverse

    def kl(q: float, p: float) -> float:
        return float(q * np.log(q / p) + (1 - q) * np.log((1 - q) / (1 - p)))

    for q, level in ((0.03, 0.01), (0.4, 0.2), (1e-6, 1e-3)):
        p = float(_kl_inverse(q, level))
        assert kl(q, p) == pytest.approx(level, rel=1e-6)
        for place in (0, 1):
            at, step = [q, level], 1e-6 * (q, level)[place]
            found = float(jax.grad(_kl_inverse, place)(*at))
            ends = []
            for sign in (1, -1):
                moved = list(at)
                moved[place] += sign * step
                ends.append(float(_kl_inverse(*moved)))
            assert found == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=1e-3)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--dataset", "mnist"], "There is no data set 'mnist'"),
        (["--dataset", "digits", "--model", "mlp:x"], "There is no model"),
        (["--dataset", "digits", "--model", "mlp:1024,1024"], "100000 are the most"),
        (["--dataset", "digits", "--delta", "1"], "--delta is to be between 0 and 1"),
        (["--dataset", "digits", "--delta", "nan"], "finite number"),
        (["--dataset", "digits", "--scale", "-1"], "--scale is to be between 0 and 1"),
        (["--dataset", "digits", "--label", "x"], "--label is for CSV files"),
        (["--dataset", "digits", "--objective", "x"], "quadratic or kl"),
        (["--dataset", "none.csv"], "There is no file none.csv"),
    ],
)
def test_bad_requests_are_refused_before_anything_is_written(
    arguments: list[str], says: str, sample_library: Path, tmp_path: Path
) -> None:
    result = _train(sample_library, *arguments, "-o", str(tmp_path / "out"))
    assert isinstance(result.exception, UsageError), result.exception
    assert says in str(result.exception)
    assert not (tmp_path / "out").exists()


def test_without_jax_the_remedy_is_named_and_nothing_is_written(
    sample_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jax", None)
    result = _train(sample_library, "--dataset", "digits", "-o", str(tmp_path / "out"))
    assert isinstance(result.exception, UsageError)
    assert "make certify" in str(result.exception)
    assert not (tmp_path / "out").exists()
