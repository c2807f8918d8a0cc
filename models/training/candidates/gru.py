"""A recurrent network with attention: a GRU over coarse steps, whose states an attention weighs into one.

It sees the window that the sequence model sees; steps of 4 s, missing readings as 0 with a share of what was measured.
"""

from __future__ import annotations

import copy
import time

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score
from torch import Tensor, nn
from torch.nn import functional

from casts import MECHANISMS, Cast
from material import Made, Material, served_ms
from sequence import SequenceShape
from sequence_train import Augmenter, recording, steps, typical

WIDTH = 64
COARSE = 4
STEPS = 150
BATCH = 48
ITERATIONS = 600
CHECK_EVERY = 300
RATE = 3e-3


class GruNet(nn.Module):
    """Scaled coarse steps [batch, steps, channels], 0 where missing -> log-odds [batch, 1 + mechanisms]."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.enter = nn.Linear(channels, WIDTH)
        self.gru = nn.GRU(WIDTH, WIDTH, batch_first=True)
        self.score = nn.Sequential(nn.Linear(WIDTH, 16), nn.Tanh(), nn.Linear(16, 1))
        self.head = nn.Linear(2 * WIDTH, 1 + len(MECHANISMS))

    def forward(self, x: Tensor) -> Tensor:
        states, _ = self.gru(functional.relu(self.enter(x)))
        weights = torch.softmax(self.score(states), 1)
        return self.head(torch.cat([(states * weights).sum(1), states[:, -1]], 1))


class Windows:
    """Windows of a split at chosen instants of its casts."""

    def __init__(self, material: Material, split: str, shape: SequenceShape, centre: list[float], spread: list[float]):
        self._centre, self._spread = np.float32(centre), np.float32(spread)
        self.casts = material.casts(split)
        self._readings = [self._padded(material.readings(split, cast)) for cast in self.casts]
        self.targets = [recording(np.zeros((1, 1), np.float32), cast).targets for cast in self.casts]

    def of(self, which: int, second: int, change: Augmenter | None = None) -> NDArray[np.float32]:
        """The window that ends with a second."""
        part = self._readings[which][second + 1:second + 1 + COARSE * STEPS]
        part = steps(part if change is None else change(part), COARSE)
        return np.clip(np.nan_to_num((part - self._centre) / self._spread), -8, 8)

    def all_of(self, which: int, seconds: NDArray[np.integer]) -> NDArray[np.float32]:
        """The windows that end with these seconds; those of one phase of the coarse steps share their means."""
        readings = self._readings[which]
        out = np.empty((len(seconds), STEPS, readings.shape[1]), np.float32)
        for phase in range(COARSE):
            chosen = (seconds + 1) % COARSE == phase
            part = steps(readings[phase:len(readings) - (len(readings) - phase) % COARSE], COARSE)
            part = np.clip(np.nan_to_num((part - self._centre) / self._spread), -8, 8)
            views = np.lib.stride_tricks.sliding_window_view(part, STEPS, axis=0)
            out[chosen] = views[(seconds[chosen] + 1) // COARSE].transpose(0, 2, 1)
        return out

    def _padded(self, readings: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.pad(readings, ((COARSE * STEPS, 0), (0, 0)), constant_values=np.nan)


def make(material: Material) -> Made:
    """Batches of random instants with a third of defects; the best state on val casts is kept."""
    shape = SequenceShape(*material.channels())
    began = time.process_time()
    some = material.casts("train")[:40]
    scale = typical([recording(material.readings("train", cast), cast) for cast in some], shape)
    train, val = (Windows(material, split, shape, *scale) for split in ("train", "val"))
    torch.manual_seed(material.seed)
    rng = np.random.default_rng(material.seed)
    net, change = GruNet(len(shape.channels)), Augmenter(shape, rng)
    optimizer = torch.optim.AdamW(net.parameters(), RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, ITERATIONS)
    draw = _Draw(train, rng)
    best, state = -1.0, copy.deepcopy(net.state_dict())
    for iteration in range(1, ITERATIONS + 1):
        chosen = [draw() for _ in range(BATCH)]
        x = torch.from_numpy(np.stack([train.of(which, second, change) for which, second in chosen]))
        y = torch.from_numpy(np.stack([train.targets[which][second] for which, second in chosen]))
        net.train()
        loss = functional.binary_cross_entropy_with_logits(net(x), y, reduction="none")
        loss = loss[:, 0].mean() + 0.5 * loss[:, 1:].sum(1).mean()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if iteration % CHECK_EVERY == 0:
            instants = {cast.id: np.flatnonzero(cast.weight() > 0)[::20] for cast in val.casts}
            defect = np.concatenate([cast.label[instants[cast.id]] > 0 for cast in val.casts])
            weight = np.concatenate([cast.weight()[instants[cast.id]] for cast in val.casts])
            score = average_precision_score(defect, _scores(net, val, instants), sample_weight=weight)
            print(f"iteration {iteration} loss {loss.item():.3f} val AP {score:.4f}", flush=True)
            if score > best:
                best, state = score, copy.deepcopy(net.state_dict())
    net.load_state_dict(state)
    spent = time.process_time() - began
    del train
    scores = {split: _scores(net, Windows(material, split, shape, *scale), material.instants(split))
              for split in ("val", "heldout")}
    return Made(scores, spent, served_ms(net, torch.randn(1, STEPS, len(shape.channels))))


class _Draw:
    """A third of the instants from defects, weighed by event length, two thirds from elsewhere."""

    def __init__(self, windows: Windows, rng: np.random.Generator) -> None:
        self._rng = rng
        parts = [(which, cast, cast.weight()) for which, cast in enumerate(windows.casts)]
        self._cast = np.concatenate([np.full(cast.seconds, which, np.int32) for which, cast, _ in parts])
        self._second = np.concatenate([np.arange(cast.seconds, dtype=np.int32) for _, cast, _ in parts])
        weight = np.concatenate([weight for *_, weight in parts]).astype(np.float64)
        label = np.concatenate([cast.label > 0 for _, cast, _ in parts])
        self._pools = [np.cumsum(weight * label), np.cumsum(weight * ~label)]

    def __call__(self) -> tuple[int, int]:
        pool = self._pools[int(self._rng.random() < 0.65)]
        at = int(np.searchsorted(pool, self._rng.random() * pool[-1]))
        return int(self._cast[at]), int(self._second[at])


def _scores(net: GruNet, windows: Windows, instants: dict[str, NDArray[np.integer]]) -> NDArray[np.float32]:
    net.eval()
    out: list[NDArray[np.float32]] = []
    for which, cast in enumerate(windows.casts):
        with torch.no_grad():
            x = torch.from_numpy(windows.all_of(which, instants[cast.id]))
            out.append(net(x)[:, 0].numpy())
    return np.concatenate(out)

