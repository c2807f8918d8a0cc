"""The shipped sequence model: causal convolutions with a shared column branch and attention."""

from __future__ import annotations

import time

import numpy as np
import torch

import sequence_onnx
import sequence_train
from calibrate import Platt
from card import session
from material import Made, Material, median_ms
from sequence import SequenceShape

ITERATIONS = 600


def make(material: Material) -> Made:
    """Fewer steps than the full training, for fewer casts."""
    shape = SequenceShape(*material.channels())
    sets = [[sequence_train.recording(material.readings(split, cast), cast) for cast in material.casts(split)]
            for split in ("train", "val")]
    began = time.process_time()
    schedule = sequence_train.Schedule(seed=material.seed, iterations=ITERATIONS)
    net = sequence_train.train(*sets, shape, schedule, lambda line: print(line, flush=True))
    spent = time.process_time() - began
    scores = {split: np.concatenate([sequence_train.scores(net, material.readings(split, cast),
                                                           material.instants(split)[cast.id])[:, 0]
                                     for cast in material.casts(split)])
              for split in ("val", "heldout")}
    runtime = session(sequence_onnx.build_graph(net, Platt(), 1.0))
    window = torch.randn(1, shape.length, len(shape.channels)).numpy()
    feeds = {"sequence": window, "mask": np.ones_like(window)}
    return Made(scores, spent, median_ms(lambda: runtime.run(None, feeds)))
