"""A plan is written by a model, checked, and sent back while something is wrong with it."""

import pytest

from codeact_lsp.agent import Bounds, PlanningError, Work, planned
from codeact_lsp.agent.inspection import inspector
from codeact_lsp.model import ModelError
from codeact_lsp.plan import Plan
from codeact_lsp.tape.steps import Checked
from tests.agent.desk import Desk, answers
from tests.openai_server.script import ends_early, fails, says

pytestmark = pytest.mark.asyncio(loop_scope="session")

GOOD = '''
    """Sum up."""


    def numbers(count: int = 3) -> list[int]:
        """The numbers."""
        return list(range(count))


    def total(numbers: list[int]) -> int:
        """Their sum."""
        return sum(numbers)
'''


async def plan_of(desk: Desk, text: str | None = None, task: str = "Sum up") -> str:
    """What the model makes of a task."""
    existing = Plan.from_text(text) if text is not None else None
    inspect = inspector(desk.place.job, existing)
    return await planned(Work(task, existing, inspect, desk.steps.append), desk.dialogue())


def sent_back(desk: Desk) -> list[str]:
    """What was wrong with the answers."""
    return [each for step in desk.of(Checked) for each in step.problems]  # type: ignore[union-attr] # of that kind


async def test_a_plan_that_can_be_used_is_taken_as_it_is(desk: Desk) -> None:
    desk.openai.script(answers(GOOD))
    text = await plan_of(desk)
    assert list(Plan.from_text(text).nodes) == ["numbers", "total"]
    assert text.startswith('"""Sum up."""\n')
    assert "The task:\nSum up" in desk.openai.prompts[0]


@pytest.mark.parametrize(
    ("first", "why"),
    [
        (answers("def a(:\n    pass"), "line 1: "),
        (answers("def a(b): return b\ndef b(a): return a"), "These nodes depend on each other"),
        (answers("def a(missing) -> int:\n    return missing"), "needs the input 'missing'"),
        (answers("_helper = 1"), "The plan has no node"),
        (answers("def a():\n    '''A.\n\n    Needs: network evil.example\n    '''"), "may not ask"),
        (answers("import subprocess\n\ndef a():\n    subprocess.run('x')"), "Worth a look"),
        (says("Of course! Here you are.\nEND OF PLAN"), "There have to be one code block"),
        (ends_early("```python\ndef a():\n    return 1\n```\n"), "is cut off"),
    ],
    ids=["syntax", "cycle", "input", "nothing", "rights", "risky", "prose", "cut off"],
)
async def test_what_is_wrong_is_sent_back_and_the_next_answer_counts(
    desk: Desk, first: object, why: str
) -> None:
    desk.openai.script(first, answers(GOOD))  # type: ignore[arg-type] # Turns of a script.
    assert "def total" in await plan_of(desk)
    assert why in "; ".join(sent_back(desk))
    assert "This cannot be used:" in desk.openai.prompts[1]


async def test_a_model_that_never_gets_it_right_is_asked_three_times(desk: Desk) -> None:
    desk.openai.script(answers("def a(:"))
    with pytest.raises(PlanningError, match="No plan of 3 could be used"):
        await plan_of(desk)
    assert len(desk.openai.bodies) == 3


async def test_a_prompt_does_not_grow_with_the_attempts(desk: Desk) -> None:
    desk.openai.script(answers("def a(:"))
    with pytest.raises(PlanningError):
        await plan_of(desk)
    second, third = map(len, desk.openai.prompts[1:])
    assert second == third


async def test_a_provider_that_fails_is_not_asked_for_ever(desk: Desk) -> None:
    desk.openai.script(fails(404, "no such model"))
    with pytest.raises(ModelError, match="There is no model"):
        await plan_of(desk)
    assert len(desk.openai.bodies) == 1


async def test_a_plan_that_exists_is_changed_function_by_function(desk: Desk) -> None:
    before = '''"""Mine."""
import math   # kept


def one( ) -> int:   # my layout
    return 1


def two(one: int) -> int:
    return one + 1
'''
    answer = """
        import json

        def two(one: int) -> int:
            return one * 2

        def three(two: int) -> str:
            return json.dumps(two)
    """
    desk.openai.script(answers(answer))
    after = await plan_of(desk, before, "Double it")
    changed = before.replace("one + 1", "one * 2").replace("# kept\n", "# kept\nimport json\n")
    assert after == f"{changed}\n\ndef three(two: int) -> str:\n    return json.dumps(two)\n"


async def test_secrets_of_a_plan_are_not_sent_and_are_there_again_in_its_functions(
    desk: Desk,
) -> None:
    before = "def one() -> str:\n    return ask(token='abc123-my-own')\n"
    desk.openai.script(
        answers("def one() -> str:\n    return ask(token='MASKED_SECRET_2').upper()")
    )
    after = await plan_of(desk, before, "Shout; my password is hunter2-is-mine")
    assert b"abc123-my-own" not in desk.openai.received
    assert b"hunter2-is-mine" not in desk.openai.received
    assert after == before.replace("own')", "own').upper()")


async def test_a_function_that_is_written_twice_is_not_taken(desk: Desk) -> None:
    twice = "def one() -> int:\n    return 2\n\n\ndef one() -> int:\n    return 345\n"
    desk.openai.script(answers(twice))
    with pytest.raises(PlanningError, match="'one' is defined twice"):
        await plan_of(desk, "def one() -> int:\n    return 1\n")


async def test_code_that_is_shown_elsewhere_than_it_stands_is_not_taken(desk: Desk) -> None:
    desk.openai.script(answers("def one() -> int:\n    return 1  # \u202enod"))
    with pytest.raises(PlanningError, match="characters that nobody can see"):
        await plan_of(desk)


async def test_who_follows_a_plan_that_never_ends_is_not_kept_busy(desk: Desk) -> None:
    drafts: list[int] = []
    desk.openai.script(says("```python\n" + "x = 1\n" * 4_000))
    work = Work("Sum up", None, _never, desk.steps.append, lambda code: drafts.append(len(code)))
    with pytest.raises(PlanningError):
        await planned(work, desk.dialogue(Bounds(tokens=1_000_000)))
    assert 10 < len(drafts) < 400


async def test_an_answer_is_not_sent_back_at_any_length(desk: Desk) -> None:
    desk.openai.script(says("No. " * 10_000 + "\nEND OF PLAN"))
    with pytest.raises(PlanningError):
        await plan_of(desk)
    assert len(desk.openai.prompts[1]) < 30_000


async def _never(_: str) -> list[str]:
    return ["never good"]


async def test_what_is_no_function_of_a_plan_is_not_changed(desk: Desk) -> None:
    before = "RATE = 2\n\n\ndef one() -> int:\n    return RATE\n"
    desk.openai.script(answers("RATE = 3"))
    with pytest.raises(PlanningError, match="'RATE' stands in the plan already"):
        await plan_of(desk, before)
