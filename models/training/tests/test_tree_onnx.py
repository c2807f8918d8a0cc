"""The exported graph decides, explains and calibrates as LightGBM does."""

from __future__ import annotations

import unittest

import lightgbm as lgb
import numpy as np
import onnxruntime as ort

from calibrate import Platt, logit, softmax
from tree_onnx import MechanismTrees, build_graph, float32_floor

PLATT = Platt(slope=0.8, intercept=-0.3)


def trained(rows: int = 4000, features: int = 12) -> tuple[lgb.Booster, np.ndarray]:
    """A booster on data with gaps in some columns and repeated values in others."""
    rng = np.random.default_rng(1)
    x = rng.normal(size=(rows, features)).astype(np.float32)
    x[:, 3] = np.round(x[:, 3], 1)
    x[rng.random(x.shape) < 0.1] = np.nan
    x[:, 0] = np.nan_to_num(x[:, 0])
    y = (np.nan_to_num(x[:, 0] * x[:, 1]) + np.isnan(x[:, 2]) + rng.normal(size=rows) * 0.3 > 0.5).astype(int)
    params = {"objective": "binary", "num_leaves": 24, "verbose": -1, "num_threads": 1, "seed": 1}
    return lgb.train(params, lgb.Dataset(x, y), num_boost_round=60), x


def trained_kinds(x: np.ndarray) -> lgb.Booster:
    """A booster of three classes on the same features."""
    y = np.digitize(np.nan_to_num(x[:, 1]), [-0.5, 0.5])
    params = {"objective": "multiclass", "num_class": 3, "num_leaves": 8, "verbose": -1, "num_threads": 1, "seed": 1}
    return lgb.train(params, lgb.Dataset(x, y), num_boost_round=15)


class TreeOnnxTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.booster, cls.x = trained()
        cls.kinds = trained_kinds(cls.x)
        model, cls.bias = build_graph(cls.booster, PLATT, MechanismTrees(cls.kinds, 0.7))
        session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        # Values on a threshold and rows with no reading at all are the cases a rounded threshold gets wrong.
        thresholds = np.array([value for value in _thresholds(cls.booster) if value < 1e30], dtype=np.float32)
        edge = np.resize(thresholds, (500, cls.x.shape[1])).astype(np.float32)
        cls.rows = np.concatenate([cls.x, edge, np.full((2, cls.x.shape[1]), np.nan, np.float32)])
        cls.probability, cls.contributions, cls.mechanisms = session.run(None, {"features": cls.rows})

    def test_probability_equals_lightgbm(self) -> None:
        score = self.booster.predict(self.rows, raw_score=True)
        np.testing.assert_allclose(self.probability, PLATT.apply(score), atol=1e-6)

    def test_contributions_and_bias_sum_to_the_log_odds(self) -> None:
        total = self.contributions.astype(np.float64).sum(axis=1) + self.bias
        np.testing.assert_allclose(total, logit(self.probability.astype(np.float64)), atol=2e-4)

    def test_shares_of_the_classes_are_those_of_lightgbm_and_sum_to_one(self) -> None:
        expected = softmax(0.7 * self.kinds.predict(self.rows, raw_score=True))
        np.testing.assert_allclose(self.mechanisms, expected, atol=1e-6)
        np.testing.assert_allclose(self.mechanisms.sum(axis=1), 1.0, atol=1e-6)

    def test_a_feature_without_a_split_contributes_nothing(self) -> None:
        unused = self.booster.feature_importance("split") == 0
        self.assertTrue((self.contributions[:, unused] == 0).all())

    def test_a_threshold_never_rounds_up(self) -> None:
        for threshold in (0.1, 1 / 3, 1e-35, -0.7, 1e9 + 0.3):
            self.assertLessEqual(float32_floor(threshold), threshold)
            self.assertGreater(float(np.nextafter(np.float32(float32_floor(threshold)), np.float32(np.inf))), threshold)


def _thresholds(booster: lgb.Booster) -> list[float]:
    found: list[float] = []
    stack = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    while stack:
        node = stack.pop()
        if "threshold" in node:
            found.append(node["threshold"])
            stack += [node["left_child"], node["right_child"]]
    return found


if __name__ == "__main__":
    unittest.main()
