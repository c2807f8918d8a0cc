"""A model of normal operation -> one ONNX graph that returns the probability and its reasons.

distance² is a sum over features of scaled value times projected value; these terms, scaled as the log-odds
are, become the contributions. contributions.sum(axis=1) + bias = log-odds of the probability, bias = -STEEP.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper

from own_normal import FAR, SERVE_LIMIT, STEEP, Normal
from tree_onnx import IR_VERSION, OPSET


def build_graph(model: Normal) -> onnx.ModelProto:
    """Inputs: `features` float32 [batch, features], NaN where missing.

    Outputs: `probability` [batch], 0.5 at the limit; `contributions` [batch, features], log-odds shares.
    """
    count = len(model.names)
    constants = {
        "centre": model.centre, "spread": model.spread, "precision": model.precision / model.limit ** 2,
        "zero": [0.0], "low": -SERVE_LIMIT, "high": SERVE_LIMIT, "far": [FAR], "steep": [STEEP], "tiny": [1e-12],
    }
    nodes = [
        helper.make_node("Sub", ["features", "centre"], ["centred"]),
        helper.make_node("Div", ["centred", "spread"], ["scaled"]),
        helper.make_node("IsNaN", ["scaled"], ["missing"]),
        helper.make_node("Where", ["missing", "zero", "scaled"], ["measured"]),
        helper.make_node("Clip", ["measured", "low", "high"], ["clipped"]),
        helper.make_node("MatMul", ["clipped", "precision"], ["projected"]),
        helper.make_node("Mul", ["clipped", "projected"], ["terms"]),
        helper.make_node("ReduceSum", ["terms", "axis"], ["sum"], keepdims=1),
        helper.make_node("Max", ["sum", "tiny"], ["ratio"]),
        helper.make_node("Min", ["ratio", "far"], ["capped"]),
        helper.make_node("Div", ["capped", "ratio"], ["kept"]),
        helper.make_node("Mul", ["terms", "kept"], ["shares"]),
        helper.make_node("Mul", ["shares", "steep"], ["contributions"]),
        helper.make_node("Mul", ["capped", "steep"], ["evidence"]),
        helper.make_node("Sub", ["evidence", "steep"], ["log_odds"]),
        helper.make_node("Squeeze", ["log_odds", "axis"], ["log_odds_flat"]),
        helper.make_node("Sigmoid", ["log_odds_flat"], ["probability"]),
    ]
    initializers = [onnx.numpy_helper.from_array(np.asarray(value, np.float32), name)
                    for name, value in constants.items()]
    initializers.append(onnx.numpy_helper.from_array(np.array([1], np.int64), "axis"))
    graph = helper.make_graph(
        nodes, "normal-operation",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["batch", count])],
        [helper.make_tensor_value_info("probability", TensorProto.FLOAT, ["batch"]),
         helper.make_tensor_value_info("contributions", TensorProto.FLOAT, ["batch", count])],
        initializers,
    )
    made = helper.make_model(graph, ir_version=IR_VERSION, producer_name="strandwatch",
                             opset_imports=[helper.make_opsetid("", OPSET)])
    onnx.checker.check_model(made)
    return made
