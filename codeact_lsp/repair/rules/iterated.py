"""A loop that goes through something else than what its body takes it for.

Answers TypeError, IndexError, KeyError and AttributeError.

    for i in len(rows):                ->  for i in range(len(rows)):
    for i in 10:                       ->  for i in range(10):
    for x in xs: total += xs[x]        ->  for x in xs: total += x
    for x in xs: xs[x] = 0             ->  for x in range(len(xs)): xs[x] = 0
    for x in xs: xs[x : x + 2]         ->  for x in range(len(xs)): xs[x : x + 2]
    for row in df.iterrows(): row["n"] ->  for _, row in df.iterrows(): row["n"]
    found[i] = x, of an empty list     ->  found.append(x)
    for row in range(len(rows)): row["n"]   ->  for row in rows: row["n"]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand, replaced, together

_COUNT = r"'(?:int|float)' object is not iterable"
_NUMBER = (
    r"'int' (?:object|and|found)|and 'int'|(?:not|got) 'int'|not int\b|int found|of type 'int'"
)
_BOUND = 0.02
_Loop = ast.For | ast.comprehension


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The numbers up to it, or the items themselves."""
    if scene.said(_COUNT):
        yield from _counted(scene)
        return
    yield from _of_parts(scene)
    if scene.said(_NUMBER):
        yield from _themselves(scene)
    if scene.said("tuple indices must be integers or slices, not str"):
        yield from _with_numbers(scene)
    if scene.said("list assignment index out of range"):
        yield from _appended(scene)
    for item in scene.inside(ast.Subscript):
        match item:
            case ast.Subscript(value=owner, slice=ast.Name(id=name)):
                for loop in _loops(scene, item, name):
                    if ast.unparse(loop.iter) == ast.unparse(owner):
                        yield from _of_items(scene, loop, owner, name)
            case _:
                pass


def _with_numbers(scene: Scene) -> Iterator[Candidate]:
    """The item without its number, where both are given."""
    for name in scene.inside(ast.Name):
        for loop in _loops(scene, name, name.id):
            match loop.iter:
                case ast.Call(
                    func=ast.Attribute(attr="iterrows" | "items") | ast.Name("enumerate")
                ):
                    yield instead(scene, loop.target, f"_, {name.id}", SURE)
                case _:
                    pass


def _themselves(scene: Scene) -> Iterator[Candidate]:
    """The items, where places are gone through at which nothing is looked up."""
    for name in scene.inside(ast.Name):
        for loop in _loops(scene, name, name.id):
            match loop.iter:
                case ast.Call(
                    func=ast.Name("range"), args=[ast.Call(func=ast.Name("len"), args=[owner])]
                ) if not _is_place(scene, owner, name.id):
                    yield instead(scene, loop.iter, scene.text(owner), SURE)
                case _:
                    pass


def _is_place(scene: Scene, owner: ast.expr, name: str) -> bool:
    """Whether something is looked up at that place."""
    written = {f"{ast.unparse(owner)}[{name}]"}
    return any(ast.unparse(node) in written for node in scene.nearby(ast.Subscript))


def _appended(scene: Scene) -> Iterator[Candidate]:
    """One item after another, in a list that begins with none."""
    match scene.statement:
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))], value=value):
            pass
        case _:
            return
    for made in scene.nearby(ast.Assign):
        if [ast.unparse(each) for each in made.targets] == [name] and ast.unparse(made.value) in {
            "[]",
            "list()",
        }:
            yield instead(scene, scene.statement, f"{name}.append({scene.text(value)})", SURE)


def _of_parts(scene: Scene) -> Iterator[Candidate]:
    """The places, where a part of the whole begins or ends at each."""
    for name in scene.inside(ast.Name):
        for loop in _loops(scene, name, name.id):
            owner = ast.unparse(loop.iter)
            for item in scene.nearby(ast.Subscript):
                of_it = isinstance(item.slice, ast.Slice | ast.BinOp)
                within = {n.id for n in ast.walk(item.slice) if isinstance(n, ast.Name)}
                if of_it and ast.unparse(item.value) == owner and name.id in within:
                    text = f"range(len({operand(scene, loop.iter)}))"
                    yield instead(scene, loop.iter, text, LIKELY)
                    return


def _counted(scene: Scene) -> Iterator[Candidate]:
    loops: list[_Loop] = [*scene.nearby(ast.For), *scene.nearby(ast.comprehension)]
    for loop in loops:
        source = loop.iter
        if scene.failed in (loop, source) or _is_length(source):
            is_number = _is_length(source) or isinstance(source, ast.Constant)
            text = f"range({scene.text(source)})"
            yield instead(scene, source, text, SURE if is_number else LIKELY)


def _is_length(node: ast.expr) -> bool:
    """Whether it is a length, or a sum with one."""
    match node:
        case ast.Call(func=ast.Name("len")):
            return True
        case ast.BinOp(left=left, right=right):
            return _is_length(left) or _is_length(right)
        case _:
            return False


def _loops(scene: Scene, item: ast.AST, name: str) -> Iterator[_Loop]:
    """The loops around a part that give a name to each item."""
    for node in scene.around(item, ast.AST):
        match node:
            case ast.For(target=ast.Name(id=target)) if target == name:
                yield node
            case (
                ast.ListComp(generators=made)
                | ast.SetComp(generators=made)
                | ast.GeneratorExp(generators=made)
                | ast.DictComp(generators=made)
            ):
                yield from (
                    each for each in made
                    if isinstance(each.target, ast.Name) and each.target.id == name
                )  # fmt: skip
            case _:
                pass


def _of_items(scene: Scene, loop: _Loop, owner: ast.expr, name: str) -> Iterator[Candidate]:
    """The item where it is looked up by itself; or places, if something is done at them."""
    whole = ast.Subscript(owner, ast.Name(name))
    written = ast.unparse(whole)
    uses = [each for each in scene.nearby(ast.Subscript) if ast.unparse(each) == written]
    is_set = any(isinstance(each.ctx, ast.Store) for each in uses)
    others = sum(isinstance(node, ast.Name) and node.id == name for node in ast.walk(scene.body))
    is_alone = others == len(uses) + 1
    if not is_set:
        edits = (replaced(scene, use, name) for use in uses)
        likely = LIKELY if is_alone else POSSIBLE
        yield Candidate(f"Write '{name}' for '{written}'", together(scene, *edits), likely - _BOUND)
    text = f"range(len({operand(scene, owner)}))"
    yield instead(scene, loop.iter, text, SURE if is_set else LIKELY - 2 * _BOUND)


RULE = rule("iterated", "TypeError IndexError KeyError AttributeError", candidates)
