"""Trains stochastic networks with JAX and Optax: first a prior, then a posterior.

Nothing that is certified rests on this module: whatever the training did, the certificate counts
the errors of the network that came out.  It is deterministic: the noise and the order of the rows
come from numpy with seeds, a word for each epoch, so that a run that was stopped goes on as if
nothing had happened.  Only this module needs JAX.
"""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deeptheory.certify.data import Examples, Parts
from deeptheory.certify.grid import Trained
from deeptheory.errors import UsageError
from deeptheory.files import replacing_bytes

__all__ = ["Options", "check_installed", "train"]

Reals = NDArray[np.float64]

_BATCH = 64
_RATES = (3e-3, 3e-4)  # of the prior's and of the posterior's training, falling like a cosine
_LEAST_PROBABILITY = 1e-2  # bounds the loss that stands for the error


@dataclass(frozen=True)
class Options:
    """How to train.

    Parameters
    ----------
    hidden : tuple of int
        The widths of the hidden layers.
    seed : int
        What start, noise and order depend on.
    epochs, posterior_epochs : int
        How often the rows of the prior and of the bound are gone through.
    scale : float
        The deviation of each weight under the prior.
    objective : {"quadratic", "kl"}
        The bound that the posterior minimises: the quadratic form, or the inverse of the relative
        entropy.
    delta : float
        The probability of failure in that bound.
    """

    hidden: tuple[int, ...]
    seed: int
    epochs: int
    posterior_epochs: int
    scale: float
    objective: str
    delta: float


def check_installed() -> None:
    """Refuse to train where JAX or Optax are not installed.

    Raises
    ------
    UsageError
        Where they are not.
    """
    try:
        import jax  # noqa: F401
        import optax  # noqa: F401
    except ImportError:
        raise UsageError(
            "Training needs JAX and Optax, which are not installed: run `make certify` in the "
            "checkout."
        ) from None


def train(
    examples: Examples,
    parts: Parts,
    options: Options,
    checkpoint: Path,
    *,
    resume: bool,
    advance: Callable[[str, int], None] = lambda _stage, _epoch: None,
) -> Trained:
    """Train a prior on the first part of the data and a posterior on the second.

    Parameters
    ----------
    examples, parts : Examples, Parts
        The data; the held-out part is never looked at.
    options : Options
        How to train.
    checkpoint : Path
        Where the state is kept after each epoch.
    resume : bool
        Whether to go on from that file, where there is one.
    advance : callable, optional
        Is told the stage, ``prior`` or ``posterior``, and how many of its epochs are done.

    Raises
    ------
    UsageError
        Where JAX is not installed, the file is of another run, or the training diverged.
    """
    check_installed()
    import jax

    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_platforms", "cpu")
    run = _Run(examples, parts, options, checkpoint)
    run.load(resume)
    prior = run.stage("prior", parts.prior, run.start(), options.epochs, advance)
    means = [layer for layer, _ in prior]
    posterior = run.stage("posterior", parts.bound, prior, options.posterior_epochs, advance)
    scales = [np.exp(layer) for _, layer in posterior]
    trained = Trained(
        options.hidden, means, options.scale, [layer for layer, _ in posterior], scales
    )
    if not all(np.isfinite(layer).all() for layer in (*means, *trained.means, *scales)):
        raise UsageError(
            "The training diverged: some weight is no finite number; check the columns of the data."
        )
    return trained


_Layers = list[tuple[Any, Any]]


