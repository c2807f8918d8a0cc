"""What is delivered beside a graph: the card (`model.yaml`) and the golden vectors (`golden.json`)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Sequence

import numpy as np
import onnx
import onnxruntime as ort
import yaml
from numpy.typing import NDArray

from calibrate import Platt
from evaluate import Outcome

TOLERANCE = 1e-5


@dataclass(frozen=True)
class Delivery:
    """One model as it leaves training."""

    kind: str
    name: str
    version: str
    description: str
    graph: onnx.ModelProto
    input: Mapping[str, Any]
    output: Mapping[str, Any]
    feature_spec: str
    training: Mapping[str, Any]
    calibration: Mapping[str, Any]
    metrics: Mapping[str, Any]
    thresholds: Sequence[Outcome]
    threshold: Mapping[str, Any] | None = None
    mechanisms: Sequence[str] = ()
    normal: Mapping[str, Any] | None = None


def session(graph: onnx.ModelProto) -> ort.InferenceSession:
    """A session set up as the node sets up its own: one thread."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return ort.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])


def deliver(folder: Path, delivery: Delivery, inputs: Mapping[str, NDArray[np.float32]],
            expected: Mapping[str, NDArray[np.floating]]) -> None:
    """Write graph, card and golden vectors; `expected` are the training library's own outputs, by name.

    Raises ValueError when ONNX Runtime and the training library disagree by more than the tolerance
    """
    folder.mkdir(parents=True, exist_ok=True)
    outputs = _run(delivery.graph, inputs)
    for name, values in expected.items():
        worst = float(np.abs(outputs[name] - values).max())
        if not worst <= TOLERANCE:
            raise ValueError(f"{delivery.kind}: {name} of graph and training library differ by {worst:.2e}, "
                             f"allowed {TOLERANCE}")
    golden = {"tolerance": TOLERANCE,
              "inputs": {name: _tensor(value) for name, value in inputs.items()},
              "outputs": {name: _tensor(value) for name, value in outputs.items()}}
    write_card(folder, _card(delivery), delivery.graph, golden)


def write_card(folder: Path, card: dict[str, Any], graph: onnx.ModelProto, golden: Mapping[str, Any]) -> None:
    """Writes graph, card and golden vectors; the card gets the graph's hash."""
    serialized = graph.SerializeToString()
    card["graph"]["sha256"] = hashlib.sha256(serialized).hexdigest()
    (folder / "model.onnx").write_bytes(serialized)
    text = yaml.dump(card, Dumper=_CardDumper, sort_keys=False, width=110, allow_unicode=True)
    (folder / "model.yaml").write_text(text)
    (folder / "golden.json").write_text(json.dumps(golden, separators=(",", ":"), allow_nan=False) + "\n")


def calibration_entry(platt: Platt, fitted_on: str = "val casts", **more: float) -> dict[str, Any]:
    """How the score became a probability."""
    return {"method": "platt", "fitted_on": fitted_on, "slope": round(platt.slope, 6),
            "intercept": round(platt.intercept, 6), **{key: round(value, 6) for key, value in more.items()}}


def flat_metrics(summaries: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Figures per split; tables within a split become entries of their own, for a card nests one level only."""
    flat: dict[str, Any] = {}
    for split, figures in summaries.items():
        flat[split] = {key: value for key, value in figures.items() if not isinstance(value, Mapping)}
        for key, value in figures.items():
            if isinstance(value, Mapping):
                flat[f"{split}_{key}"] = dict(value)
    return flat


def _card(delivery: Delivery) -> dict[str, Any]:
    opset = next(entry.version for entry in delivery.graph.opset_import if entry.domain == "")
    return {
        "format": 1,
        "kind": delivery.kind,
        "name": delivery.name,
        "version": delivery.version,
        "description": delivery.description,
        "graph": {"file": "model.onnx", "sha256": "", "opset": opset},
        "featureSpec": delivery.feature_spec,
        "input": dict(delivery.input),
        "output": dict(delivery.output),
        "training": dict(delivery.training),
        "calibration": dict(delivery.calibration),
        "metrics": dict(delivery.metrics),
        "thresholds": [{"threshold": round(point.threshold, 4), "recall": round(point.recall, 3),
                        "falseAlarmsPer8h": round(point.false_alarms_per_8h, 2)}
                       for point in delivery.thresholds],
        **({} if delivery.threshold is None else {"threshold": dict(delivery.threshold)}),
        **({"mechanisms": list(delivery.mechanisms)} if delivery.mechanisms else {}),
        **({} if delivery.normal is None else {"normal": delivery.normal}),
    }


class _CardDumper(yaml.SafeDumper):
    """Lists of numbers on one line: a card is read by people."""


def _list(dumper: yaml.SafeDumper, values: list[Any]) -> yaml.Node:
    flow = all(isinstance(value, (int, float)) for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=flow)


_CardDumper.add_representer(list, _list)


def _run(graph: onnx.ModelProto, inputs: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    runtime = session(graph)
    names = [output.name for output in runtime.get_outputs()]
    return dict(zip(names, runtime.run(names, dict(inputs)), strict=True))


def _tensor(value: NDArray[np.float32]) -> dict[str, Any]:
    return {"dims": list(value.shape), "data": [_number(x) for x in value.ravel()]}


def _number(value: np.float32) -> float | int | None:
    """Shortest decimal that gives the float32 back; null for NaN."""
    if np.isnan(value):
        return None
    shortest = float(str(value))
    return int(shortest) if shortest.is_integer() else shortest
