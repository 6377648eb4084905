"""The loop ends with a result, or with the place where nothing helps, and within its bounds."""

import asyncio
import threading
from typing import Any

import pytest

from codeact_lsp.tape.steps import Answered, Asked, Ended, Revised, Started, Tried
from tests.agent.desk import Desk, answers, mends
from tests.openai_server.script import Usage, fails, says, stalls

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Rules know what was meant.
MISSPELT = """
    def numbers(count: int = 3) -> list[int]:
        return list(range(count))


    def total(numbers: list[int]) -> int:
        return sum(nmbers)
"""
# No rule knows what was meant.
ODD = """
    def area() -> float:
        sides = {"width": 2.0, "length": 3.0, "height": 4.0, "depth": 5.0, "edge": 6.0}
        return sides["width"] * sides["the other one"]


    def said(area: float) -> str:
        return f"{area:.1f} square metres"
"""
MENDED = """
    def area() -> float:
        sides = {"width": 2.0, "length": 3.0, "height": 4.0, "depth": 5.0, "edge": 6.0}
        return sides["width"] * sides["length"]
"""


async def test_from_a_task_to_its_result_with_a_slip_on_the_way(desk: Desk) -> None:
    desk.openai.script(answers(MISSPELT))
    outcome = await desk.pursue("Sum up")
    assert outcome.ended == Ended(status="done")
    assert outcome.results["total"].preview.text == "3"
    assert "sum(numbers)" in desk.text
    assert desk.text == outcome.text
    assert [step.by for step in desk.steps if isinstance(step, Revised)] == ["model", "rule"]
    assert len(desk.openai.bodies) == 1


async def test_what_no_rule_knows_is_asked_of_the_model(desk: Desk) -> None:
    text = desk.write(ODD)
    desk.openai.script(mends(MENDED))
    outcome = await desk.pursue("", text)
    assert outcome.ended.status == "done"
    assert outcome.results["said"].preview.text == "6.0 square metres"
    assert desk.text == text.replace("the other one", "length")
    (tried,) = [step for step in desk.steps if isinstance(step, Tried) and step.by == "model"]
    assert (tried.worked, tried.passed, tried.downstream) == (True, 1, 1)


async def test_a_model_that_says_what_does_not_help_is_told_and_asked_again(desk: Desk) -> None:
    text = desk.write(ODD)
    desk.openai.script(mends(MENDED.replace('length"]', 'breadth"]')), mends(MENDED))
    outcome = await desk.pursue("", text)
    assert outcome.ended.status == "done"
    assert "run again, it fails with KeyError" in desk.openai.prompts[1]


@pytest.mark.parametrize(
    "answer",
    [
        mends(MENDED.replace('length"]', 'breadth"]')),
        mends("def area() -> float:\n    return 6.0"),
        mends(MENDED.replace("def area()", "def area(width=1)")),
        says("I would rather talk about something else.\n<<END>>"),
        fails(500, "out of order"),
    ],
    ids=["a lie", "a made-up value", "another signature", "prose", "no service"],
)
async def test_where_nothing_helps_the_place_is_told_and_the_plan_is_as_it_was(
    desk: Desk, answer: object
) -> None:
    text = desk.write(ODD)
    desk.openai.script(answer)  # type: ignore[arg-type] # A turn of a script.
    outcome = await desk.pursue("", text)
    assert outcome.ended.status == "stuck"
    stuck = outcome.ended.stuck
    assert stuck
    assert (stuck.file, stuck.line, stuck.column, stuck.node) == ("it.plan.py", 3, 35, "area")
    assert (stuck.error, bool(stuck.tried)) == ("KeyError: 'the other one'", True)
    assert desk.text == text
    assert desk.steps[-1] == outcome.ended


async def test_a_plan_that_never_becomes_one_ends_it(desk: Desk) -> None:
    desk.openai.script(answers("def a(:"))
    outcome = await desk.pursue("Sum up")
    assert (outcome.ended.status, outcome.text) == ("stuck", None)
    assert "No plan of 3 could be used. Of the last one: line 1:" in outcome.ended.message
    assert not desk.file.exists()


async def test_the_budget_holds_for_all_that_is_asked(desk: Desk) -> None:
    text = desk.write(ODD)
    desk.openai.script(says("no\n<<END>>", usage=Usage(prompt=600, answer=600)))
    outcome = await desk.pursue("", text, tokens=2_000)
    assert outcome.ended.status == "stuck"
    assert (
        sum(step.sent + step.received for step in desk.steps if isinstance(step, Answered)) <= 2_400
    )
    spent = await desk.pursue("", text, tokens=1)
    assert spent.ended.status == "bounded"
    assert "the budget of 1 tokens is spent" in spent.ended.message


async def test_no_more_repairs_are_made_than_allowed(desk: Desk) -> None:
    text = desk.write(MISSPELT.replace("range", "rnge"))
    outcome = await desk.pursue("", text, attempts=1)
    assert outcome.ended.status == "bounded"
    assert outcome.ended.message == "It may take no more: repairs were made: 1."
    assert outcome.ended.stuck
    assert outcome.ended.stuck.node == "total"


async def test_it_does_not_work_longer_than_it_may(desk: Desk) -> None:
    text = desk.write("def spin() -> None:\n    while True:\n        pass\n")
    outcome = await desk.pursue("", text, seconds=1.0)
    assert (outcome.ended.status, outcome.ended.message) == (
        "bounded",
        "It may take no more: 1 s of work are over.",
    )


async def test_a_cancel_ends_it_while_the_model_is_thinking(desk: Desk) -> None:
    asked = threading.Event()

    async def think(request: Any, body: Any) -> Any:
        asked.set()
        return await stalls("```python\n")(request, body)

    desk.openai.script(think)
    task = asyncio.create_task(desk.pursue("Sum up"))
    await asyncio.to_thread(asked.wait, 30)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(desk.openai.wait_until_hung_up)
    assert desk.steps[-1] == Ended(status="stopped", message="It was stopped.")


async def test_a_plan_that_is_edited_meanwhile_ends_it_and_stays_as_it_is(desk: Desk) -> None:
    text = desk.write(ODD)

    async def edited(request: Any, body: Any) -> Any:
        desk.write("MINE = 1\n")
        return await mends(MENDED)(request, body)

    desk.openai.script(edited)
    with pytest.raises(AssertionError):
        await desk.pursue("", text)
    ended = desk.steps[-1]
    assert isinstance(ended, Ended)
    assert (ended.status, desk.text) == ("failed", "MINE = 1\n")


async def test_repairs_do_not_go_round_in_circles(desk: Desk) -> None:
    """A model that undoes its own repair would keep the loop busy till its bounds."""
    text = desk.write(ODD)
    one, other = MENDED.replace('"length"]', '"a"]'), MENDED.replace('"length"]', '"b"]')
    desk.openai.script(mends(one), mends(other))
    outcome = await desk.pursue("", text)
    assert outcome.ended.status == "stuck"
    assert len(desk.of(Started)) == 1
    assert len(desk.of(Asked)) == 2
