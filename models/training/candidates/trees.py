"""Gradient boosting with and without interactions. Without them it is a sum of one curve per feature: a glass box."""

from __future__ import annotations

import time

import lightgbm as lgb
import numpy as np

import tree_onnx
from baseline import TreeSettings
from calibrate import Platt
from card import session
from material import Made, Material, Rows, median_ms

NEGATIVES = 1 / 3


def boosting(material: Material) -> Made:
    """The shipped baseline's trees, on all features."""
    return _make(material, {}, 400)


def additive(material: Material) -> Made:
    """Trees that split on one feature only, so that the score is a sum of functions of single features.

    Source: Lou, Caruana and Gehrke, Intelligible Models for Classification and Regression, KDD 2012.
    """
    names = material.rows("val").names
    alone = [[i] for i in range(len(names))]
    return _make(material, {"interaction_constraints": alone, "num_leaves": 6, "learning_rate": 0.12}, 1500)


def _make(material: Material, more: dict[str, object], trees: int) -> Made:
    rows, val = _thinned(material.rows("train"), material.seed), material.rows("val")
    began = time.process_time()
    params = TreeSettings(threads=1, seed=material.seed).params() | {"metric": "average_precision"} | more
    data = lgb.Dataset(rows.values, rows.defect, weight=rows.weight)
    counted = val.weight > 0
    held = lgb.Dataset(val.values[counted], val.defect[counted], weight=val.weight[counted], reference=data)
    booster = lgb.train(params, data, trees, valid_sets=[held], callbacks=[lgb.early_stopping(60, verbose=False)])
    spent = time.process_time() - began
    print(f"{booster.num_trees()} trees", flush=True)
    scores = {split: np.asarray(booster.predict(material.rows(split).values, raw_score=True))
              for split in ("val", "heldout")}
    runtime, one = session(tree_onnx.build_graph(booster, Platt())[0]), {"features": val.values[:1]}
    return Made(scores, spent, median_ms(lambda: runtime.run(None, one)))


def _thinned(rows: Rows, seed: int) -> Rows:
    """All defect rows and a third of the others, which weigh three times as much: neighbours are alike."""
    kept = (rows.weight > 0) & (rows.defect | (np.random.default_rng(seed).random(len(rows.defect)) < NEGATIVES))
    weight = np.where(rows.defect, rows.weight, rows.weight / NEGATIVES).astype(np.float32)
    return Rows(rows.names, rows.values[kept], rows.defect[kept], weight[kept])
