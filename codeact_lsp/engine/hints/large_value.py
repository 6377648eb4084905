"""A large value of which the nodes behind use one or two parts."""

import ast
from collections.abc import Iterator

from codeact_lsp.engine.hints.hint import Hint, name_span
from codeact_lsp.engine.hints.parts import parts_used
from codeact_lsp.engine.hints.scene import Scene
from codeact_lsp.engine.sizes import said_size
from codeact_lsp.plan import Plan

CODE = "large-value"

_LARGE = 50_000_000
_MOST_PARTS = 2


def hints(scene: Scene) -> Iterator[Hint]:
    """The nodes whose large value is barely used by all that take it."""
    for node, record in scene.latest.items():
        if record.size < _LARGE:
            continue
        takers = [n for n in scene.plan.graph.dependents(node) if _takes(scene.plan, n, node)]
        parts = _parts(scene.plan, takers, node)
        if takers and parts and len(parts) <= _MOST_PARTS:
            yield _hint(scene, node, takers, parts)


def _takes(plan: Plan, node: str, value: str) -> bool:
    return value in plan.graph.links[node].data


def _parts(plan: Plan, takers: list[str], value: str) -> list[str]:
    """The parts of a value that nodes use, each once; none if one of them may use all of it."""
    found: dict[str, None] = {}
    for taker in takers:
        parts = parts_used(_function(plan, taker), value)
        if not parts:
            return []
        found.update(dict.fromkeys(parts))
    return list(found)


def _function(plan: Plan, node: str) -> ast.AST:
    """The syntax of a node: the last definition of its name in its piece."""
    tree = plan.document.pieces[plan.nodes[node].piece].tree
    defined = [part for part in tree.body if getattr(part, "name", "") == node]
    return defined[-1]


def _hint(scene: Scene, node: str, takers: list[str], parts: list[str]) -> Hint:
    size = scene.latest[node].size
    who = ", ".join(f"'{taker}'" for taker in takers[:3]) + (", …" if takers[3:] else "")
    return Hint(
        CODE,
        node,
        name_span(scene.plan, node),
        f"The value of '{node}' takes {said_size(size)}, of which {who} "
        f"{'use' if takers[1:] else 'uses'} only {' and '.join(parts)}. "
        "Return only that, and less has to be stored and loaded.",
        {"bytes": size, "parts": ", ".join(parts), "takers": len(takers)},
    )
