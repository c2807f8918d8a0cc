"""The served window gives what training saw, in torch and in ONNX Runtime, with and without gaps."""

from __future__ import annotations

import unittest

import numpy as np

try:
    import torch
except ImportError as err:
    raise unittest.SkipTest("needs torch (Debian: apt install python3-torch)") from err

from calibrate import Platt, softmax
from card import session
from sequence import COMMON, LOWER, UNREST, UPPER, SequenceNet, SequenceShape
from sequence_onnx import ServedSequence, build_graph
from sequence_train import scores, split_missing, steps

PLATT = Platt(0.9, -0.2)
FACTOR = 1.3
CHANNELS = tuple(dict.fromkeys((*UPPER, *COMMON, *LOWER, *UNREST, "superheat_margin")))


class SequenceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        torch.manual_seed(3)
        cls.net = SequenceNet(SequenceShape(CHANNELS, length=300, step=2)).eval()
        rng = np.random.default_rng(3)
        spread = np.linspace(1.0, 5.0, len(CHANNELS))
        cls.net.preparation.scale([0.5] * len(CHANNELS), spread.tolist())
        cls.readings = (spread * rng.normal(size=(1500, len(CHANNELS)))).astype(np.float32)
        cls.readings[rng.random(cls.readings.shape) < 0.1] = np.nan
        cls.readings[:, 9] = np.nan
        cls.length = cls.net.shape.length

    def windows(self, *ends: int) -> tuple[np.ndarray, np.ndarray]:
        seconds = self.net.shape.seconds
        return split_missing(np.stack([steps(self.readings[end + 1 - seconds:end + 1], 2) for end in ends]))

    def test_a_step_is_the_mean_of_what_was_measured(self) -> None:
        readings = np.array([[9, 9], [1, np.nan], [3, np.nan], [5, 4], [np.nan, 6]], np.float32)
        np.testing.assert_array_equal(steps(readings, 2), np.array([[2, np.nan], [5, 5]], np.float32))

    def test_onnx_runtime_equals_torch_at_any_batch(self) -> None:
        runtime = session(build_graph(self.net, PLATT, FACTOR))
        for ends in ((900,), (700, 900, 1100, 1499)):
            sequence, mask = self.windows(*ends)
            probability, attention, mechanisms = runtime.run(None, {"sequence": sequence, "mask": mask})
            with torch.no_grad():
                expected = ServedSequence(self.net, PLATT, FACTOR)(torch.from_numpy(sequence), torch.from_numpy(mask))
            np.testing.assert_allclose(probability, expected[0].numpy(), atol=1e-6)
            np.testing.assert_allclose(attention, expected[1].numpy(), atol=1e-6)
            np.testing.assert_allclose(attention.sum(axis=1), 1.0, atol=1e-5)
            np.testing.assert_allclose(mechanisms, expected[2].numpy(), atol=1e-6)
            np.testing.assert_allclose(mechanisms.sum(axis=1), 1.0, atol=1e-6)
            self.assertEqual(attention.shape, (len(ends), self.length))

    def test_a_window_gives_what_the_whole_cast_gives_there(self) -> None:
        ends = (900, 1001, 1202, 1499)
        with torch.no_grad():
            windows = [torch.from_numpy(part) for part in self.windows(*ends)]
            probability = ServedSequence(self.net, PLATT, FACTOR)(*windows)[0].numpy()
            shares = ServedSequence(self.net, PLATT, FACTOR)(*windows)[2].numpy()
        whole = scores(self.net, self.readings, np.array(ends))
        np.testing.assert_allclose(probability, PLATT.apply(whole[:, 0]), atol=1e-6)
        np.testing.assert_allclose(shares, softmax(FACTOR * whole[:, 1:]), atol=1e-6)

    def test_an_empty_window_has_a_finite_answer(self) -> None:
        empty = torch.zeros(1, self.length, len(CHANNELS))
        with torch.no_grad():
            outputs = ServedSequence(self.net, PLATT, FACTOR)(empty, empty.clone())
        self.assertTrue(all(torch.isfinite(output).all() for output in outputs))

    def test_a_window_too_short_for_the_network_is_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "needs"):
            SequenceShape(CHANNELS, length=150, step=2)

    def test_a_missing_channel_is_named(self) -> None:
        with self.assertRaisesRegex(ValueError, "casting_speed.deviation"):
            SequenceShape(tuple(name for name in CHANNELS if name != "casting_speed.deviation"), 300, 2)


if __name__ == "__main__":
    unittest.main()
