"""Candidates for the two models, each trained on the same casts and judged on the same casts: docs/decisions, model choice.

`models/training/candidates/run.sh --data out/training --out out/candidates [--casts 300] [--only NAME ...]`;
`--data` is the folder that train.py keeps its casts and features in. Every candidate leaves a JSON; a table of all is printed at
the end. Early stopping, calibration and the frozen threshold see val casts only.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Callable

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import gru  # noqa: E402
import rocket  # noqa: E402
import tcn  # noqa: E402
import trees  # noqa: E402
from calibrate import fit_platt  # noqa: E402
from evaluate import best_within, curve, hold, summary  # noqa: E402
from material import Made, Material  # noqa: E402

CANDIDATES: dict[str, Callable[[Material], Made]] = {
    "boosting": trees.boosting, "additive": trees.additive, "rocket": rocket.make, "gru": gru.make, "tcn": tcn.make,
}


def main() -> None:
    """Train and judge the candidates asked for, then show all that were ever judged here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--casts", type=int, default=300, help="casts to train on")
    parser.add_argument("--heldout", type=int, default=100, help="held-out casts to judge on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=CANDIDATES, default=list(CANDIDATES))
    given = parser.parse_args()
    torch.set_num_threads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    material = Material(given.data, given.casts, given.heldout, given.seed)
    for name in given.only:
        began = time.process_time()
        made = CANDIDATES[name](material)
        figures = judge(material, made) | {"train_cpu_s": round(made.train_cpu_s), "ms": round(made.ms, 3),
                                           "casts": given.casts, "all_cpu_s": round(time.process_time() - began)}
        (given.out / f"{name}.json").write_text(json.dumps(figures, indent=1) + "\n")
        print(table(given.out), flush=True)


def judge(material: Material, made: Made) -> dict[str, object]:
    """Figures on held-out casts, by the metrics of docs/caster.md section 7."""
    val, at = material.casts("val"), material.instants("val")
    label = np.concatenate([cast.label[at[cast.id]] > 0 for cast in val])
    judged = np.concatenate([~cast.ignore[at[cast.id]] for cast in val])
    platt = fit_platt(made.scores["val"][judged], label[judged].astype(int))
    held = {split: _per_second(material, split, platt.apply(scores)) for split, scores in made.scores.items()}
    point = best_within(curve(val, held["val"], points=400))
    return summary(material.casts("heldout"), held["heldout"], point.threshold if point else None)


def table(folder: Path) -> str:
    """A line of Markdown per candidate."""
    lines = ["| candidate | Recall@1 | stickers | AUC | AP | ECE | frozen | ms | train CPU s |", "|---|" + "---|" * 8]
    for name in CANDIDATES:
        file = folder / f"{name}.json"
        if not file.exists():
            continue
        test = json.loads(file.read_text())
        frozen = test["at_frozen_threshold"]
        sticker = test["recall_by_type"]["sticker"].split("= ")[1].split(" ")[0]
        lines.append(f"| {name} | {test['recall_at_1']:.3f} | {sticker} | {test['auc']:.3f} | "
                     f"{test['average_precision']:.3f} | {test['ece']:.3f} | {frozen['recall']} / "
                     f"{frozen['false_alarms_per_8h']} | {test['ms']} | {test['train_cpu_s']} |")
    return "\n".join(lines)


def _per_second(material: Material, split: str, probability: np.ndarray) -> list[np.ndarray]:
    held, first = [], 0
    for cast in material.casts(split):
        at = material.instants(split)[cast.id]
        held.append(hold(at, probability[first:first + len(at)], cast.seconds))
        first += len(at)
    return held


if __name__ == "__main__":
    main()
