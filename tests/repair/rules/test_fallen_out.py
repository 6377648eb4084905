"""Blocks that have fallen out of a function or a class."""

import pytest

from codeact_lsp.repair.rules.fallen_out import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_out_of_a_function(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(size: int = 3) -> object:
            seen = set()

            def visit(x: int) -> None:
                seen.add(x)
            for step in (1, 2):
                if x + step < size:
                    visit(x + step)

            visit(0)
            return sorted(seen)
        """,
        "Take the block into 'visit'",
        """
        def a(size: int = 3) -> object:
            seen = set()

            def visit(x: int) -> None:
                seen.add(x)
                for step in (1, 2):
                    if x + step < size:
                        visit(x + step)

            visit(0)
            return sorted(seen)
        """,
    )


async def test_a_block_that_reads_nothing_of_it(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(size: int = 3) -> object:
            def visit(x: int) -> None:
                print(x)

            return visit(zzz)
        """,
    )


async def test_a_text_of_several_lines_is_left_as_it_is(bench: Bench) -> None:
    await bench.check_silent(
        RULE,
        """
        def a(size: int = 3) -> object:
            def visit(x: int) -> None:
                print(x)
            print(x, '''
            of two lines''')

            return visit(size)
        """,
    )
