"""A star before an argument that is wanted whole, or none before one that is wanted in parts.

Answers TypeError, AttributeError and RuntimeError.

    random.choice(*options)              ->  random.choice(options)
    asyncio.gather([load(x), load(y)])   ->  asyncio.gather(*[load(x), load(y)])
    os.path.join(parts)                  ->  os.path.join(*parts)
    datetime(parts[:3])                  ->  datetime(*parts[:3])
    day.replace(changes), of a dict      ->  day.replace(**changes)
    average([1, 2]), of `*numbers`       ->  average(*[1, 2])
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import FUNCTIONS, Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead

_TOO_MANY = r"takes .*argument|expected .*argument|at most \d+ argument|arguments?, got|unhashable"
_WHOLE = r"unhashable type: 'list'|PathLike object, not '?(?:list|tuple|set)|awaitable is required"
_NO_NUMBER = r"'(?:list|tuple)' object cannot be interpreted as an integer"
_NO_DICTIONARY = r"'dict' object cannot be|not '?dict'?|'dict'$|missing \d+ required"
_IN_PARTS = frozenset({"gather", "join", "joinpath"})
_PAIR = 2
# Through how many calls a list may have gone since.
_DEEPEST = 3


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The argument without the star, or with one."""
    for call in scene.calls():
        yield from _by_names(scene, call)
        match call.args:
            case [ast.Starred(value=whole)] if scene.said(_TOO_MANY):
                yield instead(scene, call, call_of(scene, call, [scene.text(whole)]), SURE)
            case [ast.GeneratorExp() as only] if scene.error.type == "RuntimeError":
                if called(call) == "gather":
                    inner = f"({scene.text(only).removeprefix('(').removesuffix(')')})"
                    inner = scene.text(only) if scene.text(only).startswith("(") else inner
                    yield instead(scene, call, f"{scene.text(call.func)}(*{inner})", SURE)
            case [ast.expr() as only] if called(call) in _IN_PARTS and scene.said(_WHOLE):
                yield _spread(scene, call, only, SURE)
            case [ast.expr() as only] if scene.said(_NO_NUMBER):
                yield _spread(scene, call, only, LIKELY - 0.05)
            case _:
                pass
    yield from _where_called(scene)


def _by_names(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """A dictionary of texts that are names, where it was given as one value."""
    match call.args:
        case [*given, ast.Name() | ast.Attribute() as last] if scene.said(_NO_DICTIONARY):
            seen = scene.literal(last)
            keys = list(seen) if isinstance(seen, dict) else []
            if keys and all(isinstance(key, str) and key.isidentifier() for key in keys):
                text = call_of(scene, call, [*map(scene.text, given), f"**{scene.text(last)}"])
                yield instead(scene, call, text, LIKELY)
        case _:
            return


def _spread(scene: Scene, call: ast.Call, only: ast.expr, likely: float) -> Candidate:
    text = call_of(scene, call, [f"*{scene.text(only)}"])
    return instead(scene, call, text, likely)


def _where_called(scene: Scene) -> Iterator[Candidate]:
    """In the call of a function of the plan that takes any number of values, and was given one."""
    if len(scene.error.frames) < _PAIR or not scene.said(r"'(?:list|tuple)'|not (?:list|tuple)\b"):
        return
    for frame in scene.error.frames[-_DEEPEST - 1 : -1]:
        yield from _of_caller(scene, Scene(scene.plan, scene.error, frame.span))


def _of_caller(scene: Scene, caller: Scene) -> Iterator[Candidate]:
    call = caller.failed
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Call):
        # What the function gives is called at once.
        call = call.func
    match call:
        case ast.Call(func=ast.Name(id=name), args=[only]) if _takes_any(scene, name):
            if not isinstance(only, ast.Starred) and arguments(caller, call):
                yield _spread(caller, call, only, LIKELY)
        case _:
            return


def _takes_any(scene: Scene, name: str) -> bool:
    tops = [node for piece in scene.plan.document.pieces for node in piece.tree.body]
    functions = [node for node in tops if isinstance(node, FUNCTIONS) and node.name == name]
    return any(function.args.vararg for function in functions)


RULE = rule("starred", "TypeError AttributeError RuntimeError", candidates)
