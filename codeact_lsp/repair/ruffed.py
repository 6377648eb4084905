"""Changes that ruff knows: what NumPy and the standard library have renamed, moved or removed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from codeact_lsp.plan import Encoding, Plan, Position, Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.safety.ruff import ISOLATED, NoAdviceError, program
from codeact_lsp.sandbox.tools import answer

_RULES = "NPY001,NPY003,NPY201,UP035"
_SHAPE = ("--exit-zero", "--output-format", "json", "--stdin-filename", "plan.py", "-")
_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Change:
    """What ruff would change, and of which place it says so."""

    place: Span
    edits: tuple[TextEdit, ...]


def changes(plan: Plan) -> list[Change]:
    """What ruff would change in a plan; nothing where it cannot be asked."""
    try:
        command = (program(), "check", *ISOLATED, "--select", _RULES, *_SHAPE)
        text = plan.source.text.encode("utf-8", "replace")
        return list(_changes(plan, json.loads(answer(command, text, _PATIENCE_SECONDS))))
    except (NoAdviceError, OSError, ValueError, TypeError, LookupError):
        # A rule more or less: the others go on, and whoever edits the plan is told about ruff.
        return []


def _changes(plan: Plan, said: Any) -> Iterator[Change]:
    for each in said:
        if fix := each["fix"]:
            edits = (TextEdit(_span(plan, edit), str(edit["content"])) for edit in fix["edits"])
            yield Change(_span(plan, each), tuple(edits))


def _span(plan: Plan, placed: Any) -> Span:
    return Span(_offset(plan, placed["location"]), _offset(plan, placed["end_location"]))


def _offset(plan: Plan, place: Any) -> int:
    return plan.source.offset(Position(place["row"] - 1, place["column"] - 1), Encoding.CODE_POINTS)
