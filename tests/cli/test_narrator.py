"""What `plan` and `agent` tell people of their steps."""

from io import StringIO

from rich.console import Console

from codeact_lsp.cli.narrator import Narrator
from codeact_lsp.tape.steps import Answered, Ended, Step

PROBLEM = "Asking a model takes litellm, which is not usable here."


def told(*steps: Step) -> list[str]:
    """What is printed, without empty lines."""
    out = StringIO()
    with Narrator(out=Console(file=out, width=100)) as narrator:
        for step in steps:
            narrator.tell(step)
    return [line for line in out.getvalue().splitlines() if line]


def test_what_was_said_of_a_question_is_not_said_again_of_the_whole() -> None:
    answered = Answered(question=1, text="", problem=PROBLEM)
    assert told(answered, Ended(status="stuck", message=PROBLEM)) == [f"! {PROBLEM}", "stuck"]


def test_another_reason_is_said_behind_it() -> None:
    answered = Answered(question=1, text="", problem=PROBLEM)
    ended = Ended(status="stuck", message="Nothing that was tried makes it run.")
    assert told(answered, ended)[1:] == ["stuck: Nothing that was tried makes it run."]
    assert told(ended) == told(answered, ended)[1:]
