"""Shifts the log-odds of a shipped model: the same graph with another intercept, and the card and golden vectors that go with it.

    python recalibrate.py --model models/sequence --shift -0.405 --version 1.1.1 --fitted-on "..."

The order of all scores stays, so do recall and false alarms at thresholds, which move along. Calibration errors of before are
struck from the card: they were those of another graph. Where the shift comes from: docs/decisions/0021.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, Iterator

import numpy as np
import onnx
import yaml
from numpy.typing import NDArray

from calibrate import logit, sigmoid
from card import write_card

# The card rounds to 6 decimals.
SAME = 1e-6


def main() -> None:
    """Read the model, move it, write it back."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder with model.yaml, model.onnx and golden.json")
    parser.add_argument("--shift", type=float, required=True, help="added to the log-odds")
    parser.add_argument("--version", required=True, help="of the model that comes out")
    parser.add_argument("--fitted-on", required=True, help="casts that the shift was fitted on, for the card")
    options = parser.parse_args()
    graph = onnx.load(options.model / "model.onnx")
    card = yaml.safe_load((options.model / "model.yaml").read_text())
    golden = json.loads((options.model / "golden.json").read_text())
    shift_graph(graph, card["calibration"]["intercept"], options.shift)
    shift_card(card, options.shift)
    card["version"] = options.version
    card["calibration"]["fitted_on"] = options.fitted_on
    said = golden["outputs"]["probability"]
    said["data"] = [float(str(value)) for value in shifted(np.array(said["data"]), options.shift).astype(np.float32)]
    write_card(options.model, card, graph, golden)


def shifted(probability: NDArray[np.floating], shift: float) -> NDArray[np.floating]:
    """Probabilities whose log-odds are higher by `shift`."""
    return sigmoid(logit(probability, 1e-12) + shift)


def shift_graph(graph: onnx.ModelProto, intercept: float, shift: float) -> None:
    """Adds to the one number in the graph that is the intercept.

    Raises ValueError when there is none, or more than one
    """
    found = [(tensor, values, at) for tensor, values in _constants(graph.graph)
             for at in np.flatnonzero(np.abs(values - intercept) <= SAME)]
    if len(found) != 1:
        raise ValueError(f"expected one constant of {intercept} in the graph, got {len(found)}: the card is of another graph")
    tensor, values, at = found[0]
    values[at] += np.float32(shift)
    tensor.CopyFrom(onnx.numpy_helper.from_array(values.reshape(tuple(tensor.dims)), tensor.name))


def shift_card(card: dict[str, Any], shift: float) -> None:
    """Intercept, thresholds and what was measured at thresholds of their own."""
    calibration = card["calibration"]
    for key in {"intercept", "bias"} & set(calibration):
        calibration[key] = round(calibration[key] + shift, 6)
    for row in (*card["thresholds"], *(row for name, row in card["metrics"].items()
                                       if "threshold" in row and not name.startswith("ensemble"))):
        row["threshold"] = round(float(shifted(np.array(row["threshold"]), shift)), 4)
    # Upwards, so that no second alarms which did not before.
    value = float(shifted(np.array(card["threshold"]["value"]), shift))
    card["threshold"]["value"] = float(np.ceil(value * 1e4) / 1e4)
    for row in card["metrics"].values():
        row.pop("ece", None)
        row.pop("ece_interval", None)


def _constants(graph: onnx.GraphProto) -> Iterator[tuple[onnx.TensorProto, NDArray[np.float32]]]:
    """Every float32 tensor of the graph, flat: initializers and values of Constant nodes."""
    values = [attribute.t for node in graph.node if node.op_type == "Constant" for attribute in node.attribute
              if attribute.name == "value"]
    for tensor in (*graph.initializer, *values):
        if tensor.data_type == onnx.TensorProto.FLOAT:
            yield tensor, onnx.numpy_helper.to_array(tensor).ravel().copy()


if __name__ == "__main__":
    main()
