"""A function of NumPy that is called as its namesake of Python is."""

import pytest

from codeact_lsp.repair.rules.numpy_calls import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_larger_of_two(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            return np.max(np.array([1, 5]), np.array([3, 2])).tolist()
        """,
        "np.max",
        "np.maximum",
    )


async def test_sizes_one_by_one(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            return np.random.rand((2, 3)).shape
        """,
        "rand((2, 3))",
        "rand(2, 3)",
    )


async def test_a_row_more(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            return np.append(np.empty((0, 2)), [1, 2], axis=0).tolist()
        """,
        "[1, 2], axis",
        "[[1, 2]], axis",
    )


async def test_what_is_turned_already(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            left, right = np.ones((2, 3)), np.ones((3, 1))
            return np.dot(left, right.T).tolist()
        """,
        "right.T",
        "right",
    )


async def test_a_place_that_is_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a(place: str = "1") -> object:
            return int(np.array([3, 4])[place])
        """,
        "[place]",
        "[int(place)]",
    )


async def test_how_often_each_is_there(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            values, counts = np.unique([1, 1, 2, 3])
            return counts.tolist()
        """,
        "unique([1, 1, 2, 3])",
        "unique([1, 1, 2, 3], return_counts=True)",
    )


async def test_from_last_to_first(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            return np.argsort([1, 3, 2], reverse=True).tolist()
        """,
        "np.argsort([1, 3, 2], reverse=True)",
        "np.argsort([1, 3, 2])[::-1]",
    )


async def test_the_last_along_an_axis(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            return np.array([[1, 2], [3, 4]])[:, 2].tolist()
        """,
        "[:, 2]",
        "[:, 1]",
    )


async def test_a_list_that_is_turned_round(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            rows = [1, 2]
            return (-rows).tolist()
        """,
        "-rows",
        "-np.array(rows)",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return max(3, 'x')\n",
        "def a(): return [][0]\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_range_with_fractions(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> list:
            return [float(n) for n in range(0, 1, 0.25)]
        """,
        "range(",
        "np.arange(",
    )


async def test_an_array_does_not_grow(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> list:
            values = np.array([1, 2])
            values.append(3)
            return values.tolist()
        """,
        "values.append(3)",
        "values = np.append(values, 3)",
    )
