"""What it is to ask a model: the one thing that those who ask need of it."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypedDict, Unpack

from codeact_lsp.model.account import Account
from codeact_lsp.model.messages import Message, Reply


class How(TypedDict, total=False):
    """How a question is asked.

    Attributes:
        end: The mark that the model was told to end with; an answer without it is cut off.
        heard: Called with each part of the answer as it comes. A question of whose answer something
            was heard is not asked again.
    """

    end: str
    heard: Callable[[str], None] | None


class Completes(Protocol):
    """Whoever answers as a model does."""

    async def complete(
        self, messages: Sequence[Message], *, account: Account, **how: Unpack[How]
    ) -> Reply:
        """Ask, and wait for the whole answer. A cancel closes the connection.

        Args:
            messages: The conversation.
            account: What the answer takes is added to it, also if it is of no use.
            how: See `How`.

        Raises:
            ModelError: There is no usable answer; the class says why.
        """
