"""A variable that begins empty, but as another kind of thing than the function then fills.

Answers AttributeError and TypeError. What the function does to the variable tells what it is to be.

    found = {}; found.append(x)                    ->  found = []
    seen = {}; seen.add(x)                         ->  seen = set()
    total = ""; total += 2.5                       ->  total = 0
    i = ""; while i < len(rows):                   ->  i = 0; also of `self.i`
    width = ""; range(width)                       ->  width = 0
    start = []; text[start:end]                    ->  start = 0
    table = []; table["a"] = 1                     ->  table = {}
    rows = defaultdict(int); rows[k].append(x)     ->  rows = defaultdict(list)
    self.rows = set(); self.rows.append(x)         ->  self.rows = [], in another method
    rows = (); del rows[:]                         ->  rows = []
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_OF_METHODS = {
    "append": "[]", "extend": "[]", "insert": "[]", "sort": "[]", "reverse": "[]",
    "add": "set()", "discard": "set()", "items": "{}", "keys": "{}", "values": "{}", "get": "{}",
    "setdefault": "{}", "update": "{}",
}  # fmt: skip
_FACTORIES = {"[]": "list", "set()": "set", "{}": "dict", "0": "int", '""': "str"}
_EMPTY = frozenset(
    {"[]", "{}", "()", "set()", "list()", "dict()", "tuple()", "''", "0", "0.0", "deque()",
     "frozenset()", "bytearray()"}
)  # fmt: skip
_NUMBERS = frozenset({"int", "float", "Fraction", "Decimal"})
_SAID = (
    r"object has no attribute|does not support item (?:assignment|deletion)|not subscriptable|"
    r"indices must be integers|unsupported operand type|can only concatenate|not iterable|"
    r"not supported between"
)
_USES = {
    "{}": ("[]", "items", "keys", "values", "get", "setdefault", "update"),
    "dict()": ("[]", "items", "keys", "values", "get", "setdefault", "update"),
    "[]": ("append", "extend", "insert", "sort", "reverse"),
    "set()": ("add", "discard", "union", "intersection"),
}
# Surer than to keep what is there, in a list.
_MARGIN = 0.02


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To begin with what the place needs."""
    yield from _whole_numbers(scene)
    owner, wanted = _wanted(scene)
    if not wanted or not scene.said(_SAID):
        return
    match owner:
        case ast.Name() | ast.Attribute(value=ast.Name(id="self")):
            name = ast.unparse(owner)
            for value in _begun(scene, name):
                if ast.unparse(value) in _EMPTY:
                    yield _beginning(scene, value, name, wanted)
        case ast.Call(func=ast.Attribute(attr="setdefault" | "get"), args=[_, value]):
            if ast.unparse(value) in _EMPTY and ast.unparse(value) != wanted:
                yield instead(scene, value, wanted, SURE, f"Begin with '{wanted}'")
        case ast.Subscript(value=ast.Name(id=name)) if wanted in _FACTORIES:
            yield from _under_key(scene, owner, wanted)
            for value in _begun(scene, name):
                match value:
                    case ast.Call(func=ast.Name(id="defaultdict"), args=[ast.Name() as made]):
                        yield _beginning(scene, made, name, _FACTORIES[wanted])
                    case _:
                        pass
        case _:
            return


def _whole_numbers(scene: Scene) -> Iterator[Candidate]:
    """Where a whole number is to be given, and nothing of another kind is."""
    for given in _places(scene):
        if isinstance(given, ast.Name) and scene.kind(given) != "int":
            for value in _begun(scene, given.id):
                if ast.unparse(value) in _EMPTY or _is_none(value):
                    title = f"Begin '{given.id}' with '0'"
                    yield instead(scene, value, "0", SURE + _MARGIN, title)


def _places(scene: Scene) -> Iterator[ast.expr | None]:
    """What stands where a whole number is to be."""
    if scene.said("cannot be interpreted as an integer"):
        yield from (given for call in scene.calls() for given in call.args)
    if scene.said("slice indices must be integers"):
        for part in scene.inside(ast.Slice):
            yield from (part.lower, part.upper, part.step)


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _under_key(scene: Scene, owner: ast.Subscript, wanted: str) -> Iterator[Candidate]:
    """What is put under the key first, where the key is met for the first time."""
    for value in _begun(scene, ast.unparse(owner)):
        if ast.unparse(value) in _EMPTY and ast.unparse(value) != wanted:
            title = f"Begin with '{wanted}' under the key"
            yield instead(scene, value, wanted, LIKELY, title)


