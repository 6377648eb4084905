"""The tables of SQLite that a plan makes, by its own statements for that."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from codeact_lsp.repair.scene import Scene

_NAME = r"[\"'`\[]?(\w+)[\"'`\]]?"
_CREATED = r"(?i)create\s+(?:temp(?:orary)?\s+)?table\s+(?:if\s+not\s+exists\s+)?[\"'`\[]?{}\b"
_NO_COLUMN = re.compile(r"(?i)(?:primary|foreign|unique|check|constraint)\b")
_KEY = re.compile(r"(?i)\binteger\s+primary\s+key\b")
_BY_ITSELF = re.compile(r"(?i)\bdefault\b")
_MADE = re.compile(r"(?i)\b(?:generated\b|as\s*\()")
_COMMENT = re.compile(r"--.*")


@dataclass(frozen=True)
class Column:
    """A column, as it is created.

    Attributes:
        name: Its name.
        is_key: Whether SQLite counts it up by itself.
        has_default: Whether it has a value of its own where none is given.
    """

    name: str
    is_key: bool
    has_default: bool


def columns(scene: Scene, table: str) -> list[Column]:
    """The columns of a table that can be given values; none if the plan does not create it."""
    for _, node in scene.everywhere(ast.Constant):
        text = _COMMENT.sub("", node.value) if isinstance(node.value, str) else ""
        found = re.search(_CREATED.format(re.escape(table)), text)
        if found and "(" in text[found.end() :]:
            made = _parts(text[found.end() :].partition("(")[2])
            return [column for each in made if (column := _column(each))]
    return []


def fitting(known: list[Column], count: int) -> list[str]:
    """Those that so many values are for, where the others are filled by themselves; or none."""
    without_any = [each for each in known if not (each.is_key or each.has_default)]
    without_key = [each for each in known if not each.is_key]
    without_default = [each for each in known if not each.has_default]
    for some in (without_any, without_key, without_default):
        if len(some) == count < len(known):
            return [each.name for each in some]
    return []


def _column(text: str) -> Column | None:
    named = re.match(_NAME, text)
    if named is None or _NO_COLUMN.match(text) or _MADE.search(text):
        return None
    return Column(named[1], bool(_KEY.search(text)), bool(_BY_ITSELF.search(text)))


def _parts(text: str) -> Iterator[str]:
    """What stands between the commas, up to the bracket that ends it all."""
    depth, part = 1, ""
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth == 0:
            break
        if char == "," and depth == 1:
            yield part.strip()
            part = ""
        else:
            part += char
    yield part.strip()
