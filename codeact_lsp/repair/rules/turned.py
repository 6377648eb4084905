"""Two arguments, or two names, in each other's place, where the message says nothing of it.

Answers what comes of a wrong value. Looks at the place, at what made its values, and at the calls
that led there. Tried only where nothing else has worked.

    fill(rows, 0, width)     ->  fill(rows, width, 0)
    part.join(separator)     ->  separator.join(part)
    ".txt".endswith(name)    ->  name.endswith(".txt"), and not the other way round
    low, row = found.pop()   ->  row, low = found.pop()
    remaining / total        ->  total / remaining, where nothing can be divided so
"""

import ast
from collections.abc import Iterator
from itertools import combinations

from codeact_lsp.repair.candidates import EVERY, WILD, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import (
    arguments,
    call_of,
    instead,
    operand,
    replaced,
    together,
)

_PAIR = 2
_MOST = 4
# Methods of separators and patterns, and of texts in which something is looked for.
_OF_CONSTANTS = frozenset({"join", "format", "format_map"})
_OF_TEXTS = frozenset({"find", "rfind", "index", "rindex", "count"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Each two of a call in the other order."""
    yield from _of_targets(scene)
    for there in places(scene):
        for node in there.inside(ast.expr):
            match node:
                case ast.Call(args=[*given]) as call if _is_plain(call):
                    if _PAIR <= len(given) <= 2 * _MOST:
                        yield from _of_arguments(there, call)
                    yield from _of_owner(there, call)
                case ast.BinOp(left=left, op=ast.Div() | ast.FloorDiv() | ast.Mod(), right=right):
                    if scene.error.type == "ZeroDivisionError":
                        yield _exchanged(there, left, right, node)
                case _:
                    pass


def _of_targets(scene: Scene) -> Iterator[Candidate]:
    """Two names to which one value is given, of which the place reads one."""
    names = {node.id for node in scene.inside(ast.Name)}
    for node in [*scene.nearby(ast.Assign), *scene.loops]:
        match node:
            case (
                ast.Assign(targets=[ast.Tuple(elts=[ast.Name() as one, ast.Name() as other])])
                | ast.For(target=ast.Tuple(elts=[ast.Name() as one, ast.Name() as other]))
                | ast.comprehension(target=ast.Tuple(elts=[ast.Name() as one, ast.Name() as other]))
            ) if names & {one.id, other.id}:
                exchanged = (replaced(scene, one, other.id), replaced(scene, other, one.id))
                title = f"Write '{other.id}, {one.id}'"
                yield Candidate(title, together(scene, *exchanged), WILD)
            case _:
                pass


def _is_plain(call: ast.Call) -> bool:
    # From a number on, turned: a loop that never runs, after which nothing can fail.
    first = next(iter(call.args), None)
    is_from = ast.unparse(call.func) == "range" and isinstance(first, ast.Constant)
    return not is_from and not any(isinstance(each, ast.Starred) for each in call.args)


def _of_arguments(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    given = arguments(scene, call)
    for one, other in combinations(range(len(given)), _PAIR):
        is_near = other == one + 1 or len(given) <= _MOST
        if given[one] != given[other] and is_near:
            turned = list(given)
            turned[one], turned[other] = given[other], given[one]
            likely = WILD if other == one + 1 else WILD / 2
            yield instead(scene, call, call_of(scene, call, turned), likely)


def _of_owner(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """The one whose method it is, and what is given to it."""
    match call:
        case ast.Call(func=ast.Attribute(value=owner, attr=name), args=[given], keywords=[]):
            # A text takes None for what it is to be split at, and so would hide that there is none.
            is_nothing = scene.kind(owner) == "NoneType"
            is_sought = isinstance(given, ast.Constant) and _is_sought(scene, owner, name, given)
            if isinstance(owner, ast.Name | ast.Constant) and not (
                is_nothing or isinstance(given, ast.Lambda) or is_sought
            ):
                text = f"{operand(scene, given)}.{name}({scene.text(owner)})"
                yield instead(scene, call, text, WILD / 2)
        case _:
            return


def _is_sought(scene: Scene, owner: ast.expr, method: str, given: ast.Constant) -> bool:
    """Whether what is written out can only be looked for in the other, and not the other in it."""
    if not isinstance(given.value, str) or method not in _OF_TEXTS:
        return method not in _OF_CONSTANTS
    return len(given.value) <= len(str(scene.literal(owner) or ""))


def _exchanged(scene: Scene, left: ast.expr, right: ast.expr, node: ast.expr) -> Candidate:
    between = scene.text(node)[len(scene.text(left)) : -len(scene.text(right))]
    text = f"{operand(scene, right)}{between}{operand(scene, left)}"
    return instead(scene, node, text, WILD / 2)


RULE = rule("turned", EVERY, candidates)
