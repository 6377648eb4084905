"""A loop that goes through something else than what its body takes it for.

Answers TypeError, IndexError, KeyError and AttributeError.

    for i in len(rows):                ->  for i in range(len(rows)):
    for i in 10:                       ->  for i in range(10):
    for d in number: total += int(d)   ->  for d in str(number): total += int(d)
    for x in xs: total += xs[x]        ->  for x in xs: total += x
    for x in xs: xs[x] = 0             ->  for x in range(len(xs)): xs[x] = 0
    for x in xs: xs[x : x + 2]         ->  for x in range(len(xs)): xs[x : x + 2]
    for x in xs: step(ys[-1], xs[x])   ->  for x in range(len(xs)): step(ys[-1], xs[x])
    for row in df.iterrows(): row["n"] ->  for _, row in df.iterrows(): row["n"]
    found[i] = x, of an empty list     ->  found.append(x)
    for row in range(len(rows)): row["n"]   ->  for row in rows: row["n"]
    for name in range(len(names)): ages[name]   ->  for name in names: ages[name]
    for n in range(len(ns)): if n not in known: raise ...   ->  for n in ns:
    table[i][j] = x, of an empty list  ->  table = [[0] * columns for _ in range(rows)], once made
    for x, y in enumerate(zip(xs, ys)):   ->  for x, y in zip(xs, ys):
"""

import ast
from collections.abc import Callable, Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.loops import Loop, is_length, is_source, loops_naming, whole_of
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand, replaced, together

