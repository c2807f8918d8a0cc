"""The unsupervised model on SKAB, scored as its leaderboard scores outlier detection.

Per run: fit on the first 400 rows, then every row of the run is judged, the fitted ones included; runs
without labels are left out. False-alarm rate = false alarms over normal rows, missed-alarm rate = missed
over anomalous rows, F1 over all runs together. The probabilities come from the exported graphs through the
nodes' own code (`npm run predict`): a row is an alarm when its probability reaches 0.5, without smoothing.

Settings are those of own_normal.py for every plant, and the same for every run; no label is used but to score.
"""

from __future__ import annotations

import argparse
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import own_normal
from own_table import load_labels, load_rows
from own_unsupervised import deliver_normal

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "flows" / "config" / "skab.yaml"
FIT_ROWS = 400
# Windows fill in this time, s.
SETTLE = 60.0
# Level and unrest over the shortest window: the longer ones of the file are hardly full within 400 rows.
USE = ("*.mean.10s", "*.std.10s")
# Engine and water warm up as long as the pump runs: what is usual for them at one time isn't later.
WITHOUT = ("temperature.*", "thermocouple.*")
LIMIT = 0.5
DRAWS = 2000


@dataclass(frozen=True)
class Run:
    """One recording: what was so and what was said, per row of the file."""

    name: str
    anomaly: NDArray[np.bool_]
    alarm: NDArray[np.bool_]
    fitted: NDArray[np.bool_]

    def counts(self, judged: NDArray[np.bool_]) -> NDArray[np.int64]:
        """True alarms, false alarms, missed and rightly silent rows among the judged ones."""
        said, so = self.alarm[judged], self.anomaly[judged]
        return np.array([np.sum(so & said), np.sum(~so & said), np.sum(so & ~said), np.sum(~so & ~said)])


def main() -> None:
    """Export, fit, ask the nodes' code, score."""
    parser = argparse.ArgumentParser(prog="models/training/skab.sh", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of SKAB with valve1/, valve2/, other/")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "skab", help="tables, models and predictions")
    given = parser.parse_args()
    groups = [name for name in ("valve1", "valve2", "other") if (given.data / name).is_dir()]
    if given.out.resolve() == given.data.resolve():
        raise SystemExit("--out: choose a folder other than that of the recordings.")
    if not groups:
        raise SystemExit(f"{given.data}: expected folders valve1, valve2 or other with CSV files.")
    runs = [run for group in groups for run in _runs(given.data.resolve() / group, given.out.resolve() / group)]
    for run in runs:
        print(f"{run.name:12}{_shown(run.counts(np.ones(len(run.alarm), bool)))}")
    everything = np.array([run.counts(np.ones(len(run.alarm), bool)) for run in runs])
    later = np.array([run.counts(~run.fitted) for run in runs])
    print(f"{len(runs)} runs, {everything.sum()} rows, as the leaderboard counts: {_shown(everything.sum(axis=0))}")
    low, high = _interval(everything)
    print(f"95 % bootstrap over runs: F1 {low:.3f} to {high:.3f}")
    print(f"without the fitted rows: {_shown(later.sum(axis=0))}")


def _runs(data: Path, out: Path) -> list[Run]:
    """Every run of a folder, each judged by a model of its own."""
    out.mkdir(parents=True, exist_ok=True)
    table, said = out / "table.npy", out / "predictions.csv"
    _npm("features", "--config", CONFIG, "--casts", data, "--every", 1, "--labels", "anomaly", "--out", table, "--quiet")
    labels = load_labels(table.with_suffix(".labels.csv"))
    rows = load_rows(table).columns(USE, WITHOUT)
    for cast, own in labels.groupby("cast", sort=False):
        last = float(own["elapsed"].iloc[FIT_ROWS - 1])
        chosen = rows.where((rows.cast == cast) & (rows.elapsed >= SETTLE) & (rows.elapsed <= last))
        settings = own_normal.Settings()
        deliver_normal(out / str(cast), own_normal.fit(chosen, settings), chosen, settings)
    _npm("predict", "--config", CONFIG, "--casts", data, "--every", 1, "--model", out / "{cast}" / "model.yaml",
         "--out", said)
    predictions = pd.read_csv(said, dtype={"cast": str})
    return [_judged(f"{data.name}/{cast}", own, predictions[predictions["cast"] == cast])
            for cast, own in labels.groupby("cast", sort=False)]


def _judged(name: str, labels: pd.DataFrame, predictions: pd.DataFrame) -> Run:
    """A row has the prediction of its second; where there is none, the latest before it."""
    at = np.searchsorted(predictions["elapsed"].to_numpy(), labels["elapsed"].to_numpy(), side="right") - 1
    probability = predictions["probability"].to_numpy()[np.maximum(at, 0)]
    return Run(name, labels["anomaly"].to_numpy() > 0, (at >= 0) & (probability >= LIMIT),
               np.arange(len(labels)) < FIT_ROWS)


def _shown(counts: NDArray[np.int64]) -> str:
    hits, false, missed, silent = (int(count) for count in counts)
    return (f"F1 {_f1(counts):.3f}  false-alarm rate {100 * false / max(false + silent, 1):5.2f} %  "
            f"missed-alarm rate {100 * missed / max(hits + missed, 1):5.2f} %")


def _f1(counts: NDArray[np.int64]) -> float:
    hits, false, missed = (int(count) for count in counts[:3])
    return 2 * hits / max(2 * hits + false + missed, 1)


def _interval(counts: NDArray[np.int64]) -> tuple[float, float]:
    rng = np.random.default_rng(1)
    drawn = [_f1(counts[rng.integers(len(counts), size=len(counts))].sum(axis=0)) for _ in range(DRAWS)]
    return float(np.quantile(drawn, 0.025)), float(np.quantile(drawn, 0.975))


def _npm(script: str, *arguments: object) -> None:
    subprocess.run(["npm", "run", "-s", script, "--", *map(str, arguments)], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
