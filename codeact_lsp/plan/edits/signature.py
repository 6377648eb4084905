"""Add and remove parameters: the list keeps its layout and its comments."""

import ast
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from codeact_lsp.plan.edits.function import Function
from codeact_lsp.plan.edits.text import TextEdit, minimal
from codeact_lsp.plan.source import Span

_MARK = re.compile(r"#[^\r\n]*|[()\[\],]")
# What a comma leaves on its line belongs to what stands before the comma.
_TAIL = re.compile(r"[ \t\f]*#[^\r\n]*")
_LEAD = re.compile(r"(?:\s|#[^\r\n]*(?:[\r\n]|\Z)|\\(?:\r\n|\r|\n))*")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a parameter list: a parameter, or one of the marks `*` and `/`.

    Attributes:
        lead: Blanks, line ends and comments before it.
        text: `name: annotation = default`, as it is written.
        tail: A comment behind its comma, on the same line.
    """

    lead: str
    text: str
    tail: str = ""

    @property
    def name(self) -> str:
        """The name of the parameter; empty for a mark."""
        match = re.match(r"\w+", self.text)
        return unicodedata.normalize("NFKC", match[0]) if match else ""

    @property
    def default(self) -> str | None:
        """The value that the parameter has if it gets none, as it is written."""
        tree = ast.parse(f"def f({self.text}): ...").body[0] if self.name else None
        defaults = tree.args.defaults if isinstance(tree, ast.FunctionDef) else []
        return ast.unparse(defaults[0]) if defaults else None

    @property
    def has_default(self) -> bool:
        """Whether the parameter may be left out."""
        return self.default is not None


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameter list of a function, between its parentheses.

    Attributes:
        span: What stands between the parentheses, in the document.
        closing: Blanks before the closing parenthesis.
        trailing: Whether a comma ends the list.
    """

    span: Span
    items: tuple[Item, ...]
    closing: str = ""
    trailing: bool = False

    @classmethod
    def of(cls, function: Function) -> "Signature":
        """Read the parameter list of `function`."""
        text = function.plan.source.text
        opened, *cuts = _cuts(function)
        starts = [opened + 1, *(cut + 1 for cut in cuts[:-1])]
        items: list[Item] = []
        for start, end in zip(starts, cuts, strict=True):
            tail = _TAIL.match(text, start, end) if items else None
            if tail:
                items[-1] = replace(items[-1], tail=tail[0])
            lead = _LEAD.match(text, tail.end() if tail else start, end)
            if lead and lead.end() < end:
                items.append(Item(lead[0], text[lead.end() : end]))
        span = Span(opened + 1, cuts[-1])
        last = text[starts[-1] : span.end]
        return _closed(function, span, items, last)

    def text(self, name: str) -> str:
        """A parameter as it is written."""
        return next(item.text for item in self.items if item.name == name)

    def changed(self, drop: Collection[str], add: Sequence[str]) -> "Signature":
        """The list without the parameters `drop` and with those that `add` writes."""
        kept = [item for item in self.items if not item.name or item.name not in drop]
        kept = [item for at, item in enumerate(kept) if not _is_idle(kept, at)]
        for text in add:
            item = Item(self._lead(kept), text)
            kept.insert(_place(kept, item), item)
        first = self.items[0].lead if self.items else ""
        return replace(self, items=tuple(_led(kept, first)))

    def _lead(self, kept: Sequence[Item]) -> str:
        """What a new entry begins with: a line of its own where the others have one."""
        known = kept or self.items
        blank = re.sub(r"#[^\r\n]*", "", known[-1].lead if known else "")
        end = re.search(r"(?:\r\n|\r|\n)[ \t]*\Z", blank)
        return end[0] if end else ("" if not known or not kept else " ")

    def render(self) -> str:
        """The list as text."""
        if not self.items:
            return ""
        *first, last = self.items
        comma = "," if self.trailing else ""
        return "".join(
            (
                *(f"{item.lead}{item.text},{item.tail}" for item in first),
                f"{last.lead}{last.text}{comma}{last.tail}{self.closing}",
            )
        )


