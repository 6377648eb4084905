"""A forecast as plain JSON data."""

from collections.abc import Iterator
from typing import Any

from codeact_lsp.engine.history.forecast import Forecast


def forecast(expected: Forecast) -> Iterator[dict[str, Any]]:
    """An object a node, and last the whole."""
    for prospect in expected.prospects:
        yield {
            "event": "Prospect",
            "node": prospect.node,
            "fate": prospect.fate.value,
            "why": prospect.why,
            "changed": list(prospect.changed),
            "since": prospect.since,
            "seconds": prospect.seconds,
            "memory": prospect.memory,
        }
    yield {
        "event": "Forecast",
        "nodes": len(expected.prospects),
        "toRun": expected.to_run,
        "seconds": expected.choice.seconds,
        "memory": expected.memory,
        "mode": expected.choice.mode,
        "workers": expected.choice.workers,
        "why": expected.choice.why,
    }
