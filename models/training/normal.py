"""Normal ranges for the cards: what each input was in training seconds without a defect, by steel grade."""

from __future__ import annotations

from typing import Sequence

import numpy as np
from numpy.typing import NDArray

QUANTILES = (0.05, 0.5, 0.95)
# All grades together: for a grade that training did not have.
ANY_GRADE = "any"
# A hundred thousand rows tell these quantiles to a few per mille.
ROWS = 100_000

Ranges = dict[str, dict[str, list[float]]]


def normal_ranges(names: Sequence[str], values: NDArray[np.float32], grades: NDArray[np.str_]) -> Ranges:
    """Grade -> input -> its 5 %, 50 % and 95 % quantile in the input's unit; `values` [rows, inputs], NaN = missing.

    Inputs that were never measured in a grade are left out there.
    """
    return {grade: _quantiles(names, values if grade == ANY_GRADE else values[grades == grade])
            for grade in (*sorted(set(grades.tolist())), ANY_GRADE)}


def _quantiles(names: Sequence[str], values: NDArray[np.float32]) -> dict[str, list[float]]:
    values = values[:: max(1, len(values) // ROWS)]
    measured = [i for i in range(len(names)) if np.isfinite(values[:, i]).any()]
    table = np.nanquantile(values[:, measured], QUANTILES, axis=0)
    return {names[i]: [float(f"{x:.4g}") for x in column] for i, column in zip(measured, table.T)}

