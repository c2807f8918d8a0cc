"""Casts, features, both models, unseen molds, evaluation, delivery: one command, resumable by stage.

Each stage leaves files in the output folder and is skipped while they are there; `--redo STAGE` runs that
stage and what depends on it again. Everything is seeded.
"""

from __future__ import annotations

import argparse
import functools
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
from molds import unseen_scores
from normal import normal_ranges
from report import judge
from sequence import SequenceNet, SequenceShape

STAGES = ("casts", "features", "baseline", "molds", "sequence", "varied", "delivery")


@dataclass(frozen=True)
class Split:
    """How many casts of a split there are unless told otherwise, and how the simulator is asked for them."""

    count: int
    simulated: str
    seed_after: int = 0
    variant: tuple[str, ...] = ()
    use: str = ""


SPLITS = {
    "train": Split(2400, "train", use="casts to train on"),
    "faults": Split(400, "train", 1, ("--faults", "4"), use="more of them, with four times as many sensor faults"),
    "val": Split(300, "val", use="casts for early stopping, calibration and thresholds"),
    "iid": Split(60, "iid", use="test casts like those trained on"),
    "heldout": Split(300, "heldout", use="test casts of unseen molds and a new grade"),
    "calm": Split(150, "heldout", 0, ("--calm", "--faults", "2"), use="test casts with nothing wrong but sensors"),
}
LEARNED = ("train", "faults")
JUDGED = ("val", "iid", "heldout", "calm")
# Early stopping of the network looks at every third val cast: it does so often.
WATCHED = slice(None, None, 3)
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
    measure_unseen_molds(job)
    train_sequence(job)
    score_varied(job)
    deliver(job)


def train_baseline(job: Job) -> None:
    """LightGBM on the feature rows; raw scores of the judged splits; normal ranges of the features."""
    target = job.out / "baseline"
    if (target / "scores.npz").exists():
        return
    target.mkdir(exist_ok=True)
    learned, val, settings = _learned_rows(job), _table(job, "val"), _tree_settings(job)
    quiet = learned.quiet()
    grades = np.array([cast.grade for split in LEARNED for cast in casts.load_casts(job.casts(split))])[quiet.cast]
    baseline.vary(learned, job.seed)
    booster, names = baseline.train(learned, val, settings)
    print(f"baseline: {booster.num_trees()} trees on {len(names)} of {len(learned.names)} features", flush=True)
    booster.save_model(target / "booster.txt")
    (target / "features.json").write_text(json.dumps(names))
    learned = learned.columns(names)
    mechanisms = baseline.train_mechanisms(learned, val.columns(names), settings)
    mechanisms.save_model(target / "mechanisms.txt")
    quiet = quiet.columns(names)
    (target / "normal.json").write_text(json.dumps(normal_ranges(names, quiet.values, grades)))
    raw = {}
    for split in JUDGED:
        table = _table(job, split).columns(names)
        raw[split] = np.c_[baseline.raw_scores(booster, table), baseline.raw_scores(mechanisms, table)]
    np.savez(target / "scores.npz", **raw)


def measure_unseen_molds(job: Job) -> None:
    """Raw scores of the val casts by trees that do not know their mold, and by trees that do."""
    target = job.out / "molds"
    if (target / "scores.npz").exists():
        return
    target.mkdir(exist_ok=True)
    names = json.loads((job.out / "baseline" / "features.json").read_text())
    molds = {"train": [cast.mold for split in LEARNED for cast in casts.load_casts(job.casts(split))],
             "val": [cast.mold for cast in casts.load_casts(job.casts("val"))]}
    learned = _learned_rows(job).columns(names)
    baseline.vary(learned, job.seed)
    unseen, seen = unseen_scores(learned, _table(job, "val").columns(names), molds, _tree_settings(job))
    np.savez(target / "scores.npz", unseen=unseen, seen=seen)


def train_sequence(job: Job) -> None:
    """The network on the sequence channels; raw scores of the judged splits."""
    target = job.out / "sequence"
    if (target / "scores.npz").exists():
        return
    target.mkdir(exist_ok=True)
    if not (target / "net.pt").exists():
        _fit_network(job, target)
    net = _network(job)
    raw = {}
    for split in JUDGED:
        instants = features.load_instants(job.features(split))
        readings = features.load_sequences(job.features(split), net.shape.channels)
        raw[split] = np.concatenate([sequence_train.scores(net, readings[cast], at)
                                     for cast, at in instants.items()])
    np.savez(target / "scores.npz", **raw)


def _fit_network(job: Job, target: Path) -> None:
    """Weights, and normal ranges of the channels."""
    shape = SequenceShape(*features.load_channels(job.features("train")))
    learned = [recording for split in LEARNED for recording in _recordings(job, split, shape)]
    (target / "normal.json").write_text(json.dumps(normal_ranges(shape.channels, *sequence_train.quiet_rows(learned))))
    schedule = sequence_train.Schedule(seed=job.seed, iterations=job.iterations)
    net = sequence_train.train(learned, _recordings(job, "val", shape)[WATCHED], shape, schedule)
    torch.save({"shape": shape.as_dict(), "state": net.state_dict()}, target / "net.pt")


