"""Call `codeact` as the shell would, in this process, and look at what came of it."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from codeact_lsp.cli import main

_TIMES = re.compile(r"\d[\d,.]* (?=m?s\b)")


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def tidy(self) -> str:
        """The output with `N` for every measured time."""
        return _TIMES.sub("N ", self.out)

    @property
    def told(self) -> list[dict[str, Any]]:
        """The JSON objects of the output, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    def events(self, kind: str) -> list[dict[str, Any]]:
        """The events of one kind."""
        return [event for event in self.told if event["event"] == kind]

    @property
    def became(self) -> dict[str, str]:
        """What became of each node, by name."""
        ends = ("NodeSucceeded", "NodeCached", "NodeFailed", "NodeBlocked", "NodeCancelled")
        return {
            event["node"]: event["event"].removeprefix("Node").lower()
            for event in self.told
            if event["event"] in ends
        }

    @property
    def previews(self) -> dict[str, str]:
        """The text of each value, by node."""
        return {
            event["node"]: event["result"]["preview"] for event in self.told if "result" in event
        }

    @property
    def error(self) -> dict[str, Any]:
        """The error of the one node that failed."""
        (failed,) = self.events("NodeFailed")
        error: dict[str, Any] = failed["error"]
        return error


class Codeact:
    """The command, called in a folder that holds the test's plans."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Ended:
        """Call it; the plan of most tests is `it.plan.py`."""
        status = main(arguments)
        out, err = self._capsys.readouterr()
        return Ended(status, out, err)

    def plan(self, text: str, name: str = "it.plan.py") -> Path:
        """Save a plan; line ends stay as they are."""
        path = self.folder / name
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8", newline="")
        return path

    def run(self, *arguments: str) -> Ended:
        """Run `it.plan.py`, for its events."""
        return self("run", "it.plan.py", "--json", *arguments)


def said(place: dict[str, Any], text: str) -> str:
    """The part of a text that a range of the protocol names; it counts in UTF-16 code units."""
    lines = text.split("\n")
    start, end = place["start"], place["end"]
    wide = [line.encode("utf-16-le") for line in lines[start["line"] : end["line"] + 1]]
    wide[-1] = wide[-1][: 2 * end["character"]]
    wide[0] = wide[0][2 * start["character"] :]
    return b"\n\0".join(wide).decode("utf-16-le")


def words(found: Iterable[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    """Some values of each of several JSON objects."""
    return [tuple(each[key] for key in keys) for each in found]
