"""What can be gone through together with something, so that there is a value for each name."""

import ast
from collections.abc import Iterator
from itertools import combinations

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_MOST = 3
_SHORTEST = 3


def beside(scene: Scene, target: ast.expr, source: ast.expr) -> Iterator[Candidate]:
    """What can be gone through together: names that nothing reads, or parameters of that type."""
    wanted = len(target.elts) - 1 if isinstance(target, ast.Tuple | ast.List) else 0
    if not isinstance(source, ast.Name) or wanted < 1:
        return
    names = scene.nearby(ast.Name)
    read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    own = list(ast.walk(target))  # In the order in which the values are to be.
    stored = [node for node in names if isinstance(node.ctx, ast.Store) and node not in own]
    before = [node.id for node in stored if scene.span(node).end < scene.span(source).start]
    parameters = scene.nearby(ast.arg)
    unread = [name for name in (*(each.arg for each in parameters), *before) if name not in read]
    bound = [*(each.arg for each in parameters), *before]
    plural = [name for each in own for name in bound if _is_one_of(each, name)]
    plural = [name for name in plural if name != source.id]
    kindred = [name for name in bound if _is_kindred(name, source.id)]
    alike = [*_alike(parameters, source.id), *kindred]
    ways = ((plural, SURE), (unread, LIKELY), (alike, POSSIBLE))
    for others, likely in ways:
        for some in list(combinations(dict.fromkeys(others), wanted))[:_MOST]:
            yield instead(scene, source, f"zip({', '.join([source.id, *some])})", likely)


def _is_one_of(node: ast.AST, name: str) -> bool:
    """Whether a name is that of one of those which another name says there are many of."""
    if not isinstance(node, ast.Name):
        return False
    one = node.id.strip("_")
    is_short = len(one) >= _SHORTEST and name.startswith(one) and name.endswith("s")
    return is_short or name in {f"{node.id}s", f"{node.id}es", f"_{node.id}s"}


def _is_kindred(name: str, other: str) -> bool:
    """Whether two names end in the same word, as `old_rows` and `new_rows` do."""
    end = f"_{other.rpartition('_')[2]}"
    return name != other and name.endswith(end) and other.endswith(end)


def is_first_one(target: ast.expr, source: ast.expr) -> bool:
    """Whether the first name is that of an item: then it is no number of one."""
    match target, source:
        case ast.Tuple(elts=[first, *_]), ast.Name(id=name):
            return _is_one_of(first, name)
        case _:
            return False


def _alike(parameters: list[ast.arg], name: str) -> list[str]:
    """The other parameters that were declared to be what one was."""
    kinds = {each.arg: ast.unparse(each.annotation) for each in parameters if each.annotation}
    return [other for other in kinds if other != name and kinds[other] == kinds.get(name)]
