"""A default of a dataclass that all of its objects would share."""

import pytest

from codeact_lsp.repair.rules.dataclass_fields import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_empty_list(bench: Bench) -> None:
    await bench.check_fix(
        """
        from dataclasses import dataclass

        @dataclass
        class _Row:
            items: list = []

        def a() -> object:
            return _Row().items
        """,
        "Write 'field(default_factory=list)'",
        """
        from dataclasses import dataclass
        from dataclasses import field

        @dataclass
        class _Row:
            items: list = field(default_factory=list)

        def a() -> object:
            return _Row().items
        """,
    )


async def test_one_that_holds_something(bench: Bench) -> None:
    await bench.check_fix(
        """
        from dataclasses import dataclass, field

        @dataclass
        class _Row:
            rates: dict = {"EUR": 1}

        def a() -> object:
            return _Row().rates
        """,
        "Write 'field(default_factory=lambda: {\"EUR\": 1})'",
        """
        from dataclasses import dataclass, field

        @dataclass
        class _Row:
            rates: dict = field(default_factory=lambda: {"EUR": 1})

        def a() -> object:
            return _Row().rates
        """,
    )


async def test_fields_without_a_default_come_first(bench: Bench) -> None:
    await bench.check_first(
        """
        from dataclasses import dataclass

        @dataclass
        class Config:
            retries: int = 3
            name: str

        def a() -> object:
            return Config(name="x").retries
        """,
        "    retries: int = 3\n    name: str\n",
        "    name: str\n    retries: int = 3\n",
    )


async def test_objects_in_order(bench: Bench) -> None:
    await bench.check_first(
        """
        from dataclasses import dataclass

        @dataclass
        class Item:
            n: int

        def a() -> object:
            return [item.n for item in sorted([Item(2), Item(1)])]
        """,
        "@dataclass\n",
        "@dataclass(order=True)\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
