"""A position one too far.

Answers IndexError, and what else comes of another item than the one that was meant.

    range(len(rows) + 1)      ->  range(len(rows))
    rows[len(rows)]           ->  rows[len(rows) - 1]
    while i <= len(rows):     ->  while i < len(rows):
    rows[1]                   ->  rows[0], or rows[-1]
    defaultdict(float + 1)    ->  defaultdict(float)
    table[name + 1]           ->  table[name], of a text
    range(len(rows), -1, -1)  ->  range(len(rows) - 1, -1, -1)
    range(len(rows)); rows[i + k]            ->  range(len(rows) - k)
    rows[i + k] = x                          ->  rows[(i + k) % len(rows)] = x
    0 <= x <= columns                        ->  0 <= x < columns
    rows.pop(len(rows))                      ->  rows.pop(len(rows) - 1)
    text[len(text) - i]; rows[n - i]         ->  text[len(text) - 1 - i]; rows[n - 1 - i]
    high = len(rows); while low <= high:     ->  high = len(rows) - 1
    i = len(text); text[i]; i -= 1           ->  i = len(text) - 1
"""

import ast
from collections.abc import Iterator
from dataclasses import replace

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

# A type or a function, to which nothing can be added.
_NO_NUMBER = r"operand type\(s\) for [+-]: '(?:type|function|builtin_function_or_method)' and 'int'"

