"""Sequence network -> ONNX graph with the node's contract: probability, attention and mechanisms of each window."""

from __future__ import annotations

import io
import warnings

import onnx
import torch
from torch import Tensor, nn

from calibrate import Platt
from sequence import SequenceNet

OPSET = 14
OUTPUTS = ("probability", "attention", "mechanisms")


class ServedSequence(nn.Module):
    """One window in; the calibrated probability, the attention over its steps and the mechanisms' shares out."""

    def __init__(self, net: SequenceNet, platt: Platt, mechanism_factor: float) -> None:
        super().__init__()
        self.net = net
        self.platt = platt
        self.mechanism_factor = mechanism_factor

    def forward(self, sequence: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        shape = self.net.shape
        log_odds, weights = self.net(sequence, mask)
        probability = torch.sigmoid(log_odds[:, 0, -1] * self.platt.slope + self.platt.intercept)
        # A coarse step's weight is shared by its steps; history that only feeds them has none of its own.
        per_step = weights.reshape(-1, shape.attention_steps, 1) / shape.stride
        per_step = per_step.expand(-1, shape.attention_steps, shape.stride).flatten(1)
        attention = nn.functional.pad(per_step, (shape.length - shape.attention_steps * shape.stride, 0))
        mechanisms = torch.softmax(log_odds[:, 1:, -1] * self.mechanism_factor, 1)
        return probability, attention, mechanisms


def build_graph(net: SequenceNet, platt: Platt, mechanism_factor: float) -> onnx.ModelProto:
    """Trace the served network at batch 2 with a free batch dimension.

    Inputs: `sequence` and `mask`, float32 [batch, length, channels], 0 where missing / 1 = measured.
    """
    served = ServedSequence(net, platt, mechanism_factor).eval()
    example = torch.zeros(2, net.shape.length, len(net.shape.channels))
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # The tracer warns that shapes become constants: time is fixed on purpose, batch is not touched.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            served, (example, example.clone()), buffer, opset_version=OPSET,
            input_names=["sequence", "mask"], output_names=list(OUTPUTS),
            dynamic_axes={name: {0: "batch"} for name in ("sequence", "mask", *OUTPUTS)},
        )
    model = onnx.load_model_from_string(buffer.getvalue())
    onnx.checker.check_model(model)
    return model
