"""A member that a module does not have."""

import pytest

from codeact_lsp.repair.rules.moved import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_numpy_says_itself(bench: Bench) -> None:
    await bench.check_fix(
        """
        import numpy as np

        def a() -> object:
            return float(np.float_(1))
        """,
        "Write 'np.float64'",
        """
        import numpy as np

        def a() -> object:
            return float(np.float64(1))
        """,
    )


async def test_a_class_and_its_module_of_one_name(bench: Bench) -> None:
    await bench.check_fix(
        """
        import datetime

        def a() -> object:
            return datetime.strptime("2024", "%Y").year
        """,
        "Write 'datetime.datetime.strptime'",
        """
        import datetime

        def a() -> object:
            return datetime.datetime.strptime("2024", "%Y").year
        """,
    )


async def test_what_went_to_another_module(bench: Bench) -> None:
    await bench.check_fix(
        """
        import collections

        def a() -> object:
            return isinstance([], collections.Iterable)
        """,
        "Write 'collections.abc.Iterable'",
        """
        import collections
        import collections.abc

        def a() -> object:
            return isinstance([], collections.abc.Iterable)
        """,
    )


async def test_what_got_another_name(bench: Bench) -> None:
    await bench.check_fix(
        """
        import time

        def a() -> object:
            return time.clock() > 0
        """,
        "Write 'time.perf_counter'",
        """
        import time

        def a() -> object:
            return time.perf_counter() > 0
        """,
    )


async def test_what_the_module_has_beside_the_class(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime

        def a() -> object:
            return datetime.timedelta(days=1).days
        """,
        "from datetime import datetime\n\ndef a() -> object:\n    return datetime.timedelta",
        "from datetime import datetime\nfrom datetime import timedelta\n\n"
        "def a() -> object:\n    return timedelta",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [1].clock\n",
        "import json\n\ndef a(): return json.nothing_like_it\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("np.asscalar(made)", "made.item()"),
        ("np.NINF", "-np.inf"),
        ("pd.rolling_mean(pd.Series([1, 2, 3]), 2)", "pd.Series([1, 2, 3]).rolling(2).mean()"),
        ("pd.value_counts([1, 1])", "pd.Series([1, 1]).value_counts()"),
    ],
)
async def test_a_call_that_is_written_otherwise_now(bench: Bench, old: str, new: str) -> None:
    imports = "import numpy as np\nimport pandas as pd\n\n"
    text = f"{imports}def a():\n    made = np.array([3])\n    return {old}\n"
    await bench.check_first(text, old, new)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            ("import numpy as np\n\ndef a(): return float(np.norm([3.0, 4.0]))\n"),
            "np.norm",
            "np.linalg.norm",
        ),
    ],
)
async def test_a_function_of_a_module_of_numpy(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)
