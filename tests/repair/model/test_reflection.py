"""A model's answer is tried like any candidate; what does not work, or may not be, is not."""

import asyncio

import pytest

from codeact_lsp.model.errors import RefusedError
from codeact_lsp.repair import Failure
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.model.trial import Tried, trial_in
from codeact_lsp.sandbox.levels import Level, preset
from tests.openai_server.script import says
from tests.repair.fixing import plain
from tests.repair.model.reflecting import END, Reflecting, answers

pytestmark = pytest.mark.asyncio(loop_scope="session")

PLAN = """
    def rows() -> list[dict[str, str]]:
        return [{"amount": "12,5"}, {"amount": "3"}]

    def total(rows: list[dict[str, str]]) -> float:
        '''The sum of all amounts.'''
        return sum(float(row["amount"]) for row in rows)

    def report(total: float) -> str:
        return f"{total:.2f}"
    """
RIGHT = """
    def total(rows: list[dict[str, str]]) -> float:
        '''The sum of all amounts.'''
        # Amounts come with a comma.
        return sum(float(row["amount"].replace(",", ".")) for row in rows)
    """
COMMAS = (
    """
    return sum(float(row["amount"]) for row in rows)""",
    """
    # Amounts come with a comma.
    return sum(float(row["amount"].replace(",", ".")) for row in rows)""",
)
WRONG = """
    def total(rows: list[dict[str, str]]) -> float:
        return sum(int(row["amount"]) for row in rows)
    """


async def test_an_answer_that_works_is_offered_with_its_proof(reflecting: Reflecting) -> None:
    reflected = await reflecting.ask(PLAN, answers(RIGHT, why="amounts have a decimal comma"))
    (fix,) = reflected.fixes
    label = "Take the model's answer: amounts have a decimal comma"
    assert fix.title.startswith(f"{label}: runs, 1 of 1 downstream pass, ")
    assert (fix.rule, fix.preferred, fix.hides) == ("model", False, False)
    assert fix.edit.apply(plain(PLAN)) == plain(PLAN).replace(*COMMAS)
    assert reflecting.account.spent.calls == 1


async def test_the_docstring_stays_though_the_answer_leaves_it_out(reflecting: Reflecting) -> None:
    without = RIGHT.replace("        '''The sum of all amounts.'''\n", "")
    reflected = await reflecting.ask(PLAN, answers(without))
    assert "'''The sum of all amounts.'''" in reflected.fixes[0].edit.apply(plain(PLAN))


async def test_what_fails_again_is_said_to_the_model(reflecting: Reflecting) -> None:
    reflected = await reflecting.ask(PLAN, answers(WRONG, why="they are whole"), answers(RIGHT))
    assert [fix.rule for fix in reflected.fixes] == ["model"]
    first, second = reflecting.openai.prompts
    assert "earlier answer" not in first
    assert "an earlier answer" in second
    assert "they are whole: run again, it fails with ValueError: invalid literal" in second


async def test_who_never_gets_it_right_is_asked_twice(reflecting: Reflecting) -> None:
    reflected = await reflecting.ask(PLAN, answers(WRONG))
    assert reflected.fixes == []
    assert "fails with ValueError" in reflected.said[0]
    assert len(reflecting.openai.bodies) == 2


async def test_alternatives_are_asked_side_by_side_and_agreement_counts(
    reflecting: Reflecting,
) -> None:
    same = RIGHT.replace("        # Amounts come with a comma.\n", "")
    other = RIGHT.replace('.replace(",", ".")', '.partition(",")[0]')
    reflected = await reflecting.ask(
        PLAN, answers(other), answers(RIGHT), answers(same), alternatives=3
    )
    best, second = reflected.fixes
    assert (best.result.preview.text, best.preferred) == ("15.5", True)
    assert (second.result.preview.text, second.preferred) == ("15.0", False)
    assert reflecting.account.spent.calls == 3


ONE, OTHER = (RIGHT.replace("float(row", f"float({number} and row") for number in (1, 2))


async def test_alternatives_are_tried_side_by_side_and_stay_in_their_order(
    reflecting: Reflecting,
) -> None:
    reflecting.openai.script(answers(RIGHT), answers(ONE), answers(OTHER))
    strict = dict.fromkeys(("rows", "total", "report"), preset(Level.STRICT, reflecting.folder))
    failure = await reflecting.failure(PLAN, policies=strict)
    all_here, in_engine = asyncio.Barrier(3), trial_in(reflecting.engine)

    async def trial(failure: Failure, candidate: Candidate) -> Tried:
        await all_here.wait()
        return await in_engine(failure, candidate)

    async with asyncio.timeout(60):
        reflected = await reflecting.reflection(trial).fixes(failure, alternatives=3)
    best, *others = reflected.fixes
    # What is shortest comes first of those that are as good.
    assert (best.edit.apply(plain(PLAN)), len(others)) == (plain(PLAN).replace(*COMMAS), 2)


