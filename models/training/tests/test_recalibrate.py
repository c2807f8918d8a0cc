"""A shifted model says the same with other log-odds, and its card tells so."""

from __future__ import annotations

import copy
import unittest

import lightgbm as lgb
import numpy as np

from calibrate import Platt, logit
from card import session
from recalibrate import shift_card, shift_graph
from tree_onnx import build_graph

CARD = {
    "calibration": {"slope": 1.2, "intercept": 0.345678, "bias": -1.0},
    "metrics": {"heldout": {"ece": 0.02, "ece_interval": "0.01-0.03", "threshold": 0.9, "auc": 0.95},
                "ensemble_heldout": {"ece": 0.01, "threshold": 0.8}},
    "thresholds": [{"threshold": 0.5, "recall": 0.9, "falseAlarmsPer8h": 1.0}],
    "threshold": {"value": 0.9, "rule": "for this test"},
}


class RecalibrateTest(unittest.TestCase):
    def setUp(self) -> None:
        rng = np.random.default_rng(4)
        self.rows = rng.normal(size=(400, 2)).astype(np.float32)
        booster = lgb.train({"objective": "binary", "verbose": -1, "num_threads": 1},
                            lgb.Dataset(self.rows, (self.rows[:, 0] > 0.2).astype(int)), 5)
        self.graph, _ = build_graph(booster, Platt(1.2, 0.345678))

    def said(self) -> tuple[np.ndarray, np.ndarray]:
        return tuple(session(self.graph).run(["probability", "contributions"], {"features": self.rows}))

    def test_the_graph_gives_the_same_log_odds_with_the_shift_added(self) -> None:
        probability, contributions = self.said()
        shift_graph(self.graph, 0.345678, -0.4)
        after, unchanged = self.said()
        # Probabilities are float32: 6 digits of them.
        np.testing.assert_allclose(logit(after), logit(probability) - 0.4, atol=1e-5)
        np.testing.assert_array_equal(unchanged, contributions)

    def test_a_graph_without_that_intercept_is_left_alone(self) -> None:
        before = self.graph.SerializeToString()
        with self.assertRaisesRegex(ValueError, "card is of another graph"):
            shift_graph(self.graph, 0.5, -0.4)
        self.assertEqual(self.graph.SerializeToString(), before)

    def test_thresholds_move_along_and_errors_of_before_are_struck(self) -> None:
        card = copy.deepcopy(CARD)
        shift_card(card, -0.4)
        self.assertEqual(card["calibration"], {"slope": 1.2, "intercept": -0.054322, "bias": -1.4})
        # 0.9 has the log-odds 2.19722: less 0.4 they are those of 0.857811. What is frozen is rounded upwards.
        self.assertEqual(card["threshold"]["value"], 0.8579)
        self.assertEqual(card["metrics"]["heldout"], {"threshold": 0.8578, "auc": 0.95})
        self.assertEqual(card["metrics"]["ensemble_heldout"], {"threshold": 0.8})
        self.assertEqual(card["thresholds"][0]["threshold"], 0.4013)


if __name__ == "__main__":
    unittest.main()
