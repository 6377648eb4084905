"""A method that Python calls by itself, and that gives something else than Python wants of it.

Answers TypeError and AttributeError.

    def __str__(self): print(self.name)        ->  return self.name
    def __str__(self): return self.count       ->  return str(self.count)
    def __iter__(self): return self.items      ->  return iter(self.items)
    def __init__(self): ...; return self.n     ->  without that line
    def __len__(self): return n / 2            ->  return n // 2
    {Point(1, 2)}, of a class with __eq__      ->  def __hash__(self): return hash((self.x,))
    def _init_(self):                          ->  def __init__(self):
    def opened(): yield x                      ->  @contextmanager before it, for `with`
"""

import ast
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Function, Scene
from codeact_lsp.repair.writing import importing, instead, line_before, together

_NO_TEXT = r"(__\w+__) returned non-string \(type (\w+)\)"
_SPECIAL = frozenset({"init", "str", "repr", "len", "iter", "eq", "lt", "call", "add", "getitem"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The method as Python wants it."""
    methods = [(there, node) for there, node in scene.everywhere(ast.FunctionDef)]
    text, iterated = scene.said(_NO_TEXT), scene.said("returned non-iterator of type")
    for there, method in methods:
        if text and method.name == text[1]:
            yield from _as_text(there, method, text[2])
        elif iterated and method.name == "__iter__":
            yield from _each_return(there, method, "iter({})")
        elif scene.said(r"__init__\(\) should return None") and method.name == "__init__":
            yield from _without_return(there, method)
        elif scene.said("'float' object cannot be interp") and method.name == "__len__":
            yield from _each_return(there, method, "int({})")
        elif scene.said("should return bool") and method.name == "__bool__":
            yield from _each_return(there, method, "bool({})")
        elif scene.said("'generator' object does not support the context manager"):
            yield from _managed(scene, there, method)
        elif method.name == "__eq__" and scene.said("unhashable type"):
            yield from _hashed(there, method)
        elif _is_nearly_special(method.name) and _may_lack(scene):
            yield _respelt(there, method)


def _as_text(there: Scene, method: Function, kind: str) -> Iterator[Candidate]:
    if kind != "NoneType":
        yield from _each_return(there, method, "str({})")
        return
    for statement in method.body:
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Name("print"), args=[only], keywords=[])):
                yield instead(there, statement, f"return {there.text(only)}", SURE)
            case ast.Expr(value=ast.Constant()):
                pass
            case ast.Expr(value=value) if statement is method.body[-1]:
                yield instead(there, statement, f"return {there.text(value)}", SURE)
            case ast.For(
                body=[ast.Expr(value=ast.Call(func=ast.Name("print"), args=[only], keywords=[]))]
            ):
                head = f"for {there.text(statement.target)} in {there.text(statement.iter)}"
                text = f'return "\\n".join({there.text(only)} {head})'
                yield instead(there, statement, text, LIKELY)
            case _:
                pass


def _returns(method: Function) -> list[ast.Return]:
    return [node for node in ast.walk(method) if isinstance(node, ast.Return) and node.value]


def _each_return(there: Scene, method: Function, form: str) -> Iterator[Candidate]:
    for node in _returns(method):
        if node.value:
            yield instead(there, node.value, form.format(there.text(node.value)), SURE)


def _without_return(there: Scene, method: Function) -> Iterator[Candidate]:
    for node in _returns(method):
        yield instead(there, node, "return", SURE, "Return nothing from '__init__'")


def _managed(scene: Scene, there: Scene, method: Function) -> Iterator[Candidate]:
    """A function that yields once, where it is what `with` was given."""
    names = {ast.unparse(call.func).rpartition(".")[2] for call in scene.inside(ast.Call)}
    if method.name in names and not method.decorator_list:
        imports = importing(scene, "from contextlib import contextmanager", "contextmanager")
        line = line_before(there, method, "@contextmanager")
        yield Candidate("Add '@contextmanager'", together(scene, *imports, line), SURE)


def _hashed(there: Scene, method: Function) -> Iterator[Candidate]:
    """The number that sets need, of what the class goes by when it tells which are equal."""
    owner = there.parents.get(method)
    said = there.said(r"unhashable type: '(?:\w+\.)*(\w+)'")
    if not isinstance(owner, ast.ClassDef) or said is None or owner.name != said[1]:
        return
    first = method.args.args[0].arg if method.args.args else "self"
    parts = [each for each in ast.walk(method) if isinstance(each, ast.Attribute)]
    names = [each.attr for each in parts if ast.unparse(each.value) == first]
    kept = [f"self.{name}" for name in dict.fromkeys(names) if not name.startswith("__")]
    if kept:
        end, margin = there.span(method).end, " " * method.col_offset
        head = f"\n\n{margin}def __hash__(self):"
        text = f"{head}\n{margin}    return hash(({', '.join(kept)},))"
        yield Candidate("Add '__hash__' of the same", TextEdit(Span(end, end), text), LIKELY)


def _is_nearly_special(name: str) -> bool:
    bare = name.strip("_")
    return bare in _SPECIAL and name.startswith("_") and name != f"__{bare}__"


def _may_lack(scene: Scene) -> bool:
    """Whether the failure is one that comes of a special method which is not there."""
    return scene.said(r"takes no arguments|object has no attribute|not supported|has no len|"
                      r"is not iterable|not callable|unsupported operand") is not None  # fmt: skip


def _respelt(there: Scene, method: Function) -> Candidate:
    at = there.span(method).start + there.text(method).index(f"def {method.name}") + 4
    new = f"__{method.name.strip('_')}__"
    edit = TextEdit(Span(at, at + len(method.name)), new)
    return Candidate(f"Rename '{method.name}' to '{new}'", edit, SURE)


RULE = rule("special-methods", "TypeError AttributeError", candidates)
