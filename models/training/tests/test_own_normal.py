"""The model of normal operation: its graph says what its formula says, and what it says is sensible."""

from __future__ import annotations

import unittest

import numpy as np

from calibrate import logit
from card import session
from own_normal import FAR, STEEP, Settings, fit
from own_normal_onnx import build_graph
from own_table import Rows

NAMES = ("a.mean.10s", "b.mean.10s", "c.std.10s")


def rows(count: int = 400, casts: int = 1, drift: float = 0.0) -> Rows:
    """Rows in which b follows a; c has no relation to either, and drifts by `drift` spreads per cast."""
    rng = np.random.default_rng(2)
    a, c = rng.normal(size=(2, count))
    values = np.stack([10 + a, 100 + 5 * a + 0.5 * rng.normal(size=count), 1 + 0.1 * c], axis=1)
    each = count // casts
    elapsed = np.arange(count) % each
    values[:, 2] += drift * 0.1 * elapsed / each
    return Rows(NAMES, values.astype(np.float32), elapsed.astype(float),
                np.array([f"cast-{i // each}" for i in range(count)]), "0" * 64, "1" * 64)


class NormalTest(unittest.TestCase):
    def test_a_row_is_unusual_when_one_feature_leaves_its_relation_to_another(self) -> None:
        model = fit(rows())
        along, across = np.array([[11.0, 105.0, 1.0]]), np.array([[11.0, 95.0, 1.0]])
        self.assertLess(model.probability(along)[0], 0.5)
        self.assertGreater(model.probability(across)[0], 0.9)

    def test_at_the_limit_the_probability_is_one_half(self) -> None:
        model = fit(rows())
        direction = np.array([0.0, 0.0, 1.0])
        reach = model.limit / model.distance((model.centre + direction * model.spread)[None])[0]
        self.assertAlmostEqual(model.probability((model.centre + reach * direction * model.spread)[None])[0], 0.5, 6)

    def test_the_limit_comes_from_the_last_rows_of_every_cast(self) -> None:
        still, drifting = fit(rows(900, casts=3)), fit(rows(900, casts=3, drift=8.0))
        self.assertEqual(still.held_out_rows, 270)
        self.assertGreater(drifting.limit, 1.1 * still.limit)
        self.assertGreater(drifting.drift[2], 1.0)
        self.assertLess(np.abs(still.drift).max(), 0.5)

    def test_a_missing_feature_counts_as_usual(self) -> None:
        model = fit(rows())
        np.testing.assert_allclose(model.probability(np.full((1, 3), np.nan)), 1 / (1 + np.exp(STEEP)))

    def test_few_rows_and_features_never_measured_are_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "too few"):
            fit(rows(20))
        gone = rows()
        gone.values[:, 1] = np.nan
        with self.assertRaisesRegex(ValueError, "never measured: b.mean.10s"):
            fit(gone)


class GraphTest(unittest.TestCase):
    def setUp(self) -> None:
        self.model = fit(rows(), Settings(shrinkage=0.2))
        near, far = rows().values[:50], rows().values[:50] + np.float32(4.0)
        gaps = near.copy()
        gaps[::3, 1] = np.nan
        self.inputs = np.concatenate([near, far, gaps, np.full((1, 3), np.nan), np.full((1, 3), 1e9)]).astype(np.float32)
        probability, contributions = session(build_graph(self.model)).run(None, {"features": self.inputs})
        self.probability, self.contributions = probability, contributions

    def test_probability_equals_the_formula(self) -> None:
        expected = self.model.probability(self.inputs.astype(np.float64))
        np.testing.assert_allclose(self.probability, expected, atol=1e-5)

    def test_contributions_and_bias_sum_to_the_log_odds(self) -> None:
        total = self.contributions.astype(np.float64).sum(axis=1) - STEEP
        ratio = np.minimum((self.model.distance(self.inputs.astype(np.float64)) / self.model.limit) ** 2, FAR)
        np.testing.assert_allclose(total, STEEP * (ratio - 1), atol=1e-3)
        modest = np.abs(total) < 6
        np.testing.assert_allclose(total[modest], logit(self.probability[modest].astype(np.float64)), atol=1e-3)


if __name__ == "__main__":
    unittest.main()
