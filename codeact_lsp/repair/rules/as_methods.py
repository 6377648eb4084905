"""A function of a module that is called as if it were a method of its first argument.

Answers AttributeError. The modules are those that the plan imports; and the plan's own functions.

    heap.heappush(item)   ->  heapq.heappush(heap, item)
    lines.next()          ->  next(lines)
    number.sqrt()         ->  math.sqrt(number)
    values.mean()         ->  statistics.mean(values)
    text.sub(p, " ")      ->  re.sub(p, " ", text)
    path.splitext(name)   ->  os.path.splitext(name), of a text that is called `path`
    cart.total()          ->  total(cart), a function of the plan
"""

import ast
import builtins
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.standard_library import public
from codeact_lsp.repair.writing import arguments, instead

# Functions that no type has as a method, so that nothing else can have been meant by it.
_BUILTINS = frozenset(
    {"next", "abs", "round", "len", "sum", "min", "max", "sorted", "reversed", "enumerate", "any",
     "all", "map", "filter", "zip", "list", "set", "tuple", "dict", "str", "int", "float"}
)  # fmt: skip
_LAST = frozenset({"map", "filter"})
# What is asked of the object itself is rather meant without it.
_OF_METHODS = frozenset({"self", "cls"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The function, and the object as what it is given."""
    match scene.failed:
        case ast.Attribute(value=owner, attr=name) as method:
            call = scene.parents.get(method)
        case _:
            return
    if not (isinstance(call, ast.Call) and call.func is method):
        return
    if scene.imported.get(ast.unparse(owner)) or not scene.said("object has no attribute"):
        return
    if name in scene.plan.names and ast.unparse(owner) not in _OF_METHODS:
        # Or it was meant to be a method, and has fallen out of the class.
        yield _given(scene, call, owner, name, POSSIBLE)
    for bound, home in scene.imported.items():
        yield from _of_module(scene, owner, name, bound, home)
        if callable(public(home).get(name)):
            yield _given(scene, call, owner, f"{bound}.{name}", SURE)
        elif home.rpartition(".")[2] == name and callable(
            public(home.rpartition(".")[0]).get(name)
        ):
            yield _given(scene, call, owner, bound, SURE)
    if name in _BUILTINS and hasattr(builtins, name):
        yield _given(scene, call, owner, name, LIKELY)


def _of_module(
    scene: Scene, owner: ast.expr, name: str, bound: str, home: str
) -> Iterator[Candidate]:
    """The module within a module, where a variable is called like it."""
    word = ast.unparse(owner)
    for way, whole in ((bound, home), (f"{bound}.{word}", f"{home}.{word}")):
        if whole.endswith(f".{word}") and name in public(whole):
            yield instead(scene, owner, way, SURE)


def _given(
    scene: Scene, call: ast.Call, owner: ast.expr, function: str, likely: float
) -> Candidate:
    given, first = arguments(scene, call), scene.text(owner)
    is_last = function in _LAST or scene.imported.get(function.partition(".")[0]) == "re"
    order = [*given, first] if is_last else [first, *given]
    words = map(scene.text, call.keywords)
    return instead(scene, call, f"{function}({', '.join([*order, *words])})", likely)


RULE = rule("as-methods", "AttributeError", candidates)
