"""Metrics of docs/caster.md section 7: alarm episodes against events, and calibration per second.

An alarm second is one whose score reaches the threshold outside ignored time. Episodes merge gaps up to
60 s. An episode that starts outside every [onset - 60, end + 120] is false, and counts once more for each
further full 600 s it stays outside. An event is detected by any alarm second in [onset, end].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, roc_auc_score

from casts import MECHANISMS, Cast, Event

MERGE_GAP = 60
BEFORE = 60
AFTER = 120
REPEAT = 600
ECE_BINS = 15
# A sticker alarm helps only if the strand can still be slowed down.
NEEDED_LEAD = {"sticker": 5.0}

Scores = Sequence[NDArray[np.floating]]


@dataclass(frozen=True)
class Detection:
    """One event and what an alarm did for it."""

    type: str
    detected: bool
    lead: float

    @property
    def timely(self) -> bool:
        """Whether the first alarm left the time the mechanism needs."""
        return self.detected and self.lead >= NEEDED_LEAD.get(self.type, 0.0)


@dataclass(frozen=True)
class Outcome:
    """What one threshold does on one split."""

    threshold: float
    hours: float
    false_alarms: int
    detections: tuple[Detection, ...]

    @property
    def false_alarms_per_8h(self) -> float:
        """False alarms per eight strand-hours of time that is not ignored."""
        return 8.0 * self.false_alarms / self.hours

    @property
    def recall(self) -> float:
        """Share of events detected."""
        return _mean([d.detected for d in self.detections])

    @property
    def timely_recall(self) -> float:
        """Share of events detected in time."""
        return _mean([d.timely for d in self.detections])

    @property
    def median_lead(self) -> float:
        """Median of complete - first alarm over the detected events, s."""
        leads = [d.lead for d in self.detections if d.detected]
        return float(np.median(leads)) if leads else float("nan")


def episodes(alarm: NDArray[np.bool_], gap: int = MERGE_GAP) -> list[tuple[int, int]]:
    """First and last second of each episode."""
    seconds = np.flatnonzero(alarm)
    if len(seconds) == 0:
        return []
    breaks = np.flatnonzero(np.diff(seconds) > gap)
    starts = np.r_[seconds[0], seconds[breaks + 1]]
    ends = np.r_[seconds[breaks], seconds[-1]]
    return [(int(a), int(b)) for a, b in zip(starts, ends)]


def excused(seconds: int, events: Iterable[Event]) -> NDArray[np.bool_]:
    """Seconds of a cast in which an alarm belongs to an event."""
    around = np.zeros(seconds, dtype=bool)
    for event in events:
        around[max(int(event.onset) - BEFORE, 0):int(event.end) + AFTER + 1] = True
    return around


def false_alarms(alarm: NDArray[np.bool_], events: Iterable[Event]) -> int:
    """False alarms of one cast; an episode is excused from the second it meets an event's surroundings."""
    around = excused(len(alarm), events)
    count = 0
    for start, end in episodes(alarm):
        inside = around[start:end + 1]
        if inside[0]:
            continue
        outside = int(np.argmax(inside)) if inside.any() else end - start
        count += 1 + outside // REPEAT
    return count


def detection(alarm: NDArray[np.bool_], event: Event) -> Detection:
    """First alarm second within the event, as lead to its completion."""
    onset, end = int(event.onset), int(event.end)
    hits = np.flatnonzero(alarm[onset:end + 1])
    if len(hits) == 0:
        return Detection(event.type, False, float("nan"))
    return Detection(event.type, True, float(event.complete - onset - hits[0]))


def outcome(casts: Sequence[Cast], scores: Scores, threshold: float) -> Outcome:
    """Apply one threshold to all casts of a split."""
    hours, false, found = 0.0, 0, []
    for cast, score in zip(casts, scores, strict=True):
        judged = ~cast.ignore
        alarm = (score >= threshold) & judged
        hours += float(judged.sum()) / 3600.0
        false += false_alarms(alarm, cast.events)
        found += [detection(alarm, event) for event in cast.events]
    return Outcome(threshold, hours, false, tuple(found))


def curve(casts: Sequence[Cast], scores: Scores, points: int = 170) -> list[Outcome]:
    """Outcomes from the highest threshold of interest down to 40 % of seconds in alarm."""
    judged = np.concatenate([s[~c.ignore] for c, s in zip(casts, scores, strict=True)])
    thresholds = np.unique(np.quantile(judged, 1.0 - np.geomspace(0.0003, 0.4, points)))
    return [outcome(casts, scores, float(threshold)) for threshold in thresholds[::-1]]


def best_within(outcomes: Sequence[Outcome], budget: float = 1.0) -> Outcome | None:
    """Recall@budget: the highest recall with at most `budget` false alarms per 8 h."""
    feasible = [point for point in outcomes if point.false_alarms_per_8h <= budget]
    return max(feasible, key=lambda point: point.recall, default=None)


