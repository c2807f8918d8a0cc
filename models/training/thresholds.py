"""The alarm threshold, chosen on validation casts so that it holds on molds that nobody has seen.

A threshold read off the validation curve at the budget is too low: it profits from chance, and unseen molds give
more false alarms. So the rate must stay within the budget with its upper bound, and with a margin that was
measured by leaving molds out of training.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bootstrap import Tally, draws

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Choice:
    """A threshold and what it was chosen for, in false alarms per 8 h."""

    value: float
    budget: float
    margin: float
    val_rate: float

    def entry(self) -> dict[str, object]:
        """For a card."""
        rule = (f"lowest threshold whose false alarms on the validation casts stay below {self.budget:g} per 8 h / "
                f"{self.margin:.2f} at {CONFIDENCE:.0%} confidence (bootstrap over casts); {self.margin:.2f} is how many "
                "more of them molds gave that were left out of training")
        return {"value": self.value, "rule": rule, "budgetPer8h": self.budget}


def choose(val: Tally, budget: float, margin: float) -> Choice:
    """The lowest threshold of the tally with its upper bound within the budget; thresholds fall or rise in any order.

    Raises ValueError when even the highest threshold is beyond it
    """
    weights = draws(len(val.events))
    upper = np.quantile(val.rate(weights), CONFIDENCE, axis=0)
    order = np.argsort(-val.thresholds)
    within = upper[order] <= budget / margin
    # From the top down to the first that is beyond: a rate that dips below the budget again further down is chance.
    allowed = int(np.argmin(within)) if not within.all() else len(within)
    if allowed == 0:
        raise ValueError(f"no threshold keeps false alarms below {budget} per 8 h with a margin of {margin:.2f}")
    index = order[allowed - 1]
    rate = float(val.rate(np.ones((1, len(val.events))))[0, index])
    return Choice(float(np.ceil(val.thresholds[index] * 1e4) / 1e4), budget, margin, rate)
