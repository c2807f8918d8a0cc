"""What training does to the rows before it learns from them."""

from __future__ import annotations

import unittest

import numpy as np

from baseline import UNREST, Table, TreeSettings, join, thinned, vary

NAMES = ("mold_level.mean.10s", "mold_level.std.60s", "mold_level.range.60s", "tc_u1_contrast.mean.10s")


def table(rows: int = 4000, casts: int = 4) -> Table:
    """Rows of ones, every tenth a defect, the first hundred ignored."""
    label = (np.arange(rows) % 10 == 0).astype(np.int8)
    weight = np.where(np.arange(rows) < 100, 0.0, 1.0).astype(np.float32)
    return Table(NAMES, np.ones((rows, len(NAMES)), np.float32), label, weight,
                 np.repeat(np.arange(casts), rows // casts).astype(np.int32))


class RowsTest(unittest.TestCase):
    def test_a_cast_varies_as_a_whole_and_only_in_unrest_and_contrast(self) -> None:
        rows = table()
        vary(rows, seed=1)
        self.assertTrue((rows.values[:, 0] == 1).all())
        np.testing.assert_array_equal(rows.values[:, 1], rows.values[:, 2])
        for cast in range(4):
            self.assertEqual(len(np.unique(rows.values[rows.cast == cast, 1])), 1)
        self.assertEqual(len(np.unique(rows.values[:, 1])), 4)
        self.assertFalse((rows.values[:, 3] == rows.values[:, 1]).all())
        self.assertTrue((np.abs(np.log(rows.values[:, 1])) < np.log(UNREST[1]) + 0.3).all())

    def test_variation_follows_the_seed(self) -> None:
        one, same, other = table(), table(), table()
        for rows, seed in ((one, 1), (same, 1), (other, 2)):
            vary(rows, seed)
        np.testing.assert_array_equal(one.values, same.values)
        self.assertFalse((one.values == other.values).all())

    def test_fewer_rows_weigh_as_much_as_all(self) -> None:
        kept = thinned(table(40_000), TreeSettings())
        self.assertLess(len(kept.label), 15_000)
        for defect in (True, False):
            self.assertAlmostEqual(float(kept.weight[(kept.label > 0) == defect].sum())
                                   / (39_900 * (0.1 if defect else 0.9)), 1.0, delta=0.05)

    def test_casts_of_joined_tables_stay_apart(self) -> None:
        both = join(table(), table())
        self.assertEqual(sorted(set(both.cast.tolist())), list(range(8)))


if __name__ == "__main__":
    unittest.main()
