"""More that is to be drawn than there is to draw from."""

import pytest

from codeact_lsp.repair.rules.larger_samples import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_as_many_as_there_are(bench: Bench) -> None:
    await bench.check_first(
        """
        import random


        def a(names: list[str] = ["x", "y"]) -> object:
            return sorted(random.sample(names, 5))
        """,
        "names, 5",
        "names, min(5, len(names))",
    )


async def test_the_same_ones_again(bench: Bench) -> None:
    await bench.check_offer(
        """
        import random


        def a(names: list[str] = ["x", "y"]) -> object:
            return len(random.sample(names, 5))
        """,
        "Write 'random.choices(names, k=5)'",
        """
        import random


        def a(names: list[str] = ["x", "y"]) -> object:
            return len(random.choices(names, k=5))
        """,
    )


async def test_with_repetition(bench: Bench) -> None:
    await bench.check_offer(
        """
        import numpy as np


        def a(names: list[str] = ["x", "y"]) -> object:
            return len(np.random.default_rng(1).choice(names, size=5, replace=False))
        """,
        "Draw with 'replace=True'",
        """
        import numpy as np


        def a(names: list[str] = ["x", "y"]) -> object:
            return len(np.random.default_rng(1).choice(names, size=5, replace=True))
        """,
    )


async def test_rows_of_a_table(bench: Bench) -> None:
    await bench.check_offer(
        """
        import pandas as pd


        def a() -> object:
            rows = pd.DataFrame({"n": [1, 2]})
            return len(rows.sample(n=5))
        """,
        "Write 'min(5, len(rows))'",
        """
        import pandas as pd


        def a() -> object:
            rows = pd.DataFrame({"n": [1, 2]})
            return len(rows.sample(n=min(5, len(rows))))
        """,
    )


async def test_rows_of_a_table_by_position(bench: Bench) -> None:
    await bench.check_offer(
        """
        import pandas as pd


        def a() -> object:
            rows = pd.DataFrame({"n": [1, 2]})
            return len(rows.sample(5))
        """,
        "Write 'min(5, len(rows))'",
        """
        import pandas as pd


        def a() -> object:
            rows = pd.DataFrame({"n": [1, 2]})
            return len(rows.sample(min(5, len(rows))))
        """,
    )


async def test_a_value_that_is_no_number_is_of_another_kind(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        import random


        def a() -> object:
            return int("x")
        """,
    )
