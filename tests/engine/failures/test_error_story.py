"""What a failure tells of how it came about: causes, members, notes, words, calls, libraries."""

import linecache
from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.running import failed

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def test_causes_and_contexts_are_told_with_their_places(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        try:
            try:
                «int("x")»
            except ValueError:
                «{}["key"]»
        except KeyError as error:
            raise RuntimeError("at last") from error
    """
    error, _, (first, second) = await failed(engine, tmp_path, text)
    assert [(linked.how, linked.type, linked.span) for linked in error.linked] == [
        ("cause", "KeyError", second),
        ("context", "ValueError", first),
    ]


async def test_a_suppressed_context_is_not_told(engine: Engine, tmp_path: Path) -> None:
    text = """
    def a():
        try:
            int("x")
        except ValueError:
            raise RuntimeError from None
    """
    error, _, _ = await failed(engine, tmp_path, text)
    assert error.linked == ()


async def test_a_chain_that_bites_its_tail_ends(engine: Engine, tmp_path: Path) -> None:
    text = """
    def a():
        one, two = ValueError("one"), ValueError("two")
        one.__cause__, two.__cause__ = two, one
        raise one
    """
    error, _, _ = await failed(engine, tmp_path, text)
    assert [linked.message for linked in error.linked] == ["two"]


async def test_the_members_of_a_group_are_told_with_their_places(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import asyncio

    async def a():
        async with asyncio.TaskGroup() as group:
            group.create_task(_fail())
            group.create_task(_fail_too())

    async def _fail():
        «1 / 0»

    async def _fail_too():
        «[].pop()»
    """
    error, _, places = await failed(engine, tmp_path, text)
    assert error.type == "ExceptionGroup"
    members = [(linked.type, linked.span) for linked in error.linked if linked.how == "member"]
    assert members == list(zip(["ZeroDivisionError", "IndexError"], places, strict=True))


async def test_what_was_never_raised_is_told_without_a_place(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        problems = [ValueError("row 1"), ValueError("row 2")]
        raise ExceptionGroup("rows", problems) from LookupError("line 7")
    """
    error, _, _ = await failed(engine, tmp_path, text)
    assert [(linked.how, linked.message, linked.span) for linked in error.linked] == [
        ("member", "row 1", None),
        ("member", "row 2", None),
        ("cause", "line 7", None),
    ]


async def test_members_of_members_and_their_causes_are_told_one_deeper(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        try:
            try:
                «int("x")»
            except ValueError as error:
                «raise TypeError("bad x") from error»
        except TypeError as error:
            member = error
        raise ExceptionGroup("outer", [ExceptionGroup("inner", [member]), OSError("last")])
    """
    error, _, (cause, member) = await failed(engine, tmp_path, text)
    assert [(each.depth, each.how, each.type, each.span) for each in error.linked] == [
        (0, "member", "ExceptionGroup", None),
        (1, "member", "TypeError", member),
        (2, "cause", "ValueError", cause),
        (0, "member", "OSError", None),
    ]


async def test_groups_in_groups_come_to_an_end(engine: Engine, tmp_path: Path) -> None:
    text = """
    def a():
        error = ValueError("innermost")
        for number in range(500):
            error = ExceptionGroup(f"group {number}", [error])
        raise error
    """
    error, _, _ = await failed(engine, tmp_path, text)
    assert 0 < len(error.linked) <= 20


async def test_notes_are_told_whatever_they_are(engine: Engine, tmp_path: Path) -> None:
    text = """
    class _Loud:
        def __str__(self): raise ValueError

    def a():
        error = ValueError("no")
        error.add_note("see the manual")
        error.__notes__.append(_Loud())
        raise error
    """
    error, _, _ = await failed(engine, tmp_path, text)
    assert error.notes == ("see the manual", "<_Loud that cannot be shown: ValueError>")


@pytest.mark.parametrize("notes", ["5", "None", "'text'"])
async def test_notes_that_are_none_hide_no_failure(
    engine: Engine, tmp_path: Path, notes: str
) -> None:
    text = f"""
    def a():
        error = ValueError("no")
        error.__notes__ = {notes}
        «raise error»
    """
    error, _, (place,) = await failed(engine, tmp_path, text)
    assert (error.headline, error.notes, error.span) == ("ValueError: no", (), place)


@pytest.mark.parametrize(
    ("members", "headline"),
    [
        ("def __str__(self): raise ValueError", "_Odd: <_Odd that cannot be shown: ValueError>"),
        ("def __str__(self): raise SystemExit", "_Odd: <_Odd that cannot be shown: SystemExit>"),
        ("def __str__(self): return 5", "_Odd: <_Odd that cannot be shown: TypeError>"),
        (
            "def __str__(self): return str(self)",
            "_Odd: <_Odd that cannot be shown: RecursionError>",
        ),
        ("def __str__(self): return '\\ud800'", "_Odd: ?"),
        ("def __init__(self): self.made = lambda: 1", "_Odd"),
        ("def __reduce__(self): raise ValueError", "_Odd"),
        ("def __getattribute__(self, name): raise RuntimeError", "_Odd"),
        ("__traceback__ = __cause__ = property(lambda self: 1 / 0)", "_Odd"),
        ("__class__ = __dict__ = args = property(lambda self: 1 / 0)", "_Odd"),
        ("__notes__ = property(lambda self: 1 / 0)", "_Odd"),
    ],
)
async def test_an_odd_exception_is_told_as_far_as_it_goes(
    engine: Engine, tmp_path: Path, members: str, headline: str
) -> None:
    text = f"class _Odd(Exception):\n    {members}\n\ndef a():\n    «raise _Odd»\n"
    error, _, (place,) = await failed(engine, tmp_path, text)
    assert (error.headline, error.span, error.category) == (headline, place, "user")


async def test_a_long_message_is_cut(engine: Engine, tmp_path: Path) -> None:
    error, _, _ = await failed(engine, tmp_path, "def a(): raise ValueError('x' * 10**6)\n")
    assert error.message == "x" * 1_999 + "…"


async def test_the_calls_inside_the_plan_are_told_outermost_first(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def a():
        return sorted([2, 1], key=_key)

    def _key(n):
        return _deeper(n)

    def _deeper(n):
        return n / 0
    """
    error, ran, _ = await failed(engine, tmp_path, text)
    assert [(frame.function, ran.text(frame.span)) for frame in error.frames] == [
        ("a", "sorted([2, 1], key=_key)"),
        ("_key", "_deeper(n)"),
        ("_deeper", "n / 0"),
    ]
    assert error.surfaced is None


async def test_a_long_chain_of_calls_keeps_both_ends(engine: Engine, tmp_path: Path) -> None:
    text = """
    def a():
        return _down(200)

    def _down(n):
        return 1 / n if n == 0 else _down(n - 1)
    """
    error, ran, _ = await failed(engine, tmp_path, text)
    assert len(error.frames) == 20
    assert ran.text(error.frames[0].span) == "_down(200)"
    assert ran.text(error.span) == "1 / n"


async def test_the_library_line_that_raised_is_told(engine: Engine, tmp_path: Path) -> None:
    text = "import json\n\ndef a():\n    return json.loads('')\n"
    error, _, _ = await failed(engine, tmp_path, text)
    assert error.surfaced is not None
    file, _, line = error.surfaced.rpartition(":")
    assert "raise JSONDecodeError" in linecache.getline(file, int(line))
