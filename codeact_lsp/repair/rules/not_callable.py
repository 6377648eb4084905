"""A call of what cannot be called: brackets of the wrong kind, or a comma that is missing.

Answers TypeError.

    rows(0)            ->  rows[0]
    order.total()      ->  order.total, where that is a plain value
    f("a" (1, 2))      ->  f("a", (1, 2))
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import arguments, instead

# In these there is nothing to look up.
_BARE = frozenset(["int", "float", "bool", "complex", "NoneType", "module", "set", "frozenset"])


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To look up, to leave out the call, or to part what stands side by side."""
    said = scene.said(r"'(?:[\w.]+\.)?(\w+)' object is not callable")
    for call in scene.calls() if said else ():
        function = scene.text(call.func)
        if not call.args:
            yield instead(scene, call, function, SURE)
        elif len(call.args) == 1 and not call.keywords and said and said[1] not in _BARE:
            yield instead(scene, call, f"{function}[{scene.text(call.args[0])}]", SURE)
        if call.args and isinstance(scene.parents.get(call), ast.Call | ast.List | ast.Tuple):
            apart = f"({', '.join(arguments(scene, call))})"
            given = apart if len(call.args) > 1 else apart[1:-1]
            yield instead(scene, call, f"{function}, {given}", POSSIBLE)


RULE = rule("not-callable", "TypeError", candidates)
