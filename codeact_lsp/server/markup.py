"""Text for people in the format that their editor shows: Markdown, or plain text.

What comes from a plan must stay text: no Markdown, no HTML, no link and no command of its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lsprotocol import types as lsp

from codeact_lsp.plan.visible import visible, visible_lines

_MOST_CHARACTERS = 2_000
# Whatever is not of that alphabet could end the address, and begin anything else.
_BASE64 = re.compile(r"[^A-Za-z0-9+/=]")
# What CommonMark and its common extensions give a meaning inside of a line. An underscore inside
# of a word has none, and an escaped one is ugly where an editor shows Markdown as it is.
_SPECIAL = re.compile(r"[\\`*\[\]<>&~|$#!]|(?<!\w)_|_(?!\w)|:(?=//)|@|(?<=www)\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text as it stands, line by line."""

    text: str
    language: str = "text"


@dataclass(frozen=True, slots=True)
class Names:
    """Names behind a title."""

    title: str
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Entries:
    """Names with what is said of each, below a title; a name may be empty."""

    title: str
    entries: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG in base64, which only Markdown can show."""

    data: str


Block = Verbatim | Names | Entries | Picture


def markup(blocks: Iterable[Block], kind: lsp.MarkupKind) -> lsp.MarkupContent:
    """The blocks, one below the other."""
    show = _markdown if kind is lsp.MarkupKind.Markdown else _plain
    return lsp.MarkupContent(kind=kind, value="\n\n".join(map(show, blocks)))


def _plain(block: Block) -> str:
    match block:
        case Verbatim():
            return capped(block.text)
        case Names():
            return f"{block.title}: {', '.join(block.names)}"
        case Entries():
            lines = [f"  {name}: {text}" if name else f"  {text}" for name, text in block.entries]
            return "\n".join([f"{block.title}:", *map(capped, lines)])
        case Picture():
            return "(a picture)"


def _markdown(block: Block) -> str:
    match block:
        case Verbatim():
            return _fenced(capped(block.text), block.language)
        case Names():
            return f"*{block.title}*: {', '.join(map(_code, block.names))}"
        case Entries():
            lines = [
                f"- {_code(name)}: {_escaped(text)}" if name else f"- {_escaped(text)}"
                for name, text in block.entries
            ]
            return "\n".join([f"*{block.title}*", "", *lines])
        case Picture():
            return f"![The value as a picture](data:image/png;base64,{_BASE64.sub('', block.data)})"


def capped(text: str) -> str:
    """The text, cut to what a person reads in passing, and without anything that cannot be seen."""
    cut = text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]} …"
    return visible_lines(cut)


def _fenced(text: str, language: str) -> str:
    """Text in a fence that nothing in it can close."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _code(text: str) -> str:
    """Text as a code span, which nothing in it can end."""
    line = visible(" ".join(text.split()))
    longest = max(map(len, re.findall("`+", line)), default=0)
    ticks = "`" * (longest + 1)
    padding = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{padding}{line}{padding}{ticks}"


def _escaped(text: str) -> str:
    """Text in a line of Markdown; it cannot begin a block, since it is on one line."""
    line = capped(" ".join(text.split()))
    escaped = _SPECIAL.sub(r"\\\g<0>", line)
    # Behind the mark of a list item, a line may begin another block: a list, a rule, a title.
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", escaped)
