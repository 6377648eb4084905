"""What `codeact fix` does about code that does not parse, before anything can run."""

import argparse
import json
from pathlib import Path

from rich.text import Text

from codeact_lsp.cli import plans
from codeact_lsp.cli.console import console
from codeact_lsp.engine.wire import wire
from codeact_lsp.plan import Plan
from codeact_lsp.plan.visible import visible
from codeact_lsp.repair.syntax import Mend, mends

# Each round mends at least one statement; a plan with more than that needs an author.
_MOST_ROUNDS = 20


def mended(options: argparse.Namespace, plan: Plan, path: Path) -> Plan:
    """The plan with what is preferred written into it, and told of, one statement after another."""
    for _ in range(_MOST_ROUNDS):
        chosen = next((mend for mend in _mends(plan) if mend.preferred), None)
        if chosen is None:
            break
        _show(options, plan, chosen, applied=True)
        text = chosen.edit.apply(plan.source.text)
        plans.save_plan(path, plan.source.text, text)
        plan = Plan.from_text(text)
    return plan


def show(options: argparse.Namespace, plan: Plan) -> None:
    """Print what would have the plan's statements parse."""
    for mend in _mends(plan):
        _show(options, plan, mend, applied=False)


def _mends(plan: Plan) -> list[Mend]:
    starts, pieces = plan.document.starts, plan.document.pieces
    places = [
        issue.span.shifted(starts[index])
        for index in plan.document.broken[:_MOST_ROUNDS]
        if (issue := pieces[index].issue)
    ]
    return [mend for place in places for mend in mends(plan, place)]


def _show(options: argparse.Namespace, plan: Plan, mend: Mend, *, applied: bool) -> None:
    if options.json:
        edit = {"range": wire.span(mend.edit.span, plan.source), "newText": mend.edit.new}
        told = {"title": mend.title, "rule": "syntax", "preferred": mend.preferred}
        print(json.dumps({"node": None, **told, "applied": applied, "edit": edit}))
        return
    mark = "→ applied" if applied else "→"
    line = plan.source.line_at(mend.edit.span.start) + 1
    style = "green" if mend.preferred else ""
    console().print(Text(visible(f"  {mark} line {line}: {mend.title}"), style=style))
