"""A module, or a name in one, that is spelt otherwise or is elsewhere now."""

import pytest

from codeact_lsp.repair.rules.imports import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_misspelt_module(bench: Bench) -> None:
    await bench.check_fix(
        """
        import jsno as json

        def a() -> object:
            return json.dumps(1)
        """,
        "Import 'json'",
        """
        import json

        def a() -> object:
            return json.dumps(1)
        """,
    )


async def test_a_misspelt_member(bench: Bench) -> None:
    await bench.check_fix(
        """
        from collections import Countr as Counter

        def a() -> object:
            return Counter("aab").most_common(1)
        """,
        "Import 'Counter'",
        """
        from collections import Counter

        def a() -> object:
            return Counter("aab").most_common(1)
        """,
    )


async def test_a_member_that_has_moved(bench: Bench) -> None:
    await bench.check_fix(
        """
        from collections import Mapping

        def a() -> object:
            return isinstance({}, Mapping)
        """,
        "Import it from 'collections.abc'",
        """
        from collections.abc import Mapping

        def a() -> object:
            return isinstance({}, Mapping)
        """,
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return json\n",
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_module_that_is_misspelt_where_it_is_used_too(bench: Bench) -> None:
    await bench.check_fix(
        """
        import colections

        def a() -> object:
            return len(colections.Counter("aab"))
        """,
        "Import 'collections'",
        """
        import collections

        def a() -> object:
            return len(collections.Counter("aab"))
        """,
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from urlparse import urlsplit", "from urllib.parse import urlsplit"),
        ("import cPickle", "import pickle as cPickle"),
        ("import Queue as queues", "import queue as queues"),
    ],
)
async def test_a_module_that_is_called_otherwise_now(bench: Bench, old: str, new: str) -> None:
    text = f"def a():\n    {old}\n    return 1\n"
    await bench.check_first(text, old, new)
