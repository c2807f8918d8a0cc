"""The sequence network: a small causal convolutional network with attention pooling.

It looks at a window of `length` steps that ends at the instant to judge. Scaling, averaging to coarse steps and
the handling of missing readings happen inside it. All convolutions are "valid" (no padding), so a long
recording gives at each instant exactly what the window ending there gives: training runs over long segments,
serving over one window, with the same numbers.

The four thermocouple columns share one branch whose maximum and mean go on: a defect looks the same in
every column, and what is learned on one serves all. That is what carries over to unseen molds.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

UPPER = tuple(f"tc_u{column}.deviation" for column in range(1, 5))
LOWER = tuple(f"tc_l{column}.deviation" for column in range(1, 5))
# What a column must know of the strand: a tear's lag between the rows depends on the speed.
COMMON = ("casting_speed", "casting_speed.deviation", "mold_level.deviation", "mold_friction.deviation")
# Channels whose unrest within one coarse step is a sign by itself.
UNREST = ("mold_level.deviation", "mold_friction.deviation", "oscillation_frequency.deviation", *UPPER)
MECHANISMS = 6
# In spreads; a faulty sensor must not drown the others.
LIMIT = 8.0


@dataclass(frozen=True)
class SequenceShape:
    """Everything that fixes the network's structure; stored beside its weights.

    A step is the mean of `step` seconds, a coarse step that of `stride` steps. Dilations count coarse steps.
    """

    channels: tuple[str, ...]
    length: int
    step: int
    stride: int = 2
    level_span: int = 300
    column_width: int = 32
    global_width: int = 64
    column_dilations: tuple[int, ...] = (1, 2, 4)
    global_dilations: tuple[int, ...] = (1, 2, 4)
    merge_dilations: tuple[int, ...] = (6,)
    dropout: float = 0.1

    def __post_init__(self) -> None:
        missing = [name for name in {*UPPER, *LOWER, *COMMON, *UNREST} if name not in self.channels]
        if missing:
            raise ValueError(f"the network needs the channels {', '.join(sorted(missing))}")
        if self.length % self.stride or self.level_span % self.coarse:
            raise ValueError(f"length must be a multiple of {self.stride} and level_span one of {self.coarse}")
        if self.attention_steps < 1:
            needed = self.coarse * (self.field + self.level_steps)
            raise ValueError(f"the network needs at least {needed} s, the window has {self.seconds}")

    @property
    def coarse(self) -> int:
        """Seconds of a coarse step."""
        return self.step * self.stride

    @property
    def seconds(self) -> int:
        """Seconds of a window."""
        return self.length * self.step

    @property
    def field(self) -> int:
        """Coarse steps before the current one that the convolutions reach."""
        branch = max(sum(self.column_dilations), sum(self.global_dilations))
        return 4 * (branch + sum(self.merge_dilations))

    @property
    def level_steps(self) -> int:
        """Coarse steps of the running level, the current one included."""
        return self.level_span // self.coarse

    @property
    def attention_steps(self) -> int:
        """Coarse steps the attention chooses among: those with level and field behind them."""
        return self.length // self.stride - self.field - self.level_steps + 1

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return asdict(self)


class Block(nn.Module):
    """Two dilated kernel-3 convolutions with a skip; 4 * dilation steps shorter than its input."""

    def __init__(self, width: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.first = nn.Conv1d(width, width, 3, dilation=dilation)
        self.second = nn.Conv1d(width, width, 3, dilation=dilation)
        self.dropout = nn.Dropout(dropout)
        self.cut = 4 * dilation

    def forward(self, x: Tensor) -> Tensor:
        hidden = self.dropout(functional.relu(self.first(x)))
        return functional.relu(x[:, :, self.cut:] + self.second(hidden))


class Preparation(nn.Module):
    """Steps [batch, time, channels] and mask -> scaled means over coarse steps, masks and unrest.

    The deviations that the core hands over forget within ten minutes; what matters in a mold happens within
    two. So the deviations lose their mean over the last `level_span` s, and are kept with it besides.
    """

    def __init__(self, shape: SequenceShape) -> None:
        super().__init__()
        self.stride = shape.stride
        self.level_steps = shape.level_steps
        channels = len(shape.channels)
        deviations = [i for i, name in enumerate(shape.channels) if name.endswith(".deviation")]
        self.register_buffer("deviations", torch.tensor(deviations))
        self.register_buffer("centre", torch.zeros(1, 1, channels))
        self.register_buffer("spread", torch.ones(1, 1, channels))
        self.register_buffer("unrest", torch.tensor([shape.channels.index(name) for name in UNREST]))

    def scale(self, centre: Sequence[float], spread: Sequence[float]) -> None:
        """Typical level and spread of each channel."""
        self.centre.copy_(torch.tensor(centre).view(1, 1, -1))
        self.spread.copy_(torch.tensor(spread).view(1, 1, -1))

    def forward(self, sequence: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        scaled = ((sequence - self.centre) / self.spread).clamp(-2 * LIMIT, 2 * LIMIT) * mask
        scaled, measured = scaled.transpose(1, 2), mask.transpose(1, 2)
        share = functional.avg_pool1d(measured, self.stride)
        divisor = share.clamp(min=0.5 / self.stride)
        values = functional.avg_pool1d(scaled, self.stride) / divisor
        restless = scaled.index_select(1, self.unrest)
        square = functional.avg_pool1d(restless * restless, self.stride) / divisor.index_select(1, self.unrest)
        mean = values.index_select(1, self.unrest)
        # The small constant keeps the root's slope finite at rest.
        unrest = ((square - mean * mean).clamp(min=0.0) + 1e-4).sqrt().clamp(max=4.0)
        values, masks = values.clamp(-LIMIT, LIMIT), (share > 0).to(values.dtype)
        first = self.level_steps - 1
        recent = values.index_select(1, self.deviations)
        weight = masks.index_select(1, self.deviations)
        level = functional.avg_pool1d(recent * weight, self.level_steps, 1) / (
            functional.avg_pool1d(weight, self.level_steps, 1) + 1e-3)
        recent = (recent[:, :, first:] - level) * weight[:, :, first:]
        return torch.cat([values[:, :, first:], recent], 1), masks[:, :, first:], unrest[:, :, first:]


class SequenceNet(nn.Module):
    """Window -> log-odds of any defect, log-odds per mechanism (training only), attention."""

    def __init__(self, shape: SequenceShape) -> None:
        super().__init__()
        self.shape = shape
        self.preparation = Preparation(shape)
        index = {name: position for position, name in enumerate(shape.channels)}
        self.upper = [index[name] for name in UPPER]
        self.lower = [index[name] for name in LOWER]
        # Behind the channels come the deviations without their recent mean.
        recent = [name for name in shape.channels if name.endswith(".deviation")]
        behind = {name: len(shape.channels) + position for position, name in enumerate(recent)}
        self.recent_upper = [behind[name] for name in UPPER]
        self.recent_lower = [behind[name] for name in LOWER]
        self.common = [behind.get(name, index[name]) for name in COMMON]
        columns = {*self.upper, *self.lower, *self.recent_upper, *self.recent_lower}
        others = [i for i in range(len(shape.channels) + len(recent)) if i not in columns]
        self.register_buffer("other", torch.tensor(others))
        self.columns = nn.Conv1d(8 + len(COMMON) + 1, shape.column_width, 1)
        self.column_blocks = _blocks(shape.column_width, shape.column_dilations, shape.dropout)
        self.globals = nn.Conv1d(len(others) + 2 + len(UNREST), shape.global_width, 1)
        self.global_blocks = _blocks(shape.global_width, shape.global_dilations, shape.dropout)
        self.merge = nn.Conv1d(shape.global_width + 2 * shape.column_width, shape.global_width, 1)
        self.merge_blocks = _blocks(shape.global_width, shape.merge_dilations, shape.dropout)
        self.score = nn.Sequential(nn.Conv1d(shape.global_width, 16, 1), nn.Tanh(), nn.Conv1d(16, 1, 1))
        self.head = nn.Conv1d(2 * shape.global_width, 1 + MECHANISMS, 1)

    def forward(self, sequence: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Log-odds [batch, 1 + mechanisms, outputs] and attention [batch, outputs, attention steps].

        Outputs: one per coarse step that has the whole history behind it; a single one for a window.
        """
        hidden = self._hidden(*self.preparation(sequence, mask))
        span = self.shape.attention_steps
        outputs = hidden.shape[2] - span + 1
        score = self.score(hidden)
        if outputs == 1:
            weights = torch.softmax(score, 2)
            context = (hidden * weights).sum(2, keepdim=True)
        else:
            weights = torch.softmax(score[:, 0].unfold(1, span, 1), 2)
            context = torch.einsum("bcts,bts->bct", hidden.unfold(2, span, 1), weights)
        log_odds = self.head(torch.cat([context, hidden[:, :, span - 1:]], 1))
        return log_odds, weights

    def _hidden(self, values: Tensor, masks: Tensor, unrest: Tensor) -> Tensor:
        upper = Row(values[:, self.recent_upper], masks[:, self.upper])
        lower = Row(values[:, self.recent_lower], masks[:, self.lower])
        shared = self._columns(upper, lower, values[:, self.common])
        whole = torch.cat([values.index_select(1, self.other), upper.mean, lower.mean, unrest], 1)
        whole = functional.relu(self.globals(whole))
        for block in self.global_blocks:
            whole = block(whole)
        length = min(whole.shape[2], shared.shape[2])
        merged = torch.cat([_last(whole, length), _last(shared, length)], 1)
        merged = functional.relu(self.merge(merged))
        for block in self.merge_blocks:
            merged = block(merged)
        # The branches may reach differently far; what a window can always give is the deepest.
        return _last(merged, masks.shape[2] - self.shape.field)

    def _columns(self, upper: "Row", lower: "Row", common: Tensor) -> Tensor:
        batch, columns, steps = upper.values.shape
        parts = [upper.values, lower.values, upper.alone, lower.alone, _neighbours(upper.alone),
                 _neighbours(lower.alone), upper.mask, lower.mask]
        parts += [part.expand(batch, columns, steps) for part in (*common.split(1, 1), upper.mean)]
        hidden = torch.stack(parts, 2).reshape(batch * columns, len(parts), steps)
        hidden = functional.relu(self.columns(hidden))
        for block in self.column_blocks:
            hidden = block(hidden)
        hidden = hidden.reshape(batch, columns, hidden.shape[1], hidden.shape[2])
        return torch.cat([hidden.amax(1), hidden.mean(1)], 1)


class Row:
    """One row of thermocouples [batch, columns, steps] and how each stands out of it."""

    def __init__(self, values: Tensor, mask: Tensor) -> None:
        self.values = values
        self.mask = mask
        self.mean = (values * mask).sum(1, keepdim=True) / mask.sum(1, keepdim=True).clamp(min=1.0)
        self.alone = (values - self.mean) * mask


def _blocks(width: int, dilations: tuple[int, ...], dropout: float) -> nn.ModuleList:
    return nn.ModuleList([Block(width, dilation, dropout) for dilation in dilations])


def _neighbours(columns: Tensor) -> Tensor:
    """Mean of the columns left and right; beyond the edge counts as 0."""
    zero = torch.zeros_like(columns[:, :1])
    left = torch.cat([zero, columns[:, :-1]], 1)
    right = torch.cat([columns[:, 1:], zero], 1)
    return 0.5 * (left + right)


def _last(x: Tensor, length: int) -> Tensor:
    return x[:, :, x.shape[2] - length:]
