"""Random convolutions with a linear read-out: MiniRocket's kernels over the sequence channels.

84 kernels of nine taps, two of each three values -1 and 2, at dilations that fill the window; each sees the sum of a
few random channels. A feature is the share of a window in which a kernel's output lies above a bias drawn from the
training data. Over a long recording that share is a running mean, so that each instant costs next to nothing; the largest dilation then
reaches up to 256 steps behind the window, which favours it a little.
Source: Dempster, Schmidt and Webb, MiniRocket, KDD 2021. Read-out: ridge regression on the labels, then Platt.
"""

from __future__ import annotations

import itertools
import time

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from casts import Cast
from material import Made, Material, served_ms
from sequence import SequenceShape
from sequence_train import recording, steps, typical

KERNELS = np.array([[2 if tap in chosen else -1 for tap in range(9)] for chosen in itertools.combinations(range(9), 3)])
DILATIONS = (1, 2, 4, 8, 16, 32)
BIASES = 2
# Steps of 2 s: a tear shows within a minute, clogging within the whole window.
SPANS = (30, 300)
RIDGE = (1e1, 1e2, 1e3, 1e4)


class Rocket(nn.Module):
    """Scaled channels [batch, channels, time] -> features at each time [batch, features, time]."""

    def __init__(self, channels: int, seed: int) -> None:
        super().__init__()
        rng = np.random.default_rng(seed)
        mixing = np.zeros((len(DILATIONS), len(KERNELS), channels), np.float32)
        for row in mixing.reshape(-1, channels):
            row[rng.choice(channels, int(2 ** rng.uniform(0, np.log2(9))), replace=False)] = 1
        self.register_buffer("mixing", torch.from_numpy(mixing))
        self.register_buffer("kernels", torch.from_numpy(KERNELS.astype(np.float32))[:, None])
        self.register_buffer("bias", torch.zeros(len(DILATIONS), len(KERNELS), BIASES, 1))

    def responses(self, x: Tensor, which: int) -> Tensor:
        """Kernel outputs at one dilation, each from what lies at and before its time."""
        mixed = torch.einsum("kc,bct->bkt", self.mixing[which], x)
        padded = functional.pad(mixed, (8 * DILATIONS[which], 0))
        return functional.conv1d(padded, self.kernels, dilation=DILATIONS[which], groups=len(KERNELS))

    def draw_biases(self, examples: Tensor) -> None:
        """Quantiles of the outputs over example recordings."""
        for which in range(len(DILATIONS)):
            out = self.responses(examples, which).transpose(0, 1).flatten(1)
            quantiles = torch.quantile(out[:, ::7], torch.tensor([0.2, 0.8]), dim=1)
            self.bias[which, :, :, 0] = quantiles.T

    def forward(self, x: Tensor) -> Tensor:
        parts = []
        for which in range(len(DILATIONS)):
            above = (self.responses(x, which)[:, :, None] > self.bias[which]).to(x.dtype).flatten(1, 2)
            total = functional.pad(above, (max(SPANS), 0)).cumsum(2)
            for span in SPANS:
                parts.append((total[:, :, max(SPANS):] - total[:, :, max(SPANS) - span:-span]) / span)
        return torch.cat(parts, 1)


class Served(nn.Module):
    """A window [batch, steps, channels] -> log-odds."""

    def __init__(self, rocket: Rocket, weights: NDArray[np.floating]) -> None:
        super().__init__()
        self.rocket = rocket
        self.register_buffer("weights", torch.from_numpy(weights.astype(np.float32)))

    def forward(self, window: Tensor) -> Tensor:
        return self.rocket(window.transpose(1, 2))[:, :, -1] @ self.weights[:-1] + self.weights[-1]


def make(material: Material) -> Made:
    """Normal equations summed cast by cast; the ridge that validation casts like best."""
    shape = SequenceShape(*material.channels())
    began = time.process_time()
    some = material.casts("train")[:40]
    centre, spread = typical([recording(material.readings("train", cast), cast) for cast in some], shape)

    def scaled(split: str, cast: Cast) -> Tensor:
        coarse = steps(material.readings(split, cast), shape.step)
        values = np.clip(np.nan_to_num((coarse - np.float32(centre)) / np.float32(spread)), -8, 8)
        return torch.from_numpy(values.T.copy())[None]

    def rows(split: str, cast: Cast) -> NDArray[np.float32]:
        """Features at the instants and a 1."""
        with torch.no_grad():
            made = rocket(scaled(split, cast))[0].numpy()
        # The steps end with the last second; the step that ends at or before an instant.
        behind = cast.seconds - 1 - material.instants(split)[cast.id]
        at = np.maximum(made.shape[1] - 1 - -(-behind // shape.step), 0)
        return np.concatenate([made[:, at], np.ones((1, len(at)), np.float32)]).T

    rocket = Rocket(len(shape.channels), material.seed)
    with torch.no_grad():
        rocket.draw_biases(torch.cat([scaled("train", cast)[:, :, :1500] for cast in some], 0))
    size = len(DILATIONS) * len(KERNELS) * BIASES * len(SPANS) + 1
    gram, moment = np.zeros((size, size), np.float64), np.zeros(size)
    rng = np.random.default_rng(material.seed)
    for cast in material.casts("train"):
        at = material.instants("train")[cast.id]
        defect, weight = cast.label[at] > 0, cast.weight()[at]
        kept = (weight > 0) & (defect | (rng.random(len(at)) < 1 / 3))
        x = rows("train", cast)[kept]
        w = np.where(defect, weight, 3 * weight)[kept].astype(np.float32)
        gram += x.T @ (x * w[:, None])
        moment += x.T @ (w * (2 * defect[kept] - 1))
    val = [rows("val", cast) for cast in material.casts("val")]
    at = material.instants("val")
    defect = np.concatenate([cast.label[at[cast.id]] > 0 for cast in material.casts("val")])
    counted = np.concatenate([cast.weight()[at[cast.id]] for cast in material.casts("val")]) > 0
    penalty = np.eye(size)
    penalty[-1, -1] = 0
    solved = [np.linalg.solve(gram + ridge * penalty, moment) for ridge in RIDGE]
    answers = [np.concatenate([x @ weights for x in val]) for weights in solved]
    losses = [float(np.mean((answer[counted] - (2 * defect[counted] - 1)) ** 2)) for answer in answers]
    weights = solved[int(np.argmin(losses))]
    print(f"ridge {RIDGE[int(np.argmin(losses))]}, squared error on val {min(losses):.4f}", flush=True)
    spent = time.process_time() - began
    scores = {split: np.concatenate([rows(split, cast) @ weights for cast in material.casts(split)])
              for split in ("val", "heldout")}
    return Made(scores, spent, served_ms(Served(rocket, weights), torch.randn(1, shape.length, len(shape.channels))))

