"""Objects that are put in order, and do not tell which of them comes first.

Answers TypeError. In a heap of pairs a number that differs for each decides between equal ones; in
a list, the attribute by whose name things are commonly put in order.

    heappush(heap, (n, node))   ->  heappush(heap, (n, id(node), node))
    _, node = heappop(heap)     ->  _, _, node = heappop(heap)
    sorted(tasks)               ->  sorted(tasks, key=lambda item: item.priority)
    sorted(rows), of dictionaries       ->  sorted(rows, key=lambda item: item["price"])
    sorted((n, row) for ...)    ->  sorted(..., key=lambda item: item[0])
    max(words, len)             ->  max(words, key=len)
    sorted(rows, key=lambda r: -r["name"])   ->  sorted(rows, key=lambda r: r["name"], reverse=True)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, replaced, together

_SAID = r"'[<>]=?' not supported between instances of '(\w+)' and '\1'"
_OF_FUNCTIONS = r"not supported between .*'(?:builtin_function_or_method|function|type|method\w*)'"
_ORDERING = frozenset({"sorted", "min", "max", "sort", "nsmallest", "nlargest"})
_PLAIN = frozenset(
    {"NoneType", "int", "float", "str", "list", "tuple", "set", "method", "function"}
)
# What things are put in order by, the likeliest first.
_USUAL = (
    "priority", "rank", "order", "score", "weight", "cost", "distance", "price", "value", "val",
    "age", "date", "time", "start", "count", "amount", "size", "salary", "grade", "name", "id",
)  # fmt: skip
_PAIR = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What decides."""
    if scene.said("bad operand type for unary -: 'str'"):
        yield from _reversed(scene)
    if scene.said(_OF_FUNCTIONS):
        yield from _by_function(scene)
    said = scene.said(_SAID)
    if said is None or said[1] in _PLAIN:
        return
    if any(called(call).startswith("heap") for call in scene.calls()):
        yield from _in_heap(scene)
    for call in scene.calls():
        if called(call) in _ORDERING and not any(word.arg == "key" for word in call.keywords):
            yield from _by_attribute(scene, call, said[1])


def _by_function(scene: Scene) -> Iterator[Candidate]:
    """What items are put in order by, which was given as if it were one of them."""
    for call in scene.calls():
        match call.args:
            case [items, ast.Name() | ast.Lambda() | ast.Attribute() as key] if called(call) in {
                "min",
                "max",
                "sorted",
            }:
                words = [f"key={scene.text(key)}", *map(scene.text, call.keywords)]
                yield instead(scene, call, call_of(scene, call, [scene.text(items)], words), SURE)
            case _:
                pass


def _reversed(scene: Scene) -> Iterator[Candidate]:
    """From last to first, of texts that cannot be turned round by a minus."""
    for node in scene.inside(ast.UnaryOp):
        for call in list(scene.around(node, ast.Call))[:1]:
            match call.keywords:
                case [ast.keyword(arg="key", value=ast.Lambda(body=body)) as word] if body is node:
                    head = scene.text(word)[: scene.span(node).start - scene.span(word).start]
                    plain = f"{head}{scene.text(node.operand)}, reverse=True"
                    yield instead(scene, word, plain, LIKELY)
                case _:
                    pass


def _in_heap(scene: Scene) -> Iterator[Candidate]:
    """In all that is pushed on a heap, and where it is taken apart again."""
    pushed = [
        call.args[-1] for call in scene.nearby(ast.Call)
        if called(call) in {"heappush", "heappushpop"} and call.args
    ]  # fmt: skip
    pairs = [each for each in pushed if isinstance(each, ast.Tuple) and len(each.elts) == _PAIR]
    if pairs and len(pairs) == len(pushed):
        edits = [*(_decided(scene, pair) for pair in pairs), *_taken_apart(scene)]
        yield Candidate("Let 'id' decide between equal ones", together(scene, *edits), LIKELY)


def _decided(scene: Scene, pair: ast.Tuple) -> TextEdit:
    first, item = map(scene.text, pair.elts)
    return replaced(scene, pair, f"({first}, id({item}), {item})")


def _taken_apart(scene: Scene) -> Iterator[TextEdit]:
    for node in (*scene.nearby(ast.Assign), *scene.nearby(ast.Subscript)):
        match node:
            case ast.Assign(
                targets=[ast.Tuple(elts=[one, other]) as target], value=ast.Call() as popped
            ) if called(popped) == "heappop":
                names = f"{scene.text(one)}, _, {scene.text(other)}"
                yield replaced(scene, target, names)
            case ast.Subscript(
                value=ast.Call() as popped, slice=ast.Constant(value=1) as place
            ) if called(popped) == "heappop":
                yield replaced(scene, place, "2")
            case _:
                pass


def _by_attribute(scene: Scene, call: ast.Call, kind: str) -> Iterator[Candidate]:
    is_table = kind == "dict"
    form, has = ('item["{}"]', _keys(scene)) if is_table else ("item.{}", _attributes(scene, kind))
    names = [name for name in _USUAL if name in has] or sorted(has)[:1]
    # Pairs of which the first ones are equal are no objects themselves.
    ways = [*map(form.format, names[:_PAIR]), "item[0]"]
    for at, way in enumerate(ways):
        words = [f"key=lambda item: {way}", *map(scene.text, call.keywords)]
        text = call_of(scene, call, arguments(scene, call), words)
        yield instead(scene, call, text, POSSIBLE + 0.1 - at * 0.1)


def _attributes(scene: Scene, kind: str) -> set[str]:
    """What a class of the plan keeps of its objects."""
    names = set()
    for _, node in scene.everywhere(ast.ClassDef):
        for part in ast.walk(node) if node.name == kind else ():
            match part:
                case ast.Attribute(value=ast.Name("self"), attr=name, ctx=ast.Store()):
                    names.add(name)
                case ast.AnnAssign(target=ast.Name(id=name)) if part in node.body:
                    names.add(name)
                case _:
                    pass
    return names


def _keys(scene: Scene) -> set[str]:
    """The keys by which the function looks something up."""
    items = (node.slice for node in scene.nearby(ast.Subscript))
    return {
        str(key.value)
        for key in items
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


RULE = rule("object-order", "TypeError", candidates)
