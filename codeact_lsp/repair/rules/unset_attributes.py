"""An attribute that the methods of a class use, and that its `__init__` never sets.

Answers AttributeError.

    def __init__(self, n): n = n           ->  self.n = n
    def __init__(self, n): pass            ->  self._n = n, where the methods read that
    if it.mode is None, of a class         ->  self.mode = None in its `__init__`
    def __init__(self): self.rows = []     ->  self.seen = set() below it, where `seen` is added to
    node.next.append(x), of another object ->  self.next = [] in the `__init__` of its class
    def walk(self): self.last.next = ..., of no `__init__`  ->  self.last = head, made before it
    self.size, beside self.rate = settings.rate    ->  self.size = settings.size
    self._load, of a class with MAX_LOAD   ->  self._load = self.MAX_LOAD
    next(self._n), where nothing uses the imported `count`  ->  self._n = count()
"""

import ast
from collections.abc import Iterable, Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.orphans import orphans
from codeact_lsp.repair.rules.super_init import given_by_base
from codeact_lsp.repair.rules.underscored import is_kept_apart
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, line_before, together

_CERTAIN = 0.99
_MOST_ORPHANS = 2
_MOST_OBJECTS = 2
_OF_METHODS = {
    "append": "[]", "extend": "[]", "insert": "[]", "pop": "[]", "sort": "[]", "add": "set()",
    "discard": "set()", "update": "{}", "items": "{}", "get": "{}", "setdefault": "{}",
    "keys": "{}", "values": "{}",
}  # fmt: skip


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To set it: to the parameter that was meant for it, or to nothing of its kind."""
    said = scene.said(r"'(?:[\w.]+\.)?(\w+)' object has no attribute '(\w+)'")
    document = scene.plan.document
    for piece, start in zip(document.pieces, document.starts, strict=True) if said else ():
        for kind in (each for each in piece.tree.body if isinstance(each, ast.ClassDef)):
            if said and kind.name == said[1]:
                there = Scene(scene.plan, scene.error, piece.span(kind).shifted(start))
                yield from _of_class(there, kind, said[2])


def _of_class(scene: Scene, kind: ast.ClassDef, name: str) -> Iterator[Candidate]:
    made = next((each for each in kind.body if _is_init(each)), None)
    if not isinstance(made, ast.FunctionDef):
        yield from _of_new(scene, kind, name)
        yield from _of_method(scene, kind, name)
        return
    own = made.args.args[0].arg if made.args.args else "self"
    plain = [target for target in _targets(made) if target.id == name]
    takes = {each.arg for each in made.args.args}
    lost = [each for each in _targets(made) if each.id in takes]
    if plain and len(lost) > 1:
        edits = (TextEdit(Span(at, at), f"{own}.") for at in (scene.span(e).start for e in lost))
        yield Candidate(f"Keep all of them in '{own}'", together(scene, *edits), _CERTAIN)
    for target in plain:
        yield instead(scene, target, f"{own}.{name}", SURE)
    if is_kept_apart(scene, kind.name, name):
        return  # It is there, behind an underscore.
    begins = [each for each in _targets_of(made) if each.attr == name]
    if not plain and not begins and _may_be_none(scene, name):
        yield _set(scene, made, f"{own}.{name} = None", LIKELY)
    if not plain and not _is_set(kind, name) and not given_by_base(scene, kind, name):
        word = name.lstrip("_")
        nodes = [node for each in scene.plan.document.pieces for node in ast.walk(each.tree)]
        values = [word] if word in takes else list(dict.fromkeys(_beginnings(nodes, name)))
        values = values or list(_as_others(made, own, name))
        for value in values or [*_of_constants(kind, own, name), *_of_orphans(scene)]:
            yield _set(scene, made, f"{own}.{name} = {value}", SURE if word in takes else LIKELY)


def _of_new(scene: Scene, kind: ast.ClassDef, name: str) -> Iterator[Candidate]:
    """What a `__new__` has made by that name, before it gives back the object."""
    word = name.lstrip("_")
    for made in (each for each in kind.body if isinstance(each, ast.FunctionDef)):
        match made.name, made.body[-1]:
            case "__new__", ast.Return(value=ast.Name(id=own)) as last:
                parts = list(ast.walk(made))
                names = {node.id for node in parts if isinstance(node, ast.Name)}
                if word in names | {node.arg for node in parts if isinstance(node, ast.arg)}:
                    line = f"{own}.{name} = {word}"
                    yield Candidate(f"Add '{line}'", line_before(scene, last, line), LIKELY)
            case _:
                pass


def _of_method(scene: Scene, kind: ast.ClassDef, name: str) -> Iterator[Candidate]:
    """Set in the method that uses it, of a class that sets nothing when its objects are made."""
    place = Scene(scene.plan, scene.error, scene.error.span).first
    methods = [each for each in kind.body if isinstance(each, ast.FunctionDef)]
    method = next((each for each in methods if place in set(ast.walk(each))), None)
    if method is None or any(_sets_anew(each, name) for each in methods):
        return
    own = method.args.args[0].arg if method.args.args else "self"
    first = next(each for each in method.body if name in _members(each))
    before = method.body[: method.body.index(first)]
    made = [node.targets[0] for node in reversed(before) if isinstance(node, ast.Assign)]
    objects = [each.id for each in made if isinstance(each, ast.Name)]
    begun = list(dict.fromkeys(_beginnings(ast.walk(kind), name)))
    for number, value in enumerate([*begun, *objects[:_MOST_OBJECTS]]):
        line = f"{own}.{name} = {value}"
        likely = LIKELY - number / 20
        yield Candidate(f"Begin with '{line}'", line_before(scene, first, line), likely)


def _sets_anew(method: ast.FunctionDef, name: str) -> bool:
    """Whether it sets a member to what is not made of that member."""
    for node in ast.walk(method):
        match node:
            case ast.Assign(targets=[ast.Attribute(attr=attr)], value=value) if attr == name:
                if name not in _members(value):
                    return True
            case _:
                pass
    return False


def _members(node: ast.AST) -> set[str]:
    return {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


def _is_init(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "__init__"


def _targets(made: ast.FunctionDef) -> Iterator[ast.Name]:
    for node in made.body:
        if isinstance(node, ast.Assign):
            yield from (each for each in node.targets if isinstance(each, ast.Name))


def _targets_of(made: ast.FunctionDef) -> Iterator[ast.Attribute]:
    for node in ast.walk(made):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node


def _may_be_none(scene: Scene, name: str) -> bool:
    """Whether somebody asks if it is nothing."""
    for _, node in scene.everywhere(ast.Compare):
        match node:
            case ast.Compare(left=ast.Attribute(attr=attr), comparators=[ast.Constant(None)]):
                if attr == name:
                    return True
            case _:
                pass
    return False


def _is_set(kind: ast.ClassDef, name: str) -> bool:
    """Whether the class has something of that name: then it is only not there yet."""
    nodes = list(ast.walk(kind))
    stored = (n for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store))
    methods = {each.name for each in kind.body if isinstance(each, ast.FunctionDef)}
    plain = [n for n in stored if n.attr == name and not _is_changed(kind, n)]
    return bool(plain) or name in methods


def _is_changed(kind: ast.ClassDef, node: ast.Attribute) -> bool:
    """Whether it is only added to in that place."""
    return any(isinstance(n, ast.AugAssign) and n.target is node for n in ast.walk(kind))


def _as_others(made: ast.FunctionDef, own: str, name: str) -> Iterator[str]:
    """As others are that are called as what is asked for: `self.rate = settings.rate`."""
    for node in ast.walk(made):
        match node:
            case ast.Assign(
                targets=[ast.Attribute(value=ast.Name(id=owner), attr=kept)],
                value=ast.Attribute(value=ast.Name() as source, attr=taken),
            ) if owner == own and kept == taken:
                yield f"{source.id}.{name}"
                return
            case _:
                pass


def _of_constants(kind: ast.ClassDef, own: str, name: str) -> Iterator[str]:
    """A constant of the class that is called like it."""
    plain = name.strip("_").casefold()
    for node in kind.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=known)]) if known.isupper():
                if plain in known.casefold().split("_"):
                    yield f"{own}.{known}"
            case _:
                pass


def _of_orphans(scene: Scene) -> Iterator[str]:
    """What is imported, or a class of the plan, and used nowhere else."""
    classes = {each.name for each in scene.classes()}
    for name in orphans(scene)[:_MOST_ORPHANS]:
        if name in scene.imported or name in classes:
            yield f"{name}()"


def _beginnings(nodes: Iterable[ast.AST], name: str) -> Iterator[str]:
    """What can be done to as the plan does."""
    for node in nodes:
        match node:
            case ast.Attribute(value=ast.Attribute(attr=attr), attr=method) if attr == name:
                if method in _OF_METHODS:
                    yield _OF_METHODS[method]
            case ast.AugAssign(target=ast.Attribute(attr=attr)) if attr == name:
                yield "0"
            case ast.Subscript(value=ast.Attribute(attr=attr), ctx=ast.Store()) if attr == name:
                yield "{}"
            case _:
                pass


def _set(scene: Scene, made: ast.FunctionDef, line: str, likely: float) -> Candidate:
    """At the end of `__init__`, or before what calls a method, which may need it already."""
    calling = next((each for each in made.body if _calls_method(made, each)), None)
    if calling is not None:
        return Candidate(f"Add '{line}' to '__init__'", line_before(scene, calling, line), likely)
    last = made.body[-1]
    end, newline = scene.span(last).end, "\r\n" if "\r\n" in scene.piece.text else "\n"
    edit = TextEdit(Span(end, end), f"{newline}{' ' * last.col_offset}{line}")
    return Candidate(f"Add '{line}' to '__init__'", edit, likely)


def _calls_method(made: ast.FunctionDef, statement: ast.stmt) -> bool:
    own = made.args.args[0].arg if made.args.args else "self"
    calls = (node.func for node in ast.walk(statement) if isinstance(node, ast.Call))
    return any(ast.unparse(each).startswith(f"{own}.") for each in calls)


RULE = rule("unset-attributes", "AttributeError", candidates)
