"""An object whose base class was never set up."""

import pytest

from codeact_lsp.repair.rules.super_init import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_class_with_a_beginning_of_its_own(bench: Bench) -> None:
    await bench.check_fix(
        """
        class _Base:
            def __init__(self) -> None:
                self.items: list[int] = []

        class _Child(_Base):
            def __init__(self) -> None:
                self.n = 1

        def a() -> object:
            return _Child().items
        """,
        "Write 'super().__init__()' first",
        """
        class _Base:
            def __init__(self) -> None:
                self.items: list[int] = []

        class _Child(_Base):
            def __init__(self) -> None:
                super().__init__()
                self.n = 1

        def a() -> object:
            return _Child().items
        """,
    )


async def test_with_what_the_base_class_takes(bench: Bench) -> None:
    await bench.check_first(
        """
        class Base:
            def __init__(self, name):
                self.name = name

        class Child(Base):
            def __init__(self, name, n):
                self.n = n

        def a() -> object:
            return Child("x", 3).name
        """,
        "        self.n = n",
        "        super().__init__(name)\n        self.n = n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [1].items\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)
