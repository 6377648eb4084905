"""A method in the place of a related one, which gives or takes what is wanted here.

Answers TypeError, ValueError, AttributeError and KeyError.

    for name, n in counts.values():      ->  for name, n in counts.items():
    for n in counts.items(): total += n  ->  for n in counts.values(): ...
    max(n.values(), key=lambda it: it[1])  ->  max(n.items(), key=lambda it: it[1])
    rows.insert(row)                     ->  rows.append(row)
    queue.remove()                       ->  queue.pop()
    a, b = found.group()                 ->  a, b = found.groups()
    names[found.groups()]                ->  names[found.group()]
    key, value = line.partition("=")     ->  key, value = line.split("=")
    groups.get(k).append(x)              ->  groups.setdefault(k, []).append(x)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand

_UNPACKED = r"values to unpack|cannot unpack non-iterable"
# What a call of a method with that many arguments is to be.
_BY_COUNT = {
    ("insert", 1): ("append", "add"), ("remove", 0): ("pop", "clear"), ("add", 2): ("insert",),
    ("append", 2): ("insert", "setdefault"), ("get", 0): ("pop",), ("extend", 2): ("insert",),
}  # fmt: skip
_MARGIN = 0.02


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The related one."""
    if scene.said(_UNPACKED):
        yield from _for_unpacking(scene)
    elif scene.said(r"\btuple\b") or _is_tuple_key(scene):
        yield from _of_pairs(scene)
    if scene.said(r"takes (?:no|exactly one|exactly \w+) arguments?|expected .*\d+ arguments?"):
        yield from _by_count(scene)
    if scene.said(r"'(?:int|float)' object is not subscriptable"):
        yield from _for_places(scene)
    if scene.said("'NoneType' object has no attribute"):
        yield from _kept(scene)


def _is_tuple_key(scene: Scene) -> bool:
    """Whether a method gave several values, where one key is looked up."""
    match scene.failed:
        case ast.Subscript(slice=ast.Call(func=ast.Attribute(attr="groups"))):
            return scene.error.type == "KeyError"
        case _:
            return False


def _for_unpacking(scene: Scene) -> Iterator[Candidate]:
    for call in scene.nearby(ast.Call):
        match call:
            case ast.Call(func=ast.Attribute(attr="keys" | "values") as method, args=[]):
                if _is_unpacked(scene, call):
                    yield _renamed(scene, method, "items", SURE + _MARGIN)
            case ast.Call(func=ast.Attribute(attr="group") as method, args=[]):
                if _is_unpacked(scene, call):
                    yield _renamed(scene, method, "groups", SURE)
            case ast.Call(func=ast.Attribute(attr="partition") as method, args=[_]):
                if _is_unpacked(scene, call) or _is_gone_through(scene, call):
                    yield _renamed(scene, method, "split", SURE)
            case _:
                pass


def _for_places(scene: Scene) -> Iterator[Candidate]:
    """Pairs, where the key or the value of one is asked for by its place."""
    match scene.failed:
        case ast.Subscript(value=ast.Name(id=item), slice=ast.Constant(value=0 | 1)):
            sources = list(_gone_through_as(scene, item))
        case _:
            return
    for source in sources:
        match source:
            case ast.Call(func=ast.Attribute(attr="keys" | "values") as method, args=[]):
                yield _renamed(scene, method, "items", SURE + _MARGIN)
            case _:
                pass


def _gone_through_as(scene: Scene, item: str) -> Iterator[ast.expr]:
    """What a loop, or a function that is handed on, takes the items of by that name."""
    yield from (loop.iter for loop in scene.loops if ast.unparse(loop.target) == item)
    for call in scene.nearby(ast.Call):
        given = [*call.args, *(word.value for word in call.keywords)]
        handed = [each for each in given if isinstance(each, ast.Lambda)]
        if any(item in {each.arg for each in one.args.args} for one in handed):
            yield from call.args


def _is_unpacked(scene: Scene, call: ast.Call) -> bool:
    """Whether its result, or each item of it, is given several names."""
    around = scene.parents.get(call)
    while isinstance(around, ast.Call):  # As in `sorted(table.keys())`.
        around = scene.parents.get(around)
    match around:
        case ast.For(target=target) | ast.comprehension(target=target):
            return isinstance(target, ast.Tuple)
        case ast.Assign(targets=[target]):
            return isinstance(target, ast.Tuple)
        case _:
            return False


def _is_gone_through(scene: Scene, call: ast.Call) -> bool:
    return isinstance(scene.parents.get(call), ast.For | ast.comprehension)


def _of_pairs(scene: Scene) -> Iterator[Candidate]:
    """The keys or the values, where pairs of both are given one name."""
    for call in scene.nearby(ast.Call):
        match call, scene.parents.get(call):
            case (
                ast.Call(func=ast.Attribute(attr="items") as method, args=[]),
                ast.For(target=ast.Name()) | ast.comprehension(target=ast.Name()) | ast.Call(),
            ):
                yield _renamed(scene, method, "values", LIKELY)
                yield _renamed(scene, method, "keys", LIKELY - _MARGIN)
            case ast.Call(func=ast.Attribute(attr="groups") as method), _:
                yield _renamed(scene, method, "group", LIKELY)
            case ast.Call(func=ast.Attribute(attr="partition") as method), _:
                yield _renamed(scene, method, "split", LIKELY)
            case _:
                pass


def _by_count(scene: Scene) -> Iterator[Candidate]:
    for call in scene.calls():
        if isinstance(call.func, ast.Attribute):
            for name in _BY_COUNT.get((call.func.attr, len(call.args)), ()):
                yield _renamed(scene, call.func, name, LIKELY + _MARGIN)


def _kept(scene: Scene) -> Iterator[Candidate]:
    """What is kept under a key, where something is added to it."""
    beginnings = {"append": "[]", "extend": "[]", "add": "set()", "update": "{}"}
    match scene.failed:
        case ast.Attribute(
            value=ast.Call(func=ast.Attribute(value=owner, attr="get"), args=[key]) as call,
            attr=method,
        ) if method in beginnings:
            text = f"{operand(scene, owner)}.setdefault({scene.text(key)}, {beginnings[method]})"
            yield instead(scene, call, text, SURE)
        case _:
            return


def _renamed(scene: Scene, method: ast.Attribute, name: str, likely: float) -> Candidate:
    text = f"{scene.text(method.value)}.{name}"
    return instead(scene, method, text, likely, f"Write '.{name}' for '.{method.attr}'")


RULE = rule("relatives", "TypeError ValueError AttributeError KeyError", candidates)
