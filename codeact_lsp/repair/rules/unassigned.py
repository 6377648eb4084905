"""A variable that is added to, or read, before it is anything.

Answers NameError and UnboundLocalError, and what comes of it where Python or a module has a
function or class of that name.

    for x in xs:             ->  rows = []
        rows.append(x)           for x in xs: ...
    heappush(rows, x)        ->  rows = [], before it
    roads[x].append(y)       ->  roads = defaultdict(list), before it
    sum[x] = y               ->  sum = {}, before it
    def bump(): n += 1       ->  nonlocal n, where the function around has an n
    item = find(item)        ->  item = find(items), the name that there is
    if late: extra = 10      ->  extra = 0, before it
    if rows: mean = sum(rows) / n  ->  mean = 0 before it, where it is counted with or formatted
    *rest, = row; ... last   ->  *rest, last = row
    head = cut(a); head, tail = cut(b)  ->  head, tail = cut(a); ..., where `tail` is read before
    name = best(rows)        ->  name, n = best(rows), where nothing makes `n`
    if long: a = cut(a) else: b = ""; ... b   ->  if long: a, b = cut(a)
    def put(k): found[k] = 1     ->  found = {}, before `put`, where the function around reads it
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TypeGuard

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.beginnings import beginnings, home_of
from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.names import is_only_filled, missing, unmade, unread
from codeact_lsp.repair.scene import FUNCTIONS, Function, Scene
from codeact_lsp.repair.writing import importing, instead, line_before, together

_NOTHING = {str: '""', int: "0", float: "0.0", bool: "False"}
_MARGIN = 0.1
_PAIR = 2
_OF_NAMES = frozenset({"NameError", "UnboundLocalError"})
_NO_VARIABLE = (
    r"(?:\btype '[\w.]+'|'(?:type|function|builtin_function_or_method|module)' object) "
    r"(?:is not subscriptable|does not support item|has no attribute)|^type object '\w+' has no"
)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To begin with nothing of what is added to it, or to say that it is that of outside."""
    function = scene.function(scene.first)
    if scene.error.type not in _OF_NAMES:
        if function and (name := _of_another(scene)):
            yield from _begun(scene, function, name)
        return
    name = missing(scene)
    if not name or function is None:
        return
    outer = scene.function(scene.parents.get(function))
    if outer and name in _stored(outer, function):
        yield _declared(scene, function, f"nonlocal {name}")
    elif scene.error.type == "UnboundLocalError" and _is_variable(scene, name):
        declared = _declared(scene, function, f"global {name}")
        yield replace(declared, likely=POSSIBLE) if _is_kept(scene, name) else declared
    yield from _begun_around(scene, function, name)
    yield from _begun(scene, function, name)
    yield from _in_other_branch(scene, name)
    yield from _sometimes(scene, function, name)
    yield from _unpacked(scene, name, function)
    if scene.error.type == "UnboundLocalError":
        yield from _meant(scene, name)


def _of_another(scene: Scene) -> str:
    """The name of a function or class that is used as a variable, which is then not set."""
    match scene.failed:
        case ast.Subscript(value=ast.Name(id=name)) | ast.Attribute(value=ast.Name(id=name)):
            is_other = name not in scene.bound and scene.said(_NO_VARIABLE)
            return name if is_other else ""
        case _:
            return ""


def _is_kept(scene: Scene, name: str) -> bool:
    """Whether what a method of it gives is kept by its name: mostly that was to be done alone."""
    match scene.statement:
        case ast.Assign(targets=[ast.Name(id=kept)], value=ast.Call(func=ast.Attribute() as asked)):
            return kept == name == ast.unparse(asked.value)
        case _:
            return False


def _is_variable(scene: Scene, name: str) -> bool:
    """Whether the plan has a variable of that name: nobody means to lose a function by it."""
    tops = [node for piece in scene.plan.document.pieces for node in piece.tree.body]
    made = {node.name for node in tops if isinstance(node, (*FUNCTIONS, ast.ClassDef))}
    return name in scene.plan.names and name not in {*made, *scene.imported}


