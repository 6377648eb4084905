"""A function that does not return what it made: nothing, or something else than that.

Answers failures of the value upstream, and places the change there.

    json.loads(text)["rates"]      ->  return json.loads(text)["rates"]
    print(rows)                    ->  return rows
    n * factorial(n - 1)           ->  return n * factorial(n - 1), at the end of it
    if x: return y; rows           ->  if x: return y; return rows
    return None                    ->  return rows, the last that it made
    return None, declared Counter  ->  return Counter(words), of its parameter
    return rows,                   ->  return rows
    return str(rows)               ->  return rows
    return [rows]                  ->  return rows
    return rows.sort()             ->  rows.sort(); return rows
    return [2, 1].sort()           ->  return sorted([2, 1])
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.rules.in_place import IN_PLACE
from codeact_lsp.repair.rules.made_in_place import another
from codeact_lsp.repair.scene import FUNCTIONS, Function, Scene
from codeact_lsp.repair.writing import instead, line_before, replaced, together

_CONVERSIONS = frozenset(["bool", "dict", "float", "int", "list", "repr", "set", "str", "tuple"])
_MOST = 2
TO_NO_EFFECT = (
    ast.Name, ast.Attribute, ast.Subscript, ast.BinOp, ast.Compare, ast.BoolOp, ast.UnaryOp,
    ast.JoinedStr, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp,
)  # fmt: skip
"""What does nothing as a statement of its own."""


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To return what the function made."""
    for function in _functions(scene):
        returns = [node for node in _own(function) if isinstance(node, ast.Return)]
        for node in returns:
            yield from _of_return(scene, function, node)
        if not any(node.value for node in returns):
            yield from _of_last(scene, function)
        else:
            yield from _of_ends(scene, function)


def _of_ends(scene: Scene, function: Function) -> Iterator[Candidate]:
    """What it ends with, made by a call of itself or to no effect, where it does not give it."""
    lost = [
        node for node in _ends(function.body[-1])
        if _calls(node, function.name) or isinstance(node.value, TO_NO_EFFECT)
    ]  # fmt: skip
    if lost:
        edits = (replaced(scene, node, f"return {scene.text(node)}") for node in lost)
        title = f"Return '{scene.text(lost[0])}'"
        yield Candidate(title, together(scene, *edits), SURE)


def _ends(node: ast.stmt) -> Iterator[ast.Expr]:
    """The expressions with which a statement may end."""
    match node:
        case ast.Expr():
            yield node
        case ast.If(body=body, orelse=orelse):
            for each in (*body[-1:], *orelse[-1:]):
                yield from _ends(each)
        case _:
            return


def _calls(node: ast.AST, name: str) -> bool:
    calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return any(ast.unparse(func).rpartition(".")[2] == name for func in calls)


def _functions(scene: Scene) -> Iterator[Function]:
    """The function that the place is in, or that it is the head of."""
    for node in ast.walk(scene.piece.tree):
        if isinstance(node, FUNCTIONS):
            span = scene.span(node)
            if span.start <= scene.place.start and scene.place.end <= span.end:
                yield node


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """The parts of a function, without those of functions in it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, (*FUNCTIONS, ast.Lambda, ast.ClassDef)):
            yield child
            yield from _own(child)


def _of_return(scene: Scene, function: Function, node: ast.Return) -> Iterator[Candidate]:
    match node.value:
        case ast.Tuple(elts=[only]) | ast.List(elts=[only]):
            yield _returning(scene, node, scene.text(only), SURE)
        case ast.Call(func=ast.Name(id=name), args=[_, *_] as args) if name in _CONVERSIONS:
            yield _returning(scene, node, ", ".join(map(scene.text, args)), SURE)
        case ast.Call(func=ast.Attribute(value=ast.Name() as owner, attr=method)) as call if (
            method in IN_PLACE
        ):
            line = line_before(scene, node, scene.text(call))
            edit = together(scene, line, replaced(scene, call, owner.id))
            yield Candidate(f"Return '{owner.id}' itself", edit, SURE)
        case ast.Call() as call if text := another(scene, call):
            yield _returning(scene, node, text, SURE)
        case None | ast.Constant(value=None):
            for made in _made(function, node):
                yield _returning(scene, node, made, LIKELY)
            yield from _of_type(scene, function, node)
        case _:
            pass


def _of_type(scene: Scene, function: Function, node: ast.Return) -> Iterator[Candidate]:
    """What the function says that it returns, made of the one thing that it is given."""
    declared = ast.unparse(function.returns).partition("[")[0] if function.returns else ""
    is_made_so = declared in scene.imported or declared == "set"
    if is_made_so and len(function.args.args) == 1:
        yield _returning(scene, node, f"{declared}({function.args.args[0].arg})", POSSIBLE)


def _returning(scene: Scene, node: ast.stmt, value: str, likely: float) -> Candidate:
    return instead(scene, node, f"return {value}", likely, f"Return '{value}'")


def _of_last(scene: Scene, function: Function) -> Iterator[Candidate]:
    """A value that is made last and goes nowhere, or that is only printed."""
    last = function.body[-1]
    match last:
        case ast.Expr(value=ast.Call(func=ast.Name("print"), args=[only])):
            text = f"return {scene.text(only)}"
            yield instead(scene, last, text, SURE, "Return what is printed")
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=method))) if method in IN_PLACE:
            yield from _returned_after(scene, function, last)
        case ast.Expr(value=value) if not isinstance(value, ast.Constant):
            yield _returning(scene, last, scene.text(last), SURE)
        case _:
            yield from _returned_after(scene, function, last)


def _returned_after(scene: Scene, function: Function, last: ast.stmt) -> Iterator[Candidate]:
    margin = " " * last.col_offset
    for made in _made(function, None):
        text = f"{scene.text(last)}\n{margin}return {made}"
        yield instead(scene, last, text, LIKELY, f"Return '{made}'")


def _made(function: Function, before: ast.Return | None) -> list[str]:
    """The variables that the function makes, the last one first."""
    nodes = [each for each in function.body if before is None or _place(each) < _place(before)]
    names = [name for node in nodes for name in _assigned(node)]
    return list(dict.fromkeys([*reversed(names), *_filled(function)]))[:_MOST]


def _filled(function: Function) -> Iterator[str]:
    """The parameters whose items the function sets: what it makes is what it was given."""
    parameters = {each.arg for each in function.args.args}
    for node in _own(function):
        match node:
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()) if name in parameters:
                yield name
            case _:
                pass


def _place(node: ast.stmt) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _assigned(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]):
            yield name
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            yield name
        case ast.With(body=body) | ast.If(body=body):
            for each in body:
                yield from _assigned(each)
        case _:
            pass


RULE = rule("returned", "TypeError AttributeError ValueError KeyError IndexError", candidates)
