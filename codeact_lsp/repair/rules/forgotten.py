"""A function of the plan whose result is nothing, or a method, because of what it forgot.

Answers TypeError, AttributeError and ValueError of the value that it gave, and places the change in
that function.

    def load(): rows = [...]             ->  return rows, also where another one only hands it on
    [line.strip for line in lines]       ->  [line.strip() for line in lines]
    @property def size(self): print(self._n)  ->  return self._n
    def pattern(self): return str(self._made)  ->  return self._made
    def __add__(self, other): Sum(self, other)  ->  return Sum(self, other), where one is added
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.empty_handed import empty_handed
from codeact_lsp.repair.rules import returned
from codeact_lsp.repair.scene import FUNCTIONS, Scene
from codeact_lsp.repair.writing import instead

_METHOD = r"builtin_function_or_method|'(?:method|function)' object|method found"
_IN_ANOTHER_FORM = r"'(?:str|list|tuple)'"
_OF_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "__add__", ast.Sub: "__sub__", ast.Mult: "__mul__", ast.Div: "__truediv__",
    ast.FloorDiv: "__floordiv__", ast.Mod: "__mod__", ast.Pow: "__pow__", ast.BitOr: "__or__",
    ast.BitAnd: "__and__", ast.MatMult: "__matmul__",
}  # fmt: skip
_OF_VALUES = frozenset(
    {
        *dir(str),
        *dir(list),
        *dir(dict),
        "tolist",
        "to_list",
        "to_dict",
        "mean",
        "sum",
        "max",
        "min",
        "group",
        "groups",
        "read_text",
        "to_numpy",
        "unique",
        "idxmax",
        "idxmin",
        "nunique",
        "median",
        "std",
    }
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What the functions that the place calls, or whoever called it did, should give."""
    if scene.said("__ returned non-string"):
        return
    if scene.said("NoneType"):
        for name, there in called_around(scene):
            yield from (each.elsewhere(name) for each in returned.candidates(there))
        for name, there in empty_handed(scene):
            yield from (each.elsewhere(name) for each in returned.candidates(there))
    elif scene.said(_METHOD) or scene.said("not 'method'"):
        for name, there in called_around(scene):
            yield from (each.elsewhere(name) for each in _uncalled(there))
    elif scene.said(_IN_ANOTHER_FORM):
        made = set(_made_by(scene))
        for name, there in _methods(scene, [scene]):
            yield from (each.elsewhere(name) for each in _as_it_was(there) if name in made)


def _made_by(scene: Scene) -> Iterator[str]:
    """The methods that gave what stands at the place, there or where its variables were set."""
    names = {node.id for node in scene.inside(ast.Name)}
    made = [
        node.value for node in scene.nearby(ast.Assign)
        if names & {ast.unparse(target) for target in node.targets}
    ]  # fmt: skip
    for value in (*scene.inside(ast.Call), *made):
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            yield value.func.attr


def _as_it_was(scene: Scene) -> Iterator[Candidate]:
    """What a function returns as a text or in a list, without that."""
    for node in scene.inside(ast.Return):
        match value := node.value:
            case ast.Call(func=ast.Name("str" | "repr" | "list" | "tuple"), args=[only]):
                yield instead(scene, value, scene.text(only), LIKELY)
            case ast.List(elts=[only]) if not isinstance(only, ast.Starred):
                yield instead(scene, value, scene.text(only), LIKELY)
            case _:
                pass


def called_around(scene: Scene) -> Iterator[tuple[str, Scene]]:
    """The plan's functions that are called around the place, or in the frames around that."""
    frames = [scene, *(Scene(scene.plan, scene.error, each.span) for each in scene.error.frames)]
    nodes = (node for frame in frames for node in ast.walk(frame.body))
    # A function that still runs has given nothing yet, unless it runs within itself.
    running = [each.function for each in scene.error.frames]
    names = (
        node.func.id for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )  # fmt: skip
    yield from _methods(scene, frames)
    known = list(dict.fromkeys(names))
    yield from _inner(scene, known)
    document = scene.plan.document
    for name in known:
        if running.count(name) == 1 and name not in _called_in(scene):
            continue
        for piece, start in zip(document.pieces, document.starts, strict=True):
            for node in piece.tree.body:
                if isinstance(node, FUNCTIONS) and node.name == name:
                    yield name, Scene(scene.plan, scene.error, piece.span(node).shifted(start))


def _inner(scene: Scene, names: list[str]) -> Iterator[tuple[str, Scene]]:
    """The functions within the function that failed which are called so."""
    for there, function in scene.everywhere(ast.FunctionDef):
        around = there.function(there.parents.get(function))
        if function.name in names and around is not None and there.piece is scene.piece:
            yield function.name, there


def _by_a_sign(node: ast.AST) -> Iterator[str]:
    """The methods that a sign or a bracket calls."""
    match node:
        case ast.BinOp(op=op) | ast.AugAssign(op=op):
            yield _OF_SIGNS.get(type(op), "")
        case ast.Subscript(ctx=ast.Load()):
            yield "__getitem__"
        case ast.Call(func=ast.Name()):
            yield "__call__"
        case _:
            return


def _called_in(scene: Scene) -> set[str]:
    """The functions that the one which failed calls."""
    calls = (node.func for node in ast.walk(scene.body) if isinstance(node, ast.Call))
    return {func.id for func in calls if isinstance(func, ast.Name)}


def _methods(scene: Scene, frames: list[Scene]) -> Iterator[tuple[str, Scene]]:
    """The methods of the plan's classes that are called there, or read as properties."""
    nodes = [node for frame in frames for node in ast.walk(frame.body)]
    calls = [node.func for node in nodes if isinstance(node, ast.Call)]
    names = {func.attr for func in calls if isinstance(func, ast.Attribute)}
    names |= {name for node in nodes for name in _by_a_sign(node)}
    read = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    for _, owner in scene.everywhere(ast.ClassDef):
        for there, method in scene.everywhere(ast.FunctionDef):
            known = read if _is_property(method) else names
            if method in owner.body and method.name in known:
                yield method.name, there


def _is_property(method: ast.FunctionDef) -> bool:
    return any("property" in ast.unparse(each) for each in method.decorator_list)


def _uncalled(scene: Scene) -> Iterator[Candidate]:
    called = {call.func for call in ast.walk(scene.piece.tree) if isinstance(call, ast.Call)}
    for node in scene.inside(ast.Attribute):
        if node not in called and node.attr in _OF_VALUES and isinstance(node.ctx, ast.Load):
            yield instead(scene, node, f"{scene.text(node)}()", LIKELY)


RULE = rule("forgotten", "TypeError AttributeError ValueError", candidates)
