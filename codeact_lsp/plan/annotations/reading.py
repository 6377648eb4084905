"""From the text of an annotation to what it means in a plan."""

import ast
from collections.abc import Iterator
from functools import lru_cache

from codeact_lsp.plan.annotations import library
from codeact_lsp.plan.annotations.meanings import Alias, ClassHead, Imported
from codeact_lsp.plan.annotations.names import Names
from codeact_lsp.plan.annotations.terms import (
    NONE,
    UNKNOWN,
    Instance,
    LiteralOf,
    Term,
    TupleOf,
    union,
)
from codeact_lsp.plan.syntax import parse

# People nest annotations three or four deep and make them of ten parts. What is beyond these
# limits counts as unknown, so that aliases of aliases cannot cost exponential time.
_DEEPEST = 8
_MOST_PARTS = 300
# Decorators and metaclasses that leave a class what its statement says.
_HARMLESS = frozenset(
    {
        *("abc.ABCMeta", "dataclasses.dataclass", "enum.unique", "functools.total_ordering"),
        *("typing.final", "attr.s", "attr.attrs", "attr.define", "attr.frozen", "attr.mutable"),
        *("attrs.define", "attrs.frozen", "attrs.mutable"),
    }
)
# A base class that says nothing about what an object can be given for.
_NEUTRAL = frozenset({"abc.ABC", "builtins.object", "typing.Generic"})
_NAMED_TUPLE = frozenset({"collections.namedtuple", "typing.NamedTuple"})
# Compared by identity. A dictionary with these keys may be what is wanted: which keys, the
# annotations do not always tell, so that any dictionary will do.
_TYPED_DICT = Instance(dict)


@lru_cache(maxsize=10_000)
def term(text: str, names: Names) -> Term:
    """What the annotation `text` means where `names` hold. Unknown if it cannot be read."""
    return _Reader(names).text(text)


