"""A value that something was to be made of, by what the plan imports or defines and never uses.

Answers what comes of a wrong value. Whoever drops a call leaves behind what was to be called; and
a class of the plan that has the member which is missing may be what the value was to be one of.

    for text, code in header            ->  for text, code in decode_header(header)
    stack = 9; stack.push(1)            ->  stack = Stack(9), of a class with a `push`
    parts = line                        ->  parts = _split(line), which nothing else calls
"""

import ast
from collections.abc import Iterator
from itertools import islice

from codeact_lsp.repair.candidates import EVERY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.orphans import orphans
from codeact_lsp.repair.scene import FUNCTIONS, Scene, called
from codeact_lsp.repair.standard_library import is_module
from codeact_lsp.repair.wider import places
from codeact_lsp.repair.writing import instead

_MOST_MAKERS = 3
_MOST_PLACES = 4
_MARGIN = 0.02
_LACKS = r"'\w+' object has no attribute '(\w+)'"
_VALUES = (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.Constant, ast.List, ast.Tuple)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What such a function or class makes of each value of the places."""
    makers = list(islice(_makers(scene), _MOST_MAKERS)) if scene.error.type != "NameError" else []
    for number, there in enumerate(islice(_where(scene), _MOST_PLACES) if makers else ()):
        for value in _values(there):
            for maker in makers:
                if not (isinstance(value, ast.Call) and called(value) == maker):
                    text = f"{maker}({there.text(value)})"
                    yield instead(there, value, text, POSSIBLE - number * _MARGIN)


def _where(scene: Scene) -> Iterator[Scene]:
    """What is gone through by the names that fail, and the places that led there."""
    for loop in scene.loops:
        if loop.target is scene.first:
            yield Scene(scene.plan, scene.error, scene.span(loop.iter))
    yield from places(scene)


def _makers(scene: Scene) -> Iterator[str]:
    said = scene.said(_LACKS)
    yield from (each.name for each in scene.classes() if said and _has(each, said[1]))
    yield from (name for name in orphans(scene) if _is_maker(scene, name))


def _has(kind: ast.ClassDef, member: str) -> bool:
    return any(isinstance(each, FUNCTIONS) and each.name == member for each in kind.body)


def _is_maker(scene: Scene, name: str) -> bool:
    """Whether it can be called, as far as its name and its import say."""
    whole = scene.imported.get(name, "")
    return not name.isupper() and whole != name and not (whole and is_module(whole))


def _values(scene: Scene) -> Iterator[ast.expr]:
    """The whole of what was made; of a call what it is given, of a member what it is asked of."""
    match scene.first:
        case ast.Attribute(value=owner, ctx=ast.Load()):
            yield owner
        case ast.Call(args=args) as call:
            yield call
            yield from (each for each in args if isinstance(each, _VALUES))
        case ast.expr() as value if isinstance(value, _VALUES) and _is_read(value):
            yield value
        case _:
            return


def _is_read(value: ast.expr) -> bool:
    return isinstance(getattr(value, "ctx", ast.Load()), ast.Load)


RULE = rule("left-over", EVERY, candidates)
