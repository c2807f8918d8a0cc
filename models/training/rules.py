"""Points of the deterministic rules (`rules` in the configuration), from the false alarms each gives on training casts.

    python rules.py --config CONFIG.yaml --casts DIR --features DIR [--check CASTS FEATURES] [--threshold 0.879]

Every rule alone gives false alarms at a rate that falls with its threshold. The rules share one false alarm per 8 h: step by
step the rule that detects most further events per further false alarm may lower its threshold. Where each then stands, its
score is THRESHOLD; at half that rate the score is higher, at twice that rate lower. So the highest score of all rules means
the same whichever rule gives it. Prints the `points` to write into the configuration; `--check` tells what they do on other casts.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Sequence

import numpy as np
import yaml
from numpy.typing import NDArray

from casts import Cast, load_casts
from evaluate import Outcome, best_within, false_alarms, interval, outcome

BUDGET = 1.0  # false alarms per 8 h of all rules together
THRESHOLDS = 40
# Share of the judged seconds above the lowest threshold looked at: beyond, episodes run together.
LARGEST_SHARE = 0.15
# A rule's rate against its own share of the budget, and where the score then lies: below 1 between 0 and the threshold.
STEPS = ((16.0, 0.0), (8.0, 0.25), (4.0, 0.5), (2.0, 0.75), (1.0, 1.0), (0.5, 1.35), (0.25, 1.7), (0.1, 2.0))

Series = list[NDArray[np.float32]]


@dataclass(frozen=True)
class Curve:
    """What a rule does at each of its thresholds, lowest first. `sign` is -1 where low values are bad."""

    name: str
    sign: int
    thresholds: NDArray[np.float64]
    rates: NDArray[np.float64]
    detected: NDArray[np.bool_]

    def value_at(self, rate: float) -> float:
        """Value at which the rule gives so many false alarms per 8 h."""
        floor = 1e-3
        return float(np.interp(-np.log(rate), -np.log(np.maximum(self.rates, floor)), self.thresholds))


def load_features(folder: Path, casts: Sequence[Cast], names: Sequence[str]) -> list[Series]:
    """Per rule and cast its feature each second, as the nodes know it: held until the next instant."""
    index = json.loads((folder / "table.json").read_text())
    columns = [0] + [index["columns"].index(name) for name in names]
    table = np.load(folder / "table.npy", mmap_mode="r")
    rows = {entry["id"]: slice(entry["row"], entry["row"] + entry["rows"]) for entry in index["casts"]}
    series: list[Series] = [[] for _ in names]
    for cast in casts:
        values = np.asarray(table[rows[cast.id]][:, columns])
        latest = np.searchsorted(values[:, 0].round(), np.arange(cast.seconds), side="right") - 1
        held = np.where(latest[:, None] < 0, np.nan, values[np.maximum(latest, 0), 1:])
        for rule, one in enumerate(series):
            one.append(np.ascontiguousarray(held[:, rule], dtype=np.float32))
    return series


def curve_of(name: str, sign: int, casts: Sequence[Cast], series: Series) -> Curve:
    """False alarms and events detected by one rule, over its range of thresholds."""
    judged = np.concatenate([sign * values[~cast.ignore] for cast, values in zip(casts, series, strict=True)])
    judged = judged[~np.isnan(judged)]
    thresholds = np.unique(np.quantile(judged, 1.0 - np.geomspace(2e-6, LARGEST_SHARE, THRESHOLDS)))
    units = sum(float((~cast.ignore).sum()) for cast in casts) / 3600.0 / 8.0
    rates, detected = [], []
    for threshold in thresholds:
        alarms = [(sign * values >= threshold) & ~cast.ignore for cast, values in zip(casts, series, strict=True)]
        rates.append(sum(false_alarms(alarm, cast.events) for alarm, cast in zip(alarms, casts)) / units)
        detected.append([bool(alarm[int(event.onset):int(event.end) + 1].any())
                         for alarm, cast in zip(alarms, casts) for event in cast.events])
    # Episodes run together at low thresholds; a rate that falls again there would make the scale fold.
    falling = np.maximum.accumulate(np.array(rates)[::-1])[::-1]
    return Curve(name, sign, thresholds, falling, np.array(detected))


def share_budget(curves: Sequence[Curve]) -> list[float]:
    """Each rule's share of the false alarms: lower, again and again, the threshold that pays most."""
    at = [len(curve.thresholds) - 1 for curve in curves]
    found = np.logical_or.reduce([curve.detected[place] for curve, place in zip(curves, at)])
    while True:
        spent = sum(curve.rates[place] for curve, place in zip(curves, at))
        best: tuple[float, int, int] | None = None
        for rule, curve in enumerate(curves):
            for place in range(at[rule] - 1, -1, -1):
                cost = curve.rates[place] - curve.rates[at[rule]]
                if spent + cost > BUDGET:
                    break
                gain = float((curve.detected[place] & ~found).sum()) / max(cost, 1e-3)
                if gain > 0 and (best is None or gain > best[0]):
                    best = (gain, rule, place)
        if best is None:
            return [max(float(curve.rates[place]), 2e-3) for curve, place in zip(curves, at)]
        _, rule, place = best
        at[rule] = place
        found |= curves[rule].detected[place]


