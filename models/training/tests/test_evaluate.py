"""The metrics of section 7, on alarms small enough to count by hand."""

from __future__ import annotations

import unittest

import numpy as np

from calibrate import Platt, fit_platt, sigmoid
from casts import Cast, Event
from evaluate import best_within, calibration_error, curve, episodes, false_alarms, hold, outcome

HOUR = 3600


def alarm(length: int, *spans: tuple[int, int]) -> np.ndarray:
    seconds = np.zeros(length, dtype=bool)
    for start, end in spans:
        seconds[start:end + 1] = True
    return seconds


def cast(events: tuple[Event, ...], length: int = 8 * HOUR, ignored: int = 0) -> Cast:
    label = np.zeros(length, dtype=np.int8)
    for event in events:
        label[int(event.onset):int(event.end) + 1] = 1
    return Cast("c", label, np.arange(length) < ignored, events)


class EpisodeTest(unittest.TestCase):
    def test_gaps_up_to_a_minute_merge(self) -> None:
        self.assertEqual(episodes(alarm(500, (10, 20), (80, 90), (151, 160))), [(10, 90), (151, 160)])

    def test_no_alarm_has_no_episode(self) -> None:
        self.assertEqual(episodes(alarm(100)), [])


class FalseAlarmTest(unittest.TestCase):
    event = Event("sticker", onset=5000.0, complete=5050.0, end=5100.0)

    def test_table_of_episodes(self) -> None:
        cases = {
            "within the event": ((5010, 5020), 0),
            "a minute before the onset": ((4940, 4945), 0),
            "earlier than a minute before": ((4939, 4940), 1),
            "two minutes after the end": ((5220, 5300), 0),
            "later than that": ((5221, 5300), 1),
            "far away, ten minutes long": ((10_000, 10_600), 2),
            "runs into the event from 650 s before it": ((4290, 5050), 2),
        }
        for name, (span, expected) in cases.items():
            with self.subTest(name):
                self.assertEqual(false_alarms(alarm(20_000, span), [self.event]), expected)


class OutcomeTest(unittest.TestCase):
    def test_recall_lead_and_timeliness(self) -> None:
        early = Event("sticker", 1000.0, 1060.0, 1060.0)
        late = Event("sticker", 3000.0, 3060.0, 3060.0)
        missed = Event("long_crack", 6000.0, 6060.0, 6200.0)
        score = alarm(8 * HOUR, (1010, 1060), (3058, 3060)).astype(float)
        result = outcome([cast((early, late, missed))], [score], 0.5)
        self.assertAlmostEqual(result.recall, 2 / 3)
        self.assertAlmostEqual(result.timely_recall, 1 / 3)
        self.assertEqual(result.median_lead, (50 + 2) / 2)
        self.assertEqual(result.false_alarms_per_8h, 0)

    def test_ignored_time_neither_alarms_nor_counts(self) -> None:
        score = alarm(8 * HOUR, (100, 200)).astype(float)
        result = outcome([cast((), ignored=4 * HOUR)], [score], 0.5)
        self.assertEqual((result.false_alarms, result.hours), (0, 4.0))

    def test_recall_at_one_keeps_the_budget(self) -> None:
        event = Event("sticker", 10_000.0, 10_060.0, 10_060.0)
        score = np.full(8 * HOUR, 0.01)
        score[10_010:10_040] = 0.6
        score[2000:2050] = score[20_000:20_050] = score[25_000:25_050] = 0.7
        points = curve([cast((event,))], [score])
        self.assertEqual(best_within(points, 1.0).recall if best_within(points, 1.0) else 0.0, 0.0)
        self.assertEqual(best_within(points, 3.0).recall, 1.0)


class CalibrationTest(unittest.TestCase):
    def test_platt_finds_the_line(self) -> None:
        rng = np.random.default_rng(2)
        score = rng.normal(size=40_000) * 2
        label = (rng.random(len(score)) < sigmoid(0.7 * score - 0.4)).astype(int)
        line = fit_platt(score, label)
        self.assertAlmostEqual(line.slope, 0.7, delta=0.03)
        self.assertAlmostEqual(line.intercept, -0.4, delta=0.03)
        self.assertLess(calibration_error(line.apply(score), label > 0), 0.01)
        self.assertGreater(calibration_error(Platt(3.0, 1.0).apply(score), label > 0), 0.05)

    def test_a_prediction_holds_until_the_next(self) -> None:
        held = hold(np.array([2, 5]), np.array([0.3, 0.8]), 7)
        self.assertEqual(held.tolist(), [0, 0, 0.3, 0.3, 0.3, 0.8, 0.8])


if __name__ == "__main__":
    unittest.main()
