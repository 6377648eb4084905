"""Which type the plan says a value has that is missing: by an annotation of what takes it."""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.scene import FUNCTIONS, Scene, called

_GENERAL = {
    "List": "list", "Sequence": "list", "Iterable": "list", "Dict": "dict", "Mapping": "dict",
    "Set": "set", "Tuple": "tuple", "Counter": "dict", "defaultdict": "dict", "frozenset": "set",
}  # fmt: skip
_OF_MAPPING = r"(?:[Dd]ict|(?:Mutable)?Mapping|defaultdict)\[[^\[\]]+, (.+)\]"
_OF_MANY = r"(?:[Ll]ist|[Ss]et|Iterable|Sequence)\[(.+)\]"


def declared_by_taker(scene: Scene, value: ast.expr) -> str | None:
    """The name of the type that a value is declared to have where it is handed on.

    Args:
        scene: Where it is missing.
        value: The part that should have it.

    Returns:
        The name without what it is of; empty if it may be None as well; None if nothing says it.
    """
    around = scene.parents.get(value)
    match around:
        case ast.AnnAssign(annotation=annotation):
            return _base(ast.unparse(annotation))
        case ast.keyword(arg=str(name)):
            return _parameter(scene, scene.parents.get(around), name)
        case ast.Call(args=arguments) if value in arguments:
            return _parameter(scene, around, arguments.index(value))
        case ast.DictComp() | ast.ListComp() | ast.SetComp() | ast.Return():
            return _returned(scene, around, value)
        case _:
            return None


def declared_by_owner(scene: Scene, item: ast.Subscript) -> str | None:
    """The same, of what the function declares the values of what an item is looked up in."""
    owner = ast.unparse(item.value)
    for each in scene.nearby(ast.arg):
        if each.arg == owner and each.annotation:
            said = re.search(_OF_MAPPING, ast.unparse(each.annotation))
            return _base(said[1]) if said else None
    return None


def _parameter(scene: Scene, call: ast.AST | None, which: str | int) -> str | None:
    """Of what a function or a dataclass of the plan is given, by name or place."""
    known = list(_parameters(scene, called(call))) if isinstance(call, ast.Call) else []
    said = [kind for at, (name, kind) in enumerate(known) if which in (at, name)]
    return _base(said[0]) if said and said[0] else None


def _parameters(scene: Scene, name: str) -> Iterator[tuple[str, str]]:
    """The names of what it is given, and the types, where it says so."""
    for piece in scene.plan.document.pieces:
        for top in piece.tree.body:
            if isinstance(top, FUNCTIONS) and top.name == name:
                for each in top.args.args:
                    yield each.arg, ast.unparse(each.annotation) if each.annotation else ""
            elif isinstance(top, ast.ClassDef) and top.name == name:
                fields = [each for each in top.body if isinstance(each, ast.AnnAssign)]
                yield from ((ast.unparse(f.target), ast.unparse(f.annotation)) for f in fields)


def _returned(scene: Scene, around: ast.AST, value: ast.expr) -> str | None:
    """Of what the function says that it returns, as a whole or as its items."""
    function = scene.function(value)
    whole = isinstance(around, ast.Return)
    if not (whole or isinstance(scene.parents.get(around), ast.Return)):
        return None
    if function is None or function.returns is None:
        return None
    if isinstance(around, ast.DictComp) and around.value is not value:
        return None
    shape = _OF_MAPPING if isinstance(around, ast.DictComp) else _OF_MANY
    said = re.fullmatch("(.+)" if whole else shape, ast.unparse(function.returns))
    return _base(said[1]) if said else None


def _base(annotation: str) -> str:
    name = annotation.strip("'\"").partition("[")[0].rpartition(".")[2].strip()
    is_optional = "|" in annotation or name == "Optional"
    return "" if is_optional else _GENERAL.get(name, name)
