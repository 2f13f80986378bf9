"""Certified bounds on the risk of concrete trained predictors."""

from deeptheory.certify.inverse import kl_ball, kl_inverse
from deeptheory.certify.inverse_vectorised import kl_inverse_upper

__all__ = ["kl_ball", "kl_inverse", "kl_inverse_upper"]
