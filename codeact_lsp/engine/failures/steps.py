"""How a failing node came from what it was given to the part of it that was bad."""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from codeact_lsp.engine.failures.errors import Value

_OF_ITEMS = frozenset({"entry", "item", "name", "position", "slot"})
_BY_NAMES = frozenset({"Counter", "OrderedDict", "defaultdict", "dict"})


@dataclass(frozen=True, slots=True)
class Step:
    """The last step from a value to a part of it.

    Attributes:
        kind: `whole` if there was none; an `item` of what was gone through; an `entry`, under any
            key or at any place; at the `position` in such an item, or the `slot` in the whole; a
            `name` under which something stands; what stands under a `key`, or in a `field`.
        name: The key, the field or the position.
        is_empty: Whether what it leads to has nothing in it, so that nobody has filled it.
    """

    kind: str
    name: str | int = ""
    is_empty: bool = field(default=False, compare=False)


WHOLE = Step("whole")
ITEM = Step("item")
ENTRY = Step("entry")
PART = Step("part")
"""A part of which no more is known."""


@dataclass(frozen=True)
class Variables:
    """What the variables of a function stand for.

    Attributes:
        parameters: Its parameters.
        values: Of each variable all that is assigned to it; of one that is set in other ways too,
            nothing.
        items: The step and what it is done to, of each that goes through something.
        unpacked: What each is taken out of that is set with others at once.
        asked: Those of which a part or a member is asked for.
    """

    parameters: frozenset[str] = frozenset()
    values: Mapping[str, list[ast.expr]] = field(default_factory=dict)
    items: Mapping[str, tuple[Step, ast.expr]] = field(default_factory=dict)
    unpacked: Mapping[str, ast.expr] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()

    @classmethod
    def of(cls, function: ast.stmt) -> "Variables":
        """Those of a function."""
        stores = Counter(
            part.id
            for part in ast.walk(function)
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store | ast.Del)
        )
        parameters = frozenset(part.arg for part in ast.walk(function) if isinstance(part, ast.arg))
        values: dict[str, list[ast.expr]] = {}
        for name, value in _assigned(function):
            values.setdefault(name, []).append(value)
        items = {name: taken for name, taken in _gone_through(function) if stores[name] == 1}
        plain = {name: all_ for name, all_ in values.items() if len(all_) == stores[name]}
        return cls(
            parameters,
            {name: all_ for name, all_ in plain.items() if name not in parameters},
            {name: taken for name, taken in items.items() if name not in parameters},
            {name: whole for name, whole in _unpacked(function) if stores[name] == 1},
            frozenset(_asked_of(function)),
        )

    def followed(self, node: ast.expr) -> ast.expr:
        """What a variable that is set once is set to; any other expression itself."""
        seen: set[str] = set()
        while isinstance(node, ast.Name) and node.id not in seen:
            seen.add(node.id)
            values = self.values.get(node.id, [])
            if len(values) != 1:
                break
            node = values[0]
        return node

    def source(self, node: ast.expr) -> ast.expr:
        """The same; of the item of a variable that is set once, what that is set to."""
        if isinstance(node, ast.Name) and node.id in self.asked:
            return node  # It is what it is to be, as is seen elsewhere.
        found = self.followed(node)
        if isinstance(found, ast.Name) and found.id in self.items:
            step, inner = self.items[found.id]
            source = self.followed(inner)
            return source if step in {ITEM, ENTRY} and not isinstance(source, ast.Name) else found
        return found

    def step(self, node: ast.expr) -> tuple[Step, ast.expr] | None:
        """The step by which an expression takes a part of something, and of what."""
        match self.followed(node):
            case (
                ast.Subscript(value=inner, slice=ast.Constant(value=str(key)))
                | ast.Call(
                    func=ast.Attribute(value=inner, attr="get"),
                    args=[ast.Constant(value=str(key)), *_],
                )
            ):
                return Step("key", key), inner
            case ast.Attribute(value=inner, attr=name):
                return Step("field", name), inner
            case ast.Name(id=name) if name in self.items:
                return self.items[name]
            case ast.Subscript(value=inner, slice=ast.Constant(value=int(index))):
                return Step("slot", index), inner
            case (
                ast.Subscript(value=inner, slice=key)
                | ast.Call(func=ast.Attribute(value=inner, attr="get"), args=[key, *_])
            ):
                return (PART if isinstance(key, ast.Slice) else ENTRY), inner
            case _:
                return None

    def outer_field(self, node: ast.expr) -> str | None:
        """The field of a parameter that a part is in, in whatever depth."""
        while (found := self.step(node)) is not None:
            step, node = found
            root = self.followed(node)
            if isinstance(root, ast.Name) and root.id in self.parameters:
                return str(step.name) if step.kind == "field" else None
        return None

    def taken(self, node: ast.expr) -> tuple[Step, str] | None:
        """The same, with the parameter that the part is of, in whatever depth."""
        found = self.step(node)
        if found is None:
            return None
        step, inner = found
        while (deeper := self.step(inner)) is not None:
            inner = deeper[1]
        root = self.followed(inner)
        is_given = isinstance(root, ast.Name) and root.id in self.parameters
        return (step, root.id) if isinstance(root, ast.Name) and is_given else None