def _wanted(scene: Scene) -> tuple[ast.expr | None, str]:
    """What was done to at the place, and what takes that."""
    match scene.failed:
        case ast.Attribute(value=owner, attr=method):
            return owner, _OF_METHODS.get(method, "")
        case (
            ast.Subscript(value=owner, ctx=ast.Store() | ast.Del(), slice=key)
            | ast.Delete(targets=[ast.Subscript(value=owner, slice=key)])
        ):
            return owner, "{}" if _is_key(scene, key) else "[]"
        case ast.AugAssign(target=ast.Name() | ast.Subscript() as owner, op=op, value=value):
            return owner, _sum(scene, op, value)
        case ast.Compare(left=one, comparators=[other]):
            is_number = scene.said("'(?:int|float)'")
            named = [each for each in (one, other) if isinstance(each, ast.Name | ast.Attribute)]
            empty = [each for each in named if scene.kind(each) not in _NUMBERS]
            return (empty[0], "0") if is_number and empty else (None, "")
        case _:
            return None, ""


def _is_key(scene: Scene, key: ast.expr) -> bool:
    if isinstance(key, ast.Slice):
        return False
    return isinstance(key, ast.Tuple | ast.JoinedStr) or scene.kind(key) in {"str", "tuple", None}


def _sum(scene: Scene, op: ast.operator, value: ast.expr) -> str:
    """What a value of that kind can be added to."""
    match value:
        case ast.List() | ast.ListComp():
            return "[]"
        case _:
            kind = scene.kind(value)
    if kind in _NUMBERS:
        return "0"
    return {"str": '""', "list": "[]"}.get(kind or "", "") if isinstance(op, ast.Add) else ""


def _begun(scene: Scene, name: str) -> Iterator[ast.expr]:
    """What a variable is set to, in the function or in those around it; of an object, anywhere."""
    bodies = list(scene.around(scene.body, ast.FunctionDef))
    yield from _begun_in(scene.piece.tree if "." in name or not bodies else bodies[-1], name)


def _begun_in(body: ast.AST, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(body):
        match node:
            case ast.Assign(targets=targets, value=value):
                if name in {ast.unparse(target) for target in targets}:
                    yield value
            case ast.AnnAssign(target=made, value=ast.expr() as value):
                if ast.unparse(made) == name:
                    yield value
            case _:
                pass


def _beginning(scene: Scene, value: ast.expr, name: str, wanted: str) -> Candidate:
    title = f"Begin '{name}' with '{wanted}'"
    return instead(scene, value, wanted, _likely(scene, value, name, wanted), title)


def _likely(scene: Scene, value: ast.expr, name: str, wanted: str) -> float:
    """Less sure where something else speaks for what it begins with now."""
    begun = ast.unparse(value)
    if wanted in {"set()", "set"} and begun in {"[]", "list", "list()"}:
        return LIKELY  # `add` is what lists have not, and another method of them may be meant.
    if isinstance(value, ast.Name) or (wanted == "0" and begun in {"[]", "list()"}):
        # Of a list, the method of it or an item for it may as well be meant.
        added = scene.failed.value if isinstance(scene.failed, ast.AugAssign) else None
        is_item = wanted == "0" and not isinstance(added, ast.Constant)
        return LIKELY - (0.15 if is_item else 0.05)
    if wanted == '""' and begun in {"0", "0.0"} and not isinstance(scene.first, ast.JoinedStr):
        return POSSIBLE
    own = _USES.get(begun, ())
    around = [scene.parents.get(node) for node in scene.nearby(ast.Name) if node.id == name]
    used = [each for each in around if each is not scene.failed and _is_use(each, own)]
    return POSSIBLE if used else SURE + _MARGIN


def _is_use(node: ast.AST | None, own: tuple[str, ...]) -> bool:
    match node:
        case ast.Attribute(attr=method):
            return method in own
        case ast.Subscript(slice=ast.Name() | ast.Constant(value=str())):
            return "[]" in own
        case _:
            return False


RULE = rule("begun-otherwise", "AttributeError TypeError", candidates)
