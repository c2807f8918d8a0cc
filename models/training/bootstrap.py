"""Intervals over casts: the casts are drawn anew, with replacement, and the figures computed again.

Casts, not events or seconds, are independent of each other. A tally keeps per cast and threshold what the
figures are made of, so that a replicate is a weighted sum. Source: Efron, Annals of Statistics 7(1), 1979.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from numpy.typing import NDArray

from casts import Cast
from evaluate import ECE_BINS, NEEDED_LEAD, Scores, excused, false_alarms

FloatArray = NDArray[np.floating]
REPLICATES = 1000


@dataclass(frozen=True)
class Tally:
    """Counts [thresholds, casts] and [casts] of one split."""

    thresholds: FloatArray
    false_alarms: FloatArray
    detected: FloatArray
    timely: FloatArray
    events: FloatArray
    hours: FloatArray

    def rate(self, weights: FloatArray) -> FloatArray:
        """False alarms per 8 h [replicates, thresholds]."""
        return 8.0 * weights @ self.false_alarms.T / (weights @ self.hours)[:, None]

    def recall_within(self, weights: FloatArray, budget: float) -> tuple[FloatArray, FloatArray]:
        """Recall@budget, and the timely recall there, of each replicate."""
        events = (weights @ self.events)[:, None]
        recall = np.where(self.rate(weights) <= budget, weights @ self.detected.T / events, -1.0)
        best = recall.argmax(axis=1)
        rows = np.arange(len(weights))
        return np.maximum(recall[rows, best], 0.0), (weights @ self.timely.T / events)[rows, best]

    def best_threshold(self, budget: float) -> float | None:
        """That of Recall@budget; None when none keeps the budget."""
        once = np.ones((1, len(self.events)))
        recall = np.where(self.rate(once)[0] <= budget, self.detected.sum(axis=1), -1.0)
        return float(self.thresholds[int(recall.argmax())]) if recall.max() >= 0 else None

    def at(self, threshold: float) -> "Tally":
        """Only this threshold, which must be one of the tally's."""
        index = int(np.argmin(np.abs(self.thresholds - threshold)))
        rows = slice(index, index + 1)
        return Tally(self.thresholds[rows], self.false_alarms[rows], self.detected[rows], self.timely[rows],
                     self.events, self.hours)


def tally(casts: Sequence[Cast], scores: Scores, thresholds: FloatArray) -> Tally:
    """What each threshold does on each cast: the counts of `evaluate.outcome`, all thresholds at once."""
    shape = (len(thresholds), len(casts))
    false, detected, timely = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    hours = np.zeros(len(casts))
    for column, (cast, score) in enumerate(zip(casts, scores, strict=True)):
        hours[column] = float((~cast.ignore).sum()) / 3600.0
        seen = np.where(cast.ignore, -np.inf, score)
        around = excused(cast.seconds, cast.events)
        loudest = seen[~around].max(initial=-np.inf)
        for row in np.flatnonzero(thresholds <= loudest):
            false[row, column] = false_alarms(seen >= thresholds[row], cast.events)
        for event in cast.events:
            onset, end = int(event.onset), int(event.end)
            in_time = min(end, int(event.complete - NEEDED_LEAD.get(event.type, 0.0)))
            detected[:, column] += seen[onset:end + 1].max(initial=-np.inf) >= thresholds
            timely[:, column] += seen[onset:in_time + 1].max(initial=-np.inf) >= thresholds
    events = np.array([float(len(cast.events)) for cast in casts])
    return Tally(np.asarray(thresholds), false, detected, timely, events, hours)


def draws(casts: int, seed: int = 1, replicates: int = REPLICATES) -> FloatArray:
    """How often each cast is in each replicate [replicates, casts]; the same for all models, so they can be paired."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(casts, np.full(casts, 1.0 / casts), replicates).astype(float)


def bounds(values: FloatArray) -> tuple[float, float]:
    """95 % percentile interval."""
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def calibration_errors(casts: Sequence[Cast], scores: Scores, weights: FloatArray) -> FloatArray:
    """Expected calibration error of each replicate."""
    gaps = np.zeros((len(casts), ECE_BINS))
    seconds = np.zeros(len(casts))
    for row, (cast, score) in enumerate(zip(casts, scores, strict=True)):
        judged = ~cast.ignore
        values = score[judged]
        bins = np.minimum((values * ECE_BINS).astype(int), ECE_BINS - 1)
        gaps[row] = np.bincount(bins, weights=(cast.label[judged] > 0) - values, minlength=ECE_BINS)
        seconds[row] = judged.sum()
    return np.abs(weights @ gaps).sum(axis=1) / (weights @ seconds)
