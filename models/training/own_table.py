"""Feature rows of anybody's recordings: `npm run features -- --out table.npy`, and with `--labels` also `table.labels.csv`.

A label belongs to a row by cast and second, never by position: recordings leave seconds out.
"""

from __future__ import annotations

import fnmatch
import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray


# Other plants cast no steel: their normal ranges are those of any grade.
NO_GRADES = np.array([], np.str_)


@dataclass(frozen=True)
class Rows:
    """Feature rows of some casts, in the order of the table; NaN where a feature has no value."""

    names: tuple[str, ...]
    values: NDArray[np.float32]
    elapsed: NDArray[np.float64]
    """s since the cast's first reading, one per row."""
    cast: NDArray[np.str_]
    feature_spec: str
    fingerprint: str
    """SHA-256 of the table."""

    def where(self, chosen: NDArray[np.bool_]) -> "Rows":
        """Some of the rows."""
        return replace(self, values=self.values[chosen], elapsed=self.elapsed[chosen], cast=self.cast[chosen])

    def columns(self, use: Sequence[str], without: Sequence[str]) -> "Rows":
        """The features that one pattern of `use` matches and none of `without`, as in `*.mean.10s`."""
        kept = [i for i, name in enumerate(self.names) if _matches(name, use) and not _matches(name, without)]
        if not kept:
            raise SystemExit(f"no feature matches {' '.join(use)} without {' '.join(without) or 'any'}; "
                             f"the table has {', '.join(self.names[:6])}, ...")
        return replace(self, names=tuple(self.names[i] for i in kept),
                       values=np.ascontiguousarray(self.values[:, kept]))


def load_rows(table: Path) -> Rows:
    """The table with its casts and seconds."""
    index = json.loads(table.with_suffix(".json").read_text())
    values = np.load(table)
    cast = np.concatenate([np.repeat(entry["id"], entry["rows"]) for entry in index["casts"]])
    return Rows(tuple(index["columns"][1:]), values[:, 1:], values[:, 0].astype(np.float64), cast,
                str(index["featureSpec"]), hashlib.sha256(table.read_bytes()).hexdigest())


def load_labels(file: Path) -> pd.DataFrame:
    """The label columns as the export wrote them."""
    return pd.read_csv(file, dtype={"cast": str})


def labels_of(rows: Rows, labels: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """The label of each row's second; NaN where the recording has no such second or no label."""
    if column not in labels.columns:
        raise SystemExit(f"--label: no column {column}; the labels have {', '.join(labels.columns[2:])}")
    known = labels.assign(second=labels["elapsed"].round().astype(int)).drop_duplicates(["cast", "second"], keep="last")
    wanted = pd.DataFrame({"cast": rows.cast, "second": rows.elapsed.round().astype(int)})
    joined = wanted.merge(known[["cast", "second", column]], on=["cast", "second"], how="left")
    return joined[column].to_numpy(np.float64)


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
