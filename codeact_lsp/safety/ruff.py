"""Ask ruff what in a text deserves a look, with rules of ours and no settings of anybody's."""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from codeact_lsp.sandbox.tools import answer

BANNED = "TID251"
"""The rule that tells of names which it was given, by whatever name the text calls them."""

# Of the rules for security those say little of a plan that are about asserts, swallowed
# exceptions, files in /tmp (of which each node has its own) and random numbers without secrecy.
_RULES = ("--select", f"S,{BANNED}", "--ignore", "S101,S108,S110,S311")
ISOLATED = ("--isolated", "--no-cache", "--ignore-noqa", "--target-version", "py314")
_SHAPE = ("--exit-zero", "--output-format", "json")
_ONE = ("--stdin-filename", "plan.py", "-")
# It takes some 10 ms; a machine that is far too busy is no reason to give it up.
_PATIENCE_SECONDS = 10.0


class NoAdviceError(Exception):
    """Ruff cannot be asked; the message says why, and what would help."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What ruff says of a place; rows and columns count characters from 1.

    Attributes:
        link: The page that describes the rule.
    """

    rule: str
    message: str
    link: str
    start: tuple[int, int]
    end: tuple[int, int]


def remarks(text: str, names: Mapping[str, str]) -> list[Remark]:
    """What the rules find in a text.

    Args:
        text: A whole module.
        names: Further names to tell of (`BANNED`), each with the end of the message about it.

    Raises:
        NoAdviceError: Ruff is not installed, or did not do its work.
    """
    return [remark for _, remark in _asked(names, _ONE, text)]


def remarks_on_each(texts: Sequence[str], names: Mapping[str, str]) -> list[list[Remark]]:
    """What the rules find in each of several texts, for little more than the time of one.

    Raises:
        NoAdviceError: As for `remarks`.
    """
    found: list[list[Remark]] = [[] for _ in texts]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        files = [str(Path(folder, f"{number}.py")) for number in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            Path(file).write_bytes(_encoded(text))
        for file, remark in _asked(names, files) if files else ():
            found[int(Path(file).stem)].append(remark)
    return found


def _asked(
    names: Mapping[str, str], files: Sequence[str], text: str = ""
) -> list[tuple[str, Remark]]:
    """What ruff says, each with the file that it says it of."""
    command = (program(), "check", *ISOLATED, *_RULES, "--config", _table(names), *_SHAPE, *files)
    try:
        data = json.loads(answer(command, _encoded(text), _PATIENCE_SECONDS))
        return list(_remarks(data))
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise NoAdviceError(f"ruff, which looks for risky calls, failed: {error}") from error


def _encoded(text: str) -> bytes:
    """A lone surrogate is one character for ruff and for us, and has no form in UTF-8."""
    return text.encode("utf-8", "replace")


@cache
def program() -> str:
    """Ours, and not one that a workspace put on the path."""
    try:
        return str(import_module("ruff").find_ruff_bin())
    except (ImportError, OSError) as error:
        raise NoAdviceError(
            "Calls that deserve a look are not pointed out: ruff is not installed beside codeact. "
            "Install it there: pip install ruff"
        ) from error


def _table(names: Mapping[str, str]) -> str:
    """A setting of ruff's as TOML; JSON texts are texts there too."""
    entries = (f"{json.dumps(name)} = {{ msg = {json.dumps(end)} }}" for name, end in names.items())
    return f"lint.flake8-tidy-imports.banned-api = {{ {', '.join(entries)} }}"


def _remarks(data: Any) -> Iterator[tuple[str, Remark]]:
    for each in data:
        # What does not parse has no rule, and is told of elsewhere.
        if each["code"] and each["url"]:
            remark = Remark(
                rule=str(each["code"]),
                message=str(each["message"]),
                link=str(each["url"]),
                start=(each["location"]["row"], each["location"]["column"]),
                end=(each["end_location"]["row"], each["end_location"]["column"]),
            )
            yield str(each["filename"]), remark
