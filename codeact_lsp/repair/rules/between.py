r"""A call in between that gives something which no longer has the method.

Answers AttributeError. That the object has the method itself, the trial tells.

    counts.items().most_common(3)         ->  counts.most_common(3)
    prices.tolist().mean()                ->  prices.mean()
    re.findall(r"\d+", text).group()      ->  re.search(r"\d+", text).group()
    re.findall(r"\d+", text).group()      ->  re.findall(r"\d+", text)[0]
    len(rows).result()                    ->  len(rows)
    for m in re.findall(p, text): m.group()    ->  for m in re.finditer(p, text): m.group()
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, replaced

# What gives the same once more, as something that can do less.
_VIEWS = frozenset(
    {"items", "keys", "values", "tolist", "to_list", "to_dict", "to_numpy", "copy", "read",
     "isoformat", "elements", "reset_index", "to_frame"}
)  # fmt: skip
_OF_MATCHES = frozenset({"group", "groups", "groupdict", "start", "end", "span"})
_HELD = frozenset({"result", "value", "text", "content", "json", "data", "get", "fetchall"})
_MARGIN = 0.15


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The method of the object itself; a search that gives what has the method."""
    match scene.failed:
        case ast.Attribute(attr=attr) as node if scene.said("object has no attribute"):
            pass
        case _:
            return
    if attr in _OF_MATCHES:
        yield from _of_matches(scene, node)
        return
    yield from _of_itself(scene, node)
    match node.value:
        case ast.Call(func=ast.Attribute(value=owner, attr=between), args=[], keywords=[]):
            text = f"{scene.text(owner)}.{attr}"
            likely = LIKELY if between in _VIEWS else POSSIBLE
            yield instead(scene, node, text, likely, f"Leave out '.{between}()'")
        case _:
            return


def _of_itself(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    """The value, where it was taken for something that holds it."""
    if node.attr in _HELD and scene.said("'(?:int|float|bool|str|list|dict|tuple|bytes)'"):
        call = scene.parents.get(node)
        is_called = isinstance(call, ast.Call) and call.func is node and not call.args
        whole = call if is_called and isinstance(call, ast.Call) else node
        title = f"Leave out '.{node.attr}'"
        yield instead(scene, whole, scene.text(node.value), POSSIBLE, title)


def _of_matches(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    """Where texts were found, and no matches."""
    call = scene.parents.get(node)
    if not (scene.said("'(?:list|str|tuple)'") and isinstance(call, ast.Call)):
        return
    if scene.said("'list'"):
        yield from _searched(scene, node.value, "search", LIKELY - _MARGIN)
        yield instead(scene, call, f"{scene.text(node.value)}[0]", LIKELY - _MARGIN - 0.02)
        return
    for loop in scene.loops:
        if ast.unparse(loop.target) == ast.unparse(node.value):
            yield from _searched(scene, loop.iter, "finditer", SURE)
    yield instead(scene, call, scene.text(node.value), LIKELY - _MARGIN)


def _searched(scene: Scene, node: ast.expr, name: str, likely: float) -> Iterator[Candidate]:
    """The other way of the same search, there or where the variable gets what it found."""
    made = [
        each.value for each in scene.nearby(ast.Assign)
        if [ast.unparse(target) for target in each.targets] == [ast.unparse(node)]
    ]  # fmt: skip
    for each in (node, *made):
        match each:
            case ast.Call(func=ast.Attribute(value=owner)) if called(each) == "findall":
                edit = replaced(scene, each.func, f"{scene.text(owner)}.{name}")
                yield Candidate(f"Search by '{name}'", edit, likely)
            case _:
                pass


RULE = rule("between", "AttributeError", candidates)
