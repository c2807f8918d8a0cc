"""How many more false alarms a model gives on molds that it has not seen: measured by leaving molds out of training.

Each fold trains without some of the training molds; the validation casts of these molds are then judged by a model
that does not know their mold, and, for comparison, by those that do.
"""

from __future__ import annotations

from typing import Mapping, Sequence

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from baseline import Table, TreeSettings, fit, raw_scores
from casts import Cast
from evaluate import Scores, best_within, curve, outcome

FOLDS = 2
TREES = 120
# Rates at which the two are compared, false alarms per 8 h where the mold is known.
RATES = (0.5, 1.0, 2.0)


def unseen_scores(table: Table, val: Table, molds: Mapping[str, Sequence[str]], settings: TreeSettings,
                  ) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Raw scores of the val rows by the fold that left their mold out, and by the mean of the folds that did not.

    `molds`: of each cast, by `train` and `val`. The number of trees is fixed: nothing is stopped by what is measured.
    """
    train_mold, val_mold = (np.array(molds[split])[rows.cast] for split, rows in (("train", table), ("val", val)))
    names = sorted(set(molds["train"]))
    unseen, seen = np.zeros(len(val.label)), np.zeros(len(val.label))
    for fold in range(FOLDS):
        left_out = names[fold::FOLDS]
        booster = fit(table.rows(~np.isin(train_mold, left_out)), None, settings, TREES)
        score = raw_scores(booster, val)
        out = np.isin(val_mold, left_out)
        unseen[out] = score[out]
        seen[~out] += score[~out] / (FOLDS - 1)
    return unseen, seen


def margin(casts: Sequence[Cast], unseen: Scores, seen: Scores) -> float:
    """False alarms where the mold is unseen per false alarm where it is known, at the same thresholds; at least 1."""
    points = curve(casts, seen)
    known = [point for rate in RATES if (point := best_within(points, rate)) is not None]
    there = sum(point.false_alarms for point in known)
    here = sum(outcome(casts, unseen, point.threshold).false_alarms for point in known)
    return max(1.0, here / there)
