"""The candidates of the model choice: what they compute in bulk is what they compute one by one."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path

import numpy as np

try:
    import torch
except ImportError as err:
    raise unittest.SkipTest("needs torch (Debian: apt install python3-torch)") from err

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "candidates"))

import gru  # noqa: E402
import rocket  # noqa: E402


class CandidatesTest(unittest.TestCase):
    def test_windows_of_many_seconds_are_those_of_each(self) -> None:
        rng = np.random.default_rng(1)
        readings = rng.normal(size=(1500, 3)).astype(np.float32)
        readings[200:260, 1] = np.nan
        windows = gru.Windows.__new__(gru.Windows)
        windows._centre, windows._spread = np.zeros(3, np.float32), np.ones(3, np.float32)
        windows._readings = [windows._padded(readings)]
        seconds = np.array([0, 1, 2, 3, 230, 599, 600, 1499])
        np.testing.assert_array_equal(windows.all_of(0, seconds), [windows.of(0, int(second)) for second in seconds])

    def test_a_rocket_feature_is_the_share_of_the_window_above_the_bias(self) -> None:
        net = rocket.Rocket(12, seed=1)
        x = torch.randn(1, 12, 700)
        net.draw_biases(x)
        at, span, kernel, dilation = 650, rocket.SPANS[0], 5, 2
        mixed = (net.mixing[dilation, kernel][:, None] * x[0]).sum(0).numpy()
        taps = [at - span + 1 - rocket.DILATIONS[dilation] * np.arange(8, -1, -1) + i for i in range(span)]
        response = np.array([rocket.KERNELS[kernel] @ mixed[tap] for tap in taps])
        expected = float(np.mean(response > float(net.bias[dilation, kernel, 1, 0])))
        count = len(rocket.KERNELS) * rocket.BIASES
        place = dilation * count * len(rocket.SPANS) + kernel * rocket.BIASES + 1
        self.assertAlmostEqual(float(net(x)[0, place, at]), expected, places=5)


if __name__ == "__main__":
    unittest.main()
