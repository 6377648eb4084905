"""A tape as one document: JSON for programs, Markdown for people."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from codeact_lsp.engine import events
from codeact_lsp.plan import Source
from codeact_lsp.plan.visible import visible, visible_lines
from codeact_lsp.tape.reading import Line, Tape
from codeact_lsp.tape.steps import Answered, Asked, Happened, Revised, Tried
from codeact_lsp.tape.telling import said, told

_FENCES = re.compile(r"`{3,}")


def as_json(tape: Tape) -> dict[str, Any]:
    """The whole tape; each step in the form that scripts get it in, with its number and time.

    `said` is the step in a line, as `codeact tape show` has it.
    """
    return {
        "schema": tape.begun.schema,
        "verdict": tape.verdict,
        "own": tape.is_own,
        "steps": [
            {
                "step": line.number,
                "at": line.time,
                "said": said(line.step),
                **told(line.step, source),
            }
            for line, source in with_source(tape)
        ],
    }


def as_markdown(tape: Tape) -> str:
    """The whole tape as a page: what was done, with plans, prompts and answers in full."""
    began = datetime.fromtimestamp(tape.lines[0].time, UTC)
    head = [
        f"# {_inline(said(tape.begun))}",
        f"Begun {began:%Y-%m-%d %H:%M:%S} UTC. {_inline(tape.verdict)}",
    ]
    parts = [part for line in tape.lines[1:] for part in _parts(line)]
    return "\n\n".join([*head, *parts]) + "\n"


def with_source(tape: Tape) -> Iterator[tuple[Line, Source]]:
    """Each line, with the plan's text at it."""
    source = Source("")
    for line in tape.lines:
        if isinstance(line.step, Revised):
            source = Source(line.step.text)
        yield line, source


def _parts(line: Line) -> Iterator[str]:
    match line.step:
        case Happened(event=event):
            yield f"- {_inline(said(line.step))}"
            if isinstance(event, events.NodeFailed):
                values = [f"{value.text} = {value.value}" for value in event.error.values]
                yield from [_fenced("\n".join(values))] if values else []
            return
        case Revised(text=text):
            yield f"## {line.number}. {_inline(said(line.step))}"
            yield _fenced(text, "python")
        case Asked(messages=messages):
            yield f"## {line.number}. {_inline(said(line.step))}"
            yield from (f"{_inline(role)}:\n\n{_fenced(text)}" for role, text in messages)
        case Answered(text=text):
            yield f"## {line.number}. {_inline(said(line.step))}"
            yield from [_fenced(text)] if text else []
        case Tried(edit=(_, _, new)):
            yield f"## {line.number}. {_inline(said(line.step))}"
            yield _fenced(new, "python")
        case step:
            yield f"## {line.number}. {_inline(said(step))}"


def _inline(text: str) -> str:
    """Text of others on one line, in which nothing means anything to Markdown or HTML."""
    return re.sub(r"([\\`*_{}\[\]<>#|&])", r"\\\1", visible(" ".join(text.split())))


def _fenced(text: str, language: str = "") -> str:
    """Text as it is, but for what steers terminals; the fence is longer than any that it holds."""
    longest = max((len(fence) for fence in _FENCES.findall(text)), default=2)
    fence = "`" * (longest + 1)
    shown = visible_lines(text.replace("\r\n", "\n").rstrip())
    return f"{fence}{language}\n{shown}\n{fence}"
