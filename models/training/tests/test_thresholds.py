"""Intervals over casts, the threshold that holds on unseen molds, normal ranges: on numbers small enough to check by hand."""

from __future__ import annotations

import unittest

import numpy as np

from bootstrap import Tally, bounds, calibration_errors, draws, tally
from calibrate import fit_temperature, softmax
from casts import Cast, Event, Fault
from evaluate import calibration_error, curve, faults_without_alarm, named_right
from molds import margin
from normal import normal_ranges
from thresholds import choose

HOUR = 3600


def simulated(casts: int = 40, seed: int = 2) -> tuple[list[Cast], list[np.ndarray]]:
    """Casts of one hour with one event each, which the score tells with some noise."""
    rng = np.random.default_rng(seed)
    made, scores = [], []
    for i in range(casts):
        onset = int(rng.integers(1000, 3000))
        label = np.zeros(HOUR, np.int8)
        label[onset:onset + 100] = 1
        score = np.clip(0.2 + 0.02 * rng.normal(size=HOUR) + 0.3 * label * rng.random(), 0, 1)
        for start in rng.integers(700, HOUR - 50, 2):
            score[start:start + 20] += 0.3 * rng.random()
        made.append(Cast(f"c{i}", label, np.arange(HOUR) < 600, (Event("sticker", onset, onset + 90, onset + 99),)))
        scores.append(score)
    return made, scores


class BootstrapTest(unittest.TestCase):
    def test_all_casts_once_give_the_figures_of_the_split(self) -> None:
        casts, scores = simulated()
        points = curve(casts, scores, points=40)
        counts = tally(casts, scores, np.array([point.threshold for point in points]))
        once = np.ones((1, len(casts)))
        np.testing.assert_allclose(counts.rate(once)[0], [point.false_alarms_per_8h for point in points])
        np.testing.assert_allclose(counts.detected.sum(axis=1) / len(casts), [point.recall for point in points])
        np.testing.assert_allclose(counts.timely.sum(axis=1) / len(casts), [point.timely_recall for point in points])
        best = max((point.recall for point in points if point.false_alarms_per_8h <= 1.0))
        self.assertAlmostEqual(float(counts.recall_within(once, 1.0)[0][0]), best)

    def test_calibration_errors_of_all_casts_once_is_that_of_all_seconds(self) -> None:
        casts, scores = simulated()
        label = np.concatenate([cast.label[~cast.ignore] > 0 for cast in casts])
        score = np.concatenate([values[~cast.ignore] for cast, values in zip(casts, scores)])
        error = calibration_errors(casts, scores, np.ones((1, len(casts))))[0]
        self.assertAlmostEqual(float(error), calibration_error(score, label), places=9)

    def test_replicates_are_the_same_each_time_and_as_large_as_the_split(self) -> None:
        np.testing.assert_array_equal(draws(30), draws(30))
        self.assertTrue((draws(30).sum(axis=1) == 30).all())

    def test_the_interval_of_casts_that_are_all_alike_is_a_point(self) -> None:
        self.assertEqual(bounds(np.full(100, 0.5)), (0.5, 0.5))


class ThresholdTest(unittest.TestCase):
    def counts(self, false_alarms: list[list[int]]) -> Tally:
        """Casts of 8 h at thresholds 0.9, 0.8, ..."""
        false = np.array(false_alarms, float)
        none = np.zeros_like(false)
        thresholds = 0.9 - 0.1 * np.arange(len(false))
        return Tally(thresholds, false, none, none, np.zeros(false.shape[1]), np.full(false.shape[1], 8.0))

    def test_the_upper_bound_stays_within_the_budget_not_the_mean(self) -> None:
        # At 0.8 the mean of 0.9 per 8 h is within 1; its upper bound is not.
        counts = self.counts([[0, 0, 0, 1] * 25, [0, 0, 0, 3, 1] * 20, [2] * 100])
        self.assertAlmostEqual(choose(counts, 1.0, 1.0).value, 0.8)
        self.assertAlmostEqual(choose(counts, 0.9, 1.0).value, 0.9)

    def test_a_margin_for_unseen_molds_asks_for_more(self) -> None:
        counts = self.counts([[0, 0, 0, 1] * 25, [0, 0, 0, 3, 1] * 20, [2] * 100])
        choice = choose(counts, 1.0, 1.5)
        self.assertAlmostEqual(choice.value, 0.9)
        self.assertIn("1.50", str(choice.entry()["rule"]))

    def test_a_budget_that_no_threshold_keeps_is_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "no threshold"):
            choose(self.counts([[3] * 20]), 1.0, 1.0)

    def test_the_margin_is_how_many_more_false_alarms_unseen_molds_give(self) -> None:
        casts, scores = simulated()
        self.assertEqual(margin(casts, scores, scores), 1.0)
        louder = [np.where(cast.label > 0, score, score + 0.05) for cast, score in zip(casts, scores)]
        self.assertGreater(margin(casts, louder, scores), 1.2)


class NamingTest(unittest.TestCase):
    def test_an_event_is_named_by_what_most_of_its_alarm_seconds_say(self) -> None:
        casts, _ = simulated(2)
        scores = [cast.label.astype(float) for cast in casts]
        right, wrong = np.ones(HOUR, int), np.full(HOUR, 2)
        wrong[: int(casts[1].events[0].onset) + 40] = 1
        self.assertTrue(named_right(casts, scores, [right, wrong], 0.5).startswith("1/2 "))

    def test_faults_without_alarm_look_a_little_beyond_the_fault(self) -> None:
        quiet = np.zeros(HOUR, np.int8)
        faults = (Fault("drift", 1000, 1200), Fault("spike", 2000, 2100))
        score = np.zeros(HOUR)
        score[1300] = 1.0
        cast = Cast("c", quiet, np.arange(HOUR) < 600, (), faults=faults)
        self.assertTrue(str(faults_without_alarm([cast], [score], 0.5)["without_alarm"]).startswith("1/2 "))

    def test_temperature_makes_shares_as_sure_as_they_are_right(self) -> None:
        rng = np.random.default_rng(5)
        scores = rng.normal(size=(20000, 3)) * 2
        kind = (rng.random(20000)[:, None] > softmax(0.5 * scores).cumsum(axis=1)).sum(axis=1)
        self.assertAlmostEqual(fit_temperature(scores, kind), 0.5, delta=0.03)


class NormalTest(unittest.TestCase):
    def test_ranges_are_told_by_grade_and_over_all(self) -> None:
        values = np.array([[1, np.nan], [2, np.nan], [3, np.nan], [10, 5]], np.float32)
        ranges = normal_ranges(("a", "b"), values, np.array(["low", "low", "low", "high"]))
        self.assertEqual(list(ranges), ["high", "low", "any"])
        self.assertEqual(ranges["low"], {"a": [1.1, 2.0, 2.9]})
        self.assertEqual(ranges["any"]["b"], [5.0, 5.0, 5.0])


if __name__ == "__main__":
    unittest.main()
