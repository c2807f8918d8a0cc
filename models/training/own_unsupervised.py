"""What is delivered of a model of normal operation, and what is said of it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np

from card import Delivery, deliver
from normal import normal_ranges
from own_normal import STEEP, Normal, Settings
from own_normal_onnx import build_graph
from own_table import NO_GRADES, Rows

GOLDEN_ROWS = 8
# A held-out median this many spreads from the fitted one is worth telling.
DRIFTS = 1.0


def deliver_normal(folder: Path, model: Normal, rows: Rows, settings: Settings) -> None:
    """Graph, card and golden vectors: rows it was made from, one far from normal, one of nothing but gaps."""
    nearest_first = np.argsort(model.distance(rows.values), kind="stable")
    usual = rows.values[nearest_first[np.linspace(0, len(nearest_first) - 1, GOLDEN_ROWS - 3).astype(int)]]
    unusual = [model.centre + k * model.spread for k in (3.0, 1000.0)]
    golden = np.concatenate([usual, unusual, np.full((1, len(model.names)), np.nan)]).astype(np.float32)
    deliver(folder, Delivery(
        kind="baseline", name="normal-operation", version="1.0.0",
        description="Distance from normal operation, learnt without labels. The probability orders how unusual a row "
                    "is: 0.5 is the limit. It is not a frequency of faults.",
        graph=build_graph(model),
        input={"features": "features", "names": list(model.names),
               "reference": [round(float(value), 6) for value in model.centre]},
        output={"probability": "probability", "contributions": "contributions"},
        feature_spec=rows.feature_spec,
        training={"method": "Mahalanobis distance, robust scale, shrunk covariance", **asdict(settings),
                  "casts": sorted(set(rows.cast.tolist())), "rows": model.fitted_rows,
                  "table_sha256": rows.fingerprint},
        calibration={"method": "limit", "fitted_on": "the last rows of each cast", "bias": -STEEP,
                     "limit": round(model.limit, 6)},
        metrics={"held_out": {"rows": model.held_out_rows, "quantile": settings.quantile,
                              "distance_at_limit": round(model.limit, 4)}},
        thresholds=[], normal=normal_ranges(rows.names, rows.values, NO_GRADES),
    ), {"features": golden}, {"probability": model.probability(golden.astype(np.float64))})


def summary(model: Normal) -> str:
    """For people: how much it was made from, where the limit is, which features would better be left out."""
    lines = [f"{len(model.names)} features, {model.fitted_rows} rows fitted, limit {model.limit:.2f} "
             f"from the {model.held_out_rows} rows after them"]
    drifting = [(abs(value), name, value) for name, value in zip(model.names, model.drift, strict=True)
                if abs(value) > DRIFTS]
    if drifting:
        lines.append("drift between the two, in spreads (consider --without): "
                     + ", ".join(f"{name} {value:+.1f}" for _, name, value in sorted(drifting, reverse=True)[:8]))
    return "\n".join(lines)