class _Reader:
    """Reads one annotation, with the aliases and classes that it leads to."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._parts = 0
        self._depth = 0
        self._within: set[str] = set()

    def text(self, text: str) -> Term:
        """What the expression `text` means."""
        expression = _expression(text)
        return self._term(expression) if expression else UNKNOWN

    def _term(self, part: ast.expr) -> Term:
        self._parts += 1
        if self._parts > _MOST_PARTS or self._depth > _DEEPEST:
            return UNKNOWN
        self._depth += 1
        try:
            return self._read(part)
        finally:
            self._depth -= 1

    def _read(self, part: ast.expr) -> Term:
        match part:
            case ast.Constant(value=None):
                return NONE
            case ast.Constant(value=str(text)):
                return self.text(text)
            case ast.Name() | ast.Attribute():
                return self._named(part)
            case ast.Subscript():
                return self._subscripted(part)
            case ast.BinOp(op=ast.BitOr()):
                return union(tuple(map(self._term, _operands(part))))
            case _:
                return UNKNOWN

    def _named(self, part: ast.Name | ast.Attribute) -> Term:
        name = self._qualified(part)
        if name is not None:
            return library.known(name)
        return self._own(part.id) if isinstance(part, ast.Name) else UNKNOWN

    def _qualified(self, part: ast.expr) -> str | None:
        """The dotted name of what is imported or built in; None for anything else."""
        attributes: list[str] = []
        while isinstance(part, ast.Attribute):
            attributes.append(part.attr)
            part = part.value
        meaning = self._names.meaning(part.id) if isinstance(part, ast.Name) else None
        if not isinstance(meaning, Imported):
            return None
        return ".".join([meaning.target, *reversed(attributes)])

    def _own(self, name: str) -> Term:
        """What a class or an alias of the plan means; nothing is known of one inside itself."""
        if name in self._within:
            return UNKNOWN
        self._within.add(name)
        try:
            match self._names.meaning(name):
                case ClassHead() as head:
                    return self._class(name, head)
                case Alias(text):
                    return self._alias(name, text)
                case _:
                    return UNKNOWN
        finally:
            self._within.remove(name)

    def _class(self, name: str, head: ClassHead) -> Term:
        changers = [_expression(text) for text in head.changers]
        if any(part is None or self._qualified(part) not in _HARMLESS for part in changers):
            return UNKNOWN
        bases = [_expression(text) for text in head.bases]
        return self._derived(name, [self._base(part) for part in bases if part is not None])

    def _derived(self, name: str, bases: list[Term | None]) -> Term:
        if any(base is _TYPED_DICT for base in bases):
            return _TYPED_DICT
        if any(base == UNKNOWN for base in bases):
            return UNKNOWN
        return Instance(f".{name}", bases=tuple(base for base in bases if base is not None))

    def _base(self, part: ast.expr) -> Term | None:
        """What a base class makes of a class; None if nothing."""
        name = self._qualified(part.value if isinstance(part, ast.Subscript) else part)
        if name in _NEUTRAL:
            return None
        if name == "typing.TypedDict":
            return _TYPED_DICT
        if name in _NAMED_TUPLE:
            return Instance(tuple)
        return self._term(part)

    def _alias(self, name: str, text: str) -> Term:
        expression = _expression(text)
        if expression is None:
            return UNKNOWN
        if not isinstance(expression, ast.Call):
            return self._term(expression)
        match self._qualified(expression.func), expression.args:
            case "typing.NewType", [_, base]:
                return self._derived(name, [self._term(base)])
            case "typing.TypedDict", _:
                return _TYPED_DICT
            case maker, _ if maker in _NAMED_TUPLE:
                return self._derived(name, [Instance(tuple)])
            case _:
                return UNKNOWN

    def _subscripted(self, part: ast.Subscript) -> Term:
        arguments = part.slice.elts if isinstance(part.slice, ast.Tuple) else [part.slice]
        match self._qualified(part.value), arguments:
            case "typing.Union", [_, *_]:
                return union(tuple(map(self._term, arguments)))
            case "typing.Optional", [argument]:
                return union((self._term(argument), NONE))
            case "typing.Annotated", [argument, *_]:
                return self._term(argument)
            case "typing.Literal", _:
                return _literal(arguments)
            case _:
                return self._generic(part.value, arguments)

    def _generic(self, part: ast.expr, arguments: list[ast.expr]) -> Term:
        if isinstance(part, ast.Name) and isinstance(self._names.meaning(part.id), Alias):
            return UNKNOWN
        generic = self._term(part)
        if not isinstance(generic, Instance):
            return UNKNOWN
        if generic.kind is tuple:
            return self._tuple(arguments)
        if len(arguments) > library.PARAMETERS.get(generic.kind, 0):
            return generic
        return Instance(generic.kind, tuple(map(self._term, arguments)))

    def _tuple(self, arguments: list[ast.expr]) -> Term:
        match arguments:
            case [item, ast.Constant(value=value)] if value is ...:
                return Instance(tuple, (self._term(item),))
            case _ if any(isinstance(item, ast.Starred) for item in arguments):
                return Instance(tuple)
            case _:
                return TupleOf(tuple(map(self._term, arguments)))


def _expression(text: str) -> ast.expr | None:
    """The tree of `text`, which may go over several lines; None if it is no expression."""
    tree, _ = parse(f"({text}\n)")
    match tree.body:
        case [ast.Expr(value=value)]:
            return value
        case _:
            return None


def _operands(part: ast.expr) -> Iterator[ast.expr]:
    """The members of `a | b | c`. Not recursive: there may be many."""
    pending = [part]
    while pending:
        match pending.pop():
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                pending += (right, left)
            case member:
                yield member


def _literal(arguments: list[ast.expr]) -> Term:
    return union(tuple(map(_value, arguments)))


def _value(part: ast.expr) -> Term:
    match part:
        case ast.Constant(value=None):
            return NONE
        case ast.Constant(value=str() | bytes() | int() as value):
            # Not `repr` of an integer, whose decimal digits are limited in number.
            shown = hex(value) if type(value) is int else repr(value)
            return LiteralOf(frozenset({(type(value), shown)}))
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value))):
            return LiteralOf(frozenset({(int, hex(-value))}))
        case _:
            return UNKNOWN
