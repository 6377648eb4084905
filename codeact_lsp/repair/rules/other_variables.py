"""Another variable of the function than the one that was meant.

Answers what comes of a wrong value, and names that do not exist. Those come first that begin with
what the message asks for, then what an item of a loop has for it, then what nothing else reads,
what is called alike, what was set last. Tried only where nothing else has worked.

    found = []; at.append(row)      ->  found.append(row)
    for card in cards: cards["n"]   ->  card["n"]
    for start in starts: rows[end]  ->  rows[start]
    sum(rows) / counter             ->  sum(rows) / count
    count = int(n); row * price     ->  count * price, where there is no number to be counted with
"""

import ast
from collections import deque
from collections.abc import Container, Iterator, Mapping
from difflib import SequenceMatcher

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.names import unread
from codeact_lsp.repair.scene import FUNCTIONS, Function, Scene, last_name
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import instead

_MOST_PLACES = 3
_MOST_NAMES = 4
_WRITTEN: Mapping[type[ast.expr], type] = {
    ast.List: list, ast.ListComp: list, ast.Dict: dict, ast.DictComp: dict, ast.Set: set,
    ast.SetComp: set, ast.JoinedStr: str,
}  # fmt: skip
_NAMED: Mapping[str, type] = {
    "list": list, "sorted": list, "dict": dict, "defaultdict": dict, "Counter": dict, "set": set,
    "str": str, "deque": deque, "int": int, "float": float, "len": int, "sum": float,
}  # fmt: skip
_NUMBERS = (int, float)
_OF_METHODS = frozenset({"self", "cls"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each name of the place as another one that the function has by then."""
    for number, there in enumerate(places(scene)):
        function = there.function(there.first)
        if function is None or number >= _MOST_PLACES:
            continue
        for name in there.inside(ast.Name):
            if isinstance(name.ctx, ast.Load) and _is_of_function(scene, there, name):
                yield from _others(there, function, name, WILD / (number + 1))


def _is_of_function(scene: Scene, there: Scene, name: ast.Name) -> bool:
    """Whether the function has set it; a name that nothing has is one, where it fails."""
    fact = scene.error.fact
    is_missing = fact is not None and fact.kind == "name" and fact.name == name.id
    return is_missing or (name.id in there.bound and name.id not in _OF_METHODS)


def _others(scene: Scene, function: Function, name: ast.Name, most: float) -> Iterator[Candidate]:
    idle = unread(scene, function)
    made = _made(function, name.lineno, {name.id, *_OF_METHODS, *_of_the_loop(scene, name)})
    if scene.error.type == "NameError":
        made |= _of_outer(scene, function, {name.id, *_OF_METHODS, *made})
    items = _items(scene, name)
    fitting = _fitting(scene, function)
    beside = {part.id for part in scene.inside(ast.Name)}
    opposite = _opposite(scene, name)
    ranked = sorted(
        made,
        key=lambda each: (
            each not in fitting, each in beside, each in opposite, each not in items,
            each not in idle, -_alike(name.id, each), -made[each],
        ),
    )  # fmt: skip
    for place, other in enumerate(ranked[:_MOST_NAMES]):
        likely = most * (1 - place / (2 * _MOST_NAMES))
        yield instead(scene, name, other, likely, f"Write '{other}' for '{name.id}'")


def _of_outer(scene: Scene, function: Function, others: Container[str]) -> dict[str, int]:
    """What the functions around one have: that may be read there as well."""
    around = scene.around(scene.parents.get(function), ast.stmt)
    functions = [each for each in around if isinstance(each, FUNCTIONS)]
    given = (
        each.arg for outer in functions for each in ast.walk(outer.args)
        if isinstance(each, ast.arg)
    )  # fmt: skip
    return {name: 0 for name in given if name not in others}


def _opposite(scene: Scene, name: ast.Name) -> set[str]:
    """The names on the other side of an operator, and what the statement adds to.

    What is already there is hardly meant again.
    """
    statement = scene.statement
    made = set[str]()
    if isinstance(statement, ast.Assign):
        targets = {ast.unparse(each) for each in statement.targets}
        made = targets & {n.id for n in ast.walk(statement.value) if isinstance(n, ast.Name)}
    for around in scene.around(scene.parents.get(name), ast.AST):
        match around:
            case ast.BinOp() | ast.Compare():
                return made | {part.id for part in ast.walk(around) if isinstance(part, ast.Name)}
            case ast.Subscript() | ast.Attribute():
                pass
            case _:
                break
    return made


def _fitting(scene: Scene, function: Function) -> set[str]:
    """What begins with a value that has what the message says is not there."""
    said = scene.said(r"has no attribute '(\w+)'|indices must be integers")
    is_sum = scene.said(r"unsupported operand .*'(?:int|float)'") is not None
    found = set[str]()
    for node in ast.walk(function) if said or is_sum else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if is_sum:
                found |= {name} if _kind(value) in _NUMBERS else set()
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if hasattr(
                _kind(value), (said and said[1]) or "keys"
            ):
                found.add(name)
            case _:
                pass
    return found


def _kind(value: ast.expr) -> type:
    """The type of a value that is written out, or made by the name of its type."""
    name = last_name(value.func) if isinstance(value, ast.Call) else ""
    if isinstance(value, ast.Constant):
        return type(value.value)
    return _WRITTEN.get(type(value)) or _NAMED.get(name, object)


def _items(scene: Scene, name: ast.Name) -> set[str]:
    """What each of its items is called, in a loop around: one takes all of them for one of them."""
    loops = scene.around(name, ast.For)
    return {ast.unparse(loop.target) for loop in loops if ast.unparse(loop.iter) == name.id}


def _of_the_loop(scene: Scene, name: ast.Name) -> set[str]:
    """What is set and filled by a loop that goes through a name: that is nothing to go through."""
    loops = [loop for loop in scene.around(name, ast.For) if name in ast.walk(loop.iter)]
    parts = [
        part for loop in loops for each in (loop.target, *loop.body) for part in ast.walk(each)
    ]
    found = {part.id for part in parts if isinstance(part, ast.Name) and not _is_read(part)}
    for part in parts:
        match part:
            case ast.Expr(value=ast.Call(func=owner)) | ast.Subscript(value=owner, ctx=ast.Store()):
                found |= _owners(owner)
            case _:
                pass
    return found


def _owners(node: ast.expr) -> set[str]:
    """The name that a member, an item or a result is asked of in the end."""
    match node:
        case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Call(func=inner):
            return _owners(inner)
        case ast.Name(id=name):
            return {name}
        case _:
            return set()


def _is_read(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)


def _made(function: Function, until: int, others: Container[str]) -> dict[str, int]:
    """What the function has set until a line, and in which line at last, but for some names."""
    made = {each.arg: 0 for each in ast.walk(function.args) if isinstance(each, ast.arg)}
    names = (node for node in ast.walk(function) if isinstance(node, ast.Name))
    for node in names:
        if isinstance(node.ctx, ast.Store) and node.lineno <= until:
            made[node.id] = max(made.get(node.id, 0), node.lineno)
    return {each: line for each, line in made.items() if each not in others}


def _alike(name: str, other: str) -> float:
    """How much alike two names are, in steps that say something."""
    return round(SequenceMatcher(None, name, other).ratio() * 3)


RULE = rule("other-variables", EVERY, candidates)