# A key that is a text, or has several parts.
_NO_PLACE = r"can only concatenate (?:str|tuple)"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Sums with one in the index, then bounds of the function, then other constants."""
    for item in scene.inside(ast.Subscript):
        likely = POSSIBLE if _has_neighbour(scene, item) else LIKELY
        yield from _of_index(scene, item.slice, likely)
    if scene.error.type == "IndexError":
        yield from _of_places(scene)
        for node in ast.walk(scene.body):
            yield from _of_bound(scene, node)
    elif scene.said(_NO_NUMBER) or (scene.said(_NO_PLACE) and _is_index(scene)):
        yield from _of_index(scene, scene.failed, SURE)


def _is_index(scene: Scene) -> bool:
    """Whether the place is what something is looked up by."""
    failed = scene.failed
    around = scene.parents.get(failed) if failed else None
    return isinstance(around, ast.Subscript) and around.slice is failed


def _has_neighbour(scene: Scene, item: ast.Subscript) -> bool:
    """Whether the statement looks at the item before, too: then one of each two is meant."""
    if not isinstance(item.slice, ast.BinOp):
        return False
    before = f"{ast.unparse(item.value)}[{ast.unparse(item.slice.left)}]"
    around = scene.statement
    parts = ast.walk(around) if around else ()
    return any(isinstance(part, ast.Subscript) and ast.unparse(part) == before for part in parts)


def _of_index(scene: Scene, index: ast.AST | None, likely: float) -> Iterator[Candidate]:
    match index:
        case ast.BinOp(left=ast.Constant() as left, op=ast.Add(), right=ast.Constant(value=1)):
            yield instead(scene, index, scene.text(left), SURE)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=ast.Constant(value=1)):
            yield instead(scene, index, scene.text(left), likely)
        case ast.Call(func=ast.Name("len")):
            yield instead(scene, index, f"{scene.text(index)} - 1", SURE)
        case ast.Name() if scene.error.type == "IndexError":
            likely = POSSIBLE if _is_length(scene, index) else GUESS
            yield instead(scene, index, f"{scene.text(index)} - 1", likely)
        case ast.Constant(value=int(number)) if number > 0 and not isinstance(number, bool):
            beside = list(dict.fromkeys(_beside(scene, index)))
            for other in beside[:2]:
                yield instead(scene, index, other, POSSIBLE + 0.05)
            yield instead(scene, index, str(number - 1), POSSIBLE)
            yield instead(scene, index, "-1", POSSIBLE - 0.1)
        case _:
            return


def _beside(scene: Scene, index: ast.AST) -> Iterator[str]:
    """The written places at which the statement looks into the same."""
    item, statement = scene.parents.get(index), scene.statement
    if not isinstance(item, ast.Subscript) or statement is None:
        return
    for other in ast.walk(statement):
        match other:
            case ast.Subscript(value=owner, slice=ast.Constant(value=int(place))):
                if other is not item and ast.unparse(owner) == ast.unparse(item.value):
                    yield str(place)
            case _:
                pass


def _of_bound(scene: Scene, node: ast.AST) -> Iterator[Candidate]:
    match node:
        case ast.Call(func=ast.Name("range"), args=[start, _, ast.UnaryOp(op=ast.USub())]):
            yield from _of_start(scene, start)
        case ast.Call(func=ast.Name("range"), args=[*starts, end]):
            # From one on, it may be lengths that are counted, and no positions.
            most = POSSIBLE if [ast.unparse(each) for each in starts] == ["1"] else SURE
            for each in _of_range(scene, end):
                yield replace(each, likely=min(each.likely, most))
        case ast.Compare(left=left, ops=[ast.LtE()], comparators=[right]):
            likely = SURE if "len(" in scene.text(right) else POSSIBLE
            yield instead(scene, node, f"{scene.text(left)} < {scene.text(right)}", likely)
        case ast.Compare(left=ast.Constant(), comparators=[middle, right]) if _ends_with(node):
            head = scene.text(node)[: scene.span(middle).end - scene.span(node).start]
            yield instead(scene, node, f"{head} < {scene.text(right)}", SURE)
        case _:
            return


def _ends_with(node: ast.Compare) -> bool:
    return isinstance(node.ops[-1], ast.LtE)


def _of_places(scene: Scene) -> Iterator[Candidate]:
    """By what is added to a place that a loop counts, or taken from a length."""
    for item in scene.inside(ast.Subscript):
        match item.slice:
            case ast.BinOp(left=ast.Name(id=name), op=ast.Add(), right=more) as place:
                yield from _shorter(scene, name, more)
                if isinstance(item.ctx, ast.Store) and not isinstance(more, ast.Constant):
                    # What is written past the end goes on at the beginning.
                    text = f"({scene.text(place)}) % len({scene.text(item.value)})"
                    yield instead(scene, place, text, LIKELY + 0.05)
            case ast.BinOp(left=end, op=ast.Sub(), right=back) if _is_end(scene, item, end):
                text = f"{scene.text(end)} - 1 - {_term(scene, back)}"
                if not isinstance(back, ast.Constant):
                    yield instead(scene, item.slice, text, SURE)
            case ast.Name(id=name):
                yield from _searched(scene)
                yield from _begun_behind(scene, name, scene.text(item.value))
            case _:
                pass
    for call in scene.calls():
        match call:
            case ast.Call(func=ast.Attribute(attr="pop"), args=[ast.Name() | ast.Call() as last]):
                yield instead(scene, last, f"{scene.text(last)} - 1", LIKELY)
            case _:
                pass


def _is_end(scene: Scene, item: ast.Subscript, end: ast.expr) -> bool:
    """Whether it is the length of what is looked into."""
    if isinstance(end, ast.Call):
        return ast.unparse(end.func) == "len"
    return isinstance(end, ast.Name) and scene.literal(end) == _length(scene, item.value)


def _is_length(scene: Scene, index: ast.expr) -> bool:
    """Whether a position is just the length of what it is one of, and nothing counts it."""
    item = scene.parents.get(index)
    counted = {ast.unparse(loop.target) for loop in scene.loops}
    return (
        isinstance(item, ast.Subscript)
        and scene.literal(index) == _length(scene, item.value)
        and ast.unparse(index) not in counted
    )


def _length(scene: Scene, owner: ast.expr) -> int:
    """How many items there were; less than none if that was not seen."""
    items = scene.literal(owner)
    return len(items) if isinstance(items, list | tuple | str) else -1


def _term(scene: Scene, node: ast.expr) -> str:
    """A part as it can be taken away."""
    is_sum = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
    return f"({scene.text(node)})" if is_sum else scene.text(node)


def _shorter(scene: Scene, name: str, more: ast.expr) -> Iterator[Candidate]:
    """The loop that counts the place ends as much sooner as is added to that."""
    for loop in scene.loops:
        match loop:
            case (
                ast.For(target=ast.Name(id=counted), iter=ast.Call() as source)
                | ast.comprehension(target=ast.Name(id=counted), iter=ast.Call() as source)
            ) if counted == name and ast.unparse(source.func) == "range" and source.args:
                end = source.args[0] if len(source.args) == 1 else source.args[1]
                is_one = isinstance(more, ast.Constant)
                is_shorter = isinstance(end, ast.BinOp) and isinstance(end.op, ast.Sub)
                if is_shorter or not (isinstance(end, ast.BinOp) or is_one):
                    yield instead(scene, end, f"{scene.text(end)} - {scene.text(more)}", LIKELY)
            case _:
                pass


def _searched(scene: Scene) -> Iterator[Candidate]:
    """The last place of what is halved again and again, where that place counts as well."""
    halved = any(isinstance(node, ast.FloorDiv) for node in ast.walk(scene.body))
    tests = [loop.test for loop in scene.nearby(ast.While)] if halved else []
    ends = {
        ast.unparse(test.comparators[0]) for test in tests
        if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.LtE)
    }  # fmt: skip
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as value):
                pairs: list[tuple[str, ast.expr]] = [(name, value)]
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = list(zip(map(ast.unparse, names), values, strict=False))
            case _:
                pairs = []
        for made, end in pairs:
            if made in ends and ast.unparse(end).startswith("len("):
                yield instead(scene, end, f"{scene.text(end)} - 1", SURE)


def _begun_behind(scene: Scene, name: str, owner: str) -> Iterator[Candidate]:
    """The last place, where a place that goes down begins behind it."""
    for node in scene.nearby(ast.Assign) if _goes_down(scene, name) else ():
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs = list(zip(map(ast.unparse, names), values, strict=False))
            case ast.Assign(targets=[target], value=value):
                pairs = [(ast.unparse(target), value)]
            case _:
                pairs = []
        for made, value in pairs:
            if made == name and ast.unparse(value) == f"len({owner})":
                yield instead(scene, value, f"len({owner}) - 1", SURE)


def _goes_down(scene: Scene, name: str) -> bool:
    """Whether one is taken from a place at some time."""
    less = (ast.unparse(node) for node in scene.nearby(ast.Assign))
    return f"{name} = {name} - 1" in less or any(
        isinstance(node.op, ast.Sub) and ast.unparse(node.target) == name
        for node in scene.nearby(ast.AugAssign)
    )


def _items(scene: Scene) -> Iterator[ast.Subscript]:
    return scene.inside(ast.Subscript)


def _of_start(scene: Scene, start: ast.expr) -> Iterator[Candidate]:
    """The first place of a loop that goes down."""
    match start:
        case ast.BinOp(left=left, op=ast.Sub(), right=ast.Constant(value=int(less))):
            yield instead(scene, start, f"{scene.text(left)} - {less + 1}", LIKELY)
        case ast.Name() | ast.Call():
            yield instead(scene, start, f"{scene.text(start)} - 1", LIKELY)
        case _:
            return


def _of_range(scene: Scene, end: ast.expr) -> Iterator[Candidate]:
    match end:
        case ast.BinOp(left=left, op=ast.Add(), right=ast.Constant(value=1)):
            yield instead(scene, end, scene.text(left), LIKELY)
        case ast.Call(func=ast.Name("len"), args=[owner]):
            # The length of another list is not too long by just one.
            is_own = ast.unparse(owner) in {ast.unparse(i.value) for i in _items(scene)}
            likely = LIKELY - 0.05 if is_own else GUESS
            yield instead(scene, end, f"{scene.text(end)} - 1", likely)
        case ast.Name():
            yield instead(scene, end, f"{scene.text(end)} - 1", POSSIBLE - 0.1)
        case _:
            return


RULE = rule("bounds", "IndexError TypeError KeyError", candidates)