def _network(job: Job) -> SequenceNet:
    saved = torch.load(job.out / "sequence" / "net.pt")
    net = SequenceNet(SequenceShape(**saved["shape"]))
    net.load_state_dict(saved["state"])
    return net.eval()


def score_varied(job: Job) -> None:
    """Raw scores of the val casts as if each had been cast on another mold: calibration shall hold there too."""
    target = job.out / "varied"
    if (target / "scores.npz").exists():
        return
    target.mkdir(exist_ok=True)
    names = json.loads((job.out / "baseline" / "features.json").read_text())
    table = _table(job, "val").columns(names)
    baseline.vary(table, job.seed + 1)
    booster = lgb.Booster(model_file=job.out / "baseline" / "booster.txt")
    net = _network(job)
    augmenter = sequence_train.Augmenter(net.shape, np.random.default_rng(job.seed + 1))
    readings = features.load_sequences(job.features("val"), net.shape.channels)
    for cast in readings.values():
        augmenter.change_mold(cast)
    instants = features.load_instants(job.features("val"))
    np.savez(target / "scores.npz", baseline=baseline.raw_scores(booster, table),
             sequence=np.concatenate([sequence_train.scores(net, readings[cast], at)[:, 0]
                                      for cast, at in instants.items()]))


def deliver(job: Job) -> None:
    """Calibrate on val, judge on iid and held-out, write graphs, cards, golden vectors and the report."""
    labels = {split: casts.load_casts(job.casts(split)) for split in JUDGED}
    instants = {split: features.load_instants(job.features(split)) for split in JUDGED}
    raw = {kind: dict(np.load(job.out / kind / "scores.npz")) for kind in ("baseline", "sequence")}
    results = judge(labels, instants, raw, np.load(job.out / "molds" / "scores.npz"),
                    np.load(job.out / "varied" / "scores.npz"))
    spec = features.load_spec(job.features("train"))
    origin = {"command": job.command, "seed": job.seed, "casts": sum(job.counts[split] for split in LEARNED),
              "casts_sha256": casts.fingerprint(job.casts("train")), "generator": casts.generator(job.casts("train"))}
    normal = {kind: json.loads((job.out / kind / "normal.json").read_text()) for kind in ("baseline", "sequence")}
    booster = lgb.Booster(model_file=job.out / "baseline" / "booster.txt")
    mechanisms = lgb.Booster(model_file=job.out / "baseline" / "mechanisms.txt")
    names = tuple(json.loads((job.out / "baseline" / "features.json").read_text()))
    table = features.load_table(job.features("heldout"), labels["heldout"]).columns(names)
    delivery.deliver_baseline(job.models / "baseline", (booster, mechanisms), table, results, spec, origin,
                              normal["baseline"])
    net = _network(job)
    windows = delivery.golden_windows(job.features("heldout"), labels["heldout"], net.shape)
    delivery.deliver_sequence(job.models / "sequence", net, windows, results, spec, origin,
                              normal["sequence"])
    (job.out / "report.json").write_text(json.dumps(results.report(), indent=2) + "\n")
    print(results.text())


def _recordings(job: Job, split: str, shape: SequenceShape) -> list[sequence_train.Recording]:
    readings = features.load_sequences(job.features(split), shape.channels)
    return [sequence_train.recording(readings[cast.id], cast) for cast in casts.load_casts(job.casts(split))]


def _table(job: Job, split: str) -> baseline.Table:
    return features.load_table(job.features(split), casts.load_casts(job.casts(split)))


def _learned_rows(job: Job) -> baseline.Table:
    """Thinned rows of all that is learned from; each split is thinned before the next is loaded."""
    return functools.reduce(baseline.join, (baseline.thinned(_table(job, split), _tree_settings(job))
                                            for split in LEARNED))


def _tree_settings(job: Job) -> baseline.TreeSettings:
    return baseline.TreeSettings(threads=job.threads, seed=job.seed)


def _make_casts(job: Job, split: str) -> None:
    folder = job.casts(split)
    if not (folder / "casts.json").exists():
        made = SPLITS[split]
        _npm("casts", "--split", made.simulated, "--seed", str(job.seed + made.seed_after), *made.variant,
             "--count", str(job.counts[split]), "--out", str(folder), "--workers", str(job.workers))


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
    for name, split in SPLITS.items():
        parser.add_argument(f"--{name}", type=int, default=split.count, help=split.use)
    parser.add_argument("--iterations", type=int, default=sequence_train.Schedule.iterations, help="steps of the sequence network")
    parser.add_argument("--threads", type=int, default=1, help="of training; another number rounds differently")
    parser.add_argument("--workers", type=int, default=2, help="processes that simulate and compute features")
    parser.add_argument("--redo", choices=STAGES, help="forget this stage and the later ones")
    given = parser.parse_args()
    counts = {split: getattr(given, split) for split in SPLITS}
    return Job(given.out.resolve(), given.models.resolve(), given.config.resolve(), counts, given.seed,
               given.threads, given.iterations, given.workers), given.redo


if __name__ == "__main__":
    main()
