"""The baseline: LightGBM on the feature table of the TypeScript core."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from casts import MECHANISMS

FloatArray = NDArray[np.floating]


@dataclass(frozen=True)
class Table:
    """Feature rows of a split: one per inference instant, NaN where a feature has no value."""

    names: tuple[str, ...]
    values: NDArray[np.float32]
    label: NDArray[np.int8]
    """0 = no defect, else the mechanism's code."""
    weight: NDArray[np.float32]
    cast: NDArray[np.int32]
    """Position of the row's cast in the split."""

    def columns(self, names: Sequence[str]) -> "Table":
        """The same rows with only these features."""
        index = [self.names.index(name) for name in names]
        return Table(tuple(names), np.ascontiguousarray(self.values[:, index]), self.label, self.weight, self.cast)

    def rows(self, chosen: NDArray[np.bool_]) -> "Table":
        """Only these rows."""
        return Table(self.names, self.values[chosen], self.label[chosen], self.weight[chosen], self.cast[chosen])

    def judged(self) -> "Table":
        """Rows that count: ignored ones have weight 0."""
        return self.rows(self.weight > 0)

    def defects(self) -> "Table":
        """Judged rows within a defect."""
        return self.rows((self.weight > 0) & (self.label > 0))

    def quiet(self) -> "Table":
        """Judged rows without a defect."""
        return self.rows((self.weight > 0) & (self.label == 0))


@dataclass(frozen=True)
class TreeSettings:
    """Size and speed of learning; the graph holds trees * leaves leaves."""

    trees: int = 400
    leaves: int = 24
    learning_rate: float = 0.06
    features: int = 160
    selection_trees: int = 80
    mechanism_rounds: int = 40
    negatives: float = 1 / 3
    threads: int = 2
    seed: int = 1

    def params(self) -> dict[str, object]:
        """As LightGBM wants them; deterministic for a fixed seed."""
        return {
            "objective": "binary", "num_leaves": self.leaves, "learning_rate": self.learning_rate,
            "min_data_in_leaf": 60, "lambda_l2": 5.0, "max_bin": 127, "feature_fraction": 0.5,
            "bagging_fraction": 0.7, "bagging_freq": 1, "use_missing": True, "zero_as_missing": False,
            "seed": self.seed, "deterministic": True, "force_col_wise": True,
            "num_threads": self.threads, "verbose": -1,
        }


def train(table: Table, val: Table, settings: TreeSettings) -> tuple[lgb.Booster, tuple[str, ...]]:
    """Train few trees on all features of thinned rows, keep the strongest `features` by gain, train in full; stop early on val.

    Returns the booster and the features it reads, in its order.
    """
    val = val.judged()
    gain = fit(table, val, settings, settings.selection_trees).feature_importance("gain")
    order = np.argsort(-gain, kind="stable")[: settings.features]
    names = tuple(table.names[i] for i in sorted(order) if gain[i] > 0)
    return fit(table.columns(names), val.columns(names), settings, settings.trees), names


def fit(table: Table, val: Table | None, settings: TreeSettings, trees: int) -> lgb.Booster:
    """Defect or not. With `val`, stops when its average precision has not risen for 60 trees."""
    data = lgb.Dataset(table.values, table.label > 0, weight=table.weight, free_raw_data=True)
    params = settings.params() | {"metric": "average_precision"}
    if val is None:
        return lgb.train(params, data, trees)
    held = lgb.Dataset(val.values, val.label > 0, weight=val.weight, reference=data)
    return lgb.train(params, data, trees, valid_sets=[held], callbacks=[lgb.early_stopping(60, verbose=False)])


def train_mechanisms(table: Table, val: Table, settings: TreeSettings) -> lgb.Booster:
    """Which mechanism, given that there is a defect: learned on defect rows only, stopped early on those of val."""
    table, val = table.defects(), val.defects()
    params = settings.params() | {
        "objective": "multiclass", "num_class": len(MECHANISMS), "metric": "multi_logloss",
        "num_leaves": 12, "learning_rate": 0.12,
    }
    data = lgb.Dataset(table.values, table.label - 1, weight=table.weight)
    held = lgb.Dataset(val.values, val.label - 1, weight=val.weight, reference=data)
    return lgb.train(params, data, settings.mechanism_rounds, valid_sets=[held],
                     callbacks=[lgb.early_stopping(10, verbose=False)])


def raw_scores(booster: lgb.Booster, table: Table) -> FloatArray:
    """Uncalibrated log-odds of every row; one per mechanism [rows, mechanisms] from their own booster."""
    return np.asarray(booster.predict(table.values, raw_score=True))


def join(one: Table, other: Table) -> Table:
    """The rows of both, which have the same features; casts of the other count on after those of the one."""
    values, label, weight = (np.concatenate([getattr(table, part) for table in (one, other)])
                             for part in ("values", "label", "weight"))
    return Table(one.names, values, label, weight, np.r_[one.cast, other.cast + one.cast.max() + 1].astype(np.int32))


def thinned(table: Table, settings: TreeSettings) -> Table:
    """Judged rows with all defects and a share of the rest, which weighs accordingly more: neighbours are alike."""
    rng = np.random.default_rng(settings.seed)
    defect = table.label > 0
    kept = (table.weight > 0) & (defect | (rng.random(len(defect)) < settings.negatives))
    weight = np.where(defect, table.weight, table.weight / settings.negatives).astype(np.float32)
    return Table(table.names, table.values[kept], table.label[kept], weight[kept], table.cast[kept])
