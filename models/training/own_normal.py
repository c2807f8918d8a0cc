"""What normal operation looks like, learnt without labels: a distance of feature rows from it, with a limit.

Each feature is measured from its median in spreads; rows are then compared by the Mahalanobis distance, whose
covariance is shrunk towards the identity (Ledoit and Wolf, J. Multivariate Analysis 88, 2004, with a fixed
share) because a few hundred rows don't fix it. The limit is a high quantile of the distance over later
rows of the same casts that the fit has not seen, so that ordinary drift lies within it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibrate import sigmoid
from own_table import Rows

# Log-odds = STEEP * (distance² / limit² - 1): 0.5 at the limit, 0.02 at the centre of normal operation.
STEEP = 4.0
# distance² / limit² counts up to here: the log-odds stay finite.
FAR = 4.0
# In spreads: one broken sensor must neither bend the fit nor overflow the graph.
FIT_LIMIT, SERVE_LIMIT = 8.0, 50.0
# Standard deviation of a normal distribution over its median absolute deviation.
MAD_TO_SPREAD = 1.4826

FloatArray = NDArray[np.floating]


@dataclass(frozen=True)
class Settings:
    """The same for every plant unless said otherwise."""

    held_out: float = 0.3
    """Share of each cast's normal rows, its last, that the limit is taken from."""
    quantile: float = 0.999
    """Of the distance over the held-out rows: where the limit is."""
    shrinkage: float = 0.1
    """0 = the covariance as it was seen, 1 = features taken for independent."""


@dataclass(frozen=True)
class Normal:
    """A fitted model: everything that the graph holds."""

    names: tuple[str, ...]
    centre: NDArray[np.float64]
    spread: NDArray[np.float64]
    precision: NDArray[np.float64]
    """Inverse covariance of the scaled features over their number: the distance² of a usual row is about 1."""
    limit: float
    fitted_rows: int
    held_out_rows: int
    drift: NDArray[np.float64]
    """Per feature: median of the held-out rows from that of the fitted ones, in spreads."""

    def distance(self, values: FloatArray) -> FloatArray:
        """Distance of each row; a missing feature counts as usual."""
        scaled = _scaled(values, self.centre, self.spread, SERVE_LIMIT)
        return np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", scaled, self.precision, scaled), 0.0))

    def probability(self, values: FloatArray) -> FloatArray:
        """0.5 at the limit; an order of unusualness, not a frequency of faults."""
        ratio = np.minimum((self.distance(values) / self.limit) ** 2, FAR)
        return sigmoid(STEEP * (ratio - 1.0))


def fit(rows: Rows, settings: Settings = Settings()) -> Normal:
    """Learn from rows of normal operation.

    Raises ValueError when there are too few rows, or a feature is missing in all of them
    """
    held_out = _last_of_each_cast(rows.cast, settings.held_out)
    fitted, later = rows.values[~held_out].astype(np.float64), rows.values[held_out].astype(np.float64)
    if len(fitted) < 2 * len(rows.names) or len(later) < 20:
        raise ValueError(f"{len(fitted)} rows to fit and {len(later)} to set the limit are too few for "
                         f"{len(rows.names)} features: export more often (--every 1), add recordings or use fewer.")
    empty = [name for name, gone in zip(rows.names, np.isnan(fitted).all(axis=0), strict=True) if gone]
    if empty:
        raise ValueError(f"never measured: {', '.join(empty)}. Leave them out with --without.")
    centre, spread = _centre(fitted), _spread(fitted)
    precision = _precision(_scaled(fitted, centre, spread, FIT_LIMIT), settings.shrinkage)
    model = Normal(rows.names, centre, spread, precision, 1.0, len(fitted), len(later),
                   (_centre(later) - centre) / spread)
    limit = float(np.quantile(model.distance(later), settings.quantile))
    return Normal(**{**model.__dict__, "limit": limit})


def _last_of_each_cast(cast: NDArray[np.str_], share: float) -> NDArray[np.bool_]:
    held_out = np.zeros(len(cast), bool)
    for name in np.unique(cast):
        at = np.flatnonzero(cast == name)
        held_out[at[len(at) - round(share * len(at)):]] = True
    return held_out


def _centre(values: FloatArray) -> NDArray[np.float64]:
    return np.nanmedian(values, axis=0)


def _spread(values: FloatArray) -> NDArray[np.float64]:
    """From the median absolute deviation; from the standard deviation where most values are alike."""
    robust = MAD_TO_SPREAD * np.nanmedian(np.abs(values - _centre(values)), axis=0)
    spread = np.maximum(robust, 0.3 * np.nanstd(values, axis=0))
    # A feature that never changed: any change is far out, and nothing is divided by zero.
    return np.maximum(spread, 1e-6 * np.maximum(np.abs(_centre(values)), 1.0))


def _scaled(values: FloatArray, centre: FloatArray, spread: FloatArray, limit: float) -> NDArray[np.float64]:
    return np.clip(np.nan_to_num((values - centre) / spread, nan=0.0), -limit, limit)


def _precision(scaled: FloatArray, shrinkage: float) -> NDArray[np.float64]:
    count = scaled.shape[1]
    covariance = scaled.T @ scaled / len(scaled)
    average = float(np.trace(covariance)) / count
    shrunk = (1.0 - shrinkage) * covariance + shrinkage * max(average, 1e-6) * np.eye(count)
    return np.linalg.inv(shrunk) / count
