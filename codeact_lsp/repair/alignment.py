"""What one piece of code has that another one, written just like it, has not.

Whoever writes two lines that do the same to two things, writes them alike: what is there in one and
not in the other was mostly forgotten.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import EllipsisType

_Names = Mapping[str, str]
_Value = str | bytes | int | float | complex | EllipsisType | None


# Of two names that only a number parts, one stands for the other.
_NEARLY = 2


@dataclass(frozen=True)
class Lack:
    """What a piece of code lacks beside one that is like it.

    Attributes:
        part: The part of it in whose place there is more in the other one.
        more: What stands there.
        names: What the names of the other one are in it.
        values: What is written in it for the values of the other one, those as they are written.
        alike: How many of their parts are the same.
        at: Where an argument is missing among those of `part`, a call; None if it is another thing.
    """

    part: ast.AST
    more: ast.expr
    names: _Names
    values: Mapping[str, _Value]
    alike: int
    at: int | None = None


@dataclass(frozen=True)
class _Found:
    names: _Names = field(default_factory=dict)
    values: Mapping[str, _Value] = field(default_factory=dict)
    alike: int = 0
    lacks: tuple[tuple[ast.AST, ast.expr, int | None], ...] = ()

    def named(self, other: str, own: str) -> "_Found | None":
        """With one more name for one of the other's; None if it has another one already."""
        if self.names.get(other, own) != own:
            return None
        alike = self.alike + (_NEARLY if _stem(own) == _stem(other) else 1)
        return replace(self, names={**self.names, other: own}, alike=alike)

    def written(self, other: _Value, own: _Value) -> "_Found":
        """With what is written in the place of a value of the other's."""
        values = {repr(other): own, **self.values}
        return replace(self, values=values, alike=self.alike + (own == other))


def lack(own: ast.AST, other: ast.AST) -> Lack | None:
    """The one thing that a piece of code lacks beside another one; None if it is not one.

    Args:
        own: The piece of code.
        other: One that may be like it.
    """
    found = _compared(own, other, _Found())
    if found is None or len(found.lacks) != 1:
        return None
    (part, more, at) = found.lacks[0]
    return Lack(part, more, found.names, found.values, found.alike, at)


def _compared(own: ast.AST, other: ast.AST, found: _Found) -> _Found | None:
    match own, other:
        case ast.Name(id=name), ast.Name(id=like):
            return found.named(like, name)
        case ast.Constant(value=value), ast.Constant(value=like):
            return found.written(like, value) if type(value) is type(like) else None
        case ast.Call(args=given), ast.Call(args=like) if len(given) + 1 == len(like):
            return _with_one_more(own, other, found)
        case (ast.Assign(targets=[into], value=value), ast.AugAssign(target=like, value=more)) | (
            ast.AugAssign(target=into, value=value), ast.Assign(targets=[like], value=more)
        ):  # fmt: skip
            return _all_compared([into, value], [like, more], found)
        case _:
            return _otherwise(own, other, found)


def _otherwise(own: ast.AST, other: ast.AST, found: _Found) -> _Found | None:
    if type(own) is type(other):
        return _fields_compared(own, other, found)
    if not (isinstance(own, ast.expr) and isinstance(other, ast.expr)):
        return None
    if isinstance(other, ast.Slice | ast.Starred):
        return None  # It cannot stand where a value does.
    lacks = (*found.lacks, (own, other, None))
    # What is done to a thing here, may be done there to what is like that.
    parts = other.args if isinstance(other, ast.Call) else list(ast.iter_child_nodes(other))
    inner = (_compared(own, part, found) for part in parts)
    within = next((each for each in inner if each and each.lacks == found.lacks), found)
    return replace(within, lacks=lacks)


def _fields_compared(own: ast.AST, other: ast.AST, found: _Found) -> _Found | None:
    # What a block does is compared line by line, if at all.
    names = [name for name in own._fields if name not in {"body", "orelse", "ctx", "type_comment"}]
    so_far: _Found | None = replace(found, alike=found.alike + 1)
    for name in names:
        one, two = getattr(own, name, None), getattr(other, name, None)
        if so_far is None:
            return None
        if isinstance(one, ast.AST) and isinstance(two, ast.AST):
            so_far = _compared(one, two, so_far)
        elif isinstance(one, list) and isinstance(two, list):
            so_far = _all_compared(one, two, so_far)
        elif one != two:
            return None
    return so_far


def _all_compared(own: Sequence[ast.AST], other: Sequence[ast.AST], found: _Found) -> _Found | None:
    if len(own) != len(other):
        return None
    so_far: _Found | None = found
    for one, two in zip(own, other, strict=True):
        so_far = _compared(one, two, so_far) if so_far else None
    return so_far


def _with_one_more(own: ast.Call, other: ast.Call, found: _Found) -> _Found | None:
    """Of two calls where the other one has an argument more: the place where it fits best."""
    best: _Found | None = None
    for at, more in enumerate(other.args):
        if isinstance(more, ast.Starred):
            continue
        rest = [*other.args[:at], *other.args[at + 1 :]]
        fits = _all_compared(
            [own.func, *own.args, *own.keywords], [other.func, *rest, *other.keywords], found
        )
        if fits and not fits.lacks and (best is None or fits.alike > best.alike):
            best = replace(fits, lacks=((own, more, at),))
    return best


def spelt(lacking: Lack) -> str:
    """What is lacking, with the names of the piece of code that lacks it."""
    # Of two that stand in each other's place: what is one here is the other there.
    turned = {own: other for other, own in lacking.names.items()}
    names = {**turned, **lacking.names}
    copy = ast.parse(ast.unparse(lacking.more), mode="eval").body
    for node in ast.walk(copy):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
        elif isinstance(node, ast.Constant) and repr(node.value) in lacking.values:
            node.value = lacking.values[repr(node.value)]
    return ast.unparse(copy)


def _stem(name: str) -> str:
    return name.rstrip("0123456789")


def size(node: ast.AST) -> int:
    """Of how many parts something is made."""
    return sum(1 for _ in _parts(node))


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    return (each for each in ast.walk(node) if isinstance(each, ast.expr))
