"""What every candidate learns from and is asked about: feature rows, sequence channels and labels of the same casts."""

from __future__ import annotations

import io
import json
import time
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Callable, Mapping

import numpy as np
import onnx
import torch
from numpy.typing import NDArray

import casts
import features
from card import session

FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class Made:
    """A trained candidate."""

    scores: Mapping[str, FloatArray]
    """Uncalibrated log-odds of val and held-out casts at the inference instants, cast by cast."""
    train_cpu_s: float
    ms: float
    """Of one inference in ONNX Runtime, one thread: median."""


@dataclass(frozen=True)
class Rows:
    """Feature rows of a split with the defect labels and weights of their seconds; weight 0 = ignored."""

    names: tuple[str, ...]
    values: FloatArray
    defect: NDArray[np.bool_]
    weight: FloatArray


class Material:
    """The folder of train.py, of whose training and held-out casts the first ones are used."""

    def __init__(self, data: Path, count: int, held_out: int, seed: int) -> None:
        self.data = data
        self.counts = {"train": count, "heldout": held_out}
        self.seed = seed

    @cache
    def casts(self, split: str) -> list[casts.Cast]:
        """Casts with their labels."""
        return casts.load_casts(self.data / "casts" / split)[:self.counts.get(split)]

    @cache
    def instants(self, split: str) -> dict[str, NDArray[np.int64]]:
        """Inference instants of each cast, s since its start."""
        return features.load_instants(self.data / "features" / split)

    def rows(self, split: str) -> Rows:
        """The feature table of the split's casts."""
        at = self.instants(split)
        chosen = self.casts(split)
        total = sum(len(at[cast.id]) for cast in chosen)
        values = np.load(self.data / "features" / split / features.TABLE, mmap_mode="r")[:total, 1:]
        defect = np.concatenate([cast.label[at[cast.id]] > 0 for cast in chosen])
        weight = np.concatenate([cast.weight()[at[cast.id]] for cast in chosen])
        columns = json.loads((self.data / "features" / split / features.TABLE_INDEX).read_text())["columns"]
        return Rows(tuple(columns[1:]), np.ascontiguousarray(values), defect, weight)

    @cache
    def channels(self) -> tuple[tuple[str, ...], int, int]:
        """Sequence channels, steps of a window, s of a step."""
        return features.load_channels(self.data / "features" / "train")

    def readings(self, split: str, cast: casts.Cast) -> FloatArray:
        """Sequence channels of a cast [seconds, channels]; NaN where missing."""
        names = self.channels()[0]
        return features.load_sequences(self.data / "features" / split, names, [cast.id])[cast.id]


def median_ms(run: Callable[[], object], times: int = 300) -> float:
    """Median time of a call, after some to warm up."""
    for _ in range(20):
        run()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        taken.append(time.perf_counter() - began)
    return 1e3 * float(np.median(taken))


def served_ms(net: torch.nn.Module, window: torch.Tensor) -> float:
    """Median time of one inference of a network that takes a window."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # The tracer warns that shapes become constants, as they may for a single window.
        warnings.simplefilter("ignore")
        torch.onnx.export(net.eval(), (window,), buffer, opset_version=14, input_names=["window"])
    runtime = session(onnx.load_model_from_string(buffer.getvalue()))
    return median_ms(lambda: runtime.run(None, {"window": window.numpy()}))
