"""A model whose questions and answers are told, and that is not asked twice for the same."""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from copy import copy
from itertools import count
from typing import Self, Unpack

from codeact_lsp.agent.workplace import Tell
from codeact_lsp.model import Account, Completes, How, Message, ModelError, Reply, Spent
from codeact_lsp.tape.steps import Answered, Asked


class Dialogue:
    """A model that can be put in its place.

    Args:
        model: Who answers.
        account: What the answers take is added to it, if whoever asks has no other.
        tell: Hears of each question and answer.
        known: Questions with the answers that there were, before a crash: an equal question gets
            its answer again, once, and nobody pays for it twice.
    """

    def __init__(
        self,
        model: Completes,
        account: Account,
        tell: Tell,
        known: Iterable[tuple[Asked, Answered]] = (),
    ) -> None:
        self.account = account
        self._model = model
        self._tell = tell
        self.purpose, self.node = "plan", ""
        self._known: defaultdict[tuple[tuple[str, str], ...], deque[Answered]] = defaultdict(deque)
        last = 0
        for asked, answered in known:
            last = max(last, asked.question)
            if not answered.problem and not answered.covered:
                self._known[asked.messages].append(answered)
        self._numbers = count(last + 1)

    def about(self, purpose: str, node: str = "") -> Self:
        """The same, asked for one purpose: "plan", or "repair" of a node."""
        other = copy(self)
        other.purpose, other.node = purpose, node
        return other

    async def complete(
        self, messages: Sequence[Message], *, account: Account | None = None, **how: Unpack[How]
    ) -> Reply:
        """As of anybody who `Completes`.

        Raises:
            ModelError: There is no usable answer.
        """
        pairs = tuple((message.role, message.content) for message in messages)
        if known := self._known[pairs]:
            answer = known.popleft()
            return Reply(answer.text, answer.sent, answer.received, answer.dollars, "", 0.0)
        number, payer = next(self._numbers), account or self.account
        asked = Asked(purpose=self.purpose, question=number, messages=pairs, node=self.node)
        self._tell(asked)
        before = payer.spent
        try:
            reply = await self._model.complete(messages, account=payer, **how)
        except ModelError as error:
            # What came to nothing was paid for all the same.
            self._tell(_unanswered(number, error, before, payer.spent))
            raise
        self._tell(_answered(number, reply))
        return reply


def _answered(number: int, reply: Reply) -> Answered:
    return Answered(
        question=number,
        text=reply.text,
        sent=reply.tokens_in,
        received=reply.tokens_out,
        dollars=reply.cost,
    )


def _unanswered(number: int, error: ModelError, before: Spent, after: Spent) -> Answered:
    return Answered(
        question=number,
        text="",
        problem=str(error),
        sent=after.tokens_in - before.tokens_in,
        received=after.tokens_out - before.tokens_out,
        dollars=after.cost - before.cost,
    )