class _Run:
    """One training with its checkpoint."""

    def __init__(
        self, examples: Examples, parts: Parts, options: Options, checkpoint: Path
    ) -> None:
        self.options = options
        self.checkpoint = checkpoint
        self.inputs = examples.inputs / examples.unit
        self.labels = examples.labels
        self.sizes = (self.inputs.shape[1], *options.hidden, examples.classes)
        self.n = len(parts.bound)
        self.saved: dict[str, tuple[int, list[Any]]] = {}
        told = {**asdict(options), "data": examples.digest, "batch": _BATCH, "rates": _RATES}
        self.identity = json.dumps(told, sort_keys=True)

    # The state

    def start(self) -> _Layers:
        """Return the layers to begin with: random means, and the logarithms of deviations."""
        random = np.random.default_rng((self.options.seed, 0))
        layers = []
        for before, after in pairwise(self.sizes):
            weights = random.normal(size=(after, before)) * math.sqrt(2 / before)
            means = np.hstack([weights, np.zeros((after, 1))])
            layers.append((means, np.full_like(means, math.log(self.options.scale))))
        return layers

    def load(self, resume: bool) -> None:
        """Read the checkpoint, where there is one to go on from."""
        if not resume or not self.checkpoint.exists():
            return
        try:
            with np.load(self.checkpoint, allow_pickle=False) as held:
                arrays = {name: held[name] for name in held.files}
            identity = bytes(arrays.pop("identity")).decode()
            for stage in ("prior", "posterior"):
                names = sorted(name for name in arrays if name.startswith(f"{stage}."))
                if names:
                    epoch = int(arrays[f"{stage}.epoch"])
                    leaves = [arrays[name] for name in names if not name.endswith("epoch")]
                    self.saved[stage] = epoch, leaves
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            raise UsageError(f"{self.checkpoint} is damaged: delete it and begin again.") from None
        if identity != self.identity:
            raise UsageError(
                f"{self.checkpoint} is from a run with other options or data: give the same ones, "
                "or another folder."
            )

    def save(self, stage: str, epoch: int, leaves: Sequence[Any]) -> None:
        """Write the checkpoint at once or not at all."""
        self.saved[stage] = epoch, [np.asarray(leaf) for leaf in leaves]
        arrays: dict[str, NDArray[Any]] = {
            "identity": np.frombuffer(self.identity.encode(), dtype=np.uint8)
        }
        for name, (done, held) in self.saved.items():
            arrays[f"{name}.epoch"] = np.array(done)
            for number, leaf in enumerate(held):
                arrays[f"{name}.{number:04}"] = leaf
        with replacing_bytes(self.checkpoint) as stream:
            np.savez(stream, **arrays)  # type: ignore[arg-type]

    # The training

    def stage(
        self,
        name: str,
        rows: NDArray[np.int64],
        layers: _Layers,
        epochs: int,
        advance: Callable[[str, int], None],
    ) -> _Layers:
        """Train on some rows; return the layers after the last epoch."""
        import jax
        import optax

        posterior = name == "posterior"
        batch = min(_BATCH, len(rows))
        steps = len(rows) // batch
        schedule = optax.cosine_decay_schedule(_RATES[posterior], max(1, epochs * steps))
        optimizer = optax.adam(schedule)
        trained = layers if posterior else [means for means, _ in layers]
        state = (trained, optimizer.init(trained))
        leaves, shape = jax.tree_util.tree_flatten(state)
        done = 0
        if name in self.saved:
            done, held = self.saved[name]
            if [np.shape(leaf) for leaf in held] != [np.shape(leaf) for leaf in leaves]:
                raise UsageError(f"{self.checkpoint} is damaged: delete it and begin again.")
            state = jax.tree_util.tree_unflatten(shape, held)
        loss = self._posterior_loss(layers) if posterior else self._prior_loss(layers)

        def step(carry: Any, given: Any) -> Any:
            weights, memory = carry
            slope = jax.grad(loss)(weights, *given)
            change, memory = optimizer.update(slope, memory, weights)
            return (optax.apply_updates(weights, change), memory), None

        epoch_of = jax.jit(lambda state, given: jax.lax.scan(step, state, given)[0])
        for epoch in range(done, epochs):
            given = self._epoch(rows, steps, batch, (self.options.seed, 1 + posterior, epoch))
            state = epoch_of(state, given)
            self.save(name, epoch + 1, jax.tree_util.tree_leaves(state))
            advance(name, epoch + 1)
        result = jax.tree_util.tree_map(np.asarray, state[0])
        if posterior:
            return [(means, logs) for means, logs in result]
        return list(zip(result, [logs for _, logs in layers], strict=True))

    def _epoch(
        self, rows: NDArray[np.int64], steps: int, batch: int, seed: tuple[int, ...]
    ) -> tuple[Any, ...]:
        """Return the inputs, labels and noise of one epoch, a row a step."""
        random = np.random.default_rng(seed)
        chosen = random.permutation(rows)[: steps * batch].reshape(steps, batch)
        noise = [random.normal(size=(steps, batch, after)) for after in self.sizes[1:]]
        return self.inputs[chosen], self.labels[chosen], noise

    @staticmethod
    def _logits(means: Any, logs: Any, inputs: Any, noise: Any) -> Any:
        """Return the outputs of networks with random weights, fresh ones for each row.

        The sums over independent normal weights are normal: they are drawn, not the weights.
        """
        import jax.numpy as jnp

        values = inputs
        for layer, (mean, log, own) in enumerate(zip(means, logs, noise, strict=True)):
            if layer:
                values = jnp.maximum(values, 0)
            values = jnp.concatenate([values, jnp.ones((len(values), 1))], axis=1)
            spread = jnp.sqrt(values**2 @ jnp.exp(2 * log).T + 1e-12)
            values = values @ mean.T + spread * own
        return values

    def _prior_loss(self, layers: _Layers) -> Callable[..., Any]:
        import optax

        logs = [log for _, log in layers]

        def loss(means: Any, inputs: Any, labels: Any, noise: Any) -> Any:
            logits = self._logits(means, logs, inputs, noise)
            return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean()

        return loss

    def _posterior_loss(self, prior: _Layers) -> Callable[..., Any]:
        import jax
        import jax.numpy as jnp

        # A relaxation to descend on, in doubles; the certified number is computed elsewhere.
        scale, n = self.options.scale, self.n
        price = math.log(2 * math.sqrt(n) / self.options.delta)

        def loss(layers: Any, inputs: Any, labels: Any, noise: Any) -> Any:
            means, logs = [mean for mean, _ in layers], [log for _, log in layers]
            logits = self._logits(means, logs, inputs, noise)
            scores = jax.nn.log_softmax(logits)[jnp.arange(len(labels)), labels]
            least = _LEAST_PROBABILITY
            bounded = -jnp.log(least + (1 - least) * jnp.exp(scores))
            risk = jnp.clip(bounded.mean() / math.log(self.sizes[-1]), 1e-6, 0.999)
            entropy = sum(
                (
                    math.log(scale)
                    - log
                    + (jnp.exp(2 * log) + (mean - own) ** 2) / (2 * scale**2)
                    - 0.5
                ).sum()
                for (mean, log), (own, _) in zip(layers, prior, strict=True)
            )
            level = (entropy + price) / n
            if self.options.objective == "kl":
                return _kl_inverse(risk, level)
            return (jnp.sqrt(risk + level / 2) + jnp.sqrt(level / 2)) ** 2

        return loss


def _kl_inverse(q: Any, level: Any) -> Any:
    """Return the inverse of the relative entropy of coins, with its slopes, in doubles."""
    import jax
    import jax.numpy as jnp

    def entropy(q: Any, p: Any) -> Any:
        return q * jnp.log(q / p) + (1 - q) * jnp.log((1 - q) / (1 - p))

    def halve(_: int, ends: Any) -> Any:
        low, high = ends
        middle = (low + high) / 2
        above = entropy(q, middle) > level
        return jnp.where(above, low, middle), jnp.where(above, middle, high)

    low, _ = jax.lax.fori_loop(0, 40, halve, (q, jnp.ones_like(q) * (1 - 1e-9)))
    p = jax.lax.stop_gradient(low)
    # By the implicit function theorem one step of Newton has the slopes of the inverse.
    slope = jax.lax.stop_gradient((1 - q) / (1 - p) - q / p)
    return p + (level - entropy(q, p)) / jnp.maximum(slope, 1e-9)
