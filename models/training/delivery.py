"""Both models with their cards and golden vectors, from what training left."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping, Sequence

import lightgbm as lgb
import numpy as np
import torch
from numpy.typing import NDArray

import baseline
import features
import sequence_onnx
import tree_onnx
from card import Delivery, calibration_entry, deliver, flat_metrics
from calibrate import softmax
from casts import MECHANISMS, Cast
from normal import Ranges
from report import Results
from sequence import SequenceNet, SequenceShape
from sequence_train import split_missing, steps

VERSION = "1.1.0"
GOLDEN_ROWS = 8
CALIBRATED_ON = "val casts, as they are and as if on other molds"

FloatArray = NDArray[np.float32]


def deliver_baseline(folder: Path, boosters: tuple[lgb.Booster, lgb.Booster], table: baseline.Table, results: Results,
                     spec: str, origin: Mapping[str, Any], normal: Ranges) -> None:
    """Graph with contributions and mechanisms inside; golden rows from held-out casts, one of them without any reading."""
    platt = results.platt["baseline"]
    booster, mechanisms = boosters
    factor = results.factor["baseline"]
    graph, bias = tree_onnx.build_graph(booster, platt, tree_onnx.MechanismTrees(mechanisms, factor))
    rows = _golden_rows(table)
    expected = {"probability": platt.apply(np.asarray(booster.predict(rows, raw_score=True))),
                "mechanisms": softmax(factor * np.asarray(mechanisms.predict(rows, raw_score=True)))}
    deliver(folder, Delivery(
        kind="baseline", name="strandwatch-baseline", version=VERSION,
        description="Gradient-boosted trees on window features. Trained and measured on simulated casts only.",
        graph=graph,
        input={"features": "features", "names": list(table.names)},
        output={"probability": "probability", "contributions": "contributions", "mechanisms": "mechanisms"},
        feature_spec=spec,
        training={**origin, "library": f"lightgbm {lgb.__version__}", "trees": booster.num_trees(),
                  "features": len(table.names)},
        calibration=calibration_entry(platt, CALIBRATED_ON, bias=bias, mechanism_factor=factor),
        metrics=_metrics(results, "baseline"),
        thresholds=results.thresholds["baseline"],
        threshold=results.choices["baseline"]["warning"].entry(),
        mechanisms=MECHANISMS,
        normal=normal,
    ), {"features": rows}, expected)


def deliver_sequence(folder: Path, net: SequenceNet, windows: FloatArray, results: Results,
                     spec: str, origin: Mapping[str, Any], normal: Ranges) -> None:
    """Graph with scaling, attention and mechanisms inside; golden windows from held-out casts."""
    platt = results.platt["sequence"]
    factor = results.factor["sequence"]
    graph = sequence_onnx.build_graph(net, platt, factor)
    sequence, mask = split_missing(windows)
    with torch.no_grad():
        served = sequence_onnx.ServedSequence(net, platt, factor).eval()
        outputs = served(torch.from_numpy(sequence), torch.from_numpy(mask))
    expected = {name: value.numpy() for name, value in zip(sequence_onnx.OUTPUTS, outputs, strict=True)}
    deliver(folder, Delivery(
        kind="sequence", name="strandwatch-sequence", version=VERSION,
        description="Causal convolutions with a branch shared by the thermocouple columns and attention over the "
                    "last steps. Trained and measured on simulated casts only.",
        graph=graph,
        input={"sequence": "sequence", "mask": "mask", "names": list(net.shape.channels),
               "length": net.shape.length, "step": net.shape.step},
        output={"probability": "probability", "attention": "attention", "mechanisms": "mechanisms"},
        feature_spec=spec,
        training={**origin, "library": f"torch {torch.__version__.split('+')[0]}",
                  "parameters": sum(p.numel() for p in net.parameters()), "shape": _plain(net.shape)},
        calibration=calibration_entry(platt, CALIBRATED_ON, mechanism_factor=factor),
        metrics=_metrics(results, "sequence"),
        thresholds=results.thresholds["sequence"],
        threshold=results.choices["sequence"]["warning"].entry(),
        mechanisms=MECHANISMS,
        normal=normal,
    ), {"sequence": sequence, "mask": mask}, expected)


def golden_windows(folder: Path, held_out: Sequence[Cast], shape: SequenceShape) -> FloatArray:
    """Windows within a sticker, in quiet time, and with the most missing readings; NaN where missing."""
    chosen = held_out[:40]
    readings = features.load_sequences(folder, shape.channels, [cast.id for cast in chosen])
    sticker = next((cast, int(e.complete)) for cast in chosen for e in cast.events
                   if e.type == "sticker" and e.complete > shape.seconds)
    quiet = next((cast, second) for cast in chosen for second in range(1500, cast.seconds, 300)
                 if not cast.label[second - 600:second].any())
    gaps = {cast.id: np.isnan(readings[cast.id][shape.seconds:]).sum(axis=1) for cast in chosen}
    worst = max(chosen, key=lambda cast: int(gaps[cast.id].max()))
    ends = [sticker, quiet, (worst, shape.seconds + int(np.argmax(gaps[worst.id])))]
    return np.stack([steps(readings[cast.id][end + 1 - shape.seconds:end + 1], shape.step) for cast, end in ends])


def _golden_rows(table: baseline.Table) -> FloatArray:
    """Defects, quiet rows, the rows with most gaps, and a row of nothing but gaps."""
    defects = np.flatnonzero((table.label > 0) & (table.weight > 0))
    quiet = np.flatnonzero((table.label == 0) & (table.weight > 0))
    gaps = np.argsort(-np.isnan(table.values).sum(axis=1), kind="stable")
    spread = lambda rows, count: rows[np.linspace(0, len(rows) - 1, count).astype(int)]  # noqa: E731
    chosen = np.concatenate([spread(defects, 3), spread(quiet, 2), gaps[[0, len(gaps) // 50]]])
    nothing = np.full((1, len(table.names)), np.nan, np.float32)
    return np.concatenate([table.values[chosen], nothing])[:GOLDEN_ROWS]


def _metrics(results: Results, kind: str) -> dict[str, Any]:
    """The model's own figures, and those of the ensemble it is part of."""
    ensemble = results.figures["ensemble"]["heldout"]
    own = flat_metrics({split: results.figures[kind][split] for split in ("heldout", "iid", "faults")})
    return {**own, "ensemble_heldout": {key: value for key, value in ensemble.items()
                                        if not isinstance(value, Mapping)},
            "ensemble_gain": dict(results.figures["ensemble"]["gain"])}


def _plain(shape: SequenceShape) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value
            for key, value in shape.as_dict().items() if key != "channels"}
