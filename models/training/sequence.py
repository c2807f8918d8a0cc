"""The sequence network: a small causal convolutional network with attention pooling.

It looks at a window of `length` seconds that ends at the instant to judge. Everything a feature plant
would do before the network happens inside it: scaling, averaging to `stride` seconds, speed-corrected
ratios, deviation from a running level, missing readings. All convolutions are "valid" (no padding), so a
long recording gives at each instant exactly what the window ending there gives: training runs over
long segments, serving over one window, with the same numbers.

The four thermocouple columns share one branch whose maximum and mean go on: a defect looks the same in
every column, and what is learned on one serves all. That is what carries over to unseen molds.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

import torch
from torch import Tensor, nn
from torch.nn import functional

UPPER = ("tc_u1", "tc_u2", "tc_u3", "tc_u4")
LOWER = ("tc_l1", "tc_l2", "tc_l3", "tc_l4")
MECHANISMS = 6

# Typical level and spread of each channel: puts inputs near 0 +- 1 before anything else happens.
# Levels from CASTER.md sections 3 and 8; spreads are those of the deviation from a five-minute mean.
CHANNEL_SCALE: dict[str, tuple[float, float]] = {
    "casting_speed": (1.15, 0.05), "mold_level": (100.0, 2.5), "stopper_position": (37.0, 2.0),
    "tundish_weight": (40.0, 2.0), "tundish_temperature": (1530.0, 3.0), "superheat": (20.0, 3.0),
    "mold_water_flow": (4150.0, 30.0), "mold_water_delta_t": (4.8, 0.2),
    **{name: (138.0, 4.0) for name in UPPER}, **{name: (98.0, 3.0) for name in LOWER},
    "mold_friction": (9.4, 0.8), "oscillation_frequency": (140.0, 4.0),
    "spray_flow_1": (240.0, 10.0), "spray_flow_2": (370.0, 14.0), "strand_surface_temp": (923.0, 18.0),
}
CHANNELS = tuple(CHANNEL_SCALE)

# Speed-corrected quantities: what practice tables hold constant, so a change of it means something.
RATIO_SCALE: dict[str, tuple[float, float]] = {
    "spray_1_per_speed": (210.0, 10.0), "spray_2_per_speed": (330.0, 15.0),
    "oscillation_excess": (0.0, 2.0), "friction_at_speed": (9.4, 0.8), "liquidus": (1512.0, 15.0),
}

# Channels the network also sees as levels (not only as deviations), with the spread of the level.
LEVEL_SCALE: dict[str, float] = {
    "casting_speed": 0.2, "stopper_position": 8.0, "superheat": 6.0, "mold_friction": 2.0,
    "strand_surface_temp": 25.0, "spray_1_per_speed": 20.0, "spray_2_per_speed": 30.0,
    "oscillation_excess": 4.0, "friction_at_speed": 2.0, "liquidus": 15.0,
}
# Channels whose unrest within one step is a sign by itself.
UNREST = ("mold_level", "mold_friction", "oscillation_frequency", *UPPER)


@dataclass(frozen=True)
class SequenceShape:
    """Everything that fixes the network's structure; stored beside its weights. Times in s."""

    length: int = 600
    stride: int = 4
    level_span: int = 300
    attention_span: int = 60
    column_width: int = 20
    global_width: int = 32
    column_dilations: tuple[int, ...] = (1, 2, 4)
    global_dilations: tuple[int, ...] = (1, 2, 4)
    merge_dilations: tuple[int, ...] = (6,)
    dropout: float = 0.1

    def __post_init__(self) -> None:
        for name in ("length", "level_span", "attention_span"):
            if getattr(self, name) % self.stride:
                raise ValueError(f"{name} must be a multiple of stride {self.stride}")
        if self.needed > self.length:
            raise ValueError(f"the network needs {self.needed} s of history, the window has {self.length}")

    @property
    def steps(self) -> int:
        """Coarse steps of one window."""
        return self.length // self.stride

    @property
    def attention_steps(self) -> int:
        """Coarse steps the attention chooses among."""
        return self.attention_span // self.stride

    @property
    def level_steps(self) -> int:
        """Coarse steps of the running level."""
        return self.level_span // self.stride

    @property
    def field(self) -> int:
        """Coarse steps before the current one that the convolutions reach."""
        branch = max(sum(self.column_dilations), sum(self.global_dilations))
        return 4 * (branch + sum(self.merge_dilations))

    @property
    def needed(self) -> int:
        """Seconds of history behind one output."""
        return self.stride * (self.level_steps + self.field + self.attention_steps - 1)

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


@dataclass
class Coarse:
    """Scaled readings averaged to coarse steps: values and masks [batch, channels, steps]."""

    values: Tensor
    masks: Tensor
    unrest: Tensor


