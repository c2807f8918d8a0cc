"""Casts, features, both models, evaluation, delivery: one command, resumable by stage.

Each stage leaves files in the output folder and is skipped while they are there; `--redo STAGE` runs that
stage and what depends on it again. Everything is seeded.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import lightgbm as lgb
import numpy as np
import torch

import baseline
import casts
import delivery
import features
import sequence_train
from report import judge
from sequence import SequenceNet, SequenceShape

STAGES = ("casts", "features", "baseline", "sequence", "delivery")
SPLITS = ("train", "val", "iid", "heldout")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Job:
    """What to train and where to keep it."""

    out: Path
    models: Path
    config: Path
    counts: dict[str, int]
    seed: int
    threads: int
    iterations: int
    workers: int

    @property
    def command(self) -> str:
        """The command that does the same again."""
        counts = " ".join(f"--{split} {count}" for split, count in self.counts.items())
        return f"models/training/run.sh --seed {self.seed} {counts} --iterations {self.iterations}"

    def casts(self, split: str) -> Path:
        """Folder of a split's casts."""
        return self.out / "casts" / split

    def features(self, split: str) -> Path:
        """Folder of a split's exported features."""
        return self.out / "features" / split


def main() -> None:
    """Run the stages whose results are missing."""
    job, redo = _arguments()
    job.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(job.threads)
    for stage in STAGES[STAGES.index(redo):] if redo else ():
        _forget(job, stage)
    for split in SPLITS:
        _make_casts(job, split)
        _export_features(job, split)
    train_baseline(job)
    train_sequence(job)
    deliver(job)


def train_baseline(job: Job) -> None:
    """LightGBM on the feature rows; raw scores of all splits."""
    target = job.out / "baseline"
    if (target / "scores.npz").exists():
        return
    target.mkdir(exist_ok=True)
    tables = {split: features.load_table(job.features(split), casts.load_casts(job.casts(split)))
              for split in ("train", "val")}
    settings = baseline.TreeSettings(threads=job.threads, seed=job.seed)
    booster, names = baseline.train(tables["train"], tables["val"], settings)
    print(f"baseline: {booster.num_trees()} trees on {len(names)} of {len(tables['train'].names)} features", flush=True)
    booster.save_model(target / "booster.txt")
    (target / "features.json").write_text(json.dumps(names))
    del tables["train"]
    raw = {}
    for split in SPLITS[1:]:
        table = features.load_table(job.features(split), casts.load_casts(job.casts(split)))
        raw[split] = baseline.raw_scores(booster, table.columns(names))
    np.savez(target / "scores.npz", **raw)


def train_sequence(job: Job) -> None:
    """The network on the sequence channels; raw scores of all splits at the inference instants."""
    target = job.out / "sequence"
    if (target / "scores.npz").exists():
        return
    target.mkdir(exist_ok=True)
    shape = SequenceShape(*features.load_channels(job.features("train")))
    schedule = sequence_train.Schedule(seed=job.seed, iterations=job.iterations)
    recordings = {split: _recordings(job, split, shape) for split in ("train", "val")}
    net = sequence_train.train(recordings["train"], recordings["val"], shape, schedule)
    torch.save({"shape": shape.as_dict(), "state": net.state_dict()}, target / "net.pt")
    del recordings
    raw = {}
    for split in SPLITS[1:]:
        instants = features.load_instants(job.features(split))
        readings = features.load_sequences(job.features(split), shape.channels)
        raw[split] = np.concatenate([sequence_train.scores(net, readings[cast], at)
                                     for cast, at in instants.items()])
    np.savez(target / "scores.npz", **raw)


def deliver(job: Job) -> None:
    """Calibrate on val, judge on iid and held-out, write graphs, cards, golden vectors and the report."""
    labels = {split: casts.load_casts(job.casts(split)) for split in SPLITS[1:]}
    instants = {split: features.load_instants(job.features(split)) for split in SPLITS[1:]}
    raw = {kind: dict(np.load(job.out / kind / "scores.npz")) for kind in ("baseline", "sequence")}
    results = judge(labels, instants, raw)
    spec = features.load_spec(job.features("train"))
    origin = {"command": job.command, "seed": job.seed, "casts": job.counts["train"],
              "casts_sha256": casts.fingerprint(job.casts("train")), "generator": casts.generator(job.casts("train"))}
    booster = lgb.Booster(model_file=job.out / "baseline" / "booster.txt")
    names = tuple(json.loads((job.out / "baseline" / "features.json").read_text()))
    table = features.load_table(job.features("heldout"), labels["heldout"]).columns(names)
    delivery.deliver_baseline(job.models / "baseline", booster, table, results, spec, origin)
    saved = torch.load(job.out / "sequence" / "net.pt")
    net = SequenceNet(SequenceShape(**saved["shape"]))
    net.load_state_dict(saved["state"])
    windows = delivery.golden_windows(job.features("heldout"), labels["heldout"], net.shape)
    delivery.deliver_sequence(job.models / "sequence", net.eval(), windows, results, spec, origin)
    (job.out / "report.json").write_text(json.dumps(results.report(), indent=2) + "\n")
    print(results.text())


def _recordings(job: Job, split: str, shape: SequenceShape) -> list[sequence_train.Recording]:
    readings = features.load_sequences(job.features(split), shape.channels)
    return [sequence_train.recording(readings[cast.id], cast) for cast in casts.load_casts(job.casts(split))]


def _make_casts(job: Job, split: str) -> None:
    folder = job.casts(split)
    if not (folder / "casts.json").exists():
        _npm("casts", "--split", split, "--seed", str(job.seed), "--count", str(job.counts[split]),
             "--out", str(folder), "--workers", str(job.workers))


def _export_features(job: Job, split: str) -> None:
    folder = job.features(split)
    if not features.is_complete(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _npm("features", *features.arguments(job.config, job.casts(split), folder, job.workers))


def _npm(script: str, *arguments: str) -> None:
    subprocess.run(["npm", "run", "-s", script, "--", *arguments], cwd=ROOT, check=True)


def _forget(job: Job, stage: str) -> None:
    shutil.rmtree(job.out / stage, ignore_errors=True)


def _arguments() -> tuple[Job, str | None]:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "training", help="intermediate files")
    parser.add_argument("--models", type=Path, default=ROOT / "models", help="where baseline/ and sequence/ are")
    parser.add_argument("--config", type=Path, default=ROOT / "flows" / "config" / "realtime_inference.yaml")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--train", type=int, default=1200, help="casts to train on")
    parser.add_argument("--val", type=int, default=60, help="casts for early stopping, calibration and thresholds")
    parser.add_argument("--iid", type=int, default=60, help="test casts like those trained on")
    parser.add_argument("--heldout", type=int, default=300, help="test casts of unseen molds and a new grade")
    parser.add_argument("--iterations", type=int, default=4000, help="steps of the sequence network")
    parser.add_argument("--threads", type=int, default=1, help="of training; another number rounds differently")
    parser.add_argument("--workers", type=int, default=2, help="processes that simulate and compute features")
    parser.add_argument("--redo", choices=STAGES, help="forget this stage and the later ones")
    given = parser.parse_args()
    counts = {split: getattr(given, split) for split in SPLITS}
    return Job(given.out.resolve(), given.models.resolve(), given.config.resolve(), counts, given.seed,
               given.threads, given.iterations, given.workers), given.redo


if __name__ == "__main__":
    main()
