"""pandas over the same values: ns per reading of each statistic of a window, as one line of JSON.

Reads `{"values": [...], "window": n, "rounds": n}` from standard input. `batch` is the whole recording at once, as an analyst
would do it afterwards; `live` takes the last window anew for each reading, as a stream would have to.
"""

import json
import sys
import time

import pandas as pd

LIVE_READINGS = 300


def main() -> None:
    """Times both and prints the medians."""
    task = json.load(sys.stdin)
    series = pd.Series(task["values"])
    window = task["window"]
    batch, live = [], []
    for _ in range(task["rounds"]):
        batch.append(_seconds(lambda: _statistics(series.rolling(window, min_periods=1))) / len(series))
        live.append(_seconds(lambda: _one_by_one(series, window)) / LIVE_READINGS)
    print(json.dumps({"pandas": pd.__version__, "batch": 1e9 * _median(batch), "live": 1e9 * _median(live)}))


def _statistics(rolling) -> None:
    rolling.mean()
    rolling.std()
    rolling.min()
    rolling.max()


def _one_by_one(series: pd.Series, window: int) -> None:
    for end in range(len(series) - LIVE_READINGS, len(series)):
        _statistics(series.iloc[end - window:end])


def _seconds(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _median(values: list) -> float:
    return sorted(values)[len(values) // 2]


main()