def _sometimes(scene: Scene, function: Function, name: str) -> Iterator[Candidate]:
    """A first value before the statement in which alone the variable gets one, if it does."""
    for statement in function.body:
        values = [value for other, value in _constants(statement) if other == name]
        for value in dict.fromkeys(_NOTHING[type(value)] for value in values):
            line = f"{name} = {value}"
            edit = line_before(scene, statement, line)
            yield Candidate(f"Begin with '{line}'", edit, POSSIBLE + _MARGIN)
        if values:
            return
        for value in _beginning_by_use(scene, statement, name):
            line = f"{name} = {value}"
            edit = line_before(scene, statement, line)
            yield Candidate(f"Begin with '{line}'", edit, GUESS, hides=True)
            return


def _beginning_by_use(scene: Scene, statement: ast.stmt, name: str) -> Iterator[str]:
    """Nothing of the kind that a variable is, which is set deeper in a statement."""
    for node in ast.walk(statement):
        match node:
            case ast.Assign(targets=[ast.Name(id=made)], value=value) if made == name:
                if node is not statement:
                    yield _nothing_like(scene, value)
            case _:
                pass


def _nothing_like(scene: Scene, value: ast.expr) -> str:
    match value:
        case ast.List() | ast.ListComp() | ast.Call(func=ast.Name("list" | "sorted")):
            return "[]"
        case ast.Dict() | ast.DictComp() | ast.Call(func=ast.Name("dict")):
            return "{}"
        case ast.JoinedStr() | ast.Call(func=ast.Name("str")):
            return '""'
        case ast.BinOp() | ast.Call(func=ast.Name("sum" | "len" | "int" | "float" | "round")):
            return "0"
        case _:
            return "0" if _is_counted_with(scene) else "None"


def _is_counted_with(scene: Scene) -> bool:
    """Whether a number is wanted at the place."""
    around = scene.parents.get(scene.first) if scene.first else None
    has_form = isinstance(around, ast.FormattedValue) and around.format_spec is not None
    return has_form or isinstance(around, ast.BinOp | ast.AugAssign)


def _constants(statement: ast.stmt) -> Iterator[tuple[str, object]]:
    """The variables that are set to plain values deeper in a statement, and those values."""
    for node in ast.walk(statement):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)):
                if node is not statement and type(value) in _NOTHING:
                    yield name, value
            case _:
                pass


def _unpacked(scene: Scene, name: str, function: Function) -> Iterator[Candidate]:
    """The name after the starred one, which took all of what was unpacked; or after a lone one."""
    for lone in _lone(scene, name):
        yield instead(scene, lone, f"{lone.id}, {name}", SURE)
    for node in scene.nearby(ast.Assign) if name in unmade(scene, function) else ():
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=[ast.Starred() as all_]) as target]):
                yield instead(scene, target, f"{scene.text(all_)}, {name}", SURE)
            case ast.Assign(targets=[ast.Name() as target], value=ast.Call() | ast.Subscript()):
                if scene.span(node).end <= scene.place.start:
                    yield instead(scene, target, f"{target.id}, {name}", LIKELY)
            case _:
                pass


def _lone(scene: Scene, name: str) -> Iterator[ast.Name]:
    """A variable that is set alone, and in another place together with the missing one."""
    targets = [each for node in scene.nearby(ast.Assign) for each in node.targets]
    pairs = [[ast.unparse(part) for part in each.elts] for each in targets if _is_pair(each)]
    for target in targets:
        if isinstance(target, ast.Name) and [target.id, name] in pairs:
            yield target


def _is_pair(node: ast.expr) -> TypeGuard[ast.Tuple]:
    return isinstance(node, ast.Tuple) and len(node.elts) == _PAIR


def _meant(scene: Scene, name: str) -> Iterator[Candidate]:
    """A name like it that the function has, where it is read to make its own first value."""
    for node in scene.inside(ast.Name):
        for like in get_close_matches(name, scene.bound - {name}, 2) if node.id == name else ():
            yield instead(scene, node, like, POSSIBLE, f"Rename '{name}' to '{like}'")


def _stored(outer: Function, inner: Function) -> set[str]:
    within = {id(node) for node in ast.walk(inner)}
    names = (node for node in ast.walk(outer) if isinstance(node, ast.Name))
    made = {n.id for n in names if isinstance(n.ctx, ast.Store) and id(n) not in within}
    return made | {each.arg for each in outer.args.args}


