"""Make tapes, and spoil them."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from codeact_lsp.engine import events
from codeact_lsp.engine.failures.errors import Blame, CodeError, Fact, Frame, Linked, Value
from codeact_lsp.engine.history.metrics import Metrics, NodeMetrics
from codeact_lsp.engine.outcomes.outcome import Denied
from codeact_lsp.engine.values import Blob, Effect, Preview, Result, Usage
from codeact_lsp.plan import Span
from codeact_lsp.tape import Tape, TapeWriter
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

BEGUN = Begun(
    command="agent", task="Sum up", file="/w/it.plan.py", shown="it.plan.py", program="0.1.0"
)
TEXT = "def a():\n    return 1\n"
_RESULT = Result(
    blob=Blob("0" * 64, 29),
    preview=Preview("int", "", "3"),
    usage=Usage(wall=0.5, cpu=0, read=12),
    returned=0,
    breach="is None, declared float",
    carries=("Order",),
    effects=(Effect("writes", "out.csv"),),
)
_PLACE = Span(9, 17)
_ERROR = CodeError(
    node="a",
    type="NameError",
    message="name 'b' is not defined",
    category="user",
    span=_PLACE,
    focus=_PLACE,
    frames=(Frame("a", _PLACE),),
    values=(Value("x", _PLACE, "1", "int", "x", bad=(("int", "1"),)),),
    notes=("a note",),
    linked=(Linked("cause", "KeyError", "'k'", None, 1),),
    fact=Fact("name", "b", ("a",), _PLACE),
    surfaced="json/decoder.py:353",
    blame=Blame("c", _PLACE, "made here", True, (Blame("d", _PLACE, "or here", False),)),
    denied=Denied("write", "out/"),
)
_METRICS = Metrics(1.5, 2, 0, ("a",), 0.5, nodes=(NodeMetrics("a", "ran", 0.0, 0.5, 0.5),))


def an_event(kind: type[events.Event], sequence: int = 0, **fields: object) -> events.Event:
    """An event in which all that an event of its kind can tell is told."""
    usual: dict[str, object] = {
        "node": "a", "nodes": ("a",), "targets": ("a",), "why": "it has not run yet", "attempt": 1,
        "stream": "stdout", "text": "hi\n", "result": _RESULT, "error": _ERROR, "by": ("c",),
        "status": "done", "counts": {"ran": 1}, "metrics": _METRICS, "expected": None,
    }  # fmt: skip
    known = {field.name for field in dataclasses.fields(kind)}
    told = {name: value for name, value in {**usual, **fields}.items() if name in known}
    return kind(run="r", sequence=sequence, time=7.25, **told)


EVENTS = tuple(
    an_event(kind, number)
    for number, kind in enumerate((
        events.RunStarted, events.NodeStarted, events.NodeOutput, events.NodeSucceeded,
        events.NodeCached, events.NodeFailed, events.NodeBlocked, events.NodeCancelled,
        events.RunFinished,
    ))
)  # fmt: skip
STEPS: tuple[Step, ...] = (
    BEGUN,
    Asked(purpose="plan", question=1, messages=(("user", "Sum up"),)),
    Answered(question=1, text="pass", sent=10, received=2, dollars=None),
    Checked(problems=("line 1: no node",)),
    Revised(text=TEXT, by="model", title="Write the plan"),
    Started(targets=("a",), level="strict", inputs={"x": "1"}),
    *(Happened(event=event) for event in EVENTS),
    Tried(node="a", by="rule", title="Return 2", edit=(20, 21, "2"), worked=True, passed=1),
    Revised(text=TEXT.replace("1", "2"), by="rule", title="Return 2", node="a"),
    Resumed(program="0.1.0"),
    Ended(
        status="stuck",
        message="Nothing helps.",
        stuck=Stuck(file="it.plan.py", line=2, column=12, node="a", error="NameError"),
    ),
)


def record(path: Path, steps: Sequence[Step] = STEPS) -> Tape:
    """A tape of these steps."""
    with TapeWriter.begin(path) as tape:
        for step in steps:
            tape.write(step)
    return Tape.load(path)


def steps_of(tape: Tape) -> tuple[Step, ...]:
    """The steps of a tape, as far as it is believed."""
    return tuple(line.step for line in tape.lines)
