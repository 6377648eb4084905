"""A name that nothing sets, and that says itself what it is of: of what the function goes through.

Answers NameError and UnboundLocalError.

    for i in range(n - 1): xs[i + 1]       ->  n = len(xs), before it
    for x in counts.values(): x / total    ->  total = sum(counts.values())
    (x - low) / (max(xs) - low)            ->  low = min(xs)
    while left < right: xs[left]           ->  left = 0
    while low <= high: xs[mid]             ->  mid = (low + high) // 2, in the loop
    while queue: seen.add(node)            ->  node = queue.popleft(), in the loop
    head.next = rest; return head.next     ->  head = Node(), of a class of the plan
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.beginnings import begun_as
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.names import missing, unread
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import line_before

_STEP = 0.04
_MOST = 4
_OF_ALL = {
    "sum({})": r"total|sum_?|summe|grand_total|total_\w+|\w+_total|\w+_sum",
    "len({})": r"n|N|m|k|count|size|length|num|number|n_\w+|num_\w+|\w+_count|\w*len|\w+_size",
    "min({})": r"lo|low|lowest|min_\w+|minimum|smallest|mini?|\w+_min",
    "max({})": r"hi|high|highest|max_\w+|maximum|largest|maxi?|peak|\w+_max",
    "sum({0}) / len({0})": r"mean|avg|average|mu|mean_\w+|avg_\w+|\w+_(?:mean|avg)",
    "{}[0]": r"first|head|first_\w+",
    "{}[-1]": r"last|tail|last_\w+",
}
_FROM = re.compile(r"l|lo|low|left|start|begin|i")
_TO = re.compile(r"r|hi|high|right|end|stop|j")
_BETWEEN = re.compile(r"m|mid|middle|pivot")
_PAIRS = (("lo", "hi"), ("low", "high"), ("left", "right"), ("l", "r"), ("start", "end"))
_GO_THROUGH = frozenset({"sum", "len", "max", "min", "sorted", "enumerate", "any", "all", "set"})
_SCALARS = frozenset({"int", "float", "bool", "NoneType", "complex", "function", "type", "Decimal"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To set it before the first statement that reads it."""
    name, function = missing(scene), scene.function(scene.first)
    if not name or function is None or scene.value(ast.Name(name)):
        return
    before = _first_use(function, name)
    if before is None:
        return
    yield from _taken_out(scene, name)
    yield from _objects(scene, function, name, before)
    for value in _between(scene, name):
        yield _set(scene, _in_loop(before, name), f"{name} = {value}", LIKELY)
    values = dict.fromkeys(_of_all(scene, function, name, before))
    # What the function has and nothing reads, was rather meant by the name; and what is made of all
    # there is, is mostly read more than once.
    is_other = bool(unread(scene, function)) or _is_read_once(function, name)
    likely = POSSIBLE - _STEP if is_other else LIKELY
    for rank, value in enumerate(list(values)[:_MOST]):
        yield _set(scene, before, f"{name} = {value}", likely - rank * _STEP)


def _set(scene: Scene, before: ast.stmt, line: str, likely: float) -> Candidate:
    return Candidate(f"Add '{line}'", line_before(scene, before, line), likely)


def _is_read_once(function: Function, name: str) -> bool:
    return sum(node == name for node in _read(function)) == 1


def _in_loop(statement: ast.stmt, name: str) -> ast.stmt:
    """The statement of a loop that needs a name, which is another one each time round."""
    body = statement.body if isinstance(statement, ast.While | ast.For) else []
    inner = next((each for each in body if name in set(_read(each))), None)
    return _in_loop(inner, name) if inner else statement


def _first_use(function: Function, name: str) -> ast.stmt | None:
    """The first statement of a function's body that reads a name, where nothing of it sets that."""
    uses = (each for each in function.body if name in set(_read(each)))
    is_set = any(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        for node in ast.walk(function)
    )
    return None if is_set else next(uses, None)


def _read(part: ast.AST) -> Iterator[str]:
    return (node.id for node in ast.walk(part) if isinstance(node, ast.Name))


