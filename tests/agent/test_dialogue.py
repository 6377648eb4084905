"""What was asked is told; what was answered before a crash is not asked again."""

import pytest

from codeact_lsp.agent.dialogue import Dialogue
from codeact_lsp.model import Account, Message, ModelError
from codeact_lsp.tape.steps import Answered, Asked
from tests.agent.desk import Desk
from tests.openai_server.script import fails, says

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = [Message("user", "why?")]
ASKED = Asked(purpose="repair", question=7, messages=(("user", "why?"),), node="a")
ANSWERED = Answered(question=7, text="because", sent=10, received=2)


async def test_each_question_and_its_answer_is_told(desk: Desk) -> None:
    desk.openai.script(says("because"))
    await desk.dialogue().about("repair", "a").complete(QUESTION)
    asked, answered = desk.steps
    assert asked == Asked(purpose="repair", question=1, messages=ASKED.messages, node="a")
    assert answered == Answered(question=1, text="because", sent=100, received=20, dollars=None)


async def test_an_answer_that_is_known_is_given_once_and_nobody_is_asked(desk: Desk) -> None:
    desk.openai.script(says("another one"))
    dialogue = Dialogue(desk.model, Account(), desk.steps.append, [(ASKED, ANSWERED)])
    assert (await dialogue.complete(QUESTION)).text == "because"
    assert (desk.steps, desk.openai.bodies) == ([], [])
    assert (await dialogue.complete(QUESTION)).text == "another one"
    (asked,) = desk.of(Asked)
    assert asked.question == 8  # type: ignore[union-attr] # of that kind


@pytest.mark.parametrize(
    "answered",
    [
        Answered(question=7, text="", problem="no service"),
        Answered(question=7, text="use ••••••", covered=True),
    ],
    ids=["none", "with secrets covered"],
)
async def test_an_answer_that_cannot_be_used_as_it_was_is_asked_for_again(
    desk: Desk, answered: Answered
) -> None:
    desk.openai.script(says("another one"))
    dialogue = Dialogue(desk.model, Account(), desk.steps.append, [(ASKED, answered)])
    assert (await dialogue.complete(QUESTION)).text == "another one"


async def test_a_failure_is_told_with_its_reason(desk: Desk) -> None:
    desk.openai.script(fails(404, "no such model"))
    with pytest.raises(ModelError):
        await desk.dialogue().complete(QUESTION)
    (answered,) = [step for step in desk.steps if isinstance(step, Answered)]
    assert "There is no model" in answered.problem
