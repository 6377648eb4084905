"""A list, text or table where the number of its items was meant.

Answers TypeError. A variable that only stands for the list is mended where it got it.

    if rows > 3:                          ->  if len(rows) > 3:
    end = rows - 1                        ->  end = len(rows) - 1
    range(0, rows, 2)                     ->  range(0, len(rows), 2)
    for x in range(row): total += x       ->  for x in row: total += x
    i, n = 0, rows; while i < n:          ->  i, n = 0, len(rows)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_SIZED = "list|tuple|str|bytes|dict|set|frozenset|deque|Counter"
_SAID = (
    rf"'(?:int|float)' and '(?:{_SIZED})'|'(?:{_SIZED})' and '(?:int|float)'|"
    rf"'(?:[\w.]+\.)?(?:{_SIZED})' object cannot be interpreted as an integer"
)
_KINDS = frozenset(_SIZED.split("|"))
# A text beside a number is oftener a number that was read than something to be counted.
_DOUBTFUL = frozenset({"str", "bytes"})
_MARGIN = 0.1


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To count it."""
    for node in _operands(scene) if scene.said(_SAID) else ():
        kind = scene.kind(node) or _said(scene)
        if kind in _KINDS and not isinstance(node, ast.Constant) and not _is_listed(scene, node):
            given = list(_given(scene, node))
            likely = SURE if kind not in _DOUBTFUL else LIKELY - _MARGIN
            if _is_shared_out(scene, node) or _is_with_fraction(scene) or _is_lone(scene, node):
                likely = POSSIBLE
            if kind == "list" and _is_joined(scene):
                likely = LIKELY - 0.05
            if items := _gone_through(scene, node):
                yield instead(scene, items, scene.text(node), SURE)
                likely = POSSIBLE
            for part in given:
                yield instead(scene, part, f"len({scene.text(part)})", SURE)
            yield instead(scene, node, f"len({scene.text(node)})", likely - _MARGIN * len(given))


def _operands(scene: Scene) -> Iterator[ast.expr]:
    match scene.failed:
        case ast.Compare(left=left, comparators=others):
            yield from (left, *others)
        case ast.BinOp(left=left, right=right, op=ast.Add() | ast.Sub() | ast.Div()):
            yield from (left, right)
        case ast.BinOp(left=left, right=right, op=ast.FloorDiv() | ast.Mod() | ast.Pow()):
            yield from (left, right)
        case ast.Call(func=ast.Name("range"), args=args):
            yield from args
        case _:
            return


def _is_joined(scene: Scene) -> bool:
    """Whether something is added that is no plain number: it may be one more of its items."""
    match scene.failed:
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return not any(isinstance(side, ast.Constant) for side in (left, right))
        case _:
            return False


def _is_lone(scene: Scene, node: ast.expr) -> bool:
    """Whether it is a tuple of one value, which a comma too many makes: the value is meant."""
    items = scene.literal(node)
    return (isinstance(items, tuple) and len(items) == 1) or _is_returned_alone(scene, node)


def _is_returned_alone(scene: Scene, node: ast.expr) -> bool:
    """Whether the function that is called for it returns such a tuple."""
    for origin in scene.error.origins if isinstance(node, ast.Call) else ():
        match Scene(scene.plan, scene.error, origin.span).failed:
            case ast.Return(value=ast.Tuple(elts=[_])):
                return True
            case _:
                pass
    return False


def _is_with_fraction(scene: Scene) -> bool:
    """Whether a fraction stands beside it: a number of items is compared with a whole number."""
    return scene.said("'list' and 'float'|'float' and 'list'") is not None


def _gone_through(scene: Scene, node: ast.expr) -> ast.expr | None:
    """The range of a loop that makes no use of places, but of what is at them."""
    for loop in scene.loops:
        match loop.iter:
            case ast.Call(func=ast.Name("range"), args=[only]) as places if only is node:
                place = ast.unparse(loop.target)
                looked_up = (ast.unparse(item.slice) for item in scene.nearby(ast.Subscript))
                return None if any(place in text for text in looked_up) else places
            case _:
                pass
    return None


def _is_shared_out(scene: Scene, node: ast.expr) -> bool:
    """Whether it is divided: then a share of each of its items is as likely to be meant."""
    whole = scene.failed
    return isinstance(whole, ast.BinOp) and isinstance(whole.op, ast.Div) and whole.left is node


def _said(scene: Scene) -> str:
    """The type that Python names, where only one thing can be meant."""
    said = scene.said(r"'(?:[\w.]+\.)?(\w+)' object cannot be interpreted")
    return said[1] if said and len(list(_operands(scene))) == 1 else ""


def _is_listed(scene: Scene, node: ast.expr) -> bool:
    """Whether it is a list or tuple that is written out, as by a comma: its length is no news."""
    if isinstance(node, ast.List) and isinstance(scene.failed, ast.BinOp):
        return True
    values = [value for name, value in _assigned(scene) if name == ast.unparse(node)]
    return any(isinstance(each, ast.Tuple) for each in (node, *values))


def _given(scene: Scene, node: ast.expr) -> Iterator[ast.expr]:
    """The names that a variable is somewhere made only another name for."""
    if isinstance(node, ast.Name):
        values = [value for name, value in _assigned(scene) if name == node.id]
        yield from (value for value in values if isinstance(value, ast.Name))


def _assigned(scene: Scene) -> Iterator[tuple[str, ast.expr]]:
    for statement in scene.nearby(ast.Assign):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = zip(names, values, strict=False)
                yield from ((each.id, value) for each, value in pairs if isinstance(each, ast.Name))
            case _:
                pass


RULE = rule("counted", "TypeError", candidates)
