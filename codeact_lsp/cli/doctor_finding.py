"""Something that `codeact doctor` looked at, and how it is shown."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.text import Text

from codeact_lsp.cli.console import console
from codeact_lsp.plan.visible import visible


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was looked at.

    Attributes:
        name: What it is.
        found: What there is of it.
        remedy: What to do if it is not well; lines of a command stay lines.
        needed: Whether all is not well without it.
        about: More of it, for programs.
    """

    name: str
    found: str
    remedy: str = ""
    needed: bool = True
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing has to be done."""
        return not (self.remedy and self.needed)


def as_json(finding: Finding) -> str:
    """One line."""
    data = asdict(finding)
    about = data.pop("about")
    return json.dumps({**data, "ok": finding.ok, **about})


def show(finding: Finding) -> None:
    """Print it for people: that it is well, that more could be had, or that it has to be mended."""
    mark, style = ("✗", "bold red") if not finding.ok else ("✓", "green")
    if finding.ok and finding.remedy:
        mark, style = "–", "yellow"
    text = visible(f"{finding.name}: {finding.found}")
    console().print(Text(f"{mark} ", style).append(text, style="default"))
    for line in finding.remedy.splitlines():
        console().print(Text(visible(f"  {line}"), "yellow"))
