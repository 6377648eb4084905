"""The inputs of a plan, from the `.toml` file beside it."""

import pytest

from tests.carets import dedent, source_of
from tests.server.editor import Editor
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAN = """
    def doubled(number: int): return 2 * number

    def other(): return 1
    """
BAD = "number = "
WHY = "it.plan.toml: Invalid value (at end of document)"
MISSING = (
    "Node 'doubled' needs the input 'number', which has no value. Pass --input number=VALUE, "
    "set it in the plan's .toml file, or give it a default."
)


def write(plan: Tab, inputs: str) -> None:
    """Edit the inputs file, in another program."""
    plan.path.with_suffix(".toml").write_text(inputs, encoding="utf-8")


async def value(plan: Tab) -> str | None:
    """The value of `doubled`, as far as the plan shows one."""
    told = await plan.command("value", node="doubled")
    return told["preview"] if told else None


async def test_a_value_in_the_file_is_used(editor: Editor) -> None:
    plan = editor.open(PLAN, inputs="number = 21")
    assert await plan.diagnostics() == ()
    assert await plan.run() == "done"
    assert await value(plan) == "42"


async def test_without_a_value_the_rest_of_the_plan_runs(editor: Editor) -> None:
    plan = editor.open(PLAN)
    assert [plan.at(found.range) for found in await plan.diagnostics()] == ["number"]
    assert (await plan.command("runPlan"))["counts"] == {"ran": 1}
    assert editor.messages == []


async def test_a_node_without_its_value_is_refused_with_the_way_out(editor: Editor) -> None:
    plan = editor.open(PLAN)
    ended = await plan.command("runNode", node="doubled")
    assert (ended["status"], ended["message"]) == ("refused", MISSING)
    assert [shown.message for shown in editor.messages] == [MISSING]


async def test_a_plan_of_which_nothing_can_run_says_why(editor: Editor) -> None:
    plan = editor.open("def doubled(number: int): return 2 * number\n")
    ended = await plan.command("runPlan")
    assert (ended["status"], ended["message"]) == ("refused", MISSING)


async def test_a_file_that_is_no_toml_is_shown_and_keeps_the_plan_from_running(
    editor: Editor,
) -> None:
    drawing = f"""
        def a(number=1): return number
        | bad-inputs-file: The inputs file cannot be used. {WHY}
        """
    plan = editor.open(source_of(drawing), inputs=BAD)
    assert [(found.code, found.message) for found in await plan.diagnostics()] == [
        ("bad-inputs-file", f"The inputs file cannot be used. {WHY}")
    ]
    ended = await plan.command("runPlan")
    assert (ended["status"], ended["message"]) == ("refused", WHY)
    assert dedent(drawing).startswith(plan.text.splitlines()[0])


async def test_a_file_that_was_mended_is_used_at_once(editor: Editor) -> None:
    plan = editor.open(PLAN, inputs=BAD)
    write(plan, "number = 4")
    assert await plan.run() == "done"
    assert await value(plan) == "8"
    assert await plan.diagnostics() == ()


async def test_a_file_that_was_broken_since_is_not_passed_over(editor: Editor) -> None:
    """Running with defaults in place of what the file says would be wrong in silence."""
    plan = editor.open("def doubled(number: int = 7): return 2 * number\n", inputs="number = 3")
    assert await plan.run() == "done"
    write(plan, BAD)
    assert await plan.run() == "refused"
    assert [found.code for found in await plan.diagnostics()] == ["bad-inputs-file"]


async def test_a_changed_value_hides_what_was_seen_with_the_old_one(editor: Editor) -> None:
    plan = editor.open(PLAN, inputs="number = 1")
    assert await plan.run() == "done"
    write(plan, "number = 2")
    plan.save()
    assert await value(plan) is None
    write(plan, "number = 1")
    plan.save()
    assert await value(plan) == "2"


async def test_a_failure_with_one_value_is_not_shown_with_another(editor: Editor) -> None:
    plan = editor.open("def share(parts): return 1 / parts\n", inputs="parts = 0")
    assert await plan.run() == "failed"
    assert [plan.at(found.range) for found in await plan.diagnostics()] == ["1 / parts"]
    write(plan, "parts = 2")
    plan.save()
    assert await plan.diagnostics() == ()


async def test_saving_shows_a_file_that_was_broken_meanwhile(editor: Editor) -> None:
    plan = editor.open(PLAN, inputs="number = 1")
    assert await plan.diagnostics() == ()
    write(plan, BAD)
    plan.save()
    codes = [found.code for found in await plan.diagnostics()]
    assert codes == ["bad-inputs-file", "missing-input"]