async def test_where_trials_could_get_in_each_others_way_they_take_turns(
    reflecting: Reflecting,
) -> None:
    reflecting.openai.script(answers(RIGHT), answers(ONE), answers(OTHER))
    failure = await reflecting.failure(PLAN)
    under_way, in_engine = set[str](), trial_in(reflecting.engine)

    async def trial(failure: Failure, candidate: Candidate) -> Tried:
        assert not under_way
        under_way.add(candidate.edit.new)
        tried = await in_engine(failure, candidate)
        under_way.clear()
        return tried

    reflected = await reflecting.reflection(trial).fixes(failure, alternatives=3)
    assert len(reflected.fixes) == 3


async def test_what_only_hides_the_failure_says_so(reflecting: Reflecting) -> None:
    silent = """
        def total(rows: list[dict[str, str]]) -> float:
            return 0.0
        """
    reflected = await reflecting.ask(PLAN, answers(silent))
    (fix,) = reflected.fixes
    assert fix.hides
    assert "stops the crash; check the value" in fix.title


async def test_an_answer_out_of_form_is_asked_for_once_more(reflecting: Reflecting) -> None:
    reflected = await reflecting.ask(PLAN, says(f"Sure! Use replace.{END}"), answers(RIGHT))
    assert len(reflected.fixes) == 1
    again = reflecting.openai.bodies[1]["messages"]
    assert [each["role"] for each in again] == ["system", "user", "assistant", "user"]
    assert "one line WHY, and one block" in again[-1]["content"]


CATCHES = """
    def total(rows):
        try:
            return sum(float(row["amount"]) for row in rows)
        except ValueError:
            return 0.0
    """
EVALUATES = """
    def total(rows):
        return sum(eval(row["amount"].replace(",", ".")) for row in rows)
    """
STARTS = """
    def total(rows):
        import os
        os.system("echo 1 > owned")
        return 1.0
    """


@pytest.mark.parametrize("unsafe", [CATCHES, EVALUATES, STARTS], ids=["catch", "eval", "shell"])
async def test_what_is_unsafe_is_not_run(reflecting: Reflecting, unsafe: str) -> None:
    signature = "(rows: list[dict[str, str]]) -> float:"
    reflected = await reflecting.ask(PLAN, answers(unsafe.replace("(rows):", signature)))
    assert reflected.fixes == []
    assert "not allowed here" in reflected.said[0]


@pytest.mark.parametrize(
    "line",
    [
        "pd.Series(rows).to_csv('kept.csv')",
        "json.dump(rows, __file__)",
        "pathlib.Path('kept.csv').replace(pathlib.Path('path.csv'))",
        "os.replace('kept.csv', 'other.csv')",
    ],
)
async def test_at_off_no_answer_begins_to_do_what_lasts(reflecting: Reflecting, line: str) -> None:
    plan = "import json, os, pathlib\nimport pandas as pd\n" + plain(PLAN)
    writing = RIGHT.replace("        # Amounts", f"        {line}\n        # Amounts")
    reflected = await reflecting.ask(plan, answers(writing), answers(RIGHT))
    (fix,) = reflected.fixes
    assert line not in fix.edit.new
    assert "begins to write or to send" in reflecting.openai.prompts[1]


async def test_a_failure_of_the_model_is_no_failure_of_the_answer(reflecting: Reflecting) -> None:
    with pytest.raises(RefusedError):
        await reflecting.ask(PLAN, says("no", finish="content_filter"))


async def test_one_good_answer_of_several_is_enough(reflecting: Reflecting) -> None:
    reflected = await reflecting.ask(
        PLAN, says("", finish="length"), answers(RIGHT), alternatives=2
    )
    assert len(reflected.fixes) == 1


async def test_a_failure_outside_of_functions_is_nothing_to_ask_about(
    reflecting: Reflecting,
) -> None:
    reflected = await reflecting.ask("LIMIT = 1 / 0\n\ndef a():\n    return LIMIT\n", says("never"))
    assert reflected.why_none.startswith("No answer")
    assert reflecting.openai.bodies == []
