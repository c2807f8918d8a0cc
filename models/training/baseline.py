"""The baseline: LightGBM on the feature table of the TypeScript core."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from casts import MECHANISMS

FloatArray = NDArray[np.floating]

# How much quieter or more restless another mold may be.
UNREST = (0.88, 1.3)
SCALED_STATISTICS = ("std", "range", "slope", "deviation")
SCALED_SENSORS = ("coldest_column", "hottest_column", "crack_index", "sticker_index", "row_inversion", "friction_excess")


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
    defects: float = 1 / 2
    negatives: float = 1 / 4
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


def vary(table: Table, seed: int) -> None:
    """Make each cast as if on a mold of its own: scale what measures unrest and contrast, by sensor a little differently.

    Molds differ in gains and in noise, and training has eight of them. Changes the table in place.
    """
    rng = np.random.default_rng(seed)
    casts = int(table.cast.max()) + 1
    sensors = [name.split(".")[0] for name in table.names]
    order = {sensor: i for i, sensor in enumerate(dict.fromkeys(sensors))}
    common = np.exp(rng.uniform(*np.log(UNREST), (casts, 1)))
    factor = (common * np.exp(rng.normal(0.0, 0.06, (casts, len(order))))).astype(np.float32)
    for column, (name, sensor) in enumerate(zip(table.names, sensors, strict=True)):
        if name.split(".")[1] in SCALED_STATISTICS or sensor.endswith("_contrast") or sensor in SCALED_SENSORS:
            table.values[:, column] *= factor[table.cast, order[sensor]]


def join(one: Table, other: Table) -> Table:
    """The rows of both, which have the same features; casts of the other count on after those of the one."""
    values, label, weight = (np.concatenate([getattr(table, part) for table in (one, other)])
                             for part in ("values", "label", "weight"))
    return Table(one.names, values, label, weight, np.r_[one.cast, other.cast + one.cast.max() + 1].astype(np.int32))


def thinned(table: Table, settings: TreeSettings) -> Table:
    """A share of the judged rows, which weigh accordingly more: neighbours in time are alike."""
    rng = np.random.default_rng(settings.seed)
    share = np.where(table.label > 0, settings.defects, settings.negatives)
    kept = (table.weight > 0) & (rng.random(len(share)) < share)
    weight = (table.weight / share).astype(np.float32)
    return Table(table.names, table.values[kept], table.label[kept], weight[kept], table.cast[kept])
