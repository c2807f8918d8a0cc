"""Card and golden vectors say what the graph does, and nothing is delivered that differs from training."""

from __future__ import annotations

import hashlib
import json
import tempfile
import unittest
from pathlib import Path

import lightgbm as lgb
import numpy as np
import yaml

from calibrate import Platt
from card import Delivery, deliver, flat_metrics
from tree_onnx import build_graph


def delivery() -> tuple[Delivery, np.ndarray, np.ndarray]:
    """A tiny baseline, rows with a gap, and LightGBM's own answer."""
    rng = np.random.default_rng(4)
    x = rng.normal(size=(400, 2)).astype(np.float32)
    x[::7, 1] = np.nan
    y = (x[:, 0] > 0.2).astype(int)
    booster = lgb.train({"objective": "binary", "verbose": -1, "num_threads": 1}, lgb.Dataset(x, y), 5)
    graph, _ = build_graph(booster, Platt())
    made = Delivery(
        kind="baseline", name="tiny", version="0.0.1", description="for this test", graph=graph,
        input={"features": "features", "names": ["a", "b"]},
        output={"probability": "probability", "contributions": "contributions"},
        feature_spec="0" * 64, training={}, calibration={}, metrics={}, thresholds=(),
    )
    return made, x[:8], booster.predict(x[:8])


class CardTest(unittest.TestCase):
    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name) / "baseline"
        self.delivery, self.rows, self.expected = delivery()

    def test_golden_vectors_read_back_to_the_bit(self) -> None:
        deliver(self.folder, self.delivery, {"features": self.rows}, {"probability": self.expected})
        golden = json.loads((self.folder / "golden.json").read_text())
        values = [np.nan if value is None else value for value in golden["inputs"]["features"]["data"]]
        back = np.array(values, np.float32).reshape(golden["inputs"]["features"]["dims"])
        np.testing.assert_array_equal(back, self.rows)
        np.testing.assert_allclose(golden["outputs"]["probability"]["data"], self.expected, atol=golden["tolerance"])

    def test_the_card_has_the_hash_of_its_graph(self) -> None:
        deliver(self.folder, self.delivery, {"features": self.rows}, {"probability": self.expected})
        card = yaml.safe_load((self.folder / "model.yaml").read_text())
        graph = (self.folder / card["graph"]["file"]).read_bytes()
        self.assertEqual(card["graph"]["sha256"], hashlib.sha256(graph).hexdigest())

    def test_a_graph_that_differs_from_training_is_not_delivered(self) -> None:
        with self.assertRaisesRegex(ValueError, "differ by"):
            deliver(self.folder, self.delivery, {"features": self.rows}, {"probability": self.expected + 1e-4})
        self.assertFalse((self.folder / "model.onnx").exists())

    def test_tables_within_a_split_become_entries_of_their_own(self) -> None:
        flat = flat_metrics({"heldout": {"auc": 0.9, "recall_by_type": {"sticker": "3/4"}}})
        self.assertEqual(flat, {"heldout": {"auc": 0.9}, "heldout_recall_by_type": {"sticker": "3/4"}})


if __name__ == "__main__":
    unittest.main()
