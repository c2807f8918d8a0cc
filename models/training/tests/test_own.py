"""Own recordings: labels find their rows, casts stay whole, and a model comes out of either way."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from own_supervised import Split
from own_table import labels_of, load_labels, load_rows

FEATURES = ("flow.mean.10s", "flow.std.10s", "pressure.mean.10s")
CASTS = [f"run-{i}" for i in range(6)]
SECONDS = 300
OWN = Path(__file__).resolve().parents[1] / "own.py"


def export(folder: Path) -> Path:
    """What `npm run features -- --labels fault` leaves of six runs: from 200 s on the flow is 4 spreads low."""
    rng = np.random.default_rng(3)
    values = rng.normal(size=(len(CASTS) * SECONDS, len(FEATURES) + 1)).astype(np.float32)
    values[:, 0] = np.tile(np.arange(SECONDS), len(CASTS))
    faulty = values[:, 0] >= 200
    values[faulty, 1] -= 4
    np.save(folder / "table.npy", values)
    index = {"columns": ["elapsed", *FEATURES], "featureSpec": "0" * 64,
             "casts": [{"id": name, "row": i * SECONDS, "rows": SECONDS} for i, name in enumerate(CASTS)]}
    (folder / "table.json").write_text(json.dumps(index))
    # The recordings leave out every seventh second, and their labels come in another order than the rows.
    labels = pd.DataFrame({"cast": np.repeat(CASTS, SECONDS), "elapsed": values[:, 0], "fault": faulty.astype(int)})
    labels[labels["elapsed"] % 7 != 6].iloc[::-1].to_csv(folder / "table.labels.csv", index=False)
    return folder / "table.npy"


class OwnTest(unittest.TestCase):
    def setUp(self) -> None:
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.table = export(self.folder)

    def test_labels_are_joined_by_cast_and_second(self) -> None:
        rows = load_rows(self.table)
        label = labels_of(rows, load_labels(self.folder / "table.labels.csv"), "fault")
        missing = rows.elapsed % 7 == 6
        np.testing.assert_array_equal(np.isnan(label), missing)
        np.testing.assert_array_equal(label[~missing], rows.elapsed[~missing] >= 200)

    def test_features_are_chosen_by_patterns(self) -> None:
        rows = load_rows(self.table).columns(["*.mean.10s"], ["pressure.*"])
        self.assertEqual(rows.names, ("flow.mean.10s",))
        with self.assertRaisesRegex(SystemExit, "no feature matches"):
            rows.columns(["*.max.*"], [])

    def test_no_cast_is_on_two_sides(self) -> None:
        sides = Split(1).of(CASTS)
        self.assertEqual(sorted(sum(sides.values(), [])), CASTS)
        self.assertEqual(Split(1, ("run-4",)).of(CASTS)["test"], ["run-4"])
        with self.assertRaisesRegex(SystemExit, "no cast run-9"):
            Split(1, ("run-9",)).of(CASTS)
        with self.assertRaisesRegex(SystemExit, "too few"):
            Split(1).of(CASTS[:2])

    def test_supervised_tells_its_figures_on_casts_it_has_not_seen(self) -> None:
        said = self.run_own("supervised", "--labels", str(self.folder / "table.labels.csv"), "--label", "fault",
                            "--test", "run-2")
        self.assertIn("test casts run-2", said)
        card = yaml.safe_load((self.folder / "model" / "model.yaml").read_text())
        self.assertNotIn("run-2", card["training"]["casts"]["train"] + card["training"]["casts"]["val"])
        self.assertGreater(card["metrics"]["test"]["auc"], 0.98)

    def test_unsupervised_needs_no_label_and_names_what_it_was_made_from(self) -> None:
        said = self.run_own("unsupervised", "--until", "199", "--without", "pressure.*")
        self.assertIn("2 features", said)
        card = yaml.safe_load((self.folder / "model" / "model.yaml").read_text())
        self.assertEqual(card["input"]["names"], ["flow.mean.10s", "flow.std.10s"])
        self.assertEqual(card["training"]["casts"], CASTS)

    def test_unsupervised_leaves_labelled_faults_out(self) -> None:
        labelled = ("--labels", str(self.folder / "table.labels.csv"), "--label", "fault")
        without_faults = self.run_own("unsupervised", *labelled)
        self.assertEqual(without_faults.split("drift")[0], self.run_own("unsupervised", *labelled, "--until", "199")
                         .split("drift")[0])

    def run_own(self, way: str, *arguments: str) -> str:
        command = [sys.executable, str(OWN), way, "--features", str(self.table), "--out", str(self.folder / "model"),
                   *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    unittest.main()
