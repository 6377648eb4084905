"""What a docstring tells people: description, parameters, value, exceptions.

Only hover asks, so the parser is imported and the text parsed when that happens first.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from codeact_lsp.plan.docstrings.vocabulary import SECTION_NAMES

if TYPE_CHECKING:
    from griffe import DocstringSection

# A hover shows far less; a parser must not be kept busy with megabytes.
_MOST_CHARACTERS = 20_000
_OWN = re.compile(rf"^(?:{'|'.join(SECTION_NAMES)}):.*\n?", re.MULTILINE)
_HEADING = re.compile(r"^(?=[A-Z][A-Za-z ]*:[ \t]*\n[ \t]+\S)", re.MULTILINE)
_SPHINX = re.compile(r"^:(?:param|parameter|arg|type|returns?|rtype|raises?)\b", re.MULTILINE)
_NUMPY = re.compile(r"^(?:Parameters|Returns|Raises)\n-{3,}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A parameter, a value or an exception, and what is said of it; the name may be empty."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A docstring's text by what it is about."""

    description: str = ""
    parameters: tuple[Entry, ...] = ()
    returns: tuple[Entry, ...] = ()
    raises: tuple[Entry, ...] = ()


@lru_cache(maxsize=1_000)
def prose(doc: str) -> Prose:
    """Read the clean text of a docstring, in the style of Google, NumPy or Sphinx.

    The plan's own sections are left out. What the parser cannot read is description.
    """
    # The parser compiles annotations, and a lone surrogate compiles no more than it prints.
    printable = doc[:_MOST_CHARACTERS].encode("utf-8", "replace").decode()
    text = _HEADING.sub("\n", _OWN.sub("", printable))
    try:
        return _read(_sections(text))
    except Exception:  # noqa: BLE001 - half-typed sections make the parser raise anything.
        return Prose(text)


def _sections(text: str) -> "list[DocstringSection]":
    import griffe  # noqa: PLC0415 - 70 ms of import that only a hover needs.

    literal = griffe.Docstring(text)
    # Its warnings would go to a log, and what they are about is no problem of the plan's.
    if _SPHINX.search(text):
        return griffe.parse_sphinx(literal, warnings=False)
    if _NUMPY.search(text):
        return griffe.parse_numpy(literal, warnings=False)
    # A node has one value; each further line of `Returns` goes on with what is said of it.
    return griffe.parse_google(literal, warnings=False, returns_multiple_items=False)


def _read(sections: "Iterable[DocstringSection]") -> Prose:
    description: list[str] = []
    entries: dict[str, list[Entry]] = {"parameters": [], "returns": [], "raises": []}
    for section in sections:
        kind = section.kind.value
        if kind in entries:
            entries[kind] += _entries(kind, section)
        elif kind == "text":
            description.append(str(section.value).strip())
        elif kind == "admonition":
            title = section.title or section.value.kind
            description.append(f"{title}:\n{section.value.contents}")
    return Prose(
        "\n\n".join(description), **{kind: tuple(found) for kind, found in entries.items()}
    )


def _entries(kind: str, section: "DocstringSection") -> Iterator[Entry]:
    for item in section.value:
        annotation = str(item.annotation or "")
        name = annotation if kind == "raises" else item.name or annotation
        yield Entry(name, " ".join(item.description.split()))
