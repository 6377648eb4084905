"""What the model is asked without a click: on one account a session, and nothing twice."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from codeact_lsp.model import Account, Budget, ModelError

if TYPE_CHECKING:
    from codeact_lsp.server.repairs import Untried


class Unasked:
    """Keeps automatic questions within what the user allowed, whatever is run how often.

    What is asked by a click is on the account of its run: a person has decided about it. A plan
    that is run at each save would renew such an account with each save.

    Attributes:
        turn: Held while something is asked.

    Args:
        warn: Tells the user something; nothing is told twice, since nobody has asked for it.
    """

    def __init__(self, warn: Callable[[str], None]) -> None:
        self.turn = asyncio.Lock()
        self._warn = warn
        self._account: Account | None = None
        self._asked: set[tuple[str, str]] = set()
        self._told: set[str] = set()

    def account(self, budget: Budget) -> Account:
        """The one account of the session; the settings that it rests on stay as they are."""
        self._account = self._account or Account(budget)
        return self._account

    def is_worth_it(self, untried: "Untried") -> bool:
        """Whether a question may help: not where it was asked before; what works is kept."""
        return _known(untried) not in self._asked

    def answered(self, untried: "Untried") -> None:
        """A question has had its answers: none works, or what does is offered."""
        self._asked.add(_known(untried))

    def failed(self, error: ModelError) -> None:
        """Say once why there are no answers."""
        if error.kind not in self._told:
            self._told.add(error.kind)
            self._warn(f"{error} (codeact.modelReflection)")


def _known(untried: "Untried") -> tuple[str, str]:
    error = untried.failure.error
    return untried.recorder.key(error.node), error.headline
