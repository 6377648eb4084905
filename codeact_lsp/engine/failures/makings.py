"""Where inside of a node a value or a part of it was made: further in than the `return`.

A part is known by the step to it. If one place alone of the node writes such a key, field or item,
that made it; and a variable that is set once stands for what it is set to. Where there are several,
nothing is said: what ran last is not recorded.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from codeact_lsp.engine.failures.classes import fields
from codeact_lsp.engine.failures.fillings import entries, is_begun_empty, only_filling
from codeact_lsp.engine.failures.gathering import is_only_filled
from codeact_lsp.engine.failures.given_names import names_given
from codeact_lsp.engine.failures.helpers import called_helpers
from codeact_lsp.engine.failures.kinds import kind as kind_of
from codeact_lsp.engine.failures.returned_values import returned_values
from codeact_lsp.engine.failures.steps import Step, Variables
from codeact_lsp.plan import Plan, Span

_PUTTING = frozenset({"add", "append"})
_COPYING = frozenset({"frozenset", "list", "set", "sorted", "tuple"})
_COPIES = _COPYING | {"dict"}
# What was put together, or taken out, is rightly so on the way to what is made of it at the end.
_GATHERED = (ast.DictComp, ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.Subscript)
# What cannot change after it was made, so that whoever made it made it so.
_IMMUTABLE = frozenset({"NoneType", "bool", "bytes", "complex", "float", "int", "str", "tuple"})


@dataclass(frozen=True, slots=True)
class Making:
    """The expression that made something.

    Attributes:
        span: Where it stands.
        taken: If it only took that out of a parameter of the node: the step, and which.
        is_around: Whether it made something that the part is in.
        function: The helper that it stands in, if that is not the node.
    """

    span: Span
    taken: tuple[Step, str] | None
    is_around: bool = False
    function: str | None = None


def making(plan: Plan, node: str, returned: int | None, step: Step, kind: str) -> Making | None:
    """What made a part of the value of a node; None if that is not known.

    Args:
        plan: The plan that ran.
        node: The node.
        returned: Which of its `return` statements ran.
        step: How the part was asked for.
        kind: The type of the part.
    """
    definition = plan.nodes[node]
    piece = plan.document.pieces[definition.piece]
    for function, ran in returned_values(plan, node, returned):
        variables = Variables.of(function)
        found = _Makers(function, variables, fields(plan)).of(ran, step, kind)
        if found is not None:
            is_swapped = step.kind == "field" and _is_of_another(found, str(step.name), plan)
            made = variables.source(found)
            # A name is as it was cut out; any other part may have had to be converted here.
            if step.kind == "name" and isinstance(made, ast.Name):
                made = variables.unpacked.get(made.id, made)
            place = piece.span(found if is_swapped else made)
            # What is rightly used elsewhere is what it is to be, and wrong only here.
            is_right = isinstance(found, ast.Name) and found.id in variables.asked
            taken = None if is_right else variables.taken(found)
            return Making(definition.span(place), taken)
        if helped := _in_helpers(plan, function, step):
            return helped
        around = (
            _around(function, variables, ran, empty=step.is_empty) if step.kind != "whole" else None
        )
        if around is not None:
            place = piece.span(variables.followed(around))
            return Making(definition.span(place), None, is_around=True)
    return None


def _in_helpers(plan: Plan, function: ast.stmt, step: Step) -> Making | None:
    """What alone writes a key or field in the helpers that a node calls, if itself it does not."""
    declared = fields(plan)
    if _Makers(function, Variables(), declared).written(step):
        return None
    found = [
        Making(piece.span(place).shifted(start), None, function=helper.name)
        for piece, start, helper in called_helpers(plan, function)
        for place in _Makers(helper, Variables(), declared).written(step)
    ]
    return found[0] if len(found) == 1 else None


def _is_of_another(given: ast.expr, field: str, plan: Plan) -> bool:
    """Whether what is given for a field is called as another field of the same class."""
    if not isinstance(given, ast.Name) or given.id == field:
        return False
    return any({field, given.id} <= {*declared} for declared in fields(plan).values())


def _around(
    function: ast.stmt, variables: Variables, returned: ast.expr, *, empty: bool
) -> ast.expr | None:
    """The one expression that all parts of what is returned come from."""
    match returned, variables.followed(returned):
        case ast.Name(), ast.DictComp(value=value) | ast.ListComp(elt=value) if (
            empty or not is_begun_empty(value)
        ):
            return value
        case ast.Name(id=name), _:
            return only_filling(function, name)
        case ast.Call(func=ast.Name(id=name), args=[ast.Name() as inner]), _ if name in _COPIES:
            return _around(function, variables, inner, empty=empty)
        case _:
            return None


class _Makers:
    """The places of a function where parts of its value are made."""

    def __init__(
        self, function: ast.stmt, variables: Variables, fields: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._function = function
        self._variables = variables
        self._fields = fields

    def of(self, returned: ast.expr, step: Step, kind: str) -> ast.expr | None:
        """The one place that made a part; None if there are several, or none that is known."""
        found = self.written(step) or self._of_returned(returned, step, kind)
        return found[0] if len(found) == 1 else None

    def written(self, step: Step) -> list[ast.expr]:
        """All that is written as a key or a field, whatever is returned."""
        match step.kind:
            case "key":
                return list(self._under_key(step.name))
            case "field":
                return list(self._in_field(str(step.name)))
            case _:
                return []

    def _of_returned(self, returned: ast.expr, step: Step, kind: str) -> list[ast.expr]:
        match step.kind:
            case "whole":
                found = self._whole(returned, kind)
            case "item":
                found = self._items(returned)
            case "entry":
                found = iter([*self._items(returned), *entries(self._function, returned)])
            case "name":
                found = names_given(self._function, returned, self._variables)
            case "slot":
                found = self._slot(returned, step.name)
            case "key" | "field":
                return []
            case _:
                found = self._at(returned, step.name)
        return list(found)

    def _whole(self, returned: ast.expr, kind: str) -> Iterator[ast.expr]:
        """What is assigned to the variable that is returned and may be of that type."""
        if not isinstance(returned, ast.Name):
            return
        values = self._variables.values.get(returned.id, [])
        # What is filled later was begun as what it is by whoever fills it.
        is_made_at_once = only_filling(self._function, returned.id) in values
        if kind in _IMMUTABLE or is_made_at_once:
            yield from (
                value
                for value in values
                if kind_of(value) in {kind, None} and not is_begun_empty(value)
                if kind in _IMMUTABLE or not isinstance(value, _GATHERED)
            )

    def _under_key(self, key: str | int) -> Iterator[ast.expr]:
        for part in ast.walk(self._function):
            match part:
                case ast.Dict(keys=keys, values=values):
                    yield from (
                        value
                        for name, value in zip(keys, values, strict=True)
                        if isinstance(name, ast.Constant) and name.value == key
                    )
                case ast.Assign(targets=[ast.Subscript(slice=ast.Constant(value=name))]):
                    if name == key:
                        yield part.value
                case ast.Call(func=ast.Name("dict"), keywords=keywords):
                    yield from (each.value for each in keywords if each.arg == key)
                case _:
                    pass

    def _in_field(self, name: str) -> Iterator[ast.expr]:
        for part in ast.walk(self._function):
            match part:
                case ast.Call(func=ast.Name(id=made)) if name in self._fields.get(made, ()):
                    yield from _argument(part, [*self._fields[made]].index(name), name)
                case ast.Assign(targets=[ast.Attribute(attr=attribute)]) if attribute == name:
                    yield part.value
                case _:
                    pass

    def _items(self, returned: ast.expr) -> Iterator[ast.expr]:
        """What a list or set that is returned is filled with."""
        if isinstance(returned, ast.Name):
            put = list(self._put_into(returned.id))
            yield from put if is_only_filled(self._function, returned.id, len(put)) else ()
        match self._variables.followed(returned):
            case ast.ListComp(elt=item) | ast.SetComp(elt=item) | ast.GeneratorExp(elt=item):
                yield item
            case ast.Call(func=ast.Name(id=name), args=[inner]) if name in _COPYING:
                yield from self._items(inner)
            case _:
                pass

    def _put_into(self, owner: str) -> Iterator[ast.expr]:
        for part in ast.walk(self._function):
            match part:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id=name), attr=method), args=[item]
                ) if name == owner and method in _PUTTING:
                    yield item
                case _:
                    pass

    def _slot(self, returned: ast.expr, index: str | int) -> Iterator[ast.expr]:
        match self._variables.followed(returned):
            case ast.Tuple(elts=several) if isinstance(index, int):
                is_plain = not any(isinstance(each, ast.Starred) for each in several)
                yield from several[index : index + 1] if is_plain and index >= 0 else ()
            case _:
                pass

    def _at(self, returned: ast.expr, position: str | int) -> Iterator[ast.expr]:
        for item in (*self._items(returned), *entries(self._function, returned)):
            match self._variables.followed(item):
                case ast.Tuple(elts=several) if isinstance(position, int):
                    is_plain = not any(isinstance(each, ast.Starred) for each in several)
                    yield from several[position : position + 1] if is_plain else ()
                case _:
                    pass


def _argument(call: ast.Call, position: int, name: str) -> Iterator[ast.expr]:
    """What a call gives for a parameter, if that can be seen."""
    if not any(isinstance(each, ast.Starred) for each in call.args):
        yield from call.args[position : position + 1]
    yield from (each.value for each in call.keywords if each.arg == name)
