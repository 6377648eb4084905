"""A function that gives values and comes to its end without one, with a change."""

import pytest

from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXT = """
    def _place(number: int, numbers: list){gives}:
        if number > numbers[-1]:
            return len(numbers)
        for place, other in enumerate(numbers):
            if number <= other:
                return place
        {end}

    def a() -> object:
        return _place(3, [])
    """


def failing(gives: str = "", end: str = "") -> str:
    return TEXT.replace("{gives}", gives).replace("{end}", end)


async def test_it_comes_behind_one_that_gives_a_value(bench: Bench) -> None:
    fixes = await bench.meant(failing())
    nothing = [fix for fix in fixes if fix.result.preview.text == "None"]
    assert fixes[0].label == "Return 0 where 'numbers' is empty"
    assert nothing
    assert all(fix.unanswered for fix in nothing)


@pytest.mark.parametrize(
    "text", [failing(end="return None"), failing(gives=" -> int | None"), failing(" -> object")]
)
async def test_none_may_be_meant(bench: Bench, text: str) -> None:
    fixes = await bench.meant(text)
    assert any(fix.result.preview.text == "None" for fix in fixes)
    assert not any(fix.unanswered for fix in fixes)


async def test_what_never_gives_a_value_has_none_to_give(bench: Bench) -> None:
    fixes = await bench.fixes("""
        def a(files: tuple = (), log: dict = {"n": 1}) -> None:
            log["m"] += 1
    """)
    assert fixes
    assert not any(fix.unanswered for fix in fixes)