def points_of(curve: Curve, rate: float, threshold: float) -> list[list[float]]:
    """Pairs of value and score: values rising (or falling where low is bad), scores rising."""
    points: list[list[float]] = []
    for factor, place in STEPS:
        score = threshold * place if place <= 1.0 else threshold + (1.0 - threshold) * (place - 1.0)
        value = float(f"{curve.sign * curve.value_at(rate * factor):.4g}")
        if points and curve.sign * value <= curve.sign * points[-1][0]:
            points[-1][1] = round(score, 3)
        else:
            points.append([value, round(score, 3)])
    return points


def scores_of(points: Sequence[Sequence[Sequence[float]]], features: Sequence[Series]) -> Series:
    """Highest score of all rules, per cast and second."""
    scores: Series = []
    for per_rule in zip(*features, strict=True):
        highest = np.zeros(len(per_rule[0]), np.float32)
        for pairs, values in zip(points, per_rule, strict=True):
            sign = 1.0 if pairs[-1][0] > pairs[0][0] else -1.0
            at = np.array([sign * value for value, _ in pairs])
            score = np.interp(sign * np.nan_to_num(values, nan=-sign * 1e30), at, [one for _, one in pairs], left=0.0)
            highest = np.maximum(highest, score)
        scores.append(highest)
    return scores


def told(name: str, result: Outcome | None) -> str:
    """One line for people."""
    if result is None:
        return f"{name}: no threshold keeps within the budget"
    hits = sum(one.detected for one in result.detections)
    low, high = interval(hits, len(result.detections))
    by_type: dict[str, list[bool]] = {}
    for one in result.detections:
        by_type.setdefault(one.type, []).append(one.detected)
    types = ", ".join(f"{kind} {np.mean(found):.2f}" for kind, found in by_type.items())
    return (f"{name}: recall {result.recall:.3f} ({low:.3f}-{high:.3f}) at {result.threshold:.3f}, "
            f"{result.false_alarms_per_8h:.2f} false alarms per 8 h, timely {result.timely_recall:.3f}, "
            f"median lead {result.median_lead:.0f} s; {types}")


def main() -> None:
    """Read the rules, calibrate, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--casts", type=Path, required=True)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--threshold", type=float, default=0.879, help="score at the share of the budget")
    parser.add_argument("--check", type=Path, nargs=2, metavar=("CASTS", "FEATURES"), action="append", default=[])
    parser.add_argument("--keep", action="store_true", help="only check the points that the configuration has")
    options = parser.parse_args()
    rules: list[dict[str, Any]] = yaml.safe_load(options.config.read_text())["rules"]["list"]
    names = [rule["feature"] for rule in rules]
    points = [rule["points"] for rule in rules]
    if not options.keep:
        casts = load_casts(options.casts)
        features = load_features(options.features, casts, names)
        signs = [1 if rule["points"][-1][0] > rule["points"][0][0] else -1 for rule in rules]
        curves = [curve_of(rule["name"], sign, casts, series)
                  for rule, sign, series in zip(rules, signs, features, strict=True)]
        rates = share_budget(curves)
        points = [points_of(curve, rate, options.threshold) for curve, rate in zip(curves, rates, strict=True)]
        for curve, rate, pairs in zip(curves, rates, points, strict=True):
            print(f"{curve.name}: {rate:.3f} false alarms per 8 h\n  points: {json.dumps(pairs)}", flush=True)
        report(options.casts.name, casts, scores_of(points, features), options.threshold)
    for folder, table in options.check:
        casts = load_casts(folder)
        report(folder.name, casts, scores_of(points, load_features(table, casts, names)), options.threshold)


def report(name: str, casts: Sequence[Cast], scores: Series, threshold: float) -> None:
    """Recall at one false alarm per 8 h, and what the threshold does as it is."""
    outcomes = [outcome(casts, scores, float(level)) for level in np.linspace(0.3, 1.0, 71)]
    print(told(f"{name}, Recall@1", best_within(outcomes)))
    print(told(f"{name}, frozen", outcome(casts, scores, threshold)), flush=True)


if __name__ == "__main__":
    main()
