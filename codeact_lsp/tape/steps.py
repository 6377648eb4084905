"""The steps of a tape: all that happened on the way from a task to a result.

Whoever does something tells of it by such a step. What people see, what goes to an editor and what
is kept on a tape are made from these and from nothing else, so a tape can show a run again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from codeact_lsp.engine import events

SCHEMA = "codeact-tape/1"
"""The layout of a tape. Fields may be added to it; another number is another layout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A tape begins.

    Attributes:
        command: What was called: "run", "plan" or "agent".
        task: What was asked for, in words; empty for a run.
        file: The plan's path, absolute.
        shown: The plan's path, as whoever called it wrote it.
        program: Our version.
        schema: The layout of the tape.
        model: Which model is asked; empty if none is.
        bounds: What it may take at most, by what: "attempts", "tokens", "seconds", "dollars".
        options: How plans are run, as options of the command line; secrets are left out.
    """

    command: str
    task: str
    file: str
    shown: str
    program: str
    schema: str = SCHEMA
    model: str = ""
    bounds: Mapping[str, float] = field(default_factory=dict)
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """The plan's text is now `text`.

    Attributes:
        by: Who wrote it: "file", "model", "memory" or "rule".
        title: What was done, as an order; empty for the first text.
        node: The function that was changed, if it was one.
    """

    text: str
    by: str
    title: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A model was asked.

    Attributes:
        purpose: "plan" or "repair".
        node: The node that is to be repaired, if one is.
        question: The number of the question; its answer has the same.
        messages: What was sent, as pairs of a role and a text.
    """

    purpose: str
    question: int
    messages: tuple[tuple[str, str], ...]
    node: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The model has answered, or has failed to.

    Attributes:
        text: What it wrote; empty if there is no answer.
        problem: Why there is none.
        sent: The tokens of the prompt, and `received` those of the answer.
        dollars: What it cost; None where the price is not known.
        covered: Whether secrets in the text were made illegible on the tape.
    """

    question: int
    text: str
    problem: str = ""
    sent: int = 0
    received: int = 0
    dollars: float | None = 0.0
    covered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was wrong with an answer; it was sent back for that.

    Attributes:
        problems: Each with its line, in words.
    """

    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The plan is run.

    Attributes:
        targets: The nodes that are wanted.
        level: What its nodes may do.
        inputs: The values from outside, in short; those with the name of a secret are left out.
    """

    targets: tuple[str, ...]
    level: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event of the run that was started last."""

    event: events.Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A repair was run.

    Attributes:
        node: The node that had failed.
        by: Who proposed it: "model", "memory" or "rule".
        title: What it does, and if it worked what was seen.
        edit: Where in the plan's text it begins and ends, in characters, and the text for there.
        worked: Whether the node returned a value.
        why: What was wrong with it, if it did not work and that is known.
    """

    node: str
    by: str
    title: str
    edit: tuple[int, int, str]
    worked: bool
    why: str = ""
    passed: int = 0
    downstream: int = 0
    hides: bool = False
    preferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """Somebody went on where the tape had ended; `program` is the version that did."""

    program: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """The place at which nothing helped.

    Attributes:
        file: The plan's path, as in `Begun.shown`.
        line: Counts from 1, as `column` does.
        error: What the node failed with.
        tried: What was tried there, in words.
    """

    file: str
    line: int
    column: int
    node: str
    error: str
    tried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The end of it.

    Attributes:
        status: "done", "stuck", "bounded" (something is used up), "stopped", "failed" or "refused".
        message: Why, in a sentence; empty for "done".
        stuck: Where it does not go on.
    """

    status: str
    message: str = ""
    stuck: Stuck | None = None


Step = (
    Begun | Revised | Asked | Answered | Checked | Started | Happened | Tried | Resumed | Ended
)  # fmt: skip

KINDS: Mapping[str, type[Step]] = {
    "begin": Begun,
    "plan": Revised,
    "prompt": Asked,
    "answer": Answered,
    "check": Checked,
    "run": Started,
    "event": Happened,
    "candidate": Tried,
    "resume": Resumed,
    "end": Ended,
}
"""What each kind of step is called on a tape."""