def _between(scene: Scene, name: str) -> Iterator[str]:
    """Half way between two ends."""
    if _BETWEEN.fullmatch(name):
        for low, high in _PAIRS:
            if {low, high} <= scene.bound:
                yield f"({low} + {high}) // 2"


def _taken_out(scene: Scene, name: str) -> Iterator[Candidate]:
    """The next one of what a loop goes on for, of which it takes nothing out."""
    for loop in scene.around(scene.first, ast.While):
        match loop.test:
            case ast.Name(id=whole) | ast.Call(func=ast.Name("len"), args=[ast.Name(id=whole)]):
                pass
            case _:
                continue
        members = [node for node in ast.walk(loop) if isinstance(node, ast.Attribute)]
        is_taken = any(_is_pop(node) and ast.unparse(node.value) == whole for node in members)
        kind = begun_as(scene, whole)
        if kind and not is_taken:
            methods = ("popleft", "pop") if kind == "deque" else ("pop",)
            for number, method in enumerate(methods):
                line = f"{name} = {whole}.{method}()"
                yield _set(scene, loop.body[0], line, SURE - number / 10)


def _is_pop(member: ast.Attribute) -> bool:
    return member.attr.startswith("pop")


def _objects(scene: Scene, function: Function, name: str, before: ast.stmt) -> Iterator[Candidate]:
    """An object of the class of the plan that alone has what is asked of it."""
    asked = {
        node.attr for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == name
    }  # fmt: skip
    made = [kind for kind in scene.classes() if asked and asked <= _members(kind)]
    if len(made) == 1 and _needs_nothing(made[0]):
        yield _set(scene, before, f"{name} = {made[0].name}()", LIKELY)


def _members(kind: ast.ClassDef) -> set[str]:
    kept = {node.attr for node in ast.walk(kind) if isinstance(node, ast.Attribute)}
    return kept | {node.name for node in kind.body if isinstance(node, ast.FunctionDef)}


def _needs_nothing(kind: ast.ClassDef) -> bool:
    """Whether an object of a class can be made of nothing."""
    for node in kind.body:
        match node:
            case ast.FunctionDef(name="__init__", args=taken):
                return len(taken.defaults) >= len(taken.args) - 1
            case _:
                pass
    return not kind.decorator_list


def _of_all(scene: Scene, function: Function, name: str, before: ast.stmt) -> Iterator[str]:
    """What is said of each thing that the function goes through, the closest first."""
    known = {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)}
    earlier = function.body[: function.body.index(before)]
    known |= {word for each in earlier for word in _read(each)} | {*scene.plan.names}
    wholes = dict.fromkeys(each for each in _wholes(scene, function, name) if _is_of(each, known))
    is_index = any(name == ast.unparse(node.slice) for node in _subscripts(function))
    for whole in wholes:
        if is_index and _FROM.fullmatch(name):
            yield "0"
        elif is_index and _TO.fullmatch(name):
            yield f"len({whole}) - 1"
        for said, names in _OF_ALL.items():
            if re.fullmatch(names, name):
                yield said.format(whole)


def _is_of(text: str, known: set[str]) -> bool:
    return set(_read(ast.parse(text))) <= known


def _subscripts(function: Function) -> Iterator[ast.Subscript]:
    return (node for node in ast.walk(function) if isinstance(node, ast.Subscript))


def _wholes(scene: Scene, function: Function, name: str) -> Iterator[str]:
    """What has parts: what the name tells of, what loops go through, what is looked up in."""
    told = name.partition("_")[2]
    yield from [told] if told in scene.bound else []
    for loop in scene.loops:
        if not isinstance(loop.iter, ast.Call) or isinstance(loop.iter.func, ast.Attribute):
            yield scene.text(loop.iter)
    yield from (ast.unparse(node.value) for node in _subscripts(function))
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        if call.args and ast.unparse(call.func) in _GO_THROUGH:
            yield ast.unparse(call.args[0])
    for each in function.args.args:
        if scene.kind(ast.Name(each.arg)) not in {*_SCALARS, None}:
            yield each.arg


RULE = rule("told-by-names", "NameError UnboundLocalError", candidates)
