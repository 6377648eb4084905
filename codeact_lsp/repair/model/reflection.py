"""Ask a model for repairs of one failure, try what it answers, and tell it what came of that."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from codeact_lsp.model import Account, Completes, Message, ModelError, Prompting
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.model.answer import END, Answer, AnswerError, read_answer
from codeact_lsp.repair.model.answered import candidates
from codeact_lsp.repair.model.asked import failing
from codeact_lsp.repair.model.prompt import Case
from codeact_lsp.repair.model.trial import Trial, Tried
from codeact_lsp.repair.ranking import ranked
from codeact_lsp.repair.search import trials_at_once
from codeact_lsp.repair.verify import Failure, Fix

_ROUNDS = 2
# Of an answer that cannot be read: enough to see what was wrong with it.
_MOST_QUOTED = 2_000


@dataclass(slots=True)
class Reflected:
    """What came of asking.

    Attributes:
        fixes: What worked, best first.
        said: Of each answer that did not, why.
    """

    fixes: list[Fix] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def why_none(self) -> str:
        """Why there is no fix, in a sentence."""
        return f"No answer of the model works. The last one: {self.said[-1]}." if self.said else ""


class Reflection:
    """Asks one model about failures, and has its answers tried.

    Args:
        model: The model, or whoever asks it for us.
        account: What its answers take is added to it.
        trial: Checks and runs a candidate.
        prompting: What may be sent.
        heard: Called with each part of the answers as they come.
    """

    def __init__(
        self,
        model: Completes,
        account: Account,
        trial: Trial,
        prompting: Prompting | None = None,
        heard: Callable[[str], None] | None = None,
    ) -> None:
        self._model = model
        self._account = account
        self._trial = trial
        self._prompting = prompting or Prompting()
        self._heard = heard

    async def fixes(self, failure: Failure, alternatives: int = 1) -> Reflected:
        """Ask, try, and ask once more with what the trials said if nothing worked.

        Args:
            failure: What failed.
            alternatives: How many answers are asked for side by side.

        Raises:
            ModelError: There is no answer.
            TooLongError: The failing function does not fit into the prompt.
        """
        mended = failing(failure.job.plan, failure.error.span.start)
        reflected = Reflected()
        if mended is None:
            reflected.said.append("the failure is in no function, and a model changes functions")
            return reflected
        case = Case(failure, mended, self._prompting)
        tried: set[TextEdit] = set()
        for _ in range(_ROUNDS):
            try:
                answers = await self._answers(case, reflected, alternatives)
            except ModelError as error:
                if not reflected.said:
                    raise
                reflected.said.append(str(error).rstrip("."))
                break
            fresh = [each for each in candidates(case.mended, answers) if each.edit not in tried]
            tried |= {each.edit for each in fresh}
            await self._try_out(failure, fresh, reflected)
            if reflected.fixes:
                break
        reflected.fixes = ranked(reflected.fixes)
        return reflected

    async def _answers(self, case: Case, reflected: Reflected, count: int) -> list[Answer]:
        """The usable ones of some answers to the same question."""
        prompt = case.messages(reflected.said)
        asked = (self._answer(case, prompt) for _ in range(count))
        answers = await asyncio.gather(*asked, return_exceptions=True)
        usable = [each for each in answers if isinstance(each, Answer)]
        failed = [each for each in answers if isinstance(each, BaseException)]
        reflected.said += [str(each) for each in failed if isinstance(each, AnswerError)]
        others = [each for each in failed if not isinstance(each, AnswerError)]
        if others and not usable:
            raise others[0]
        return usable

    async def _answer(self, case: Case, prompt: Sequence[Message]) -> Answer:
        """One answer; if it cannot be read, the one after that was said.

        Raises:
            AnswerError: That one cannot be read either.
        """
        text = await self._complete(prompt)
        try:
            return read_answer(text, case.mended, case.masker)
        except AnswerError as error:
            said = f"That is of no use: {case.masker.text(str(error))}. Answer again in the form."
            quoted = Message("assistant", f"{text[:_MOST_QUOTED]}{END}")
            again = [*prompt, quoted, Message("user", said)]
            return read_answer(await self._complete(again), case.mended, case.masker)

    async def _complete(self, prompt: Sequence[Message]) -> str:
        reply = await self._model.complete(
            prompt, account=self._account, end=END, heard=self._heard
        )
        return reply.text

    async def _try_out(
        self, failure: Failure, fresh: Sequence[Candidate], reflected: Reflected
    ) -> None:
        """Run candidates side by side, as far as trials may be, and note them in their order."""
        turns = asyncio.Semaphore(trials_at_once(failure.job))

        async def take(candidate: Candidate) -> Tried:
            async with turns:
                return await self._trial(failure, candidate)

        async with asyncio.TaskGroup() as group:
            taken = [(each, group.create_task(take(each))) for each in fresh]
        for candidate, task in taken:
            tried = task.result()
            if tried.fix:
                reflected.fixes.append(tried.fix)
            else:
                reflected.said.append(f"{candidate.title}: {tried.said}")
