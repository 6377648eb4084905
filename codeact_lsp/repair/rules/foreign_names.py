"""A name that other languages have by themselves, or had in Python once.

Answers NameError. All of them in the function at once: who writes one of a language writes others.

    if found is null: return true     ->  if found is None: return True
    this.total                        ->  self.total, in a method
    console.log(total)                ->  print(total)
    parseInt(text); xrange(3)         ->  int(text); range(3)
"""

import ast
from collections.abc import Iterator, Mapping

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import SURE, Candidate, in_places, rule
from codeact_lsp.repair.names import missing
from codeact_lsp.repair.scene import FUNCTIONS, Scene
from codeact_lsp.repair.writing import replaced, together

_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("null", "NULL", "Null", "nil", "Nil", "nullptr", "undefined"), "None"),
    **dict.fromkeys(("none", "NONE"), "None"),
    **dict.fromkeys(("true", "TRUE"), "True"),
    **dict.fromkeys(("false", "FALSE"), "False"),
    **dict.fromkeys(("printf", "println", "puts", "echo"), "print"),
    **dict.fromkeys(("String", "unicode", "basestring"), "str"),
    "parseInt": "int", "long": "int", "parseFloat": "float", "Number": "float", "Boolean": "bool",
    "strlen": "len", "typeof": "type", "xrange": "range", "raw_input": "input", "unichr": "chr",
    "Infinity": 'float("inf")', "NaN": 'float("nan")',
}  # fmt: skip
_PRINTING = frozenset({"console.log", "console.error", "System.out.println", "fmt.Println"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What Python calls it, and all others like it."""
    name = missing(scene)
    if name == "this":
        yield from _of_self(scene)
        return
    edits = [edit for node in ast.walk(scene.body) for edit in _meant(scene, node)]
    here = [new for old, new in _named(scene.nearby(ast.Name)) if old == name]
    if name in {each.partition(".")[0] for each in _PRINTING}:
        here.append("print")
    if here and edits:
        title = f"Write '{here[0]}' for '{name}'"
        edit = together(scene, *edits)
        yield Candidate(f"{title}{in_places(len(edits))}", edit, SURE)


def _named(names: list[ast.Name]) -> Iterator[tuple[str, str]]:
    yield from ((each.id, _NAMES[each.id]) for each in names if each.id in _NAMES)


def _meant(scene: Scene, node: ast.AST) -> Iterator[TextEdit]:
    """The edit of a part that is such a name, or what is asked of one."""
    match node:
        case ast.Attribute() if ast.unparse(node) in _PRINTING:
            yield replaced(scene, node, "print")
        case ast.Name(id=name, ctx=ast.Load()) if name in _NAMES and _is_unknown(scene, name):
            yield replaced(scene, node, _NAMES[name])
        case _:
            pass


def _is_unknown(scene: Scene, name: str) -> bool:
    return not (name in scene.bound or name in scene.plan.names or name in scene.imported)


def _of_self(scene: Scene) -> Iterator[Candidate]:
    """The method's own object, as its first parameter calls it."""
    for method in scene.around(scene.first, ast.stmt):
        is_method = isinstance(scene.parents.get(method), ast.ClassDef)
        if isinstance(method, FUNCTIONS) and is_method and method.args.args:
            own = method.args.args[0].arg
            names = [n for n in ast.walk(method) if isinstance(n, ast.Name) and n.id == "this"]
            title = f"Rename 'this' to '{own}'{in_places(len(names))}"
            edits = (replaced(scene, each, own) for each in names)
            yield Candidate(title, together(scene, *edits), SURE)


RULE = rule("foreign-names", "NameError", candidates)