def asked(value: Value, node: ast.expr, within: Variables) -> Step | None:
    """The step to a suspect value; None if it is not known.

    Args:
        value: The value.
        node: What it was called in the function that has it from another node.
        within: The variables of that function.
    """
    if value.input:
        kinds = {kind for kind, _ in value.bad}
        part = ENTRY if value.type in _BY_NAMES else ITEM
        return WHOLE if not kinds or value.type in kinds else part
    found = within.step(node)
    if found is None:
        return None
    step, inner = found
    # Of an item of a part it is not known among what the maker put it.
    is_deeper = step.kind in _OF_ITEMS and within.step(inner) is not None
    return PART if is_deeper else step


def _assigned(function: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    for part in ast.walk(function):
        match part:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=ast.expr() as value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                | ast.NamedExpr(target=ast.Name(id=name), value=value)
            ):
                yield name, value
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=several)):
                if len(names) == len(several):
                    pairs = zip(names, several, strict=True)
                    yield from ((each.id, one) for each, one in pairs if isinstance(each, ast.Name))
            case _:
                pass


def _unpacked(function: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """The variables that are set at once, and the call that gives the values of all."""
    for part in ast.walk(function):
        match part:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Call() as value):
                yield from ((each.id, value) for each in names if isinstance(each, ast.Name))
            case _:
                pass


def _asked_of(function: ast.stmt) -> Iterator[str]:
    for part in ast.walk(function):
        match part:
            case (
                ast.Attribute(value=ast.Name(id=name), ctx=ast.Load())
                | ast.Subscript(value=ast.Name(id=name), ctx=ast.Load())
            ):
                yield name
            case _:
                pass


def _gone_through(function: ast.stmt) -> Iterator[tuple[str, tuple[Step, ast.expr]]]:
    """The variables of loops and comprehensions."""
    for part in ast.walk(function):
        match part:
            case ast.For(target=target, iter=inner) | ast.comprehension(target=target, iter=inner):
                if isinstance(source := _source(inner), ast.Name | ast.Attribute | ast.Subscript):
                    step = ITEM if source is inner else ENTRY
                    yield from (
                        _named(target, source)
                        if _is_by_name(inner)
                        else _bound(target, source, step)
                    )
            case ast.Assign(targets=[ast.Tuple(elts=several)], value=ast.Name() as inner):
                for index, each in enumerate(several):
                    if isinstance(each, ast.Name):
                        yield each.id, (Step("slot", index), inner)
            case _:
                pass


def _source(inner: ast.expr) -> ast.expr:
    """What is gone through, be it by its items."""
    match inner:
        case ast.Call(func=ast.Attribute(value=owner, attr="items" | "values"), args=[]):
            return owner
        case _:
            return inner


def _is_by_name(inner: ast.expr) -> bool:
    match inner:
        case ast.Call(func=ast.Attribute(attr="items"), args=[]):
            return True
        case _:
            return False


def _named(target: ast.expr, inner: ast.expr) -> Iterator[tuple[str, tuple[Step, ast.expr]]]:
    """The variables for what stands in a dictionary, and for its name there."""
    match target:
        case ast.Tuple(elts=[name, value]):
            if isinstance(name, ast.Name):
                yield name.id, (Step("name"), inner)
            yield from _bound(value, inner, ENTRY)
        case _:
            yield from _bound(target, inner, ITEM)


def _bound(
    target: ast.expr, inner: ast.expr, step: Step
) -> Iterator[tuple[str, tuple[Step, ast.expr]]]:
    match target:
        case ast.Name(id=name):
            yield name, (step, inner)
        case ast.Tuple(elts=several):
            for index, each in enumerate(several):
                if isinstance(each, ast.Name):
                    yield each.id, (Step("position", index), inner)
        case _:
            pass
