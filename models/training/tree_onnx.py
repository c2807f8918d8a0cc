"""LightGBM binary classifier -> one ONNX graph that returns the probability and its reasons.

Each leaf carries one weight per feature on its path: how much the splits on that feature moved the
node's expected score (path attribution, Saabas 2014). The weights of a leaf and the tree's root
expectation sum to the leaf's value, so the contributions and `bias` sum to the log-odds exactly.
The operator is ai.onnx.ml TreeEnsembleRegressor with one target per feature and one for the score.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Mapping

import lightgbm as lgb
import numpy as np
import onnx
from onnx import TensorProto, helper

from calibrate import Platt

OPSET = 17
ML_OPSET = 3
IR_VERSION = 8


@dataclass
class TreeAttributes:
    """The parallel lists TreeEnsembleRegressor wants; a node is one entry in each `nodes_*` list."""

    nodes: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    leaves: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add_node(self, tree: int, node: int, mode: str, feature: int, threshold: float,
                 true: int, false: int, missing_true: bool) -> None:
        """Append one node; a leaf passes zeros for what only splits have."""
        entry = {
            "nodes_treeids": tree, "nodes_nodeids": node, "nodes_modes": mode,
            "nodes_featureids": feature, "nodes_values": threshold, "nodes_hitrates": 1.0,
            "nodes_truenodeids": true, "nodes_falsenodeids": false,
            "nodes_missing_value_tracks_true": int(missing_true),
        }
        for key, value in entry.items():
            self.nodes[key].append(value)

    def add_leaf_weight(self, tree: int, node: int, target: int, weight: float) -> None:
        """Append one weight of a leaf for one target."""
        entry = {"target_treeids": tree, "target_nodeids": node, "target_ids": target,
                 "target_weights": weight}
        for key, value in entry.items():
            self.leaves[key].append(value)


@dataclass(frozen=True)
class Step:
    """One split on the way to a leaf: the feature and how far it moved the expected score."""

    feature: int
    shift: float


@dataclass(frozen=True)
class MechanismTrees:
    """A multi-class booster on the same features, and the factor on its scores before softmax."""

    booster: lgb.Booster
    factor: float


def build_graph(booster: lgb.Booster, platt: Platt,
                mechanisms: MechanismTrees | None = None) -> tuple[onnx.ModelProto, float]:
    """Turn a trained binary booster into an ONNX model.

    Inputs: `features` float32 [batch, features], NaN where missing.
    Outputs: `probability` [batch], calibrated; `contributions` [batch, features], log-odds shares; with
    `mechanisms` also `mechanisms` [batch, classes], the share of each, which sum to 1.

    Returns the model and the bias: contributions.sum(axis=1) + bias = log-odds of the probability.
    """
    features = booster.num_feature()
    attributes, root = _tree_attributes(booster)
    # Adding the root expectation to target `features` would hide it from the contributions, which it
    # must be: it belongs to no feature. The score target therefore carries whole leaf values.
    ensemble = helper.make_node(
        "TreeEnsembleRegressor", ["features"], ["shares"], domain="ai.onnx.ml",
        n_targets=features + 1, aggregate_function="SUM", post_transform="NONE",
        **attributes.nodes, **attributes.leaves,
    )
    scale = np.full(features + 1, platt.slope, dtype=np.float32)
    offset = np.zeros(features + 1, dtype=np.float32)
    offset[-1] = platt.intercept
    nodes = [
        ensemble,
        helper.make_node("Mul", ["shares", "scale"], ["scaled"]),
        helper.make_node("Add", ["scaled", "offset"], ["calibrated"]),
        helper.make_node("Split", ["calibrated", "parts"], ["contributions", "log_odds"], axis=1),
        helper.make_node("Squeeze", ["log_odds", "axis"], ["log_odds_flat"]),
        helper.make_node("Sigmoid", ["log_odds_flat"], ["probability"]),
    ]
    constants = {"scale": scale, "offset": offset,
                 "parts": np.array([features, 1], dtype=np.int64), "axis": np.array([1], dtype=np.int64)}
    outputs = [helper.make_tensor_value_info("probability", TensorProto.FLOAT, ["batch"]),
               helper.make_tensor_value_info("contributions", TensorProto.FLOAT, ["batch", features])]
    if mechanisms is not None:
        nodes += _mechanism_nodes(mechanisms.booster)
        constants["mechanism_factor"] = np.array([mechanisms.factor], dtype=np.float32)
        outputs.append(helper.make_tensor_value_info(
            "mechanisms", TensorProto.FLOAT, ["batch", mechanisms.booster.num_model_per_iteration()]))
    graph = helper.make_graph(
        nodes, "baseline",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["batch", features])],
        outputs,
        [onnx.numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(
        graph, ir_version=IR_VERSION, producer_name="strandwatch",
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid("ai.onnx.ml", ML_OPSET)],
    )
    onnx.checker.check_model(model)
    return model, platt.slope * root + platt.intercept


def float32_floor(threshold: float) -> float:
    """Largest float32 not above the float64 `threshold`: decides `x <= threshold` alike for float32 x."""
    # A split of "missing against any number" has the threshold 1e300.
    rounded = np.float32(min(threshold, float(np.finfo(np.float32).max)))
    if float(rounded) > threshold:
        rounded = np.nextafter(rounded, np.float32(-np.inf), dtype=np.float32)
    return float(rounded)


def _mechanism_nodes(booster: lgb.Booster) -> list[onnx.NodeProto]:
    """One target per class; LightGBM's trees take turns among the classes."""
    classes = booster.num_model_per_iteration()
    attributes = TreeAttributes()
    for tree in booster.dump_model()["tree_info"]:
        index = tree["tree_index"]
        _TreeBuilder(attributes, index, index % classes, explain=False).add(tree["tree_structure"])
    ensemble = helper.make_node(
        "TreeEnsembleRegressor", ["features"], ["mechanism_scores"], domain="ai.onnx.ml",
        n_targets=classes, aggregate_function="SUM", post_transform="NONE",
        **attributes.nodes, **attributes.leaves,
    )
    return [ensemble, helper.make_node("Mul", ["mechanism_scores", "mechanism_factor"], ["mechanism_log_odds"]),
            helper.make_node("Softmax", ["mechanism_log_odds"], ["mechanisms"], axis=1)]


