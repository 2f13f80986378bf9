"""Draws instances with Hypothesis, the same ones in every process, and shrinks one that fails."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from unittest import mock

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, given, reproduce_failure, seed, settings
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.control import current_build_context
from hypothesis.core import encode_failure
from hypothesis.errors import HypothesisException
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from hypothesis.strategies import SearchStrategy

from deeptheory.errors import UsageError
from deeptheory.paths import cache_home

__all__ = ["Choices", "Drawn", "Found", "StaleError", "draw_again", "search"]

_Key: TypeAlias = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Choices:
    """The choices that a strategy made for one instance, as Hypothesis writes them.

    Parameters
    ----------
    hypothesis : str
        The version of Hypothesis, whose other versions may read them differently.
    text : str
        The choices, packed as text.
    """

    hypothesis: str
    text: str


@dataclass(frozen=True)
class Found:
    """An instance on which the body raised, shrunk, and what it raised there."""

    instance: Any
    choices: Choices
    error: Exception


@dataclass(frozen=True)
class Drawn:
    """How far the drawing got.

    Parameters
    ----------
    count : int
        How many instances the body has seen and did not raise on.
    digest : str
        A hash of the choices that made them, in their order.
    """

    count: int = 0
    digest: str = ""

    def after(self, choices: _Key) -> Drawn:
        """Return how far it is once an instance of these choices is seen."""
        text = f"{self.digest}{choices!r}"
        return Drawn(self.count + 1, hashlib.sha256(text.encode()).hexdigest())


class StaleError(Exception):
    """The instances drawn are not those that were seen when an earlier run stopped."""


class _Reached(Exception):  # noqa: N818
    """Carries out of Hypothesis that an instance is drawn again."""


@contextmanager
def _settled() -> Iterator[None]:
    """Let nothing but the seed decide what is drawn.

    Hypothesis also tries numbers that occur in the modules of the program loaded so far, which are
    not the same in each process; here it has none of them.  Nothing is left in the current folder.
    """
    providers.CONSTANTS_CACHE.cache.clear()
    set_hypothesis_home_dir(cache_home() / "hypothesis")
    try:
        with mock.patch.object(providers, "_get_local_constants", Constants):
            yield
    finally:
        set_hypothesis_home_dir(None)
        providers.CONSTANTS_CACHE.cache.clear()


def _settings(instances: int) -> settings:
    return settings(
        max_examples=instances,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
        print_blob=False,
    )


@dataclass
class _Calls:
    """What happens at each instance that Hypothesis draws.

    Once the body has raised, the probe is called in its place, a limited number of times.  After
    that, instances not yet seen count as harmless, and those that failed fail again: Hypothesis
    then ends with the smallest one found.
    """

    body: Callable[[Any], None]
    probe: Callable[[Any], None]
    shrinks: int
    since: Drawn
    seen: Callable[[Drawn], None] | None
    drawn: Drawn = field(default_factory=Drawn)
    stale: bool = False
    failed: dict[_Key, Exception] = field(default_factory=dict)
    found: Found | None = None

    def one(self, instance: Any) -> None:
        made = current_build_context().data.choices
        key: _Key = tuple((type(choice).__name__, choice) for choice in made)
        if key in self.failed:
            self._fail(instance, key, made, self.failed[key])
        elif self.failed:
            if self.shrinks > 0:
                self.shrinks -= 1
                self._call(self.probe, instance, key, made)
        elif not self.stale:
            again = self.drawn.count < self.since.count
            if not again:
                self._call(self.body, instance, key, made)
            self.drawn = self.drawn.after(key)
            self.stale = self.drawn.count == self.since.count and self.drawn != self.since
            if not again and self.seen is not None:
                self.seen(self.drawn)

    def _call(self, function: Callable[[Any], None], instance: Any, key: _Key, made: Any) -> None:
        try:
            function(instance)
        except Exception as error:
            kinds = {type(known) for known in self.failed.values()}
            if not kinds or type(error) in kinds:  # else another defect than the one shrunk
                self._fail(instance, key, made, error)

    def _fail(self, instance: Any, key: _Key, made: Any, error: Exception) -> None:
        self.failed[key] = error
        text = encode_failure(made).decode("ascii")
        self.found = Found(instance, Choices(hypothesis.__version__, text), error)
        raise error


def search(
    strategy: SearchStrategy[Any],
    body: Callable[[Any], None],
    *,
    instances: int,
    seed_: int,
    since: Drawn | None = None,
    seen: Callable[[Drawn], None] | None = None,
    probe: Callable[[Any], None] | None = None,
    shrinks: int = 300,
) -> Found | None:
    """Call a function on drawn instances, and return the smallest found on which it raises.

    Parameters
    ----------
    strategy : SearchStrategy
        Draws the instances.
    body : callable
        Takes an instance; raises where it fails.
    instances : int
        How many to draw.
    seed_ : int
        What the drawing depends on, and nothing else.
    since : Drawn, optional
        How far an earlier run got: so many instances are drawn again, and the body is not called.
    seen : callable, optional
        Told after each call of the body how far it is.
    probe : callable, optional
        Called in the place of the body on the instances of the shrinking.
    shrinks : int
        How many instances the shrinking may try.

    Returns
    -------
    Found or None
        None where the body raised nowhere.

    Raises
    ------
    StaleError
        Where the instances are not those of the earlier run.
    HypothesisException
        Where no instances can be drawn.
    """
    calls = _Calls(body, probe or body, shrinks, since or Drawn(), seen)

    def one(instance: Any) -> None:
        calls.one(instance)

    test = _settings(instances)(seed(seed_)(given(strategy)(one)))
    with _settled():
        try:
            test()
        except HypothesisException:
            raise
        except Exception:
            if calls.found is None:  # a strategy is broken
                raise
    if calls.stale or (calls.found is None and calls.drawn.count < calls.since.count):
        raise StaleError
    return calls.found


def draw_again(strategy: SearchStrategy[Any], choices: Choices) -> Any:
    """Return the instance that a strategy made of some choices.

    Raises
    ------
    UsageError
        Where these choices make none, or are those of another version of Hypothesis.
    """
    if choices.hypothesis != hypothesis.__version__:
        raise UsageError(
            f"The instance was drawn with Hypothesis {choices.hypothesis}, and this is "
            f"{hypothesis.__version__}: run `deeptheory verify` again to find one anew."
        )
    instances: list[Any] = []

    def body(instance: Any) -> None:
        instances.append(instance)
        raise _Reached

    once = reproduce_failure(choices.hypothesis, choices.text.encode("ascii", "replace"))
    test = once(_settings(1)(given(strategy)(body)))
    with _settled():
        try:
            test()
        except (_Reached, HypothesisException):
            pass
        except Exception as error:
            raise UsageError(f"The choices of the instance cannot be read: {error!r}.") from error
    if not instances:
        raise UsageError(
            "The check no longer draws this instance: run `deeptheory verify` again to find one "
            "anew."
        )
    return instances[-1]