_COUNT = r"'(?:int|float)' object is not iterable"
_NUMBER = (
    r"'int' (?:object|and|found)|and 'int'|(?:not|got) 'int'|not \"?int\b|int found|of type 'int'"
    r"|expected (?:bytes|str|string)$|must be (?:a )?str(?:ing)?$"
)
_BOUND = 0.02


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The numbers up to it, or the items themselves."""
    if scene.said(_COUNT):
        yield from _counted(scene)
        return
    yield from _of_parts(scene)
    if scene.is_refused:
        yield from _never_looked_up(scene)
    for said, propose in _BY_MESSAGE:
        if scene.said(said):
            yield from propose(scene)
    if scene.error.type in {"TypeError", "IndexError"}:
        yield from _looked_up(scene)
    for item in scene.inside(ast.Subscript):
        match item:
            case ast.Subscript(value=owner, slice=ast.Name(id=name)):
                for loop in loops_naming(scene, item, name):
                    if ast.unparse(loop.iter) == ast.unparse(owner):
                        yield from _of_items(scene, loop, owner, name)
            case _:
                pass


def _in_pairs(scene: Scene) -> Iterator[Candidate]:
    """What goes through several lists at once, without numbers that nobody has a name for."""
    for loop in scene.loops:
        match loop.iter:
            case ast.Call(
                func=ast.Name("enumerate"), args=[ast.Call(func=ast.Name("zip")) as both]
            ):
                names = loop.target.elts if isinstance(loop.target, ast.Tuple) else []
                if len(names) == len(both.args) and all(isinstance(n, ast.Name) for n in names):
                    yield instead(scene, loop.iter, scene.text(both), SURE)
            case _:
                pass


def _with_numbers(scene: Scene) -> Iterator[Candidate]:
    """The item without its number, where both are given."""
    for name in scene.inside(ast.Name):
        for loop in loops_naming(scene, name, name.id):
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
        for loop in loops_naming(scene, name, name.id):
            owner = whole_of(loop.iter)
            if owner and not _is_place(scene, owner, name.id):
                yield instead(scene, loop.iter, scene.text(owner), SURE + 1.5 * _BOUND)


def _never_looked_up(scene: Scene) -> Iterator[Candidate]:
    """The items, where places are gone through at which nothing is ever looked up."""
    for frame in scene.error.frames:
        there = Scene(scene.plan, scene.error, frame.span)
        for loop in there.loops:
            owner = whole_of(loop.iter)
            if owner and not _is_place(there, owner, ast.unparse(loop.target)):
                yield instead(there, loop.iter, there.text(owner), LIKELY)


def _uncounted(scene: Scene) -> Iterator[Candidate]:
    """What has no length and was to be gone through, where a loop asks for its places."""
    for loop in scene.loops:
        match loop.iter:
            case ast.Call(
                func=ast.Name("range"), args=[ast.Call(func=ast.Name("len"), args=[owner]) as n]
            ) if n is scene.failed and not _is_place(scene, owner, ast.unparse(loop.target)):
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
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=at)], value=value):
            pass
        case _:
            return
    # What is to be the next one has the next number; under any other there is no list to be had.
    is_key = scene.literal(at) not in {None, len(scene.literal(ast.Name(name)) or ())}
    for made in scene.nearby(ast.Assign):
        if [ast.unparse(each) for each in made.targets] == [name] and ast.unparse(made.value) in {
            "[]",
            "list()",
        }:
            text = f"{name}.append({scene.text(value)})"
            yield instead(scene, scene.statement, text, POSSIBLE if is_key else SURE)
            if is_key:
                title = f"Begin with '{name} = {{}}'"
                yield instead(scene, made.value, "{}", LIKELY, title)


def _filled_first(scene: Scene) -> Iterator[Candidate]:
    """A table that begins with nothing, as large as the loops that fill it go."""
    match scene.statement:
        case ast.Assign(
            targets=[
                ast.Subscript(
                    value=ast.Subscript(value=ast.Name(id=name), slice=ast.Name(id=row)),
                    slice=ast.Name(id=column),
                )
            ]
        ):
            pass
        case _:
            return
    ends = {
        loop.target.id: scene.text(loop.iter.args[0])
        for loop in scene.nearby(ast.For)
        if isinstance(loop.target, ast.Name)
        and isinstance(loop.iter, ast.Call)
        and ast.unparse(loop.iter.func) == "range"
        and len(loop.iter.args) == 1
    }
    for made in scene.nearby(ast.Assign) if {row, column} <= set(ends) else ():
        if ast.unparse(made) in {f"{name} = []", f"{name} = list()"}:
            text = f"[[0] * {ends[column]} for _ in range({ends[row]})]"
            yield instead(scene, made.value, text, SURE)


def _of_parts(scene: Scene) -> Iterator[Candidate]:
    """The places, where a part of the whole begins or ends at each."""
    for name in scene.inside(ast.Name):
        for loop in loops_naming(scene, name, name.id):
            owner = ast.unparse(loop.iter)
            for item in scene.nearby(ast.Subscript):
                of_it = isinstance(item.slice, ast.Slice | ast.BinOp)
                within = {n.id for n in ast.walk(item.slice) if isinstance(n, ast.Name)}
                if of_it and ast.unparse(item.value) == owner and name.id in within:
                    text = f"range(len({operand(scene, loop.iter)}))"
                    yield instead(scene, loop.iter, text, LIKELY)
                    return


def _looked_up(scene: Scene) -> Iterator[Candidate]:
    """The places, where the whole is looked up at each, wherever that then fails."""
    for loop in scene.loops:
        match loop.target, loop.iter:
            case ast.Name(id=name), ast.Name(id=owner):
                found = [item for item in scene.nearby(ast.Subscript) if _is_at(item, owner, name)]
                if found:
                    yield instead(scene, loop.iter, f"range(len({owner}))", POSSIBLE + 0.1)
            case _:
                pass


def _is_at(item: ast.Subscript, owner: str, name: str) -> bool:
    """Whether something is looked up at a place that a name tells."""
    names = {node.id for node in ast.walk(item.slice) if isinstance(node, ast.Name)}
    return ast.unparse(item.value) == owner and name in names


def _counted(scene: Scene) -> Iterator[Candidate]:
    loops: list[Loop] = [*scene.nearby(ast.For), *scene.nearby(ast.comprehension)]
    for loop in loops:
        source = loop.iter
        is_here = scene.failed in (loop, source) or is_source(scene.failed, source)
        if is_here or is_length(source):
            is_number = is_length(source) or isinstance(source, ast.Constant)
            likely = SURE if is_number else LIKELY
            if _are_digits(scene, loop):
                yield instead(scene, source, f"str({scene.text(source)})", SURE)
                likely = POSSIBLE
            yield instead(scene, source, f"range({scene.text(source)})", likely)


def _are_digits(scene: Scene, loop: Loop) -> bool:
    """Whether each item is made a number of: then it is the digits that are gone through."""
    name = ast.unparse(loop.target)
    return any(
        ast.unparse(call) == f"int({name})" for call in scene.nearby(ast.Call)
    ) and not is_length(loop.iter)


def _of_items(scene: Scene, loop: Loop, owner: ast.expr, name: str) -> Iterator[Candidate]:
    """The item where it is looked up by itself; or places, if something is done at them."""
    whole = ast.Subscript(owner, ast.Name(name))
    written = ast.unparse(whole)
    uses = [each for each in scene.nearby(ast.Subscript) if ast.unparse(each) == written]
    is_set = any(isinstance(each.ctx, ast.Store) for each in uses)
    others = sum(isinstance(node, ast.Name) and node.id == name for node in ast.walk(scene.body))
    is_alone = others == len(uses) + 1
    is_compared = not is_alone and any(
        isinstance(side, ast.Name) and side.id == name
        for node in scene.nearby(ast.Compare) for side in (node.left, *node.comparators)
    )  # fmt: skip
    if not is_set:
        edits = (replaced(scene, use, name) for use in uses)
        likely = LIKELY if is_alone or is_compared else POSSIBLE
        yield Candidate(f"Write '{name}' for '{written}'", together(scene, *edits), likely - _BOUND)
    text = f"range(len({operand(scene, owner)}))"
    # A place is seldom compared with something by itself.
    as_places = POSSIBLE if is_compared else LIKELY - 2 * _BOUND
    yield instead(scene, loop.iter, text, SURE if is_set else as_places)


_BY_MESSAGE: tuple[tuple[str, Callable[[Scene], Iterator[Candidate]]], ...] = (
    (_NUMBER, _themselves),
    (r"unsupported operand .*'tuple'|'tuple' object|'int' and 'tuple'", _in_pairs),
    ("tuple indices must be integers or slices, not str", _with_numbers),
    ("list assignment index out of range", _appended),
    ("list index out of range", _filled_first),
    # A place is no key of what is looked up in then.
    (r"^\d+$", _themselves),
    ("has no len", _uncounted),
)
RULE = rule("iterated", "TypeError IndexError KeyError AttributeError *", candidates)
