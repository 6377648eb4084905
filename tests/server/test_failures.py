"""What went wrong in a run, on the exact expression, with the places that belong to it."""

import pytest

from tests.carets import dedent, source_of
from tests.server.editor import Editor

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def check_failure(editor: Editor, drawing: str) -> None:
    """A plan fails, and shows this and nothing else."""
    plan = editor.open(source_of(drawing))
    assert await plan.run() == "failed"
    assert await plan.shown() == dedent(drawing)


async def test_the_failing_expression_is_marked_and_the_origin_of_its_value(
    editor: Editor,
) -> None:
    await check_failure(
        editor,
        """
        def price(): return {"net": 2, "gross": None}
                                                ^^^^ ↳ `price['gross']` (None) was made here.

        def total(price):
            tax = 1 + price["gross"] * 2
                      ^^^^^^^^^^^^^^^^^^ user: TypeError: unsupported operand type(s) for *:
                      ... 'NoneType' and 'int'
            return tax
        """,
    )


async def test_the_calls_that_led_there_are_related(editor: Editor) -> None:
    await check_failure(
        editor,
        """
        def _half(n): return n / 0
                             ^^^^^ user: ZeroDivisionError: division by zero
        def _of(n): return _half(n)
                           ^^^^^^^^ ↳ Called from '_of'.
        def node(): return 1 + _of(8)
                               ^^^^^^ ↳ Called from 'node'.
        """,
    )


async def test_the_cause_is_related(editor: Editor) -> None:
    await check_failure(
        editor,
        """
        def node():
            try:
                int("seven")
                ^^^^^^^^^^^^ ↳ cause: ValueError: invalid literal for int() with base 10:
                ... 'seven'
            except ValueError as error:
                raise RuntimeError("no number") from error
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ user: RuntimeError: no number
        """,
    )


async def test_the_members_of_a_group_are_related(editor: Editor) -> None:
    await check_failure(
        editor,
        """
        def _failed(number):
            try:
                return 1 / number
                       ^^^^^^^^^^ ↳ member: ZeroDivisionError: division by zero
            except ZeroDivisionError as error:
                return error

        def node():
            tries = [_failed(0), OSError("never raised")]
            raise ExceptionGroup("all", tries)
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ user: ExceptionGroup: all (2 sub-exceptions)
        """,
    )


async def test_columns_are_counted_in_utf_16_units_right_of_astral_text(editor: Editor) -> None:
    plan = editor.open('def node(): return "📦🦀", {}["key"]\n')
    assert await plan.run() == "failed"
    (found,) = await plan.diagnostics()
    assert (found.message, plan.at(found.range)) == ("KeyError: 'key'", '"key"')
    # Each of the two characters takes two units, so this is two more than the column in Python.
    assert found.range.start.character == plan.text.index('"key"') + 2


async def test_the_missing_key_itself_is_marked_where_its_container_is_known(
    editor: Editor,
) -> None:
    await check_failure(
        editor,
        """
        ROW = {"region": "north"}

        def node(): return ROW["regoin"]
                               ^^^^^^^^ user: KeyError: 'regoin'
        """,
    )


async def test_a_failing_module_level_line_is_shown_once_though_it_fails_all_nodes(
    editor: Editor,
) -> None:
    await check_failure(
        editor,
        """
        LIMIT = 1 / 0
                ^^^^^ user: ZeroDivisionError: division by zero

        def a(): return LIMIT

        def b(): return LIMIT + 1
        """,
    )


async def test_a_helper_that_fails_several_nodes_is_shown_once_with_the_calls_of_all(
    editor: Editor,
) -> None:
    await check_failure(
        editor,
        """
        def _half(n): return n / 0
                             ^^^^^ user: ZeroDivisionError: division by zero
        def a(): return _half(1)
                        ^^^^^^^^ ↳ Called from 'a'.
        def b(): return _half(2)
                        ^^^^^^^^ ↳ Called from 'b'.
        """,
    )


async def test_the_notes_of_an_exception_follow_its_message(editor: Editor) -> None:
    plan = editor.open(
        """
        def a():
            error = ValueError("no region")
            error.add_note("The regions are north and south.")
            raise error
        """
    )
    assert await plan.run() == "failed"
    (found,) = await plan.diagnostics()
    assert found.message == "ValueError: no region\nThe regions are north and south."
    assert found.message in await plan.hover("raise e¦rror")


async def test_a_package_that_is_missing_is_told_with_the_way_to_install_it(
    editor: Editor,
) -> None:
    plan = editor.open("import nowhere_to_be_found\n\ndef a(): return nowhere_to_be_found.x\n")
    assert await plan.run() == "failed"
    (found,) = await plan.diagnostics()
    assert (found.code, plan.at(found.range)) == ("import", "import nowhere_to_be_found")
    assert found.message.endswith(" -m pip install nowhere_to_be_found")


async def test_what_cannot_be_stored_is_told_by_its_place_in_the_value(editor: Editor) -> None:
    plan = editor.open('def a(): return {"rows": [1, (row for row in ())]}\n')
    assert await plan.run() == "failed"
    (found,) = await plan.diagnostics()
    assert "\nWhat cannot be stored is a['rows'][1] (" in found.message
    assert "What cannot be stored is a['rows'][1] (" in await plan.hover('{"ro¦ws"')


async def test_all_independent_failures_of_one_run_are_shown(editor: Editor) -> None:
    await check_failure(
        editor,
        """
        def a(): return 1 / 0
                        ^^^^^ user: ZeroDivisionError: division by zero
        def b(): return [][1]
                           ^ user: IndexError: list index out of range
        def c(a): return a
        def d(b): return b
        """,
    )


async def test_an_exception_without_name_and_message_is_shown_all_the_same(
    editor: Editor,
) -> None:
    plan = editor.open('def a(): raise type("", (Exception,), {})\n')
    assert await plan.run() == "failed"
    (found,) = await plan.diagnostics()
    assert plan.at(found.range).startswith("raise type")
    assert (await plan.lenses())["a"] == ["▶ Run", "✗ failed"]


async def test_the_data_of_a_failure_tells_the_values_in_it(editor: Editor) -> None:
    plan = editor.open("def a(n: int = 8): return n / (n - n)\n")
    assert await plan.run() == "failed"
    (found,) = await plan.diagnostics()
    assert found.data == {"node": "a", "values": [{"text": "n", "value": "8"}], "fixes": []}
