"""One value where a list is wanted, or a list where one value is."""

import pytest

from codeact_lsp.repair.rules.single_items import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_one_more_item(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            found = []
            found.extend(3)
            return found
        """,
        "extend",
        "append",
    )


async def test_the_first_of_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            groups = {}
            for key, n in (("x", 1), ("x", 2)):
                if key in groups:
                    groups[key].append(n)
                else:
                    groups[key] = n
            return groups
        """,
        "= n\n",
        "= [n]\n",
    )


async def test_what_a_queue_begins_with(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import deque

        def a(start: int = 3) -> object:
            return list(deque(start))
        """,
        "deque(start)",
        "deque([start])",
    )


async def test_an_item_that_was_added_in_its_parts(bench: Bench) -> None:
    text = plain(
        """
        def _pairs() -> list:
            out = []
            for pair in ((1, 2), (3, 4)):
                out += pair
            return out

        def a() -> object:
            return [pair[1] for pair in _pairs()]
        """
    )
    made = [fix.edit.apply(text) for fix in await bench.meant(text)]
    assert text.replace("out += pair", "out.append(pair)") in made


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return max(3)\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_number_that_is_added_to_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: int = 7) -> object:
            found = []
            found += n // 2
            return found
        """,
        "found += n // 2",
        "found.append(n // 2)",
    )
