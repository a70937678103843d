"""Penalised logistic regression, and the data file that its weights are kept in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """``strength`` is the inverse of the L2 penalty (the intercept is free); a negative taken for a
    positive costs ``negative`` times as much as the other mistake."""

    strength: float
    negative: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A logistic model: ``weights`` in the order of the signals' columns."""

    intercept: float
    weights: tuple[float, ...]

    def logits(self, signals: Array) -> Array:
        """Log odds, one for each row of signals."""
        logits: Array = signals @ np.asarray(self.weights) + self.intercept
        return logits


def logistic(signals: Array, positive: NDArray[np.bool_], settings: Settings) -> Fit:
    """The weights for ``signals`` (n, columns). The optimum is unique, so it does not depend on a start."""
    target = positive.astype(np.float64)
    cost = settings.strength * np.where(positive, 1.0, settings.negative)

    def loss(model: Array) -> float:
        logit = signals @ model[1:] + model[0]
        return float(cost @ (np.logaddexp(0, logit) - target * logit) + model[1:] @ model[1:] / 2)

    def slope(model: Array) -> Array:
        logit = signals @ model[1:] + model[0]
        error = cost * (1 / (1 + np.exp(-logit)) - target)
        return np.concatenate(([error.sum()], signals.T @ error + model[1:]))

    start = np.zeros(signals.shape[1] + 1)
    found = optimize.minimize(
        loss, start, jac=slope, method="L-BFGS-B", options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 10_000}
    )
    return Fit(float(found.x[0]), tuple(float(w) for w in found.x[1:]))


def with_weights(text: str, model: Fit, names: Sequence[str], provenance: str) -> str:
    """``text`` of a TOML file with another intercept, table ``[weights]`` and provenance (comment lines).

    Its other settings and all comments stay.
    """
    head = with_provenance(text.split("[weights]", 1)[0], provenance)
    head = re.sub(r"^intercept = \S+", f"intercept = {model.intercept:.3f}", head, flags=re.MULTILINE)
    weights = "".join(f"{name} = {w:.3f}\n" for name, w in zip(names, model.weights, strict=True))
    return f"{head}[weights]\n{weights}"


def with_provenance(text: str, provenance: str) -> str:
    """``text`` with what its comment says from "Provenance:" on replaced, or added at its top."""
    old = re.search(r"^# *(.*?) *Provenance:.*\n(?:#.*\n)*", text, flags=re.MULTILINE)
    if old is None:
        return f"{provenance}\n{text}"
    before = f"# {old[1]}\n" if old[1] else ""
    return f"{text[: old.start()]}{before}{provenance}\n{text[old.end() :]}"
