"""Run by `test_tapeagents.py`, with the Python that has TapeAgents."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from tapeagents.core import Observation, Prompt, TrainingText
from tapeagents.environment import NoActionsToReactTo
from tapeagents.llms import LLM, LLMEvent, LLMOutput, LLMStream
from tapeagents.orchestrator import main_loop, replay_tape

from codeact_lsp.tape import Tape
from codeact_lsp.tape.steps import Ended, Tried
from codeact_lsp.tapeagents import (
    Done,
    FindRepair,
    NodeEnded,
    PlanEnvironment,
    PlanRejected,
    PlanTape,
    PlanWritten,
    RepairFound,
    RunEnded,
    RunPlan,
    Stuck,
    TryAnswer,
    plan_agent,
    plan_tape,
)

# Rules know what was meant.
MISSPELT = '''\
"""Sum up."""


def numbers(count: int = 3) -> list[int]:
    """The numbers."""
    return list(range(count))


def total(numbers: list[int]) -> int:
    """Their sum."""
    return sum(nmbers)
'''
# No rule knows what was meant.
ODD = """\
def area() -> float:
    sides = {"width": 2.0, "length": 3.0, "height": 4.0, "depth": 5.0, "edge": 6.0}
    return sides["width"] * sides["the other one"]
"""


class Scripted(LLM):
    """A model that says one thing after the other; the last one again and again."""

    model_name: str = "scripted"
    says: list[str]

    def generate(self, prompt: Prompt, **_: Any) -> LLMStream:
        def answer() -> Iterator[LLMEvent]:
            said = self.says.pop(0) if len(self.says) > 1 else self.says[0]
            yield LLMEvent(output=LLMOutput(role="assistant", content=said))

        return LLMStream(answer(), prompt)

    def count_tokens(self, messages: Any) -> int:
        return len(str(messages))

    def make_training_text(self, prompt: Prompt, output: LLMOutput) -> TrainingText:
        return TrainingText(text=f"{prompt.messages}{output.content}", n_predicted=1)


def writes(code: str) -> str:
    return f"```python\n{code}```\nEND OF PLAN\n"


def mends(code: str) -> str:
    return f"WHY: a slip\n```python\n{dedent(code)}```\n<<END>>\n"


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[PlanEnvironment]:
    with PlanEnvironment(tmp_path / "it.plan.py", tape=tmp_path / "t.jsonl") as environment:
        yield environment


def pursue(environment: PlanEnvironment, tape: PlanTape, *says: str) -> PlanTape:
    agent = plan_agent(Scripted(says=list(says)) if says else None)
    final: PlanTape = main_loop(agent, tape, environment, max_loops=20).get_final_tape()
    return final


def kinds(tape: PlanTape) -> list[str]:
    return [type(step).__name__ for step in tape.steps]


def test_a_plan_is_written_run_and_repaired_until_it_runs(environment: PlanEnvironment) -> None:
    tape = pursue(environment, plan_tape("Sum up"), writes(MISSPELT))
    assert kinds(tape) == [
        "UserStep", "PlanWritten", "SetNextNode", "RunPlan", "SetNextNode",
        "NodeEnded", "NodeEnded", "RunEnded", "FindRepair", "SetNextNode", "RepairFound",
        "PlanWritten", "SetNextNode", "RunPlan", "SetNextNode",
        "NodeEnded", "NodeEnded", "RunEnded", "Done",
    ]  # fmt: skip
    failed = next(each for each in tape.steps if isinstance(each, NodeEnded) and each.error)
    assert (failed.error, failed.place) == ("NameError: name 'nmbers' is not defined", "11:16")
    assert tape.steps[-1].values == {"numbers": "list 3 items = [0, 1, 2]", "total": "int = 3"}
    repaired = next(each for each in tape.steps if isinstance(each, PlanWritten) and each.node)
    assert (repaired.by, repaired.text) == ("rule", MISSPELT.replace("nmbers", "numbers"))


def test_a_tape_is_saved_loaded_and_replayed(environment: PlanEnvironment) -> None:
    tape = pursue(environment, plan_tape("Sum up"), writes(MISSPELT))
    loaded = PlanTape.model_validate_json(tape.model_dump_json())
    assert loaded == tape
    agent = plan_agent(Scripted(says=[writes(MISSPELT)]))
    assert replay_tape(agent, loaded, reuse_observations=True)
    assert replay_tape(agent, loaded, environment)
    place = next(at for at, step in enumerate(loaded.steps) if isinstance(step, RepairFound))
    loaded.steps[place] = loaded.steps[place].model_copy(update={"text": MISSPELT})
    assert not replay_tape(agent, loaded, reuse_observations=True)


def test_what_no_rule_knows_is_asked_of_the_model_and_verified(
    environment: PlanEnvironment,
) -> None:
    lie = mends(ODD.replace("the other one", "breadth"))
    right = mends(ODD.replace("the other one", "length"))
    tape = pursue(environment, plan_tape(text=ODD), lie, right)
    assert tape.steps[-1] == Done(values={"area": "float = 6.0"}, metadata=tape.steps[-1].metadata)
    answers = [each for each in tape.steps if isinstance(each, TryAnswer)]
    assert [each.answer for each in answers] == [lie, right]
    assert [each.by for each in tape.steps if isinstance(each, PlanWritten)] == ["model"]


def test_what_a_model_may_not_write_is_not_run_and_told_to_it(
    environment: PlanEnvironment,
) -> None:
    asks = MISSPELT.replace("The numbers.", "The numbers.\n\n    Needs: write /\n    ")
    torn = writes(MISSPELT).partition("END")[0]
    right = writes(MISSPELT.replace("nmbers", "numbers"))
    tape = pursue(environment, plan_tape("Sum up"), writes(asks), torn, right)
    refused = next(each for each in tape.steps if isinstance(each, RunEnded))
    assert refused.status == "refused"
    assert "a plan of yours may not ask for rights" in refused.problems[0]
    rejected = next(each for each in tape.steps if isinstance(each, PlanRejected))
    assert rejected.problems == ["The answer is cut off: it does not end with END OF PLAN."]
    assert isinstance(tape.steps[-1], Done)


def test_where_nothing_helps_the_place_is_told(environment: PlanEnvironment) -> None:
    tape = pursue(environment, plan_tape(text=ODD), "I would rather not.<<END>>")
    stuck = tape.steps[-1]
    assert isinstance(stuck, Stuck)
    assert (stuck.node, stuck.place) == ("area", "3:35")
    assert "KeyError: 'the other one'" in stuck.message


def test_without_a_model_rules_and_memory_repair(environment: PlanEnvironment) -> None:
    tape = pursue(environment, plan_tape(text=MISSPELT))
    assert isinstance(tape.steps[-1], Done)
    nothing = pursue(environment, plan_tape("Sum up"))
    assert isinstance(nothing.steps[-1], Stuck)


def test_what_has_been_observed_is_not_done_again(environment: PlanEnvironment) -> None:
    tape = pursue(environment, plan_tape(text=MISSPELT))
    with pytest.raises(NoActionsToReactTo):
        environment.react(PlanTape.model_validate_json(tape.model_dump_json()))


def test_another_environment_goes_on_with_a_tape(
    environment: PlanEnvironment, tmp_path: Path
) -> None:
    """What failed is on the tape, and what is needed to repair it is made again."""
    tape = environment.react(plan_tape(text=MISSPELT).append(RunPlan()))
    tape = tape.append(FindRepair(node="total"))
    with PlanEnvironment(tmp_path / "it.plan.py") as other:
        again = asyncio.run(other.areact(tape))
    found = again.steps[-1]
    assert isinstance(found, RepairFound)
    assert isinstance(found, Observation)
    assert "sum(numbers)" in found.text


def test_our_own_tape_tells_it_too(environment: PlanEnvironment, tmp_path: Path) -> None:
    pursue(environment, plan_tape("Sum up"), writes(MISSPELT))
    environment.close()
    tape = Tape.load(tmp_path / "t.jsonl")
    steps = [line.step for line in tape.lines]
    assert (tape.fault, tape.begun.task, steps[-1]) == ("", "Sum up", Ended(status="done"))
    assert any(isinstance(step, Tried) and step.worked for step in steps)
    assert tape.text == MISSPELT.replace("nmbers", "numbers")
