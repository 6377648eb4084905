"""Steps as plain JSON data and back, without loss: what is read equals what was written.

Only pictures and tables as HTML stay out: a tape keeps values as the text that describes them.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import cattrs

from codeact_lsp.engine import events
from codeact_lsp.engine.failures.errors import Blame
from codeact_lsp.engine.outcomes.strict import describe
from codeact_lsp.engine.values import Preview
from codeact_lsp.plan import Span
from codeact_lsp.tape.steps import KINDS, Happened, Step

_NAMES = {kind: name for name, kind in KINDS.items()}
_EVENTS: Mapping[str, type[events.Event]] = {
    kind.__name__: kind
    for kind in (
        events.RunStarted,
        events.NodeStarted,
        events.NodeOutput,
        events.NodeSucceeded,
        events.NodeCached,
        events.NodeFailed,
        events.NodeBlocked,
        events.NodeCancelled,
        events.RunFinished,
    )
}


# What counts and sizes stay below, and floats hold: sums of larger ones end in errors.
_LARGEST = 2**53


class UnreadableStepError(ValueError):
    """Data of which no step can be made."""


def encoded(step: Step) -> dict[str, Any]:
    """A step as plain data, with its `kind`."""
    data: dict[str, Any] = _converter.unstructure(step)
    return {"kind": _NAMES[type(step)], **data}


def decoded(data: Mapping[str, Any]) -> Step:
    """The step that `encoded` made `data` of.

    Raises:
        UnreadableStepError: There is none.
    """
    kind = KINDS.get(str(data.get("kind")))
    if kind is None:
        message = f"there is no step of the kind {data.get('kind')!r}"
        raise UnreadableStepError(message)
    try:
        step: Step = _converter.structure(data, kind)
    except RecursionError as error:
        raise UnreadableStepError("its data is nested too deeply") from error
    except Exception as error:  # cattrs wraps whatever the data makes it raise.
        raise UnreadableStepError(describe(error, str(data["kind"]))) from error
    return step


def _event_data(event: events.Event) -> dict[str, Any]:
    if isinstance(event, events.NodeSucceeded | events.NodeCached):
        shown = event.result.preview
        preview = Preview(shown.type, shown.size, shown.text)
        event = replace(event, result=replace(event.result, preview=preview))
    fields: dict[str, Any] = _converter.unstructure(event)
    return {"event": type(event).__name__, **fields}


def _event(data: Mapping[str, Any]) -> events.Event:
    kind = _EVENTS.get(str(data.get("event")))
    if kind is None:
        message = f"there is no event {data.get('event')!r}"
        raise ValueError(message)
    event: events.Event = _converter.structure(data, kind)
    return event


def _happened(data: Any, _: Any) -> Happened:
    return Happened(event=_event(data["event"]))


def _plain(kind: type[Any]) -> Any:
    """A hook that takes a value of one type as it is, and no other."""

    def hook(value: Any, _: Any) -> Any:
        # To Python a truth is a number; to JSON it is not.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise TypeError(f"expected {kind.__name__}, not {type(value).__name__}")
        if isinstance(value, int) and abs(value) > _LARGEST:
            raise TypeError("expected a number that is not as large")
        return value

    return hook


def _number(value: Any, _: Any) -> Any:
    """A number as it was written: `0` does not become `0.0`, or what is shown would differ."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"expected a number, not {type(value).__name__}")
    if not abs(value) <= _LARGEST:  # Which holds of what is no number, too.
        raise TypeError("expected a number that is not as large")
    return value


def _made() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=False)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _plain(kind))
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook(Span, lambda pair, _: Span(*map(int, pair)))
    converter.register_unstructure_hook(Span, list)
    # What holds others of its kind is taken apart as what it is, and not as what it is declared.
    converter.register_unstructure_hook_func(
        lambda kind: kind == Blame.__name__, lambda blame: converter.unstructure(blame, Blame)
    )
    # A class that holds others of its kind names itself by a text, which cattrs does not look up.
    converter.register_structure_hook_func(
        lambda kind: kind == Blame.__name__, lambda data, _: converter.structure(data, Blame)
    )
    converter.register_structure_hook(Happened, _happened)
    converter.register_unstructure_hook(Happened, lambda step: {"event": _event_data(step.event)})
    return converter


_converter = _made()
