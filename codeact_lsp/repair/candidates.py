"""A change that may mend a failure; nothing is known of it yet but where it came from."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.scene import Scene

_log = logging.getLogger(__name__)

ACCEPTED = 1.0
"""A person has taken just this for this very failure."""
TAKEN = 0.98
"""A person has taken this for the same words in some other code."""
SURE = 0.95
"""Python or a library says itself what to write, or nothing else can have been meant."""
LIKELY = 0.85
"""What is nearly always meant where it runs."""
POSSIBLE = 0.6
"""As often right as not: offered, and for a person to decide."""
GUESS = 0.3
"""Seldom what was meant."""
WILD = 0.2
"""One of many that may have been meant: tried only where nothing else has worked."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed edit.

    Attributes:
        title: What it does, as an order: "Rename to 'region'".
        edit: The change: inside one function, or of what the plan imports for it.
        likely: How sure the rule is, from 0 to 1; the surest is tried first.
        hides: Whether it only keeps the failure from showing: the value may then be a wrong one.
        rule: The name of the rule that made it.
        says_less: Whether its title gives no reason: that of another for the same change is better.
        record: Of a lesson, how often people who were offered it took it, and how many those were.
    """

    title: str
    edit: TextEdit
    likely: float
    hides: bool = False
    rule: str = ""
    says_less: bool = False
    record: tuple[int, int] = (0, 0)

    def elsewhere(self, function: str) -> "Candidate":
        """The same, with a title that names the function: it is not the one that failed."""
        return replace(self, title=f"In '{function}': {self.title[:1].lower()}{self.title[1:]}")


REFUSED = "*"
"""Among what a rule answers: whatever the plan's own code raises."""
EVERY = "..."
"""Instead of what a rule answers: whatever the code of a plan, or what it calls, raises."""
_OF_CODE = frozenset({"user", "import"})

Source = Callable[[Scene], Iterable[Candidate]]
"""What proposes candidates for a failure."""


@dataclass(frozen=True)
class Rule:
    """A way to mend failures of a kind.

    Attributes:
        name: What it is called.
        answers: The types of the exceptions that it has something to say to.
        propose: The changes that it proposes for a failure of such a type.
    """

    name: str
    answers: frozenset[str]
    propose: Source

    def candidates(self, scene: Scene) -> Iterator[Candidate]:
        """Its proposals for a failure; none for one that it does not answer.

        Where it stumbles over code that nobody thought of, that is logged, and costs no more than
        what it would have proposed yet.
        """
        is_raised = REFUSED in self.answers and scene.is_refused
        is_any = EVERY in self.answers and scene.error.category in _OF_CODE
        if not (is_raised or is_any or scene.error.type in self.answers):
            return
        try:
            for candidate in self.propose(scene):
                yield replace(candidate, rule=self.name)
        except Exception:  # noqa: BLE001 - what the other rules propose is not to go with it.
            _log.exception("the rule '%s' has stumbled over a failure", self.name)


def in_places(count: int) -> str:
    """What a title says of a change that is made in several places; nothing of one."""
    return f" in {count} places" if count > 1 else ""


def rule(name: str, answers: str, propose: Source) -> Rule:
    """A rule that answers exceptions of the types that are listed with blanks in between."""
    return Rule(name, frozenset(answers.split()), propose)
