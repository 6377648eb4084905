"""What is empty because it was made of something empty: who made nothing first is named."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def test_the_first_that_made_nothing_is_named(engine: Engine, tmp_path: Path) -> None:
    text = """
    def lines():
        return ["a;1", "b;2"]

    def rows(lines):
        «return [line.split(";") for line in lines if "," in line]»

    def numbers(rows):
        return {name: int(n) for name, n in rows}

    def total(numbers):
        (first, n), *others = numbers
        return n
    """
    message = "`numbers` ({}) is made of what 'rows' returned here, which is empty too."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_the_maker_is_named_as_well(engine: Engine, tmp_path: Path) -> None:
    text = """
    def rows():
        return []

    def numbers(rows):
        return {row: 1 for row in rows}

    def total(numbers):
        (first, n), *others = numbers
        return n
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert [each.node for each in (blame, *blame.also)] == ["rows", "numbers"]


@pytest.mark.parametrize(
    "given",
    ["return [1], 2", "return 3"],
)
async def test_whoever_was_given_something_made_nothing_of_it(
    engine: Engine, tmp_path: Path, given: str
) -> None:
    text = f"""
    def rows():
        {given}

    def numbers(rows):
        return [row for row in [rows] if row is None]

    def total(numbers):
        (first, n), *others = numbers
        return n
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "numbers"


async def test_of_two_that_are_empty_neither_is_named_for_the_other(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        return []

    def names():
        return ()

    def numbers(rows, names):
        return [*rows, *names]

    def total(numbers):
        (first, n), *others = numbers
        return n
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "numbers"


async def test_what_holds_only_empty_things_is_as_empty_as_what_was_made_of_it(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def words():
        return «[[word for word in row.split() if word.isdigit()] for row in ("a b", "c")]»

    def pairs(words):
        return [pair for row in words for pair in zip(row, row[1:])]

    def first(pairs):
        return pairs[0]
    """
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert (found.node, found.likely) == ("words", False)


async def test_the_most_frequent_of_nothing_is_followed_to_who_counted_nothing(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    from collections import Counter

    def rows():
        return [{"role": "cook"}]

    def roles(rows):
        «return Counter(row["role"] for row in rows if row["role"] == "host")»

    def notice(roles):
        return roles.most_common(1)[0]
    """
    message = "`roles` (Counter()) was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)
