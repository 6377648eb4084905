"""A change that may mend a failure; nothing is known of it yet but where it came from."""

from dataclasses import dataclass

from codeact_lsp.plan.edits import TextEdit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed edit.

    Attributes:
        rule: The name of the rule that made it.
        title: What it does, as an order: "Rename to 'region'".
        edit: The change, all of it inside one function.
        likely: How sure the rule is, from 0 to 1; the surest is tried first.
    """

    rule: str
    title: str
    edit: TextEdit
    likely: float