@dataclass
class Prepared:
    """What the branches read, from the first step that has a running level on."""

    deviations: Tensor
    levels: Tensor
    masks: Tensor
    unrest: Tensor
    names: dict[str, int] = field(default_factory=dict)


class Preparation(nn.Module):
    """Readings [batch, time, channels] and mask -> scaled deviations and levels on coarse steps."""

    def __init__(self, shape: SequenceShape) -> None:
        super().__init__()
        self.shape = shape
        centre, spread = zip(*CHANNEL_SCALE.values())
        self.register_buffer("centre", torch.tensor(centre).view(1, 1, -1))
        self.register_buffer("spread", torch.tensor(spread).view(1, 1, -1))
        self.names = {name: index for index, name in enumerate((*CHANNELS, *RATIO_SCALE))}
        level_index = [self.names[name] for name in LEVEL_SCALE]
        scales = {**CHANNEL_SCALE, **RATIO_SCALE}
        ratio = [scales[name][1] / spread for name, spread in LEVEL_SCALE.items()]
        self.register_buffer("level_index", torch.tensor(level_index))
        self.register_buffer("level_ratio", torch.tensor(ratio).view(1, -1, 1))
        self.register_buffer("unrest_index", torch.tensor([CHANNELS.index(name) for name in UNREST]))

    def forward(self, sequence: Tensor, mask: Tensor) -> Prepared:
        coarse = self._coarse(sequence, mask)
        values, masks = self._with_ratios(coarse)
        span = self.shape.level_steps
        weight = functional.avg_pool1d(masks, span, 1)
        # A small prior at the typical level: a channel never measured stays at 0 instead of 0/0.
        level = functional.avg_pool1d(values * masks, span, 1) / (weight + 1e-3)
        values, masks = values[:, :, span - 1:], masks[:, :, span - 1:]
        deviations = ((values - level) * masks).clamp(-8.0, 8.0)
        filled = values * masks + level * (1.0 - masks)
        levels = (filled.index_select(1, self.level_index) * self.level_ratio).clamp(-8.0, 8.0)
        return Prepared(deviations, levels, masks, coarse.unrest[:, :, span - 1:])

    def _coarse(self, sequence: Tensor, mask: Tensor) -> Coarse:
        stride = self.shape.stride
        scaled = ((sequence - self.centre) / self.spread * mask).transpose(1, 2)
        measured = mask.transpose(1, 2)
        share = functional.avg_pool1d(measured, stride)
        divisor = share.clamp(min=0.5 / stride)
        values = functional.avg_pool1d(scaled, stride) / divisor
        restless = scaled.index_select(1, self.unrest_index).clamp(-50.0, 50.0)
        square = functional.avg_pool1d(restless * restless, stride) / divisor.index_select(1, self.unrest_index)
        mean = values.index_select(1, self.unrest_index).clamp(-50.0, 50.0)
        unrest = ((square - mean * mean).clamp(min=0.0) + 1e-4).sqrt().clamp(max=4.0)
        return Coarse(values, (share > 0).to(values.dtype), unrest)

    def _with_ratios(self, coarse: Coarse) -> tuple[Tensor, Tensor]:
        """Append the speed-corrected quantities; each is measured where all its parts are."""
        def physical(name: str) -> Tensor:
            centre, spread = CHANNEL_SCALE[name]
            index = self.names[name]
            return coarse.values[:, index:index + 1] * spread + centre

        def measured(*names: str) -> Tensor:
            product = coarse.masks[:, self.names[names[0]]:self.names[names[0]] + 1]
            for name in names[1:]:
                product = product * coarse.masks[:, self.names[name]:self.names[name] + 1]
            return product

        speed = physical("casting_speed").clamp(min=0.3)
        raw = {
            "spray_1_per_speed": (physical("spray_flow_1") / speed, ("casting_speed", "spray_flow_1")),
            "spray_2_per_speed": (physical("spray_flow_2") / speed ** 0.9, ("casting_speed", "spray_flow_2")),
            "oscillation_excess": (physical("oscillation_frequency") - 60.0 - 70.0 * speed,
                                   ("casting_speed", "oscillation_frequency")),
            "friction_at_speed": (physical("mold_friction") / (1.0 + 0.35 * (speed - 1.1)),
                                  ("casting_speed", "mold_friction")),
            "liquidus": (physical("tundish_temperature") - physical("superheat"),
                         ("tundish_temperature", "superheat")),
        }
        values, masks = [coarse.values], [coarse.masks]
        for name, (value, parts) in raw.items():
            centre, spread = RATIO_SCALE[name]
            masks.append(measured(*parts))
            values.append((value - centre) / spread * masks[-1])
        return torch.cat(values, 1), torch.cat(masks, 1)


