"""A name, attribute or key that does not exist, while one that is spelt much like it does.

Answers NameError, AttributeError and KeyError. What exists was seen when the code failed: the names
in scope, the members of the very object, the keys or columns of the very container. Of names, the
plan's own count too.

    cleaned["ammount"]  ->  cleaned["amount"]
    np.lingspace(0, 1)  ->  np.linspace(0, 1)
    minutes / 60        ->  minute / 60
"""

import ast
import builtins
import keyword
import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING

from codeact_lsp.engine.failures.errors import Fact
from codeact_lsp.plan import Piece, Plan, Span
from codeact_lsp.plan.edits import minimal
from codeact_lsp.plan.edits.rewrite import Change, rewrite
from codeact_lsp.repair.candidates import Candidate, in_places, rule
from codeact_lsp.repair.names import idle_parameters, is_environment
from codeact_lsp.repair.opposites import are_opposites
from codeact_lsp.repair.rules.respelt import is_spelt_otherwise
from codeact_lsp.repair.scene import Scene

if TYPE_CHECKING:
    import libcst as cst

_MOST_OPTIONS = 3
_LEAST_LIKENESS = 0.5
# Of keys that may be of anything at the place.
_LEAST_ALIKE = 0.7
_KEY = re.compile(r"(['\"])([^'\"]+)\1: ")
_DOUBT = 0.4
# Less than this much alike are two names by chance.
_ALIKE = 0.6
# How much less likely a renaming is that changes more than the place that failed.
_WIDER = 0.06
_MARGIN = 0.25
# However alike two names are, what a library or Python says of one is surer.
_MOST_SURE = 0.9
# A character of a string as it is written: itself, or an escape sequence.
_UNIT = re.compile(r"\\(?:N\{[^}]*\}|U.{8}|u.{4}|x..|[0-7]{1,3}|.)|.", re.DOTALL)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """A renaming to each close option: of the failing place, and of all alike in the function."""
    plan, fact = scene.plan, scene.error.fact
    if fact is None:
        return
    everywhere = _occurrences(plan, fact)
    owners = [item.value for item in scene.inside(ast.Subscript)]
    # One that the function takes for nothing may be meant, however it is spelt.
    function = scene.function(scene.first) if fact.kind == "name" else None
    idle = idle_parameters(scene, function) if function else []
    for option in _options(scene, fact):
        likely = min(_likeness(fact.name, option), _MOST_SURE) - _doubt(plan, fact, option)
        if likely < _MOST_SURE and any(is_environment(each) for each in owners):
            continue
        if idle and option not in idle:
            likely -= _MARGIN
        if _is_of_other_use(scene, fact, option):
            likely = min(likely, _LEAST_LIKENESS)
        is_by_chance = _likeness(fact.name, option) < _ALIKE
        if is_by_chance and _is_of_builtin(scene, fact):
            likely /= 4  # Methods of Python's own are known better than to be so far from right.
        for spans in _choices(fact, everywhere):
            edit = rewrite(plan, spans, _renaming(fact, option))
            if edit:
                title = f"Rename '{fact.name}' to '{option}'{in_places(len(spans))}"
                yield Candidate(title, edit, likely)
                likely -= _WIDER


def _is_of_builtin(scene: Scene, fact: Fact) -> bool:
    """Whether a member is asked of an object of Python's own."""
    said = scene.said(r"^'(\w+)' object has no attribute")
    return fact.kind == "attribute" and said is not None and hasattr(builtins, said[1])


def _is_of_other_use(scene: Scene, fact: Fact, option: str) -> bool:
    """Whether a method of Python's own would be named and not called, or a value called."""
    said = scene.said(r"^'(\w+)' object has no attribute")
    kind = getattr(builtins, said[1], None) if said and fact.kind == "attribute" else None
    if kind is None or not hasattr(kind, option):
        return False
    nodes = [
        n for n in ast.walk(scene.body) if isinstance(n, ast.Attribute) and n.attr == fact.name
    ]
    call = scene.parents.get(nodes[0]) if nodes else None
    is_called = isinstance(call, ast.Call) and call.func in nodes
    # A method may be kept to be called later, under a name of its own.
    is_given = isinstance(call, ast.keyword | ast.Assign) or (
        isinstance(call, ast.Call) and ast.unparse(call.func) in {"map", "filter", "sorted"}
    )
    return not is_given and callable(getattr(kind, option)) != is_called


def _options(scene: Scene, fact: Fact) -> list[str]:
    """What is spelt like it, closest first."""
    found = {option for option in fact.options if _is_usable(fact, option)}
    if fact.kind == "name":
        # Only what the node reaches was run, and a name that does not exist reaches nothing.
        private = fact.name.startswith("_")
        known = {*scene.plan.names, *scene.bound}
        bound = (name for name in known if private or not name.startswith("_"))
        found |= set(get_close_matches(fact.name, bound, _MOST_OPTIONS, _LEAST_LIKENESS))
    elif fact.kind == "key" and not found:
        found = set(get_close_matches(fact.name, _keys(scene), _MOST_OPTIONS, _LEAST_ALIKE))
    if fact.kind == "name" and len(fact.name) == 1:
        # A single letter is a variable of its own, and no slip in a longer word.
        found -= set(dir(builtins))
    ranked = sorted(found - {fact.name}, key=lambda option: (-_likeness(fact.name, option), option))
    return ranked[:_MOST_OPTIONS]