def _tree_attributes(booster: lgb.Booster) -> tuple[TreeAttributes, float]:
    """Flatten all trees; also the sum of the roots' expected values."""
    attributes = TreeAttributes()
    roots = 0.0
    score_target = booster.num_feature()
    for tree in booster.dump_model()["tree_info"]:
        builder = _TreeBuilder(attributes, tree["tree_index"], score_target)
        roots += builder.add(tree["tree_structure"])
    return attributes, roots


class _TreeBuilder:
    """Writes one tree, depth first, into the shared attribute lists."""

    def __init__(self, attributes: TreeAttributes, tree: int, score_target: int, explain: bool = True) -> None:
        self._attributes = attributes
        self._tree = tree
        self._score_target = score_target
        self._explain = explain
        self._next_node = 0

    def add(self, root: Mapping[str, Any]) -> float:
        """Write the whole tree; returns its expected value over the training rows."""
        self._write(root, ())
        return _expected(root)[0]

    def _write(self, node: Mapping[str, Any], path: tuple[Step, ...]) -> int:
        node_id = self._next_node
        self._next_node += 1
        if "leaf_value" in node:
            self._write_leaf(node_id, float(node["leaf_value"]), path)
            return node_id
        if node["decision_type"] != "<=":
            raise ValueError(f"only numerical splits are supported, got {node['decision_type']!r}")
        # Children get their ids only now, so the node's entry is reserved first and filled in after.
        position = len(self._attributes.nodes["nodes_nodeids"])
        feature = int(node["split_feature"])
        self._attributes.add_node(self._tree, node_id, "BRANCH_LEQ", feature,
                                  float32_floor(node["threshold"]), 0, 0, _missing_goes_left(node))
        here = _expected(node)[0]
        for side, key in (("left_child", "nodes_truenodeids"), ("right_child", "nodes_falsenodeids")):
            child = node[side]
            step = Step(feature, _expected(child)[0] - here)
            self._attributes.nodes[key][position] = self._write(child, (*path, step))
        return node_id

    def _write_leaf(self, node_id: int, value: float, path: tuple[Step, ...]) -> None:
        self._attributes.add_node(self._tree, node_id, "LEAF", 0, 0.0, 0, 0, False)
        shares: dict[int, float] = defaultdict(float)
        for step in path if self._explain else ():
            shares[step.feature] += step.shift
        for feature, share in sorted(shares.items()):
            self._attributes.add_leaf_weight(self._tree, node_id, feature, share)
        self._attributes.add_leaf_weight(self._tree, node_id, self._score_target, value)


def _missing_goes_left(node: Mapping[str, Any]) -> bool:
    """Where LightGBM sends NaN: by the learned default, or as 0 where training saw no NaN."""
    if node["missing_type"] == "NaN":
        return bool(node["default_left"])
    if node["missing_type"] == "None":
        return 0.0 <= node["threshold"]
    raise ValueError("zero_as_missing is not supported")


def _expected(node: Mapping[str, Any]) -> tuple[float, int]:
    """Mean leaf value below `node`, weighted by training rows, and the number of these rows."""
    if "leaf_value" in node:
        return float(node["leaf_value"]), int(node.get("leaf_count", 1))
    left, left_count = _expected(node["left_child"])
    right, right_count = _expected(node["right_child"])
    count = left_count + right_count
    return (left * left_count + right * right_count) / count, count