class SequenceNet(nn.Module):
    """Window -> log-odds of any defect, log-odds per mechanism (training only), attention."""

    def __init__(self, shape: SequenceShape) -> None:
        super().__init__()
        self.shape = shape
        self.preparation = Preparation(shape)
        names = self.preparation.names
        self.upper = [names[name] for name in UPPER]
        self.lower = [names[name] for name in LOWER]
        column = set(self.upper + self.lower)
        self.register_buffer("other", torch.tensor([i for i in names.values() if i not in column]))
        self.columns = nn.Conv1d(13, shape.column_width, 1)
        self.column_blocks = _blocks(shape.column_width, shape.column_dilations, shape.dropout)
        globals_in = len(self.other) + 2 + len(LEVEL_SCALE) + len(UNREST)
        self.globals = nn.Conv1d(globals_in, shape.global_width, 1)
        self.global_blocks = _blocks(shape.global_width, shape.global_dilations, shape.dropout)
        self.merge = nn.Conv1d(shape.global_width + 2 * shape.column_width, shape.global_width, 1)
        self.merge_blocks = _blocks(shape.global_width, shape.merge_dilations, shape.dropout)
        self.score = nn.Sequential(nn.Conv1d(shape.global_width, 16, 1), nn.Tanh(), nn.Conv1d(16, 1, 1))
        self.head = nn.Conv1d(2 * shape.global_width, 1 + MECHANISMS, 1)

    def forward(self, sequence: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Log-odds [batch, 1 + mechanisms, outputs] and attention [batch, outputs, attention steps].

        Outputs: one per coarse step that has the whole history behind it; a single one for a window.
        """
        hidden = self._hidden(self.preparation(sequence, mask))
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

    def _hidden(self, data: Prepared) -> Tensor:
        upper, lower = data.deviations[:, self.upper], data.deviations[:, self.lower]
        upper_mask, lower_mask = data.masks[:, self.upper], data.masks[:, self.lower]
        upper_mean, lower_mean = _masked_mean(upper, upper_mask), _masked_mean(lower, lower_mask)
        shared = self._columns(data, upper, lower, upper_mask, lower_mask, upper_mean, lower_mean)
        whole = torch.cat([data.deviations.index_select(1, self.other), upper_mean, lower_mean,
                           data.levels, data.unrest], 1)
        whole = functional.relu(self.globals(whole))
        for block in self.global_blocks:
            whole = block(whole)
        length = min(whole.shape[2], shared.shape[2])
        merged = torch.cat([_last(whole, length), _last(shared, length)], 1)
        merged = functional.relu(self.merge(merged))
        for block in self.merge_blocks:
            merged = block(merged)
        # The branches may reach differently far; what a window can always give is the deepest.
        return _last(merged, data.masks.shape[2] - self.shape.field)

    def _columns(self, data: Prepared, upper: Tensor, lower: Tensor, upper_mask: Tensor, lower_mask: Tensor,
                 upper_mean: Tensor, lower_mean: Tensor) -> Tensor:
        batch, _, steps = upper.shape
        upper_alone, lower_alone = (upper - upper_mean) * upper_mask, (lower - lower_mean) * lower_mask
        index = self.preparation.names
        common = [data.deviations[:, i:i + 1] for i in
                  (index["casting_speed"], index["mold_level"], index["mold_friction"])]
        common += [data.levels[:, 0:1], upper_mean]
        parts = [upper, lower, upper_alone, lower_alone, _neighbours(upper_alone), _neighbours(lower_alone),
                 upper_mask, lower_mask, *[part.expand(batch, 4, steps) for part in common]]
        hidden = torch.stack(parts, 2).reshape(batch * 4, len(parts), steps)
        hidden = functional.relu(self.columns(hidden))
        for block in self.column_blocks:
            hidden = block(hidden)
        hidden = hidden.reshape(batch, 4, hidden.shape[1], hidden.shape[2])
        return torch.cat([hidden.amax(1), hidden.mean(1)], 1)


def _blocks(width: int, dilations: tuple[int, ...], dropout: float) -> nn.ModuleList:
    return nn.ModuleList([Block(width, dilation, dropout) for dilation in dilations])


def _masked_mean(values: Tensor, mask: Tensor) -> Tensor:
    return (values * mask).sum(1, keepdim=True) / mask.sum(1, keepdim=True).clamp(min=1.0)


def _neighbours(columns: Tensor) -> Tensor:
    """Mean of the columns left and right; beyond the edge counts as 0."""
    zero = torch.zeros_like(columns[:, :1])
    left = torch.cat([zero, columns[:, :-1]], 1)
    right = torch.cat([columns[:, 1:], zero], 1)
    return 0.5 * (left + right)


def _last(x: Tensor, length: int) -> Tensor:
    return x[:, :, x.shape[2] - length:]