def _keys(scene: Scene) -> Iterator[str]:
    """The keys that were seen in what stands at the place, however deep, where it has no others."""
    return (found[2] for value in scene.error.values for found in _KEY.finditer(value.value))


def _doubt(plan: Plan, fact: Fact, option: str) -> float:
    """How much speaks against a renaming.

    A key that begins with a mark of its file is the work of how that was read. A spelling that the
    rest of the plan uses is the right one; then it is the maker of the key or attribute who has
    misspelt it.
    """
    if option.startswith("\ufeff"):
        return _DOUBT
    if fact.kind == "name":
        return _DOUBT / 2 if _is_plural(fact.name, option) else 0.0
    elsewhere = _count(plan, fact) - len(_occurrences(plan, fact))
    doubtful = 0 < elsewhere >= _count(plan, replace(fact, name=option))
    is_key = fact.kind == "key"
    doubtful = doubtful or (is_key and is_spelt_otherwise(plan, fact.name, option, fact.span))
    return _DOUBT if doubtful else 0.0


def _is_plural(name: str, option: str) -> bool:
    """Whether one is the other's plural: both are good names, and seldom of the same thing."""
    return name in {f"{option}s", f"{option}es"} or option in {f"{name}s", f"{name}es"}


def _count(plan: Plan, fact: Fact) -> int:
    """How often the plan writes the key or attribute."""
    nodes = ((piece, node) for piece in plan.document.pieces for node in ast.walk(piece.tree))
    return sum(_written(piece, node, fact) is not None for piece, node in nodes)


def _likeness(name: str, option: str) -> float:
    """How much alike two names are; wholly if they only differ in how their letters are written."""
    one, other = ("".join(filter(str.isalnum, each)).casefold() for each in (name, option))
    return 1.0 if one == other != "" else SequenceMatcher(None, name, option).ratio()


def _is_usable(fact: Fact, option: str) -> bool:
    """Whether it can be written and meant; what an object says of itself may be anything."""
    if fact.kind == "keyword" and are_opposites(fact.name, option):
        return False
    return fact.kind == "key" or (option.isidentifier() and not keyword.iskeyword(option))


def _choices(fact: Fact, everywhere: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    if fact.kind == "name":
        # A name that does not exist fails wherever it is read, so half a renaming mends nothing.
        return [everywhere]
    here = (fact.span,)
    return [here, everywhere] if len(everywhere) > 1 else [here]


def _occurrences(plan: Plan, fact: Fact) -> tuple[Span, ...]:
    """Where the same thing is written in the same top-level statement, in order."""
    index = plan.document.piece_at(fact.span.start)
    piece, start = plan.document.pieces[index], plan.document.starts[index]
    found = (_written(piece, node, fact) for node in ast.walk(piece.tree))
    return tuple(sorted({fact.span, *(span.shifted(start) for span in found if span)}))


def _written(piece: Piece, node: ast.AST, fact: Fact) -> Span | None:
    """Where `node` writes the name, attribute or key that does not exist."""
    match fact.kind, node:
        case "name", ast.Name(id=fact.name):
            return piece.span(node)
        case "key", ast.Constant(value=fact.name):
            return piece.span(node)
        case "attribute", ast.Attribute(attr=fact.name):
            end = piece.span(node).end
            # Python normalises identifiers; one that is written otherwise is left alone.
            spelt = piece.text[end - len(fact.name) : end] == fact.name
            return Span(end - len(fact.name), end) if spelt else None
        case _:
            return None


def _renaming(fact: Fact, option: str) -> Change:
    import libcst as cst  # noqa: PLC0415 - 200 ms that only a repair should pay.

    def rename(node: "cst.BaseExpression") -> "cst.BaseExpression | None":
        if isinstance(node, cst.Name) and node.value == fact.name:
            return node.with_changes(value=option)
        if isinstance(node, cst.SimpleString) and node.evaluated_value == fact.name:
            return node.with_changes(value=_respelt(node, fact.name, option))
        return None

    return rename


def _respelt(literal: "cst.SimpleString", old: str, new: str) -> str:
    """The literal with `new` for `old`; what both share stays as it is written."""
    raw, quote = literal.raw_value, literal.quote
    prefix = literal.value[: len(literal.prefix)]
    units = list(raw) if "r" in literal.prefix else _UNIT.findall(raw)
    if len(units) != len(old):  # A line is continued within the literal.
        return f"{prefix}{quote}{_escaped(new, quote)}{quote}"
    edit = minimal(old, new)
    head, tail = units[: edit.span.start], units[edit.span.end :]
    return "".join([prefix, quote, *head, _escaped(edit.new, quote), *tail, quote])


def _escaped(text: str, quote: str) -> str:
    """What has to be written between these quotes for `text`."""
    parts = (f"\\{char}" if char in {"\\", quote[0]} else char for char in text)
    return "".join(
        part if part.isprintable() else part.encode("unicode_escape").decode() for part in parts
    )


RULE = rule(
    "misspelt",
    "NameError AttributeError KeyError TypeError ValueError ColumnNotFoundError",
    candidates,
)
