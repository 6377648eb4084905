"""Of which type the value of an expression is, as far as its text tells."""

import ast

_MADE: tuple[tuple[type[ast.expr], str], ...] = (
    (ast.List, "list"), (ast.ListComp, "list"), (ast.Dict, "dict"), (ast.DictComp, "dict"),
    (ast.Set, "set"), (ast.SetComp, "set"), (ast.Tuple, "tuple"), (ast.JoinedStr, "str"),
    (ast.Compare, "bool"), (ast.GeneratorExp, "generator"),
)  # fmt: skip
_CONVERSIONS = {
    "bool": "bool", "bytes": "bytes", "dict": "dict", "float": "float", "int": "int", "len": "int",
    "list": "list", "repr": "str", "set": "set", "sorted": "list", "str": "str", "tuple": "tuple",
    "print": "NoneType",
}  # fmt: skip
_OF_TEXTS = {
    "casefold": "str", "format": "str", "join": "str", "lower": "str", "lstrip": "str",
    "partition": "tuple", "replace": "str", "rsplit": "list", "rstrip": "str", "split": "list",
    "splitlines": "list", "strip": "str", "title": "str", "upper": "str",
}  # fmt: skip


def kind(node: ast.expr) -> str | None:
    """The type of what an expression makes, if it can be seen."""
    match node:
        case ast.Constant(value=value):
            return type(value).__name__
        case ast.Call(func=ast.Name(id=name)):
            return _CONVERSIONS.get(name)
        case ast.Call(func=ast.Attribute(attr=name)):
            return _OF_TEXTS.get(name)
        case _:
            return next((kind for form, kind in _MADE if isinstance(node, form)), None)
