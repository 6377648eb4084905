"""A variable in the place of another one: of what the function never reads, or has asked for.

Answers the failures of the value that stands there instead.

    for row in rows: total += rows["n"]           ->  total += row["n"]
    def pay(price, count): return price * prices  ->  return price * count
    [row for row in rows if rows["n"] > 0]        ->  [row for row in rows if row["n"] > 0]
    lines.append(head); name.append(row)          ->  lines.append(row), as a text has no `append`
    if name in ages: total += ages[key]           ->  if name in ages: total += ages[name]
    def span(self, low): return self - low        ->  a parameter, for the object itself
    max(xs) - min(self)                           ->  max(xs) - min(xs), as in other places
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.names import idle_parameters, unread
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_MOST = 2
_MOST_NAMES = 4
_MARGIN = 0.1
# Surer than that the text is to be made longer.
_CERTAIN = 0.97
# Functions that go through what they are given.
_BUILT_IN = frozenset(
    {"len", "max", "min", "sum", "sorted", "set", "list", "enumerate", "reversed"}
)
# What cannot be meant to become something else on the way.
_UNCHANGED = frozenset({"str", "int", "float", "bytes"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The one that is there for nothing else, or that has the method."""
    yield from _with_method(scene)
    yield from _items(scene)
    yield from _asked_for(scene)
    yield from _given_elsewhere(scene)
    yield from _for_itself(scene)
    function = scene.function(scene.first)
    idle = unread(scene, function) if function else []
    if len(idle) > _MOST or function is None:
        return
    taken = idle_parameters(scene, function)
    for name in scene.inside(ast.Name):
        if isinstance(name.ctx, ast.Load) and name.id in scene.bound:
            for other in idle:
                likely = POSSIBLE + (_MARGIN if len(idle) == 1 else 0)
                if scene.error.type == "UnboundLocalError" and other in taken:
                    likely = LIKELY + _MARGIN / 2
                yield instead(scene, name, other, likely, f"Write '{other}' for '{name.id}'")


def _items(scene: Scene) -> Iterator[Candidate]:
    """The one of those that are gone through, where all of them are asked for what it has."""
    for name in scene.inside(ast.Name):
        for around in scene.around(name, ast.AST):
            match around:
                case ast.ListComp(generators=[made]) | ast.GeneratorExp(generators=[made]):
                    source, target = made.iter, made.target
                case _:
                    continue
            is_it = isinstance(source, ast.Name) and source.id == name.id and source is not name
            if is_it and isinstance(target, ast.Name):
                yield instead(
                    scene, name, target.id, LIKELY, f"Write '{target.id}' for '{name.id}'"
                )


def _asked_for(scene: Scene) -> Iterator[Candidate]:
    """What the condition around has found in it, where another one is looked up there."""
    for item in scene.inside(ast.Subscript):
        for around in scene.around(item, ast.AST):
            if not isinstance(around, ast.If | ast.While | ast.IfExp):
                continue
            body = around.body if isinstance(around.body, list) else [around.body]
            is_held = any(item in ast.walk(part) for part in body)
            for found in _found(around.test, ast.unparse(item.value)) if is_held else ():
                if ast.unparse(item.slice) != ast.unparse(found):
                    yield instead(scene, item.slice, scene.text(found), LIKELY)


def _given_elsewhere(scene: Scene) -> Iterator[Candidate]:
    """What Python's own functions are given in other places, where they fail on what they get."""
    if not scene.said(r"is not iterable|has no len"):
        return
    calls = [each for each in scene.nearby(ast.Call) if ast.unparse(each.func) in _BUILT_IN]
    for call in (each for each in scene.inside(ast.Call) if each in calls):
        name = _only_name(call)
        for other in dict.fromkeys(_only_name(each) for each in calls if name):
            if other not in {"", name}:
                title = f"Write '{other}' for '{name}'"
                yield instead(scene, call.args[0], other, LIKELY - _MARGIN, title)


def _for_itself(scene: Scene) -> Iterator[Candidate]:
    """A variable for the object of the method, where that is reckoned with or looked into."""
    for node in scene.inside(ast.Name):
        around = scene.parents.get(node)
        is_call = isinstance(around, ast.Call) and ast.unparse(around.func) in _BUILT_IN
        is_value = is_call or isinstance(around, ast.BinOp | ast.Compare | ast.Subscript)
        if node.id != "self" or not is_value:
            continue
        if any(scene.said(rf"'{kind.name}'") for kind in scene.classes()):
            known = [each for each in dict.fromkeys(_at_hand(scene, node)) if each != "self"]
            for other in known[:_MOST_NAMES]:
                title = f"Write '{other}' for 'self'"
                yield instead(scene, node, other, LIKELY - _MARGIN, title)


def _at_hand(scene: Scene, node: ast.AST) -> Iterator[str]:
    """The parameters of the functions around, the innermost first."""
    for each in scene.around(node, ast.AST):
        if isinstance(each, ast.Lambda | ast.FunctionDef):
            yield from (arg.arg for arg in each.args.args if arg.arg != "self")
    called_upon = [each for each in scene.nearby(ast.Call) if ast.unparse(each.func) in _BUILT_IN]
    yield from filter(None, map(_only_name, called_upon))


def _only_name(call: ast.Call) -> str:
    match call.args:
        case [ast.Name(id=name)]:
            return name
        case _:
            return ""


def _found(test: ast.expr, owner: str) -> Iterator[ast.expr]:
    """What a condition asks for in something."""
    for part in test.values if isinstance(test, ast.BoolOp) else [test]:
        match part:
            case ast.Compare(left=ast.Name() as left, ops=[ast.In()], comparators=[within]):
                if ast.unparse(within) == owner:
                    yield left
            case _:
                pass


def _with_method(scene: Scene) -> Iterator[Candidate]:
    """What the function asks for the same in other places, of a value that never has that."""
    said = scene.said(r"^'(\w+)' object has no attribute")
    match scene.failed:
        case ast.Attribute(value=ast.Name(id=name) as owner, attr=wanted) if said:
            alike = [each for each in scene.nearby(ast.Attribute) if each.attr == wanted]
            names = [each.value.id for each in alike if isinstance(each.value, ast.Name)]
            likely = _CERTAIN if said[1] in _UNCHANGED else POSSIBLE
            for other in [each for each in dict.fromkeys(names) if each != name][:_MOST]:
                yield instead(scene, owner, other, likely, f"Write '{other}' for '{name}'")
        case _:
            return


RULE = rule(
    "confused",
    "TypeError AttributeError KeyError IndexError ValueError ZeroDivisionError UnboundLocalError",
    candidates,
)
