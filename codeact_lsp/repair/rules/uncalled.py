"""A method that is named where its result is wanted.

Answers TypeError, AttributeError and KeyError about methods and functions.

    totals.items             ->  totals.items()
    json.dumps(rows.tolist)  ->  json.dumps(rows.tolist())
    seen = set; seen.add(n)  ->  seen = set()
    total = sum; total // 3  ->  total = sum(numbers), of a parameter
    len > 0, beside `rows`   ->  len(rows) > 0
    for i in range: rows[i]  ->  for i in range(len(rows)): rows[i]
    for i in range:          ->  for i in range(count):
    for i in range(len): rows[i]   ->  for i in range(len(rows)): rows[i]
    asyncio.run(main)        ->  asyncio.run(main())
    name = queue.popleft; ages[name]  ->  name = queue.popleft()
"""

import ast
import builtins
from collections.abc import Iterator
from inspect import isbuiltin

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.loops import lengths_looked_up
from codeact_lsp.repair.names import unread
from codeact_lsp.repair.scene import Scene, last_name
from codeact_lsp.repair.writing import instead, replaced, together

_METHOD = (
    r"'?(?:builtin_function_or_method|builtin_method|method_descriptor|method|function)'?"
    r"(?: object)?\b|"
    r"can only join an iterable|non-string with explicit base|expected (?:str|bytes|string)\b|"
    r"^<(?:built-in|bound) method "
)
_OF_CLASS = (
    r"descriptor '\w+' (?:for|requires)|unbound method|\btype\b|"
    r"missing \d+ required positional argument"
)
_MADE_EMPTY = frozenset(
    {
        "list",
        "dict",
        "set",
        "str",
        "bytearray",
        "deque",
        "Counter",
        "OrderedDict",
        "Queue",
        "LifoQueue",
        "PriorityQueue",
        "SimpleQueue",
        "Lock",
        "Event",
        "Random",
    }
)
_MOST = 3
_DOUBT = 0.1


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To call what is not called yet, at the place and in the statement around it."""
    if scene.said("a coroutine was expected, got <function"):
        for call in scene.calls():
            for given in call.args[:1]:
                yield instead(scene, given, f"{scene.text(given)}()", SURE)
    if scene.said("'type' object is not iterable"):
        yield from _of_range(scene)
    yield from _of_types(scene)
    if not scene.said(_METHOD):
        return
    yield from _all_made(scene)
    yield from _of_functions(scene)
    yield from _set_to_functions(scene)
    yield from _of_lengths(scene)
    called = {call.func for call in ast.walk(scene.piece.tree) if isinstance(call, ast.Call)}
    for node in dict.fromkeys([*scene.inside(ast.Attribute), *_iterated(scene), *_made(scene)]):
        if node not in called and isinstance(node.ctx, ast.Load):
            is_given = isinstance(scene.parents.get(node), ast.Call)
            is_looked_in = isinstance(scene.parents.get(node), ast.Attribute)
            likely = LIKELY if is_given or is_looked_in else SURE
            yield instead(scene, node, f"{scene.text(node)}()", likely)


def _of_types(scene: Scene) -> Iterator[Candidate]:
    """What was set to a type, and is filled as one of its objects."""
    if not scene.said(_OF_CLASS):
        return
    names = {node.id for node in scene.inside(ast.Name)}
    # What a loop goes on for, is not empty when it begins.
    asked = {ast.unparse(loop.test) for loop in scene.nearby(ast.While)}
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Name() | ast.Attribute() as kind
            ):
                if name in names and last_name(kind) in _MADE_EMPTY:
                    likely = POSSIBLE if name in asked else SURE
                    yield instead(scene, kind, f"{scene.text(kind)}()", likely)
            case _:
                pass


def _of_range(scene: Scene) -> Iterator[Candidate]:
    """The places of what is looked up at them; else as often as something says that is at hand."""
    for loop in scene.loops:
        match loop:
            case (
                ast.For(target=ast.Name(id=name), iter=ast.Name("range") as source)
                | ast.comprehension(target=ast.Name(id=name), iter=ast.Name("range") as source)
            ):
                looked_up = list(lengths_looked_up(scene, name))
                ends = dict.fromkeys([*looked_up, *_numbers(scene, source)])
                # Where it ends is a guess, unless something is looked up at it.
                likely = SURE if looked_up else POSSIBLE
                for number, end in enumerate(list(ends)[:_MOST]):
                    yield instead(scene, source, f"range({end})", likely - number / 20)
            case _:
                pass


def _of_lengths(scene: Scene) -> Iterator[Candidate]:
    """The length of what is looked up at the places of a range, or of what the function takes."""
    for loop in scene.loops:
        match loop:
            case (
                ast.For(target=ast.Name(id=name), iter=ast.Call(func=ast.Name("range"), args=ends))
                | ast.comprehension(
                    target=ast.Name(id=name), iter=ast.Call(func=ast.Name("range"), args=ends)
                )
            ):
                taken = [each.arg for each in scene.nearby(ast.arg) if each.arg != "self"]
                known = dict.fromkeys(
                    [*lengths_looked_up(scene, name), *(f"len({x})" for x in taken)]
                )
                for bare in (each for each in ends if ast.unparse(each) == "len"):
                    for number, length in enumerate(list(known)[:_MOST]):
                        yield instead(scene, bare, length, SURE - number / 20)
            case _:
                pass


def _numbers(scene: Scene, source: ast.Name) -> Iterator[str]:
    """What the function has by then that may be a count, what nothing else reads first."""
    function = scene.function(source)
    idle = unread(scene, function) if function else []
    yield from (name for name in idle if name in _whole(scene, source.lineno))
    yield from _whole(scene, source.lineno)


def _whole(scene: Scene, until: int) -> Iterator[str]:
    """The names that are declared, or begin as, whole numbers, in the order of the text."""
    for arg in scene.nearby(ast.arg):
        if arg.annotation and ast.unparse(arg.annotation) == "int":
            yield arg.arg
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if node.lineno < until:
                if ast.unparse(value).startswith(("len(", "int(")):
                    yield name
            case _:
                pass


def _of_functions(scene: Scene) -> Iterator[Candidate]:
    """A function, called with what the same statement, or the function, has."""
    names = [node for node in scene.inside(ast.Name) if _is_function(scene, node)]
    statement = scene.statement
    near = (
        [each.id for each in ast.walk(statement) if isinstance(each, ast.Name)] if statement else []
    )
    known = [
        each for each in (*near, *(arg.arg for arg in scene.nearby(ast.arg))) if each in scene.bound
    ]
    for node in names:
        # By its own length nobody cuts it.
        cut = {ast.unparse(each.value) for each in scene.around(node, ast.Subscript)}
        ranked = sorted(dict.fromkeys(known), key=cut.__contains__)
        for number, given in enumerate(ranked[:_MOST]):
            yield instead(scene, node, f"{node.id}({given})", LIKELY - _DOUBT - number / 20)


def _set_to_functions(scene: Scene) -> Iterator[Candidate]:
    """A function of Python's own that a variable was set to, called with a parameter."""
    names = {node.id for node in scene.inside(ast.Name)}
    function = scene.function(scene.first)
    taken = [each.arg for each in function.args.args if each.arg != "self"] if function else []
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=made) as value):
                if name in names and isbuiltin(getattr(builtins, made, None)):
                    for number, given in enumerate(taken[:_MOST]):
                        yield instead(scene, value, f"{made}({given})", LIKELY - number / 20)
            case _:
                pass


