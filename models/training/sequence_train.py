"""Training of the sequence network: long random segments, augmented; the best state on val casts is kept."""

from __future__ import annotations

import copy
import math
import time
from dataclasses import dataclass
from typing import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score
from torch import Tensor
from torch.nn import functional

from casts import MECHANISMS, Cast
from sequence import LOWER, UPPER, SequenceNet, SequenceShape

FloatArray = NDArray[np.float32]

# Deviations that a mold's own gain scales.
GAINS = ("mold_friction.deviation", "stopper_position.deviation", "mold_level.deviation")
SMOOTHED = 5


@dataclass(frozen=True)
class Schedule:
    """How long and how hard to train."""

    iterations: int = 3600
    batch: int = 7
    outputs: int = 1600
    learning_rate: float = 2.5e-3
    weight_decay: float = 1e-3
    warm_up: int = 60
    check_every: int = 600
    averaging: float = 0.998
    seed: int = 1


@dataclass(frozen=True)
class Recording:
    """One cast ready for training: readings with NaN for missing [seconds, channels], targets, weights."""

    readings: FloatArray
    targets: FloatArray
    weight: FloatArray
    grade: str


def recording(readings: FloatArray, cast: Cast) -> Recording:
    """Targets: any defect, then one column per mechanism (an auxiliary task, dropped at export)."""
    kinds = np.arange(1, len(MECHANISMS) + 1)
    targets = np.concatenate([cast.label[:, None] > 0, cast.label[:, None] == kinds], axis=1)
    return Recording(readings, targets.astype(np.float32), cast.weight(), cast.grade)


def steps(readings: FloatArray, seconds: int) -> FloatArray:
    """Means over `seconds` rows of what was measured, the last ending with the last row, as the core makes them."""
    rows = len(readings) // seconds * seconds
    grouped = readings[len(readings) - rows:].reshape(-1, seconds, readings.shape[1])
    measured = np.isfinite(grouped)
    count = measured.sum(axis=1)
    total = np.where(measured, grouped, np.float32(0)).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return (total / count).astype(np.float32)


