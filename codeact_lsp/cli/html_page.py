"""A plan's graph as a page: one HTML file with the editor's graph view in it, and no network."""

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from codeact_lsp.engine.history.history import RAN, History, Record
from codeact_lsp.engine.wire import wire_plan
from codeact_lsp.engine.workspace.folders import store_folder
from codeact_lsp.plan import Plan

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>{style}</style>
</head>
<body data-view="graph">
<main id="root"></main>
<noscript>This page draws the graph with a script of its own, which is switched off here.
Without one: codeact graph --format svg</noscript>
<script type="application/json" id="plan">{data}</script>
<script>{script}</script>
</body>
</html>
"""
# Whoever opens the page runs this script and no other, and it can reach nothing.
_POLICY = "default-src 'none'; script-src {script}; style-src {style}; img-src data:"


def as_page(plan: Plan, path: Path, title: str) -> str:
    """The page; its nodes are in the states that their last runs left them in.

    Args:
        plan: The plan.
        path: Its file.
        title: What the page is called.
    """
    assets = files("codeact_lsp.cli") / "graph_page"
    script = (assets / "graph.js").read_text(encoding="utf-8")
    style = (assets / "graph.css").read_text(encoding="utf-8")
    policy = _POLICY.format(script=_source(script), style=_source(style))
    data = _inert(_shown(plan, path))
    return _PAGE.format(policy=policy, title=escape(title), style=style, data=data, script=script)


def _source(text: str) -> str:
    """The text as a policy names it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _inert(data: Mapping[str, Any]) -> str:
    """JSON in which nothing ends the element around it, whatever is in the plan."""
    return json.dumps(data).replace("<", "\\u003c")


def _shown(plan: Plan, path: Path) -> dict[str, Any]:
    """What the view is told: a `Shown` of vscode-client/src/views/messages.ts."""
    history = History(store_folder())
    try:
        calls = history.calls_of_plan(path.resolve())
    finally:
        history.close()
    last = {name: calls[name][0] for name in plan.nodes if name in calls}
    return {
        "uri": path.resolve().as_uri(),
        "name": path.name,
        "graph": wire_plan.graph(plan),
        "states": [],
        "running": False,
        "mayRun": False,
    } | _remembered(plan, last)


def _remembered(plan: Plan, last: Mapping[str, Record]) -> dict[str, Any]:
    """The states of nodes whose code, and that of all they need, is as it was; others are stale."""
    edited = {name for name, call in last.items() if call.key != plan.code_keys[name]}
    changed = plan.graph.downstream(edited)
    return {
        "states": [_state(call) for name, call in last.items() if name not in changed],
        "stale": [name for name in last if name in changed],
        "durations": {name: call.wall for name, call in last.items() if call.outcome == RAN},
    }


def _state(call: Record) -> dict[str, Any]:
    return {
        "node": call.node,
        "status": "done" if call.outcome == RAN else "failed",
        "line": call.error,
        "wall": call.wall,
        "memory": call.memory or None,
        "value": "",
        "error": call.error,
        "range": None,
        "by": [],
    }