def _is_function(scene: Scene, node: ast.Name) -> bool:
    """Whether it names a function, and is neither called nor handed on."""
    around = scene.parents.get(node)
    is_used = isinstance(around, ast.Call | ast.keyword)
    is_seen = scene.kind(node) in {"builtin_function_or_method", "function"}
    is_known = isbuiltin(getattr(builtins, node.id, None)) or is_seen
    return not is_used and node.id not in scene.bound and is_known


def _all_made(scene: Scene) -> Iterator[Candidate]:
    """All of the results that one line gives names to."""
    names = {node.id for node in scene.inside(ast.Name)}
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)) if (
                names & {ast.unparse(each) for each in targets}
                and all(isinstance(each, ast.Attribute) for each in values)
            ):
                edits = (replaced(scene, each, f"{scene.text(each)}()") for each in values)
                yield Candidate("Call all of them", together(scene, *edits), SURE)
            case _:
                pass


def _iterated(scene: Scene) -> Iterator[ast.Attribute]:
    match scene.statement:
        case ast.Assign(value=value) | ast.For(iter=value) | ast.Return(value=ast.expr() as value):
            yield from (part for part in ast.walk(value) if isinstance(part, ast.Attribute))
        case _:
            return


def _made(scene: Scene) -> Iterator[ast.Attribute]:
    """What the names at the place were given before."""
    names = {node.id for node in scene.inside(ast.Name)}
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Attribute() as value) if (
                name in names
            ):
                yield value
            case _:
                pass


RULE = rule("uncalled", "AttributeError TypeError ValueError KeyError", candidates)
