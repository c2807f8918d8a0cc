"""What `npm run features` wrote: the feature table and the sequence channels of each cast.

`table.npy` float32 [rows, 1 + features], first column elapsed s; `table.json` its columns and the rows of each cast.
`sequences/<cast>.npy` float32 [seconds, channels]. NaN = missing in both.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from baseline import Table
from casts import Cast

TABLE = "table.npy"
TABLE_INDEX = "table.json"
SEQUENCES = "sequences"
SEQUENCE_INDEX = "channels.json"


def arguments(config: Path, casts: Path, folder: Path, workers: int) -> list[str]:
    """Arguments of the export command."""
    return ["--config", str(config), "--casts", str(casts), "--out", str(folder / TABLE),
            "--sequence-out", str(folder / SEQUENCES), "--workers", str(workers)]


def is_complete(folder: Path) -> bool:
    """Whether both exports are there; each writes its index last."""
    return (folder / TABLE_INDEX).exists() and (folder / SEQUENCES / SEQUENCE_INDEX).exists()


def load_spec(folder: Path) -> str:
    """Hash of the sensors and features configuration, for the cards."""
    return str(_table_index(folder)["featureSpec"])


def load_instants(folder: Path) -> dict[str, NDArray[np.int64]]:
    """Inference instants of each cast in s since its start, in the order of the table's rows."""
    elapsed = np.load(folder / TABLE, mmap_mode="r")[:, 0]
    return {entry["id"]: elapsed[entry["row"]:entry["row"] + entry["rows"]].round().astype(np.int64)
            for entry in _table_index(folder)["casts"]}


def load_table(folder: Path, casts: Sequence[Cast]) -> Table:
    """The feature rows with the labels of their seconds, joined by cast and second."""
    index = _table_index(folder)
    values = np.load(folder / TABLE)
    label = np.zeros(len(values), np.int8)
    weight = np.zeros(len(values), np.float32)
    owner = np.zeros(len(values), np.int32)
    position = {cast.id: i for i, cast in enumerate(casts)}
    for entry in index["casts"]:
        rows = slice(entry["row"], entry["row"] + entry["rows"])
        at = values[rows, 0].round().astype(int)
        owner[rows] = position[entry["id"]]
        cast = casts[position[entry["id"]]]
        label[rows] = cast.label[at]
        weight[rows] = cast.weight()[at]
    return Table(tuple(index["columns"][1:]), values[:, 1:], label, weight, owner)


def load_channels(folder: Path) -> tuple[tuple[str, ...], int, int]:
    """Sequence channels in the order of the tensor, steps of a window, seconds of a step."""
    index = json.loads((folder / SEQUENCES / SEQUENCE_INDEX).read_text())
    if index["sampleInterval"] != 1:
        raise ValueError(f"labels are per second, the export has a sample every {index['sampleInterval']} s")
    return tuple(index["channels"]), int(index["length"]), int(index["step"])


def load_sequences(folder: Path, channels: Sequence[str],
                   casts: Iterable[str] | None = None) -> dict[str, NDArray[np.float32]]:
    """Channels [seconds, channels] of each cast, in the order asked for."""
    index = json.loads((folder / SEQUENCES / SEQUENCE_INDEX).read_text())
    columns = [index["channels"].index(name) for name in channels]
    ids = [entry["id"] for entry in _table_index(folder)["casts"]] if casts is None else casts
    return {cast: np.load(folder / SEQUENCES / f"{cast}.npy")[:, columns] for cast in ids}


def _table_index(folder: Path) -> dict[str, Any]:
    return json.loads((folder / TABLE_INDEX).read_text())
