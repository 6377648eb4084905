"""A failure in terms of the plan: exact ranges, the values in them, the bad value's origin."""

from dataclasses import dataclass, replace

from codeact_lsp.engine.outcomes.outcome import (
    Denied,
    Place,
    RawError,
    RawFrame,
    RawLinked,
    RawValue,
)
from codeact_lsp.engine.sizes import said_size
from codeact_lsp.plan import Encoding, Plan, Position, Span

# A worker can claim anything; comparing names takes time with their length.
_MOST_NAME = 200
_MOST_OPTIONS = 8
_MOST_BAD = 8
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """A call inside the plan."""

    function: str
    span: Span


@dataclass(frozen=True, slots=True)
class Value:
    """A part of the failing expression and its value.

    Attributes:
        input: The parameter that it is.
        part_of: The one that it is a part of.
        suspect: Whether it may explain the failure.
        bad: The types and looks of what is then wrong with it, if the failure is about types.
    """

    text: str
    span: Span
    value: str
    type: str
    input: str | None = None
    part_of: str | None = None
    suspect: bool = False
    bad: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A name, attribute or key that does not exist, and those like it that do, closest first."""

    kind: str
    name: str
    options: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Linked:
    """A cause, a context or a group's member.

    Attributes:
        span: Where it was raised inside the plan; None if it was not.
        depth: 0 if it belongs to the failure itself; else to the last one before it that is one
            less deep.
    """

    how: str
    type: str
    message: str
    span: Span | None
    depth: int = 0

    @property
    def headline(self) -> str:
        """The last line of its traceback."""
        return _headline(self.type, self.message)


@dataclass(frozen=True, slots=True)
class Blame:
    """Where a bad value came from.

    Attributes:
        likely: Whether what is wrong with the value is what is wrong there.
        also: Where other values came from that may be meant as well as this one.
    """

    node: str
    span: Span
    message: str
    likely: bool
    also: tuple["Blame", ...] = ()


@dataclass(frozen=True, slots=True)
class CodeError:
    """Why a node failed. All spans are offsets into the text that ran.

    Attributes:
        category: user, import, syntax, timeout, memory, denied, crash, exit, input, unserialisable.
        span: What Python was executing in the innermost frame inside the plan (PEP 657).
        focus: A narrower part that is certainly the culprit.
        frames: The calls inside the plan, outermost first.
        denied: The right that the node lacked, if that is why it failed.
    """

    node: str
    type: str
    message: str
    category: str
    span: Span
    focus: Span | None = None
    frames: tuple[Frame, ...] = ()
    values: tuple[Value, ...] = ()
    notes: tuple[str, ...] = ()
    linked: tuple[Linked, ...] = ()
    fact: Fact | None = None
    surfaced: str | None = None
    blame: Blame | None = None
    denied: Denied | None = None

    @property
    def headline(self) -> str:
        """The last line of a traceback."""
        return _headline(self.type, self.message)

    @property
    def origins(self) -> tuple[Blame, ...]:
        """Where the values came from that may be meant, the surest first."""
        return (self.blame, *self.blame.also) if self.blame else ()

    def with_blame(self, blame: Blame | None) -> "CodeError":
        """The same error, with the origin of its bad value."""
        return replace(self, blame=blame)

    def as_timeout(self, seconds: float | None) -> "CodeError":
        """The same place, as that of a node that took too long."""
        message = "still running after its time limit"
        if seconds:
            message = f"still running after {seconds:g} s, its time limit"
        return replace(self, type="Timeout", message=message, category="timeout")

    def as_overdue(self, seconds: float | None) -> "CodeError":
        """The same place, as that of a node whose run took too long; also if it never began."""
        error = overdue(seconds or 0.0)
        notes = (*self.notes, *error.notes)
        return replace(
            self, type=error.type, message=error.message, category=error.category, notes=notes
        )


def overdue(seconds: float) -> RawError:
    """Of a node that had no value yet when its run had taken as long as it may, in seconds."""
    message = f"not done when the run had taken {seconds:g} s, its time limit"
    where = (
        "The limit is 'run-time' in [sandbox.limits] of your configuration, or of the workspace's "
        "pyproject.toml."
    )
    return RawError("Timeout", message, "timeout", notes=[where])


def code_error(plan: Plan, node: str, raw: RawError) -> CodeError:
    """Place a worker's report in the plan's text.

    What it says about places is only believed as far as the text goes.
    """
    where = _Places(plan)
    frames = tuple(Frame(frame.function, where.span(frame.place)) for frame in raw.frames)
    fact = _fact(where, raw)
    return CodeError(
        node=node,
        type=raw.type,
        message=raw.message or _unsaid(plan, node, raw),
        category=raw.category,
        span=frames[-1].span if frames else _whole_node(plan, node, raw),
        focus=_focus(where, fact, raw),
        frames=frames,
        values=tuple(_value(where, value) for value in raw.values),
        notes=tuple(raw.notes),
        linked=tuple(_linked(where, linked) for linked in raw.linked if _adds(raw, linked)),
        fact=fact,
        surfaced=f"{raw.surfaced.file}:{raw.surfaced.line}" if raw.surfaced else None,
        denied=raw.denied,
    )


class _Places:
    def __init__(self, plan: Plan) -> None:
        self._source = plan.source

    def span(self, place: Place) -> Span:
        line, column, end_line, end_column = place
        if (column, end_column) == (0, 0):
            # Only the lines are known: a fault handler's words, or an interpreter that was asked
            # to keep no columns.
            first = max(line - 1, 0)
            return self._source.span_of_lines(first, max(end_line - 1, first))
        start, end = self._offset(line, column), self._offset(end_line, end_column)
        return Span(min(start, end), max(start, end))

    def _offset(self, line: int, column: int) -> int:
        return self._source.offset(Position(max(line - 1, 0), max(column, 0)), Encoding.UTF8)


def _unsaid(plan: Plan, node: str, raw: RawError) -> str:
    """What a failure without a message is about, as far as the plan tells."""
    limit = plan.nodes[node].node.directives.memory
    if raw.category == "memory" and limit:
        return f"the node needs more than its limit of {said_size(limit)}"
    return ""


def _headline(kind: str, message: str) -> str:
    return ": ".join(part for part in (kind, message) if part)


def _fact(where: _Places, raw: RawError) -> Fact | None:
    if raw.facts is None:
        return None
    place = raw.facts.place or (raw.frames[-1].place if raw.frames else None)
    if place is None:
        return None
    options = [option for option in raw.facts.options if len(option) <= _MOST_NAME]
    name = raw.facts.name[:_MOST_NAME]
    return Fact(raw.facts.kind, name, tuple(options[:_MOST_OPTIONS]), where.span(place))


def _value(where: _Places, raw: RawValue) -> Value:
    place = where.span(raw.place)
    bad = tuple(raw.bad[:_MOST_BAD])
    known = (raw.input, raw.part_of, raw.suspect, bad)
    return Value(raw.text, place, raw.value, raw.type, *known)


def _focus(where: _Places, fact: Fact | None, raw: RawError) -> Span | None:
    if fact and raw.facts and raw.facts.place:
        return fact.span
    return where.span(raw.focus) if raw.focus else None


def _adds(raw: RawError, linked: RawLinked) -> bool:
    """Whether a linked error says more than the error itself; libraries often raise one twice."""
    return bool(linked.frames) or (linked.type, linked.message) != (raw.type, raw.message)


def _linked(where: _Places, raw: RawLinked) -> Linked:
    last: RawFrame | None = raw.frames[-1] if raw.frames else None
    place = where.span(last.place) if last else None
    return Linked(raw.how, raw.type, raw.message, place, min(max(raw.depth, 0), _DEEPEST))


def _whole_node(plan: Plan, node: str, raw: RawError) -> Span:
    """Where to show a failure that has no frame inside the plan."""
    definition = plan.nodes[node]
    if raw.input is not None:
        for parameter in definition.node.parameters:
            if parameter.name == raw.input:
                return definition.span(parameter.span)
    returns = definition.node.return_lines
    if raw.category == "unserialisable" and returns:
        index = raw.returned if raw.returned is not None else len(returns) - 1
        return definition.span(returns[min(max(index, 0), len(returns) - 1)])
    return definition.span(definition.node.name_span)