def calibration_error(probability: NDArray[np.floating], label: NDArray[np.bool_]) -> float:
    """Expected calibration error over 15 equal bins."""
    bins = np.minimum((probability * ECE_BINS).astype(int), ECE_BINS - 1)
    error = 0.0
    for k in range(ECE_BINS):
        inside = bins == k
        if inside.any():
            error += abs(float(label[inside].mean()) - float(probability[inside].mean())) * float(inside.mean())
    return error


def interval(hits: int, total: int) -> tuple[float, float]:
    """95 % Wilson interval of a share."""
    if total == 0:
        return float("nan"), float("nan")
    z, share = 1.96, hits / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * np.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(float(middle - half), 0.0), min(float(middle + half), 1.0)


def summary(casts: Sequence[Cast], scores: Scores, best: Outcome | None, frozen: float) -> dict[str, object]:
    """All figures of a split, rounded for a card.

    `best` is the outcome of Recall@1 on this split, `frozen` a threshold chosen elsewhere.
    """
    label = np.concatenate([c.label[~c.ignore] > 0 for c in casts])
    score = np.concatenate([s[~c.ignore] for c, s in zip(casts, scores, strict=True)])
    figures: dict[str, object] = {
        "casts": len(casts),
        "events": sum(len(c.events) for c in casts),
        "auc": round(float(roc_auc_score(label, score)), 3),
        "average_precision": round(float(average_precision_score(label, score)), 3),
        "ece": round(calibration_error(score, label), 4),
    }
    if best is not None:
        figures |= {
            "hours": round(best.hours, 1),
            "recall_at_1": round(best.recall, 3),
            "timely_recall": round(best.timely_recall, 3),
            "median_lead_s": round(best.median_lead) if best.recall > 0 else "none",
            "threshold": round(best.threshold, 4),
            "recall_by_type": by_type(best, "recall"),
            "lead_by_type_s": by_type(best, "lead"),
        }
    point = outcome(casts, scores, frozen)
    figures["at_frozen_threshold"] = {
        "threshold": round(frozen, 4), "recall": round(point.recall, 3), "timely_recall": round(point.timely_recall, 3),
        "false_alarms_per_8h": round(point.false_alarms_per_8h, 2),
    }
    return figures


def by_type(point: Outcome, what: str) -> dict[str, float | str]:
    """Recall with its interval, or median lead in s, per mechanism."""
    table: dict[str, float | str] = {}
    for kind in sorted({d.type for d in point.detections}):
        rows = [d for d in point.detections if d.type == kind]
        hits = [d for d in rows if d.detected]
        if what == "lead":
            table[kind] = round(float(np.median([d.lead for d in hits]))) if hits else "none"
        else:
            low, high = interval(len(hits), len(rows))
            table[kind] = f"{len(hits)}/{len(rows)} = {len(hits) / len(rows):.2f} ({low:.2f}-{high:.2f})"
    return table


def named_right(casts: Sequence[Cast], scores: Scores, named: Sequence[NDArray[np.integer]], threshold: float) -> str:
    """How many detected events had their mechanism named right: the most frequent one over their alarm seconds."""
    right = found = 0
    for cast, score, code in zip(casts, scores, named, strict=True):
        alarm = (score >= threshold) & ~cast.ignore
        for event in cast.events:
            span = slice(int(event.onset), int(event.end) + 1)
            codes = code[span][alarm[span]].astype(int)
            if len(codes) > 0:
                found += 1
                right += int(np.bincount(codes).argmax() == MECHANISMS.index(event.type) + 1)
    low, high = interval(right, found)
    return f"{right}/{found} = {right / max(found, 1):.2f} ({low:.2f}-{high:.2f})"


def faults_without_alarm(casts: Sequence[Cast], scores: Scores, threshold: float) -> dict[str, object]:
    """Sensor faults on casts with nothing else wrong: how many raised no alarm, up to 120 s after their end."""
    quiet = total = 0
    for cast, score in zip(casts, scores, strict=True):
        alarm = (score >= threshold) & ~cast.ignore
        for fault in cast.faults:
            total += 1
            quiet += int(not alarm[int(fault.onset):int(fault.end) + AFTER + 1].any())
    low, high = interval(quiet, total)
    return {"casts": len(casts), "without_alarm": f"{quiet}/{total} = {quiet / max(total, 1):.3f} ({low:.3f}-{high:.3f})"}


def hold(instants: NDArray[np.integer], values: NDArray[np.floating], seconds: int) -> NDArray[np.floating]:
    """Per-second score: each prediction holds until the next instant; 0 before the first."""
    order = np.searchsorted(instants, np.arange(seconds), side="right") - 1
    return np.where(order >= 0, values[np.maximum(order, 0)], 0.0)


def _mean(values: Sequence[bool]) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
