"""Boosted trees on anybody's labelled rows, split by cast, calibrated, with their figures on casts never seen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

import tree_onnx
from baseline import TreeSettings
from calibrate import Platt, fit_platt
from card import Delivery, calibration_entry, deliver
from evaluate import calibration_error
from normal import normal_ranges
from own_table import NO_GRADES, Rows

SHARE = 0.2


@dataclass(frozen=True)
class Split:
    """Whole casts go to one side: neighbouring rows are alike, and a split by rows would test on what was learnt."""

    seed: int
    test: tuple[str, ...] = ()

    def of(self, casts: Sequence[str]) -> dict[str, list[str]]:
        """Casts to train on, to stop and calibrate by, and to test on.

        Raises SystemExit when a test cast isn't there, or too few are left
        """
        unknown = sorted(set(self.test) - set(casts))
        if unknown:
            raise SystemExit(f"--test: no cast {', '.join(unknown)}; there are {', '.join(casts)}")
        mixed = [str(cast) for cast in np.random.default_rng(self.seed).permutation(casts)]
        count = max(1, round(SHARE * len(casts)))
        test = list(self.test) or mixed[:count]
        rest = [cast for cast in mixed if cast not in test]
        if len(rest) < 2:
            raise SystemExit(f"{len(casts)} casts are too few: at least one each to train, calibrate and test on.")
        return {"test": test, "val": rest[:count], "train": rest[count:] or rest[-1:]}


def make(rows: Rows, fault: NDArray[np.bool_], folder: Path, split: Split) -> str:
    """Train, test, deliver; returns the figures in words."""
    sides = split.of(list(dict.fromkeys(rows.cast.tolist())))
    tables = {side: _table(rows, fault, np.isin(rows.cast, casts)) for side, casts in sides.items()}
    for side, table in tables.items():
        if len(np.unique(table.fault)) < 2:
            raise SystemExit(f"the casts to {side} ({', '.join(sides[side])}) need both faults and normal rows; "
                             "choose others with --test or --seed.")
    booster = _fit(tables["train"], tables["val"], TreeSettings(seed=split.seed, threads=1))
    val, test = tables["val"], tables["test"]
    platt = fit_platt(booster.predict(val.values, raw_score=True), val.fault.astype(int))
    threshold = _best_f1(val.fault, platt.apply(booster.predict(val.values, raw_score=True)))
    figures = _figures(test.fault, platt.apply(booster.predict(test.values, raw_score=True)), threshold)
    _deliver(folder, booster, platt, tables, rows, sides, figures)
    shown = ", ".join(f"{name} {value}" for name, value in figures.items())
    return (f"{booster.num_trees()} trees on {len(rows.names)} features; {len(sides['train'])} casts to train, "
            f"{len(sides['val'])} to calibrate\ntest casts {', '.join(sides['test'])}: {shown}")


@dataclass(frozen=True)
class _Table:
    values: NDArray[np.float32]
    fault: NDArray[np.bool_]


def _table(rows: Rows, fault: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> _Table:
    return _Table(rows.values[chosen], fault[chosen])


def _fit(train: _Table, val: _Table, settings: TreeSettings) -> lgb.Booster:
    """The trees of the shipped baseline, stopped early on val."""
    data = lgb.Dataset(train.values, train.fault)
    held = lgb.Dataset(val.values, val.fault, reference=data)
    return lgb.train(settings.params() | {"metric": "average_precision"}, data, settings.trees, valid_sets=[held],
                     callbacks=[lgb.early_stopping(60, verbose=False)])


def _best_f1(label: NDArray[np.bool_], probability: NDArray[np.floating]) -> float:
    precision, recall, thresholds = precision_recall_curve(label, probability)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    return float(thresholds[int(np.argmax(f1[:-1]))])


def _figures(fault: NDArray[np.bool_], probability: NDArray[np.floating], threshold: float) -> dict[str, float]:
    alarm = probability >= threshold
    hits, false, missed = (int(np.sum(part)) for part in (fault & alarm, ~fault & alarm, fault & ~alarm))
    return {
        "rows": len(fault), "faults": int(fault.sum()),
        "auc": round(float(roc_auc_score(fault, probability)), 3),
        "average_precision": round(float(average_precision_score(fault, probability)), 3),
        "ece": round(calibration_error(probability, fault), 3),
        "threshold": round(threshold, 4),
        "f1": round(2 * hits / max(2 * hits + false + missed, 1), 3),
        "false_alarm_rate": round(false / max(int((~fault).sum()), 1), 3),
        "missed_alarm_rate": round(missed / max(int(fault.sum()), 1), 3),
    }


def _deliver(folder: Path, booster: lgb.Booster, platt: Platt, tables: dict[str, _Table], rows: Rows,
             sides: dict[str, list[str]], figures: dict[str, float]) -> None:
    graph, bias = tree_onnx.build_graph(booster, platt)
    test, quiet = tables["test"].values, tables["train"].values[~tables["train"].fault]
    golden = np.concatenate([test[np.linspace(0, len(test) - 1, 7).astype(int)],
                             np.full((1, len(rows.names)), np.nan, np.float32)])
    deliver(folder, Delivery(
        kind="baseline", name="own-supervised", version="1.0.0",
        description="Gradient-boosted trees on window features of own recordings.",
        graph=graph, input={"features": "features", "names": list(rows.names)},
        output={"probability": "probability", "contributions": "contributions"},
        feature_spec=rows.feature_spec,
        training={"library": f"lightgbm {lgb.__version__}", "trees": booster.num_trees(), "casts": sides,
                  "table_sha256": rows.fingerprint},
        calibration=calibration_entry(platt, bias=bias), metrics={"test": figures}, thresholds=[],
        normal=normal_ranges(rows.names, quiet, NO_GRADES),
    ), {"features": golden}, {"probability": platt.apply(np.asarray(booster.predict(golden, raw_score=True)))})
