"""Casts on disk: the index `casts.json`, and per cast a CSV with readings and labels.

Labels (`y_any`, `y_mech`, `ignore`, `sensor_fault`) are read here and nowhere else; features never see them.
"""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# Code of `y_mech` in the cast files, from 1.
MECHANISMS = ("sticker", "long_crack", "slag_entrainment", "cooling_crack", "segregation", "oscillation")
# An event's seconds weigh (150 / length) ** 0.6: long events would otherwise drown short ones.
EVENT_LENGTH = 150.0
EVENT_POWER = 0.6


@dataclass(frozen=True)
class Event:
    """A defect: times in s of the cast."""

    type: str
    onset: float
    complete: float
    end: float


@dataclass(frozen=True)
class Fault:
    """A faulty sensor: times in s of the cast."""

    type: str
    onset: float
    end: float


@dataclass(frozen=True)
class Cast:
    """Labels of one cast, one entry per second."""

    id: str
    label: NDArray[np.int8]
    ignore: NDArray[np.bool_]
    events: tuple[Event, ...]
    grade: str = ""
    mold: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def seconds(self) -> int:
        """Length of the cast, s."""
        return len(self.label)

    def weight(self) -> NDArray[np.float32]:
        """Training weight per second: 0 where ignored, by the event's length within events."""
        weight = (~self.ignore).astype(np.float32)
        for event in self.events:
            first, last = int(event.onset), int(event.end)
            length = min(last + 1, self.seconds) - first
            if length > 0:
                weight[first:last + 1] *= (EVENT_LENGTH / length) ** EVENT_POWER
        return weight


@functools.cache
def load_casts(folder: Path) -> tuple[Cast, ...]:
    """All casts of an index with their labels, in the index's order; read once."""
    return tuple(_load_cast(folder, entry) for entry in _index(folder))


def fingerprint(folder: Path) -> str:
    """SHA-256 over all cast files in the index's order: names what a model was trained on."""
    digest = hashlib.sha256()
    for entry in _index(folder):
        digest.update((folder / entry["file"]).read_bytes())
    return digest.hexdigest()


def generator(folder: Path) -> str:
    """Name and version of the simulator, as the first cast's metadata has it."""
    first = _index(folder)[0]
    return json.loads((folder / Path(first["file"]).with_suffix(".json")).read_text())["generator"]


def _index(folder: Path) -> list[dict]:
    return json.loads((folder / "casts.json").read_text())["casts"]


def _load_cast(folder: Path, entry: dict) -> Cast:
    table = pd.read_csv(folder / entry["file"], usecols=["y_any", "y_mech", "ignore"], dtype=np.int8)
    events = tuple(Event(e["type"], e["onset"], e["complete"], e["end"]) for e in entry["events"])
    faults = tuple(Fault(f["type"], f["onset"], f["end"]) for f in entry["sensorFaults"])
    return Cast(entry["id"], table["y_mech"].to_numpy(), table["ignore"].to_numpy().astype(bool), events,
                entry["grade"], entry["mold"], faults)