def parameters_edit(
    function: Function, drop: Collection[str] = (), add: Sequence[str] = ()
) -> Iterator[TextEdit]:
    """The edit, if there is one to make, that changes the parameters of a function.

    Args:
        function: The function.
        drop: Names of parameters to remove.
        add: Parameters to add, as they are to be written.
    """
    signature = Signature.of(function)
    new = signature.changed(drop, add).render()
    old = function.plan.source.text[signature.span.start : signature.span.end]
    if new != old:
        yield minimal(old, new, signature.span.start)


def _cuts(function: Function) -> Iterator[int]:
    """Offsets of the opening parenthesis, of each comma between parameters, of the closing one."""
    text = function.plan.source.text
    skipped = sorted(_expressions(function))
    position, depth, opened = function.span(function.tree).start, 0, False
    while match := _MARK.search(text, position):
        position = match.end()
        if opened and skipped and match.start() >= skipped[0].start:
            position = skipped.pop(0).end
            continue
        mark = match[0]
        if mark in "([":
            depth += 1
        elif mark in ")]":
            depth -= 1
        is_first = mark == "(" and depth == 1 and not opened
        is_last = mark == ")" and opened and depth == 0
        if is_first or is_last or (mark == "," and opened and depth == 1):
            yield match.start()
        opened = opened or is_first
        if is_last:
            return


def _expressions(function: Function) -> Iterator[Span]:
    """Annotations and defaults: a comma inside them separates nothing."""
    arguments = function.tree.args
    parts = [*(argument.annotation for argument in _arguments(function)), *arguments.defaults]
    yield from (function.span(part) for part in [*parts, *arguments.kw_defaults] if part)


def _parts(function: Function) -> Iterator[Span]:
    yield from (function.span(argument) for argument in _arguments(function))
    yield from _expressions(function)


def _arguments(function: Function) -> list[ast.arg]:
    variadic = filter(None, (function.tree.args.vararg, function.tree.args.kwarg))
    return [*function.arguments.values(), *variadic]


def _closed(function: Function, span: Span, items: list[Item], rest: str) -> Signature:
    """The list, once what stands between its last entry and the parenthesis is told apart."""
    if not items or not rest.strip() or _LEAD.fullmatch(rest):
        comment = _TAIL.match(rest) if items else None
        closing = rest[comment.end() :] if comment else rest
        return Signature(span, tuple(items), closing=closing, trailing=bool(items))
    last = items.pop()
    # A `#` may be text of the last default, which ends no earlier than its expression does.
    start = span.end - len(last.text)
    solid = max(part.end for part in _parts(function)) - start
    written = re.compile(r"[^#]*?(?=\s*(?:#|\Z))").match(last.text, max(solid, 1))
    text = last.text[: written.end()] if written else last.text
    after = last.text[len(text) :]
    tail = _TAIL.match(after)
    end = tail.end() if tail else 0
    items.append(Item(last.lead, text, after[:end]))
    return Signature(span, tuple(items), closing=after[end:])


def _is_idle(items: Sequence[Item], at: int) -> bool:
    """Whether an entry is a mark that is for nothing: `*` for what follows, `/` for what leads."""
    sides = {"*": items[at + 1 :], "/": items[:at]}
    side = sides.get(items[at].text)
    return side is not None and not any(other.name for other in side)


def _place(items: Sequence[Item], new: Item) -> int:
    """Where a parameter goes: required ones first, all before `*`."""
    # Nodes get their values by name, which what stands before `/` cannot take.
    first = next((at + 1 for at, item in enumerate(items) if item.text == "/"), 0)
    for at, item in enumerate(items[first:], first):
        if item.text.startswith("*") or (item.has_default and not new.has_default):
            return at
    return len(items)


def _led(items: Sequence[Item], first: str) -> Iterator[Item]:
    """The entries, each with the blanks that its new place asks for; comments stay."""
    for at, item in enumerate(items):
        lead = item.lead if at or "#" in item.lead else first
        yield replace(item, lead=(lead or " ") if at else lead)
