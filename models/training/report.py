"""Calibrates raw scores on val casts and judges both models and their ensemble on every split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from calibrate import Platt, fit_platt, logit, sigmoid
from casts import Cast
from evaluate import Outcome, best_within, curve, hold, outcome, summary

KINDS = ("baseline", "sequence", "ensemble")
# False alarms per 8 h on val for which the threshold tables give thresholds.
BUDGETS = (0.25, 0.5, 1.0, 2.0, 4.0)
# What the two alarm levels may cost on val, false alarms per 8 h.
LEVELS = {"warning": 1.0, "critical": 0.25}

Instants = Mapping[str, NDArray[np.int64]]
Scores = NDArray[np.floating]


@dataclass(frozen=True)
class Results:
    """Calibration, figures and thresholds of each model and of the ensemble."""

    platt: Mapping[str, Platt]
    figures: Mapping[str, Mapping[str, Mapping[str, Any]]]
    """Model -> split -> figures."""
    thresholds: Mapping[str, Sequence[Outcome]]
    """Model -> thresholds frozen on val, with what they do on held-out casts."""
    levels: Mapping[str, float]
    """Alarm level -> threshold on the ensemble."""

    def report(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {
            "figures": self.figures, "alert_thresholds": self.levels,
            "thresholds": {kind: [{"threshold": p.threshold, "recall": p.recall, "timely_recall": p.timely_recall,
                                   "false_alarms_per_8h": p.false_alarms_per_8h} for p in points]
                           for kind, points in self.thresholds.items()},
        }

    def text(self) -> str:
        """A table for people."""
        lines = [f"{'':22}{'R@1':>7}{'timely':>8}{'lead s':>8}{'AUC':>7}{'AP':>7}{'ECE':>7}"]
        for kind, splits in self.figures.items():
            for split, f in splits.items():
                lines.append(f"{kind + ' ' + split:22}{f.get('recall_at_1', float('nan')):7.3f}"
                             f"{f.get('timely_recall', float('nan')):8.3f}{f.get('median_lead_s', 'none'):>8}"
                             f"{f['auc']:7.3f}{f['average_precision']:7.3f}{f['ece']:7.3f}")
        lines.append("alert thresholds for the ensemble: "
                     + ", ".join(f"{level} {value:.3f}" for level, value in self.levels.items()))
        return "\n".join(lines)


def judge(labels: Mapping[str, Sequence[Cast]], instants: Mapping[str, Instants],
          raw: Mapping[str, Mapping[str, Scores]]) -> Results:
    """Labels and instants by split, raw scores by model and split in the instants' order.

    Raises ValueError when labels and instants are not of the same casts in the same order
    """
    for split, casts in labels.items():
        if [cast.id for cast in casts] != list(instants[split]):
            raise ValueError(f"{split}: casts.json and the feature table differ in their casts. Redo the features.")
    platt = {kind: _fit(labels["val"], instants["val"], raw[kind]["val"]) for kind in ("baseline", "sequence")}
    calibrated = {kind: {split: platt[kind].apply(raw[kind][split]) for split in labels} for kind in platt}
    # The serving ensemble: mean of the log-odds, docs/caster.md section 9.
    calibrated["ensemble"] = {
        split: sigmoid(0.5 * (logit(calibrated["baseline"][split]) + logit(calibrated["sequence"][split])))
        for split in labels
    }
    figures: dict[str, dict[str, Any]] = {}
    thresholds: dict[str, list[Outcome]] = {}
    levels: dict[str, float] = {}
    for kind in KINDS:
        seconds = {split: _per_second(labels[split], instants[split], calibrated[kind][split]) for split in labels}
        val_curve = curve(labels["val"], seconds["val"], points=400)
        frozen = {budget: best_within(val_curve, budget) for budget in {*BUDGETS, *LEVELS.values()}}
        one = frozen[1.0]
        figures[kind] = {split: summary(labels[split], seconds[split], one.threshold if one else None)
                         for split in labels}
        thresholds[kind] = [outcome(labels["heldout"], seconds["heldout"], point.threshold)
                            for budget in BUDGETS if (point := frozen[budget]) is not None]
        if kind == "ensemble":
            levels = {level: point.threshold for level, budget in LEVELS.items()
                      if (point := frozen[budget]) is not None}
    return Results(platt, figures, thresholds, levels)


def _fit(casts: Sequence[Cast], instants: Instants, score: Scores) -> Platt:
    label = np.concatenate([cast.label[instants[cast.id]] > 0 for cast in casts])
    judged = np.concatenate([~cast.ignore[instants[cast.id]] for cast in casts])
    return fit_platt(score[judged], label[judged].astype(int))


def _per_second(casts: Sequence[Cast], instants: Instants, score: Scores) -> list[Scores]:
    """A prediction holds until the next instant."""
    held, at = [], 0
    for cast in casts:
        count = len(instants[cast.id])
        held.append(hold(instants[cast.id], score[at:at + count], cast.seconds))
        at += count
    return held
