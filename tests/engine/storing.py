"""Values and results to put into a store."""

import os
from collections.abc import Iterable
from typing import Any

from codeact_lsp.engine.outcomes.outcome import Read
from codeact_lsp.engine.reuse.call_parts import CallParts
from codeact_lsp.engine.store import Store
from codeact_lsp.engine.values import Blob, Preview, Result, Usage


def call(node: str = "total", **changes: Any) -> CallParts:
    """A call of a node of a plan."""
    parts: dict[str, Any] = {
        "file": "/plans/sales.plan.py",
        "code": "code",
        "carried": "",
        "values": {"orders": "aa"},
        "given": {"region": '"north"'},
        "interpreter": "python",
        "form": "1",
    }
    return CallParts(node=node, **parts | changes)


def keep(store: Store, content: bytes) -> Blob:
    draft = store.draft()
    try:
        os.write(draft.descriptor, content)
        return store.keep(draft)
    finally:
        draft.discard()


def keep_result(store: Store, of: CallParts, reads: Iterable[Read] = ()) -> Result:
    """File a value as what came of a call, as a run does."""
    draft = store.draft()
    try:
        os.write(draft.descriptor, b"value")
        return store.keep_result(draft, of, Result, reads)
    finally:
        draft.discard()


def result(store: Store, content: bytes = b"value") -> Result:
    preview, usage = Preview("DataFrame", "2×3", "a…"), Usage(1.5, 1.25, 10**8)
    blob = keep(store, content)
    return Result(blob, preview, usage, returned=1, breach="is 3", carries=("_A",), origin="trial")