def _declared(scene: Scene, function: Function, line: str) -> Candidate:
    return Candidate(f"Add '{line}'", line_before(scene, function.body[0], line), SURE)


def _begun(scene: Scene, function: Function, name: str) -> Iterator[Candidate]:
    """A first value before the loop of the function that adds to the variable, or one around."""
    loops = [loop for loop in scene.around(scene.first, ast.stmt) if isinstance(loop, _LOOPS)]
    inner = [loop for loop in loops if scene.function(loop) is function]
    first = _needing(function, name, inner) if inner else _first_set(scene, function, name)
    first = first or scene.statement
    for value in dict.fromkeys(beginnings(scene, function, name)):
        line = f"{name} = {value}"
        title = f"Begin with '{line}'"
        # What nobody takes out again was mostly to go into something else.
        is_other = is_only_filled(scene, function, name) or _is_another_due(scene, function, name)
        likely = POSSIBLE if is_other else LIKELY
        if first is not None:
            yield Candidate(title, _beginning(scene, first, name, value), likely)
        for loop in (each for each in inner if each is not first):
            edit = _beginning(scene, loop, name, value)
            yield Candidate(f"{title} again", edit, LIKELY - _MARGIN)


def _needing(function: Function, name: str, loops: Sequence[ast.stmt]) -> ast.stmt:
    """The loop before which a variable is begun, of those around what adds to it, innermost first.

    The outermost that does not hold all that is done with it; where each does, it is counted on.
    """
    uses = {node for node in ast.walk(function) if isinstance(node, ast.Name) and node.id == name}
    parted = (loop for loop in reversed(loops) if not uses <= set(ast.walk(loop)))
    return next(parted, loops[-1])


def _beginning(scene: Scene, before: ast.stmt, name: str, value: str) -> TextEdit:
    """The line, with the import of what it needs."""
    line = line_before(scene, before, f"{name} = {value}")
    home = home_of(value)
    imports = importing(scene, home, home.rpartition(" ")[2]) if home else []
    return together(scene, line, *imports)


def _is_another_due(scene: Scene, function: Function, name: str) -> bool:
    """Whether it is read to make its own first value, beside a parameter that nothing reads."""
    takes = {each.arg for each in function.args.args}
    match scene.statement:
        case ast.Assign(targets=[ast.Name(id=made)]) if made == name:
            return not takes.isdisjoint(unread(scene, function))
        case _:
            return False


def _first_set(scene: Scene, function: Function, name: str) -> ast.stmt | None:
    """The statement before the place that may set it: nothing is begun once that has been run."""
    before = (each for each in function.body if scene.span(each).end <= scene.place.start)
    return next((each for each in before if name in _targets(each)), None)


def _begun_around(scene: Scene, inner: Function, name: str) -> Iterator[Candidate]:
    """A first value in the function around, before the one in it, where both of them read it."""
    outer = scene.function(scene.parents.get(inner))
    while outer is not None:
        own = set(ast.walk(inner))
        parts = [node for node in ast.walk(outer) if isinstance(node, ast.Name)]
        if any(node.id == name and node not in own for node in parts):
            for value in dict.fromkeys(beginnings(scene, outer, name)):
                line = f"{name} = {value}"
                yield Candidate(f"Begin with '{line}'", line_before(scene, inner, line), SURE)
        inner, outer = outer, scene.function(scene.parents.get(outer))


def _in_other_branch(scene: Scene, name: str) -> Iterator[Candidate]:
    """With the name of what another branch sets, where this one keeps a result as one."""
    for branch in scene.nearby(ast.If):
        for body, other in ((branch.body, branch.orelse), (branch.orelse, branch.body)):
            is_set = any(name in _targets(each) for each in other)
            for node in body if is_set and not any(name in _targets(n) for n in body) else ():
                match node:
                    case ast.Assign(targets=[ast.Name() as target], value=ast.Call()):
                        yield instead(scene, target, f"{target.id}, {name}", LIKELY + _MARGIN)
                    case _:
                        pass


def _targets(statement: ast.stmt) -> set[str]:
    """The names that a statement sets."""
    nodes = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
    return {node.id for node in nodes if isinstance(node.ctx, ast.Store)}


RULE = rule("unassigned", "NameError UnboundLocalError TypeError AttributeError", candidates)
