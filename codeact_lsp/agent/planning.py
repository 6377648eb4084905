"""From a task to the text of a plan: asked for, checked, and sent back while something is wrong."""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from codeact_lsp.agent.answers import AnswerError, code_of, code_so_far
from codeact_lsp.agent.dialogue import Dialogue
from codeact_lsp.agent.inspection import Inspect
from codeact_lsp.agent.prompts import END, request, sent_back
from codeact_lsp.agent.splicing import spliced
from codeact_lsp.agent.workplace import Tell
from codeact_lsp.engine.workspace.redaction import secrets
from codeact_lsp.model import ModelError
from codeact_lsp.model.masking import Masker
from codeact_lsp.plan import Plan
from codeact_lsp.tape.steps import Checked

_ROUNDS = 3
# A draft is shown again when it has grown by one part in so many.
_LOOKS = 50
_MASKED = re.compile(r"MASKED_SECRET_\d+")
# Another try may bring what this one lacks; other failures of a model would only come again.
_WORTH_A_ROUND = frozenset({"truncated", "empty"})


class PlanningError(Exception):
    """The model has not written a plan that can be used; `problems` of its last one, in words."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(
            f"No plan of {_ROUNDS} could be used. Of the last one: {'; '.join(problems)}"
        )
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Work:
    """A plan to be written.

    Attributes:
        task: What it is for, or what is to be changed.
        existing: The plan that is there already, if one is: then only functions of it change.
        inspect: Says what is wrong with a text.
        tell: Hears of what was sent back.
        drafted: Hears the text of a new plan as it comes, up to its last whole line.
    """

    task: str
    existing: Plan | None
    inspect: Inspect
    tell: Tell
    drafted: Callable[[str], None] | None = None


async def planned(work: Work, dialogue: Dialogue) -> str:
    """The text of a plan in which nothing is wrong that can be seen without running it.

    Raises:
        ModelError: The model cannot be asked, or not any more.
        PlanningError: It does not write a plan that can be used.
    """
    masker = Masker(secrets(os.environ))
    first = messages = request(work.task, work.existing, masker)
    problems: Sequence[str] = ()
    for _ in range(_ROUNDS):
        answer = ""
        try:
            model = dialogue.about("plan")
            reply = await model.complete(
                messages, account=dialogue.account, end=END, heard=_follower(work)
            )
            answer = reply.text
            text = plan_text(answer, work.existing, masker)
            problems = await work.inspect(text)
        except AnswerError as error:
            problems = [str(error)]
        except ModelError as error:
            if error.kind not in _WORTH_A_ROUND:
                raise
            problems = [str(error)]
        if not problems:
            return text
        work.tell(Checked(problems=tuple(problems)))
        messages = sent_back(first, answer, [masker.text(problem) for problem in problems])
    raise PlanningError(problems)


def plan_text(answer: str, existing: Plan | None, masker: Masker) -> str:
    """The text of the plan that an answer makes.

    Args:
        answer: What the model wrote.
        existing: The plan that was to be changed, if one was.
        masker: Knows what stands for which secret in the question.

    Raises:
        AnswerError: It is not what was asked for.
    """
    code = masker.restored(code_of(answer))
    if masked := _MASKED.search(code):
        raise AnswerError(f"{masked[0]} stands for nothing; work without that value.")
    if existing is not None:
        return spliced(existing, code)
    return code.strip() + "\n"


def _follower(work: Work) -> Callable[[str], None] | None:
    """Hands on the code of an answer line by line; the longer it is, the more lines at once."""
    drafted = work.drafted
    if drafted is None or work.existing is not None:
        return None
    parts: list[str] = []
    length, next_at = 0, 0
    last = ""

    def hear(part: str) -> None:
        nonlocal length, next_at, last
        parts.append(part)
        length += len(part)
        # A model that never ends must not keep busy who listens: each look takes in all of it.
        if "\n" not in part or length < next_at:
            return
        next_at = length + length // _LOOKS
        if (code := code_so_far("".join(parts))) != last:
            last = code
            drafted(code)

    return hear
