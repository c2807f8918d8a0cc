"""Platt scaling: a straight line on the log-odds, fitted on validation casts only. Temperature for the mechanisms.

Isotonic calibration worsened the calibration error on unseen molds in the reference study, a line did not.
Source: Platt, Advances in Large Margin Classifiers, 1999.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

FloatArray = NDArray[np.floating]


@dataclass(frozen=True)
class Platt:
    """log-odds = slope * score + intercept."""

    slope: float = 1.0
    intercept: float = 0.0

    def apply(self, score: FloatArray) -> FloatArray:
        """Calibrated probability of each score."""
        return sigmoid(self.slope * score + self.intercept)


def sigmoid(log_odds: FloatArray) -> FloatArray:
    """1 / (1 + exp(-x)) without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * log_odds))


def logit(probability: FloatArray, margin: float = 1e-6) -> FloatArray:
    """Inverse of sigmoid; `margin` keeps 0 and 1 finite."""
    clipped = np.clip(probability, margin, 1.0 - margin)
    return np.log(clipped / (1.0 - clipped))


def softmax(scores: FloatArray) -> FloatArray:
    """Rows that sum to 1."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def fit_temperature(scores: FloatArray, kind: NDArray[np.integer]) -> float:
    """Factor on the scores [rows, kinds] that makes softmax most likely to tell each row's kind; 0.05 to 20.

    Source: Guo et al., On Calibration of Modern Neural Networks, ICML 2017.
    """
    rows = np.arange(len(kind))

    def unlikely(log_factor: float) -> float:
        share = softmax(np.exp(log_factor) * scores)[rows, kind]
        return float(-np.log(np.maximum(share, 1e-12)).mean())

    return float(np.exp(minimize_scalar(unlikely, bounds=(np.log(0.05), np.log(20.0)), method="bounded").x))


def fit_platt(score: FloatArray, label: NDArray[np.integer], iterations: int = 50) -> Platt:
    """Maximum-likelihood line by Newton's method; a tiny ridge keeps separable data finite."""
    design = np.stack([score, np.ones_like(score)], axis=1).astype(np.float64)
    target = label.astype(np.float64)
    weights = np.array([1.0, 0.0])
    ridge = 1e-6 * len(target) * np.eye(2)
    for _ in range(iterations):
        probability = sigmoid(design @ weights)
        gradient = design.T @ (probability - target)
        curvature = (design * (probability * (1.0 - probability))[:, None]).T @ design + ridge
        step = np.linalg.solve(curvature, gradient)
        weights = weights - step
        if np.abs(step).max() < 1e-9:
            break
    return Platt(float(weights[0]), float(weights[1]))
