"""Arrays whose shapes, axes or types do not fit."""

import pytest

from codeact_lsp.repair.rules.arrays import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_value_for_each_row(bench: Bench) -> None:
    await bench.check_fix(
        """
        import numpy as np

        def a() -> object:
            values = np.array([1, 2, 3])
            return (np.ones((3, 2)) * values).tolist()
        """,
        "Write 'values[:, None]'",
        """
        import numpy as np

        def a() -> object:
            values = np.array([1, 2, 3])
            return (np.ones((3, 2)) * values[:, None]).tolist()
        """,
    )


async def test_a_length_that_follows_from_the_other(bench: Bench) -> None:
    await bench.check_offer(
        """
        import numpy as np

        def a() -> object:
            return np.arange(6).reshape(4, 3).tolist()
        """,
        "Write '-1'",
        """
        import numpy as np

        def a() -> object:
            return np.arange(6).reshape(-1, 3).tolist()
        """,
    )


async def test_an_axis_that_there_is_not_in_two_places(bench: Bench) -> None:
    await bench.check_fix(
        """
        import numpy as np

        def a() -> object:
            data = np.array([3, 1])
            return float(data.max(axis=1) - data.min(axis=1))
        """,
        "Go along axis 0 in 2 places",
        """
        import numpy as np

        def a() -> object:
            data = np.array([3, 1])
            return float(data.max(axis=0) - data.min(axis=0))
        """,
    )


async def test_whole_numbers_that_become_others(bench: Bench) -> None:
    await bench.check_fix(
        """
        import numpy as np

        def a() -> object:
            data = np.array([1, 2])
            data *= 0.5
            return data.tolist()
        """,
        "Write 'data = data * 0.5'",
        """
        import numpy as np

        def a() -> object:
            data = np.array([1, 2])
            data = data * 0.5
            return data.tolist()
        """,
    )


async def test_numbers_that_are_texts(bench: Bench) -> None:
    await bench.check_fix(
        """
        import numpy as np

        def a() -> object:
            data = np.array(['1', '2'])
            return (data * 1.5).tolist()
        """,
        "Write 'data.astype(float)'",
        """
        import numpy as np

        def a() -> object:
            data = np.array(['1', '2'])
            return (data.astype(float) * 1.5).tolist()
        """,
    )


async def test_the_middle_of_an_array(bench: Bench) -> None:
    await bench.check_fix(
        """
        import numpy as np

        def a() -> object:
            data = np.array([1, 2, 3])
            return int(data[len(data) / 2])
        """,
        "Write 'len(data) // 2'",
        """
        import numpy as np

        def a() -> object:
            data = np.array([1, 2, 3])
            return int(data[len(data) // 2])
        """,
    )


async def test_a_place_that_is_halved_elsewhere(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [1, 2, 3]
            middle = (0 + len(rows)) / 2
            return rows[middle]
        """,
        " / 2",
        " // 2",
    )


async def test_a_list_of_places(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            rows = [5, 6, 7]
            return rows[[0, 2]].tolist()
        """,
        "rows[[",
        "np.array(rows)[[",
    )


async def test_texts_that_are_counted_with(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            prices = ["1", "1"]
            return np.log(prices).tolist()
        """,
        "np.log(prices)",
        "np.log(np.array(prices, dtype=float))",
    )


async def test_half_of_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [1, 2, 3, 4]
            half = len(rows) / 2
            return [rows[i * half : (i + 1) * half] for i in range(2)]
        """,
        "len(rows) / 2",
        "len(rows) // 2",
    )


async def test_a_part_of_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [1, 2, 3, 4]
            most = len(rows) * 0.5
            return rows[:most]
        """,
        "len(rows) * 0.5",
        "int(len(rows) * 0.5)",
    )


async def test_the_middle_between_two(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(low: int = 0, high: int = 3) -> object:
            rows = [1, 2, 3, 4]
            middle = low + (high - low) / 2
            return rows[middle]
        """,
        "(high - low) / 2",
        "((high - low) // 2)",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return {}['x']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_shares_of_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = [1, 2, 3, 4]
            middle = len(rows) / 2
            return rows[:middle]
        """,
        "len(rows) / 2",
        "len(rows) // 2",
    )


async def test_not_divided_by_one(bench: Bench) -> None:
    fixes = await bench.fixes("def a(rows=(1, 2), n=1): return rows[n / 1]\n")
    assert fixes
    assert all("//" not in fix.label and "int(" not in fix.label for fix in fixes)
