"""A model from your own recordings, made from their feature table: docs/training.md leads through it.

`supervised` learns from a label column; `unsupervised` learns what normal operation looks like and needs
none. Both leave a graph, its card and golden vectors in --out, ready for an onnx-model node of kind
`baseline`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import own_normal
import own_supervised
import own_unsupervised
from own_table import Rows, labels_of, load_labels, load_rows


def main() -> None:
    """Read the rows that count, and train."""
    given = _arguments()
    rows = load_rows(given.features).columns(given.use, given.without)
    rows = rows.where((rows.elapsed >= given.settle) & (rows.elapsed <= given.until))
    if given.way == "supervised":
        label = _label(rows, given)
        split = own_supervised.Split(given.seed, tuple(given.test or ()))
        print(own_supervised.make(rows.where(~np.isnan(label)), label[~np.isnan(label)] > 0, given.out, split))
        return
    if given.labels is not None:
        rows = rows.where(_label(rows, given) == 0)
    settings = own_normal.Settings(given.held_out, given.quantile, given.shrinkage)
    try:
        model = own_normal.fit(rows, settings)
    except ValueError as err:
        raise SystemExit(str(err)) from err
    own_unsupervised.deliver_normal(given.out, model, rows, settings)
    print(own_unsupervised.summary(model))


def _label(rows: Rows, given: argparse.Namespace) -> NDArray[np.float64]:
    """The label of each row; NaN where there is none, or where the row is to be ignored."""
    labels = load_labels(given.labels)
    label = labels_of(rows, labels, given.label)
    if given.ignore is not None:
        label[labels_of(rows, labels, given.ignore) > 0] = np.nan
    return label


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="models/training/own.sh", description=__doc__)
    ways = parser.add_subparsers(dest="way", required=True)
    for way, about in (("supervised", "boosted trees on labelled rows"),
                       ("unsupervised", "distance from normal operation")):
        one = ways.add_parser(way, help=about)
        one.add_argument("--features", type=Path, required=True, help="table.npy of `npm run features`")
        one.add_argument("--out", type=Path, required=True, help="folder of the model")
        one.add_argument("--labels", type=Path, required=way == "supervised",
                         help="table.labels.csv of `npm run features -- --labels ...`")
        one.add_argument("--label", default="anomaly", help="label column; rows above 0 are faults (default %(default)s)")
        one.add_argument("--ignore", help="column whose rows above 0 don't count")
        one.add_argument("--use", nargs="+", default=["*"], help="patterns of features, as in '*.mean.10s'")
        one.add_argument("--without", nargs="+", default=[], help="patterns of features left out")
        one.add_argument("--settle", type=float, default=60.0, help="s at the start of each cast left out: windows fill")
        one.add_argument("--until", type=float, default=float("inf"), help="s of each cast after which rows are left out")
    supervised, unsupervised = ways.choices["supervised"], ways.choices["unsupervised"]
    supervised.add_argument("--test", nargs="+", help="casts to test on; default: a fifth of the casts by seed")
    supervised.add_argument("--seed", type=int, default=1)
    defaults = own_normal.Settings()
    unsupervised.add_argument("--held-out", type=float, default=defaults.held_out,
                              help="share of each cast, its last, that the limit is taken from (default %(default)s)")
    unsupervised.add_argument("--quantile", type=float, default=defaults.quantile,
                              help="of the distance of held-out rows: the limit (default %(default)s)")
    unsupervised.add_argument("--shrinkage", type=float, default=defaults.shrinkage, help="default %(default)s")
    return parser.parse_args()


if __name__ == "__main__":
    main()