def split_missing(readings: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Readings with NaN -> readings with 0, and the mask: what the serving node hands over."""
    measured = np.isfinite(readings)
    return np.where(measured, readings, np.float32(0)), measured.astype(np.float32)


class Augmenter:
    """Changes that keep the label: mirrored columns, another mold's gains and noise, another row distance, lost sensors.

    Molds differ in gains and in noise, and training has eight of them: each segment gets a mold of its own.
    """

    def __init__(self, shape: SequenceShape, rng: np.random.Generator) -> None:
        self._rng = rng
        self._upper = [shape.channels.index(name) for name in UPPER]
        self._lower = [shape.channels.index(name) for name in LOWER]
        self._gains = [shape.channels.index(name) for name in GAINS]
        self._noisy = [i for i, name in enumerate(shape.channels) if name.endswith(".deviation")]

    def __call__(self, readings: FloatArray) -> FloatArray:
        rng, upper, lower = self._rng, self._upper, self._lower
        out = readings.copy()
        if rng.random() < 0.5:
            out[:, upper] = out[:, upper[::-1]]
            out[:, lower] = out[:, lower[::-1]]
        if rng.random() < 0.5:
            # The lower row some seconds earlier or later: another row distance or sticker speed.
            out[:, lower] = np.roll(out[:, lower], int(rng.integers(-2, 3)), axis=0)
        self.change_mold(out)
        self._lose_sensors(out)
        return out

    def change_mold(self, out: FloatArray) -> None:
        """Other gains and other noise, in place."""
        rng, columns = self._rng, self._upper + self._lower
        # Thermocouple channels are deviations, so a gain needs no centre.
        gain = rng.uniform(0.85, 1.15) * rng.normal(1.0, 0.06, len(columns))
        out[:, columns] *= gain.astype(np.float32)
        out[:, self._gains] *= rng.normal(1.0, 0.08, len(self._gains)).astype(np.float32)
        out[:, self._noisy] = self._rougher(out[:, self._noisy], rng.uniform(-0.1, 0.3, len(self._noisy)))

    @staticmethod
    def _rougher(values: FloatArray, share: NDArray[np.floating]) -> FloatArray:
        """What differs from the mean of 5 s, enlarged by a share: a noisier or quieter sensor. Next to gaps: as it is."""
        mean = sum(values[lag:len(values) - SMOOTHED + 1 + lag] for lag in range(SMOOTHED)) / np.float32(SMOOTHED)
        middle = slice(SMOOTHED // 2, SMOOTHED // 2 + len(mean))
        rough = values.copy()
        rough[middle] += share.astype(np.float32) * np.nan_to_num(values[middle] - mean)
        return rough

    def _lose_sensors(self, out: FloatArray) -> None:
        """Now and then one sensor is missing throughout, or any sensor for a while."""
        rng = self._rng
        if rng.random() < 0.4:
            out[:, rng.integers(out.shape[1])] = np.nan
        for _ in range(rng.poisson(1.0)):
            start = int(rng.integers(len(out)))
            out[start:start + int(rng.integers(15, 300)), rng.integers(out.shape[1])] = np.nan


class Sampler:
    """Random segments of random casts, with targets at the network's outputs."""

    def __init__(self, recordings: Sequence[Recording], shape: SequenceShape, schedule: Schedule) -> None:
        self._recordings = recordings
        self._shape = shape
        self._rng = np.random.default_rng(schedule.seed)
        self._augment = Augmenter(shape, self._rng)
        self._batch = schedule.batch
        self._length = shape.seconds + schedule.outputs // shape.coarse * shape.coarse
        lengths = np.array([len(item.readings) for item in recordings], dtype=float)
        self._share = lengths / lengths.sum()

    def draw(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """sequence, mask [batch, time, channels]; targets [batch, kinds, outputs]; weights [batch, 1, outputs]."""
        columns = [self._segment(k) for k in self._rng.choice(len(self._recordings), self._batch, p=self._share)]
        sequence, mask, targets, weights = (torch.from_numpy(np.stack(part)) for part in zip(*columns))
        return sequence, mask, targets, weights

    def _segment(self, which: int) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        item, length = self._recordings[which], self._length
        start = int(self._rng.integers(0, max(1, len(item.readings) - length)))
        readings = item.readings[start:start + length]
        lack = length - len(readings)
        readings = np.pad(readings, ((0, lack), (0, 0)), constant_values=np.nan)
        at = start + np.arange(self._shape.seconds - 1, length, self._shape.coarse)
        inside = at < len(item.readings)
        at = np.minimum(at, len(item.readings) - 1)
        sequence, mask = split_missing(steps(self._augment(readings), self._shape.step))
        return sequence, mask, item.targets[at].T.copy(), (item.weight[at] * inside)[None]


def train(train_set: Sequence[Recording], val_set: Sequence[Recording], shape: SequenceShape,
          schedule: Schedule, log: Callable[[str], None] = print) -> SequenceNet:
    """Train from a fixed seed; returns the averaged network in its best state on the val casts."""
    torch.manual_seed(schedule.seed)
    net = SequenceNet(shape)
    net.preparation.scale(*typical(train_set, shape))
    optimizer = torch.optim.AdamW(net.parameters(), schedule.learning_rate, weight_decay=schedule.weight_decay)
    sampler = Sampler(train_set, shape, schedule)
    averaged = copy.deepcopy(net).eval()
    best, best_state, running, began = -1.0, copy.deepcopy(net.state_dict()), 0.0, time.monotonic()
    for iteration in range(1, schedule.iterations + 1):
        for group in optimizer.param_groups:
            group["lr"] = _learning_rate(schedule, iteration)
        net.train()
        running += _step(net, optimizer, *sampler.draw())
        _average(averaged, net, min(schedule.averaging, iteration / (iteration + 10.0)))
        if iteration % schedule.check_every == 0 or iteration == schedule.iterations:
            score = validate(averaged, val_set)
            log(f"iteration {iteration} loss {running / schedule.check_every:.4f} "
                f"val AP {score:.4f} {time.monotonic() - began:.0f} s")
            running = 0.0
            if score > best:
                best, best_state = score, copy.deepcopy(averaged.state_dict())
    net.load_state_dict(best_state)
    return net.eval()


def quiet_rows(recordings: Sequence[Recording]) -> tuple[FloatArray, NDArray[np.str_]]:
    """Readings of every 16th judged second without a defect, and the steel grade of each."""
    rows = [item.readings[(item.weight > 0) & (item.targets[:, 0] == 0)][::16] for item in recordings]
    return np.concatenate(rows), np.repeat([item.grade for item in recordings], [len(part) for part in rows])


def typical(recordings: Sequence[Recording], shape: SequenceShape) -> tuple[list[float], list[float]]:
    """Centre and spread of each channel from every 16th judged second; a row's thermocouples share theirs."""
    rows = np.concatenate([item.readings[item.weight > 0][::16] for item in recordings])
    low, centre, high = np.nanquantile(rows, [0.05, 0.5, 0.95], axis=0)
    # 5 % and 95 % of a normal distribution lie 3.29 deviations apart.
    spread = np.maximum((high - low) / 3.29, 1e-6)
    for row in (UPPER, LOWER):
        columns = [shape.channels.index(name) for name in row]
        spread[columns] = spread[columns].mean()
    deviations = [name.endswith(".deviation") for name in shape.channels]
    return np.where(deviations, 0.0, centre).tolist(), spread.tolist()


def scores(net: SequenceNet, readings: FloatArray, instants: NDArray[np.integer]) -> FloatArray:
    """Uncalibrated log-odds [instants, 1 + mechanisms] at some seconds of a cast, each from the window that ends there.

    The network has an output every coarse step, so one pass over the cast answers one phase of the clock.
    """
    shape = net.shape
    out = np.empty((len(instants), 1 + len(MECHANISMS)), np.float32)
    net.eval()
    for phase in range(shape.coarse):
        chosen = instants % shape.coarse == phase
        if not chosen.any():
            continue
        before = np.pad(readings, ((shape.seconds - 1 - phase, 0), (0, 0)), constant_values=np.nan)
        before = steps(before[: len(before) // shape.coarse * shape.coarse], shape.step)
        sequence, mask = (torch.from_numpy(part)[None] for part in split_missing(before))
        with torch.no_grad():
            log_odds = net(sequence, mask)[0][0].numpy().T
        out[chosen] = log_odds[instants[chosen] // shape.coarse]
    return out


def validate(net: SequenceNet, recordings: Sequence[Recording]) -> float:
    """Average precision over the judged seconds of all casts."""
    labels, values, weights = [], [], []
    for item in recordings:
        at = np.arange(0, len(item.readings) - net.shape.coarse, net.shape.coarse)
        log_odds = scores(net, item.readings, at)[:, 0]
        judged = item.weight[at] > 0
        labels.append(item.targets[at[judged], 0])
        values.append(log_odds[judged])
        weights.append(item.weight[at[judged]])
    return float(average_precision_score(np.concatenate(labels), np.concatenate(values),
                                         sample_weight=np.concatenate(weights)))


def _step(net: SequenceNet, optimizer: torch.optim.Optimizer, sequence: Tensor, mask: Tensor,
          targets: Tensor, weights: Tensor) -> float:
    log_odds, _ = net(sequence, mask)
    losses = functional.binary_cross_entropy_with_logits(log_odds, targets, reduction="none") * weights
    loss = losses[:, 0].mean() + 0.5 * losses[:, 1:].sum(1).mean()
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return float(loss)


def _average(averaged: SequenceNet, net: SequenceNet, keep: float) -> None:
    """Running mean of the weights over some hundred steps: it generalises better than any one of its states.

    Source: Polyak and Juditsky, SIAM J. Control Optim. 30(4), 1992.
    """
    with torch.no_grad():
        for mean, value in zip(averaged.parameters(), net.parameters(), strict=True):
            mean.lerp_(value, 1.0 - keep)


def _learning_rate(schedule: Schedule, iteration: int) -> float:
    """Linear warm-up, then a half cosine down to 2 %."""
    progress = iteration / schedule.iterations
    return schedule.learning_rate * min(1.0, iteration / schedule.warm_up) * max(
        0.02, 0.5 * (1.0 + math.cos(math.pi * progress)))
