"""Steps for others: in a line for people, as JSON for scripts and editors."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from codeact_lsp.engine import events
from codeact_lsp.engine.wire import wire
from codeact_lsp.plan import Source, Span
from codeact_lsp.tape.steps import (
    Answered,
    Asked,
    Begun,
    Checked,
    Ended,
    Happened,
    Resumed,
    Revised,
    Started,
    Step,
    Stuck,
    Tried,
)

_MOST_OF_A_TEXT = 80


def told(step: Step, source: Source) -> dict[str, Any]:
    """A step as JSON data; an event of a run in the form that `codeact run --json` prints.

    Args:
        step: The step.
        source: The plan's text at that step; places in it are those of the protocol of editors.
    """
    if isinstance(step, Happened):
        return wire.event(step.event, source)
    data: dict[str, Any] = {"event": type(step).__name__, "version": wire.VERSION}
    data |= {field.name: _plain(getattr(step, field.name)) for field in fields(step)}
    if isinstance(step, Tried):
        start, end, new = step.edit
        data["edit"] = {"range": wire.span(Span(start, end), source), "newText": new}
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, Stuck):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def said(step: Step) -> str:  # noqa: C901, PLR0911 - one line a kind.
    """A step in a line."""
    match step:
        case Begun(command=command, task=task, shown=shown):
            return f"codeact {command} {shown}" + (f": {_short(task)}" if task else "")
        case Revised(by=by, title=title, text=text):
            return f"the plan, {len(text.splitlines())} lines, by {by}" + (
                f": {title}" if title else ""
            )
        case Asked(purpose=purpose, node=node, messages=messages):
            size = sum(len(text) for _, text in messages)
            return (
                f"asked for a {purpose}"
                + (f" of '{node}'" if node else "")
                + (f", {len(messages)} messages, {size:,} characters")
            )
        case Answered(problem=problem) if problem:
            return f"no answer: {problem}"
        case Answered(text=text, sent=sent, received=received):
            return f"answered, {len(text):,} characters; {sent:,} tokens in, {received:,} out"
        case Checked(problems=problems):
            return f"sent back: {'; '.join(problems)}"
        case Started(targets=targets, level=level):
            return f"run for {', '.join(targets)}" + (f" at level {level}" if level else "")
        case Happened(event=event):
            return _said_event(event)
        case Tried(worked=worked, by=by, title=title, why=why):
            return f"{'works' if worked else 'does not work'}, by {by}: {title}" + (
                f" ({why})" if why else ""
            )
        case Resumed():
            return "resumed"
        case Ended(status=status, message=message):
            return f"{status}: {message}" if message else status


def _said_event(event: events.Event) -> str:  # noqa: PLR0911 - one line a kind.
    match event:
        case events.NodeStarted(node=node, why=why):
            return f"▶ {node}" + (f": {why}" if why else "")
        case events.NodeOutput(node=node, text=text):
            return f"  {node} │ {_short(text)}"
        case events.NodeSucceeded(node=node, result=result):
            return f"✓ {node}  {result.preview.line} = {_short(result.preview.text)}"
        case events.NodeCached(node=node, result=result):
            return f"≡ {node}  {result.preview.line} = {_short(result.preview.text)}"
        case events.NodeFailed(node=node, error=error):
            return f"✗ {node}  {_short(error.headline)}"
        case events.NodeBlocked(node=node, by=by):
            return f"– {node}  not run: needs {', '.join(by)}"
        case events.NodeCancelled(node=node):
            return f"– {node}  cancelled"
        case events.RunFinished(status=status, message=message):
            return f"the run is {status}" + (f": {message}" if message else "")
        case _:
            return "the run begins"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_OF_A_TEXT else f"{line[: _MOST_OF_A_TEXT - 1]}…"
