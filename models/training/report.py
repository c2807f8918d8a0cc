"""Calibrates raw scores on val casts, chooses thresholds there, and judges both models and their ensemble on every split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bootstrap import Tally, bounds, calibration_errors, draws, tally
from calibrate import Platt, fit_platt, fit_temperature, logit, sigmoid, softmax
from casts import Cast
from evaluate import Outcome, faults_without_alarm, hold, named_right, outcome, summary
from molds import margin
from thresholds import Choice, choose

MODELS = ("baseline", "sequence")
KINDS = (*MODELS, "ensemble")
# False alarms per 8 h on val for which the threshold tables give thresholds.
BUDGETS = (0.25, 0.5, 1.0, 2.0, 4.0)
# What the two alarm levels may cost on unseen molds, false alarms per 8 h.
LEVELS = {"warning": 1.0, "critical": 0.25}

Instants = Mapping[str, NDArray[np.int64]]
Scores = NDArray[np.floating]


@dataclass(frozen=True)
class Results:
    """Calibration, figures and thresholds of each model and of the ensemble."""

    platt: Mapping[str, Platt]
    """Of each model, and of the mean log-odds of both."""
    factor: Mapping[str, float]
    """On the mechanisms' scores of each model."""
    figures: Mapping[str, Mapping[str, Mapping[str, Any]]]
    """Model -> split -> figures."""
    thresholds: Mapping[str, Sequence[Outcome]]
    """Model -> thresholds that meet the budgets on val, with what they do on held-out casts."""
    choices: Mapping[str, Mapping[str, Choice]]
    """Model -> alarm level -> threshold."""

    def report(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {
            "figures": self.figures,
            "calibration": {kind: [line.slope, line.intercept] for kind, line in self.platt.items()},
            "mechanism_factor": dict(self.factor),
            "choices": {kind: {level: choice.entry() | {"val_rate": choice.val_rate} for level, choice in levels.items()}
                        for kind, levels in self.choices.items()},
            "thresholds": {kind: [{"threshold": p.threshold, "recall": p.recall, "timely_recall": p.timely_recall,
                                   "false_alarms_per_8h": p.false_alarms_per_8h} for p in points]
                           for kind, points in self.thresholds.items()},
        }

    def text(self) -> str:
        """A table for people."""
        lines = [f"{'':22}{'R@1':>7}{'timely':>8}{'lead s':>8}{'AUC':>7}{'AP':>7}{'ECE':>8}{'frozen':>14}"]
        for kind, splits in self.figures.items():
            for split, f in splits.items():
                if "recall_at_1" not in f:
                    continue
                frozen = f["at_frozen_threshold"]
                lines.append(f"{kind + ' ' + split:22}{f['recall_at_1']:7.3f}"
                             f"{f['timely_recall']:8.3f}{f['median_lead_s']:>8}"
                             f"{f['auc']:7.3f}{f['average_precision']:7.3f}{f['ece']:8.4f}"
                             f"{frozen['recall']:8.3f}/{frozen['false_alarms_per_8h']:5.2f}")
        for kind, levels in self.choices.items():
            lines.append(f"{kind}: " + ", ".join(f"{level} {choice.value:.4f}" for level, choice in levels.items()))
        return "\n".join(lines)


def judge(labels: Mapping[str, Sequence[Cast]], instants: Mapping[str, Instants],
          raw: Mapping[str, Mapping[str, Scores]], molds: Mapping[str, Scores],
          varied: Mapping[str, Scores]) -> Results:
    """Labels and instants by split; raw scores [instants, 1 + mechanisms] by model and split in the instants' order.

    `molds`: raw scores of the val casts by models that do not know their mold (`unseen`) and by such that do (`seen`).
    `varied`: by model, raw scores of the val casts as if on other molds; calibration is fitted on these and the val
    casts themselves, for it shall hold on both.
    Raises ValueError when labels and instants are not of the same casts in the same order
    """
    for split, casts in labels.items():
        if [cast.id for cast in casts] != list(instants[split]):
            raise ValueError(f"{split}: casts.json and the feature table differ in their casts. Redo the features.")
    label, judged = _at_instants(labels["val"], instants["val"])
    twice = np.tile(label[judged] > 0, 2).astype(int)
    fit = lambda known, other: fit_platt(np.r_[known[judged], other[judged]], twice)  # noqa: E731
    platt = {kind: fit(raw[kind]["val"][:, 0], varied[kind]) for kind in MODELS}
    log_odds = {kind: {split: platt[kind].slope * raw[kind][split][:, 0] + platt[kind].intercept for split in labels}
                for kind in MODELS}
    # The serving ensemble: mean of the log-odds, docs/caster.md section 9, on a line of its own.
    mean = {split: 0.5 * sum(_clipped(log_odds[kind][split]) for kind in MODELS) for split in labels}
    other = 0.5 * sum(_clipped(platt[kind].slope * varied[kind] + platt[kind].intercept) for kind in MODELS)
    platt["ensemble"] = fit(mean["val"], other)
    probability = {kind: {split: sigmoid(values) for split, values in log_odds[kind].items()} for kind in MODELS}
    probability["ensemble"] = {split: platt["ensemble"].apply(values) for split, values in mean.items()}
    defect = judged & (label > 0)
    factor = {kind: fit_temperature(raw[kind]["val"][defect, 1:], label[defect] - 1) for kind in MODELS}
    shares = {kind: {split: softmax(factor[kind] * raw[kind][split][:, 1:]) for split in labels} for kind in MODELS}
    shares["ensemble"] = {split: sum(shares[kind][split] for kind in MODELS) / len(MODELS) for split in labels}

    extra = margin(labels["val"], *(_per_second(labels["val"], instants["val"], molds[kind])
                                    for kind in ("unseen", "seen")))
    figures: dict[str, dict[str, Any]] = {}
    thresholds: dict[str, list[Outcome]] = {}
    choices: dict[str, dict[str, Choice]] = {}
    tallies: dict[str, Tally] = {}
    for kind in KINDS:
        seconds = {split: _per_second(labels[split], instants[split], probability[kind][split]) for split in labels}
        on_val = tally(labels["val"], seconds["val"], _grid(seconds["val"], 1.0))
        choices[kind] = {level: choose(on_val, budget, extra) for level, budget in LEVELS.items()}
        frozen = choices[kind]["warning"].value
        figures[kind] = {}
        for split in ("iid", "heldout"):
            counts = tally(labels[split], seconds[split], _grid(seconds[split], frozen))
            best = counts.best_threshold(1.0)
            figures[kind][split] = summary(
                labels[split], seconds[split],
                None if best is None else outcome(labels[split], seconds[split], best), frozen)
            figures[kind][split] |= _intervals(labels[split], seconds[split], counts, frozen)
            named = _per_second_shares(labels[split], instants[split], shares[kind][split])
            figures[kind][split]["mechanism_named_right"] = named_right(labels[split], seconds[split], named, frozen)
            if split == "heldout":
                tallies[kind] = counts
        figures[kind]["faults"] = faults_without_alarm(labels["calm"], seconds["calm"], frozen)
        thresholds[kind] = [outcome(labels["heldout"], seconds["heldout"], threshold)
                            for budget in BUDGETS if (threshold := on_val.best_threshold(budget)) is not None]
    figures["ensemble"]["gain"] = _gains(tallies)
    return Results(platt, factor, figures, thresholds, choices)


def _grid(seconds: Sequence[Scores], one: float) -> Scores:
    """Thresholds of interest on a split, and `one` more."""
    quantiles = np.quantile(np.concatenate(seconds), 1.0 - np.geomspace(0.003, 0.3, 160))
    return np.unique(np.r_[quantiles, one])


def _intervals(casts: Sequence[Cast], seconds: Sequence[Scores], counts: Tally, frozen: float) -> dict[str, str]:
    """95 % intervals over casts."""
    weights = draws(len(casts))
    recall, timely = counts.recall_within(weights, 1.0)
    there = counts.at(frozen)
    events = weights @ counts.events
    figures = {
        "recall_at_1_interval": recall, "timely_recall_interval": timely,
        "ece_interval": calibration_errors(casts, seconds, weights),
        "frozen_recall_interval": (weights @ there.detected.T)[:, 0] / events,
        "frozen_false_alarms_interval": there.rate(weights)[:, 0],
    }
    return {name: "{:.3f}-{:.3f}".format(*bounds(values)) for name, values in figures.items()}


def _gains(tallies: Mapping[str, Tally]) -> dict[str, str]:
    """Recall@1 of the ensemble less that of each member on the same casts, with its 95 % interval."""
    weights = draws(len(tallies["ensemble"].events))
    whole = np.ones((1, weights.shape[1]))
    gains, beaten = {}, []
    for kind in MODELS:
        point, spread = (tallies["ensemble"].recall_within(rows, 1.0)[0] - tallies[kind].recall_within(rows, 1.0)[0]
                         for rows in (whole, weights))
        low, high = bounds(spread)
        gains[f"over_{kind}"] = f"{point[0]:.3f} ({low:.3f} to {high:.3f})"
        beaten += [kind] if low > 0 else []
    gains["beats_for_certain"] = ", ".join(beaten) or "neither"
    return gains


def _clipped(log_odds: Scores) -> Scores:
    """As the ensemble node sees them: through a probability."""
    return logit(sigmoid(log_odds))


def _at_instants(casts: Sequence[Cast], instants: Instants) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Label and whether judged, at each instant."""
    return (np.concatenate([cast.label[instants[cast.id]] for cast in casts]),
            np.concatenate([~cast.ignore[instants[cast.id]] for cast in casts]))


def _per_second(casts: Sequence[Cast], instants: Instants, score: Scores) -> list[Scores]:
    """A prediction holds until the next instant."""
    held, at = [], 0
    for cast in casts:
        count = len(instants[cast.id])
        held.append(hold(instants[cast.id], score[at:at + count], cast.seconds))
        at += count
    return held


def _per_second_shares(casts: Sequence[Cast], instants: Instants, shares: Scores) -> list[NDArray[np.integer]]:
    """Code of the likeliest mechanism at each second."""
    return _per_second(casts, instants, shares.argmax(axis=1) + 1)


