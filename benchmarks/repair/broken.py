"""Slips after which a function does not parse any more, and how often a mend gives it back."""

import ast
import importlib
import inspect
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.syntax import parse
from codeact_lsp.repair.syntax import mends

_MODULES = (
    "bisect", "calendar", "colorsys", "csv", "difflib", "fnmatch", "gettext", "glob", "heapq",
    "posixpath", "shlex", "statistics", "textwrap", "tokenize", "zipfile",
)  # fmt: skip
_PROSE = "Here is the function, as you have asked for it:"
_MOST_LINES = 60


@dataclass(frozen=True)
class Mended:
    """What came of a slip: whether each offer is what was there before, and is preferred."""

    kind: str
    right: tuple[bool, ...]
    preferred: bool


def mended(seed: int, most: int) -> list[Mended]:
    """As many slips of each kind, drawn by chance, with what is offered for them."""
    chance = random.Random(seed)  # noqa: S311 - nothing is secret.
    functions = [text for name in _MODULES for text in _functions(name)]
    results = []
    for kind, slip in _KINDS.items():
        drawn = (slip(chance.choice(functions), chance) for _ in range(20 * most))
        broken = [pair for pair in drawn if pair and _is_slip(*pair)][:most]
        results += [_tried(kind, *pair) for pair in broken]
    return results


def _is_slip(before: str, after: str) -> bool:
    return parse(before)[1] is None and parse(after)[1] is not None


def _functions(module: str) -> Iterator[str]:
    text = inspect.getsource(importlib.import_module(module))
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.end_lineno is not None:
            found = ast.get_source_segment(text, node)
            if found and len(found.splitlines()) <= _MOST_LINES:
                yield f"{found}\n"


def _tried(kind: str, before: str, broken: str) -> Mended:
    plan = Plan.from_text(broken)
    start = plan.document.starts[plan.document.broken[0]]
    offers = mends(plan, Span(start, start))
    meant = ast.dump(ast.parse(before))
    right = [ast.dump(parse(each.edit.apply(broken))[0]) == meant for each in offers]
    return Mended(kind, tuple(right), any(each.preferred for each in offers))


_Pair = tuple[str, str]


def _without(pattern: str) -> Callable[[str, random.Random], _Pair | None]:
    """What leaves out one of the places where a pattern is found."""

    def slip(text: str, chance: random.Random) -> _Pair | None:
        found = list(re.finditer(pattern, text))
        if not found:
            return None
        one = chance.choice(found)
        return text, text[: one.start()] + text[one.end() :]

    return slip


def _doubled(text: str, chance: random.Random) -> _Pair | None:
    at = chance.choice([one.start() for one in re.finditer(r"[)\]}]", text)] or [0])
    return text, text[:at] + text[at] + text[at:]


def _shifted(text: str, chance: random.Random) -> _Pair | None:
    lines = text.split("\n")
    at = chance.randrange(1, max(len(lines) - 1, 2))
    lines[at] = chance.choice([f"  {lines[at]}", lines[at][2:], lines[at][4:], f"    {lines[at]}"])
    return text, "\n".join(lines)


def _explained(text: str, _: random.Random) -> _Pair | None:
    return text, f"{_PROSE}\n{text}"


def _printed(text: str, chance: random.Random) -> _Pair | None:
    """A statement of Python 2 at the beginning of a body, beside what Python 3 writes for it."""
    margin = re.search(r"\n( +)\S", text)
    name = chance.choice(["'begin'", "len(rows), rows", "'n: %d' % n"])
    end = text.find(":\n")
    if margin is None or end < 0:
        return None
    head, tail = text[: end + 2], text[end + 2 :]
    return f"{head}{margin[1]}print({name})\n{tail}", f"{head}{margin[1]}print {name}\n{tail}"


_KINDS: dict[str, Callable[[str, random.Random], _Pair | None]] = {
    "bracket left out": _without(r"[()\[\]{}]"),
    "bracket twice": _doubled,
    "colon left out": _without(r":(?=\n)"),
    "comma left out": _without(r",(?= )"),
    "quote left out": _without(r"(?<![\"'])[\"'](?![\"'])"),
    "equals for equal": _without(r"=(?== )"),
    "line shifted": _shifted,
    "prose in front": _explained,
    "print of Python 2": _printed,
}
