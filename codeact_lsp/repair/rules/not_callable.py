"""Brackets of the wrong kind: a call of what cannot be called, or a lookup in what is to be called.

Answers TypeError.

    rows(0)            ->  rows[0]
    order.total()      ->  order.total, where that is a plain value
    f("a" (1, 2))      ->  f("a", (1, 2))
    f["a"]             ->  f("a")
    log("a"), of a Log ->  log.log("a")
    copy(rows)         ->  copy.copy(rows), of a module
    List(int)          ->  List[int], of `typing`
    list()[int]        ->  list[int], of an annotation
    @lru_cache(9)()    ->  @lru_cache(9)
    matcher(mark)()    ->  matcher(mark), where that is a function and nothing is given to it
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.standard_library import public
from codeact_lsp.repair.writing import arguments, instead

# In these there is nothing to look up.
_FUNCTION = r"'?(?:builtin_function_or_method|method|function|type)\b.*is not subscriptable"
# Said of what is written in an annotation, be it of `typing` or of Python itself.
_TYPE = r"Type \w+ cannot be instantiated|Cannot instantiate typing|'type' object is not iterable"
_NOTHING_GIVEN = (
    r"missing 1 required positional argument|missing required argument|"
    r"arguments?, got 0|takes (?:exactly one|at least \d+) (?:positional )?arguments? \(0 given"
)
_BARE = frozenset(["int", "float", "bool", "complex", "NoneType", "module", "set", "frozenset"])


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To look up or to call, to leave out the call, or to part what stands side by side."""
    if scene.said(_FUNCTION):
        for item in scene.inside(ast.Subscript):
            text = f"{scene.text(item.value)}({scene.text(item.slice)})"
            if item is scene.failed and isinstance(item.ctx, ast.Load):
                likely = POSSIBLE if _is_kept_method(scene, item.value) else SURE
                yield instead(scene, item, text, likely)
    is_abstract = scene.said(r"^[A-Z]\w+\(\) takes no arguments") and _is_annotation(scene)
    if scene.said(_TYPE) or is_abstract:
        yield from _of_types(scene)
    yield from _called_for_nothing(scene)
    if scene.said("'module' object is not callable"):
        yield from _of_module(scene)
        return
    said = scene.said(r"'(?:[\w.]+\.)?(\w+)' object is not callable")
    # Where it was called, and something further in failed, that is another matter.
    for call in scene.calls() if said and not scene.error.surfaced else ():
        yield from _of_value(scene, call, said[1] if said else "")
        yield from _of_object(scene, call, said[1] if said else "")


def _is_kept_method(scene: Scene, owner: ast.expr) -> bool:
    """Whether a variable was set to a method: then that was to be called there, once."""
    return any(
        isinstance(made.value, ast.Attribute) and scene.text(made.targets[0]) == scene.text(owner)
        for made in scene.nearby(ast.Assign)
        if isinstance(made.targets[0], ast.Name)
    )


def _is_annotation(scene: Scene) -> bool:
    """Whether the place is in what is only said of a value."""
    inner: ast.AST | None = None
    for node in scene.around(scene.first, ast.AST):
        match node:
            case ast.arg() | ast.AnnAssign(annotation=ast.expr()):
                return getattr(node, "annotation", None) is inner
            case ast.FunctionDef(returns=returns) | ast.AsyncFunctionDef(returns=returns):
                return returns is inner
            case _:
                inner = node
    return False


def _called_for_nothing(scene: Scene) -> Iterator[Candidate]:
    """Without a call that is given nothing: of a type in an annotation, of a made decorator."""
    match scene.failed:
        case ast.Subscript(value=ast.Call(func=ast.Name() as kind, args=[]) as call):
            if scene.said(r"indices must be integers or slices, not (?:type|GenericAlias)"):
                yield instead(scene, call, scene.text(kind), SURE)
        case ast.Call(func=ast.Call() as made, args=[], keywords=[]) as call:
            if scene.said(_NOTHING_GIVEN):
                yield instead(scene, call, scene.text(made), SURE)
        case _:
            return


def _of_object(scene: Scene, call: ast.Call, kind: str) -> Iterator[Candidate]:
    """The method of an object that is called like the variable, or that is the only one."""
    for _, owner in scene.everywhere(ast.ClassDef):
        methods = [each.name for each in owner.body if isinstance(each, ast.FunctionDef)]
        plain = [name for name in methods if not name.startswith("_")]
        named = [name for name in plain if name == ast.unparse(call.func)]
        if owner.name == kind:
            for name in (named or plain)[:1]:
                likely = SURE if named else LIKELY if len(plain) == 1 else POSSIBLE
                yield instead(scene, call.func, f"{scene.text(call.func)}.{name}", likely)


def _of_value(scene: Scene, call: ast.Call, kind: str) -> Iterator[Candidate]:
    function = scene.text(call.func)
    if not call.args:
        yield instead(scene, call, function, SURE)
    elif len(call.args) == 1 and not call.keywords and kind not in _BARE:
        # What another call gave back may be the wrong thing itself.
        likely = POSSIBLE if isinstance(call.func, ast.Call) else SURE
        yield instead(scene, call, f"{function}[{scene.text(call.args[0])}]", likely)
    if call.args and isinstance(scene.parents.get(call), ast.Call | ast.List | ast.Tuple):
        apart = f"({', '.join(arguments(scene, call))})"
        given = apart if len(call.args) > 1 else apart[1:-1]
        yield instead(scene, call, f"{function}, {given}", POSSIBLE)


def _of_types(scene: Scene) -> Iterator[Candidate]:
    said = scene.said(r"^(\w+)\(\) takes no arguments")
    for call in scene.calls():
        if said and called(call) != said[1]:
            continue
        given = f"[{', '.join(arguments(scene, call))}]" if call.args else ""
        if not call.args and scene.said("cannot be instantiated") and not _is_annotation(scene):
            yield instead(scene, call, f"{called(call).lower()}()", SURE)
        yield instead(scene, call, f"{scene.text(call.func)}{given}", SURE)


def _of_module(scene: Scene) -> Iterator[Candidate]:
    """What of the module is called like it."""
    for call in scene.calls():
        home = scene.imported.get(ast.unparse(call.func), "")
        name = home.rpartition(".")[2]
        if callable(public(home).get(name)):
            yield instead(scene, call.func, f"{scene.text(call.func)}.{name}", SURE)


RULE = rule("not-callable", "TypeError", candidates)
