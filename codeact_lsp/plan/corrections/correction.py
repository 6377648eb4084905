"""The shape of a correction."""

from dataclasses import dataclass

from codeact_lsp.plan.edits.text import TextEdit


@dataclass(frozen=True, slots=True)
class Correction:
    """A way out of a problem, to be offered to the user.

    Attributes:
        title: What applying it does.
        edits: What it changes in the plan, in the order of the text.
        preferred: Whether it is the one that people nearly always want.
        certain: Whether it may be applied unseen, together with others: there is one way out, and
            what the plan computes stays what it is.
        setting: A line to add to the plan's `.toml` file.
    """

    title: str
    edits: tuple[TextEdit, ...] = ()
    preferred: bool = False
    certain: bool = False
    setting: str | None = None
