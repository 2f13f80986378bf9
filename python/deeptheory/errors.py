"""The errors that reach a user, each one clear sentence with its exit code."""

from __future__ import annotations

__all__ = ["DeepTheoryError", "FailureError", "HypothesisError", "UsageError"]


class DeepTheoryError(Exception):
    """An error whose message is meant for the user: what is wrong and what to do about it.

    Attributes
    ----------
    exit_code : int
        The exit code with which the command line ends: 1 where a proof or a check failed,
        2 where the usage, the input or the machine is at fault.
    """

    exit_code: int = 2


class UsageError(DeepTheoryError):
    """Bad usage or input: an unknown name, a value out of range, a missing tool (exit 2)."""


class FailureError(DeepTheoryError):
    """A proof, a check or an audit rule failed (exit 1)."""

    exit_code = 1


class HypothesisError(UsageError):
    """A value lies outside the hypotheses of a theorem.

    Parameters
    ----------
    message : str
        The sentence for the user; it names the hypothesis.
    hypothesis : str
        The hypothesis that fails, as written in Lean.
    """

    def __init__(self, message: str, hypothesis: str) -> None:
        super().__init__(message)
        self.hypothesis = hypothesis
