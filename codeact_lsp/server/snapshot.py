"""What a reading request looks at: one plan at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp

from codeact_lsp.engine.hints import Hint
from codeact_lsp.engine.permissions.consent import NOTHING, Consent
from codeact_lsp.plan import Encoding, Plan, Problem, Span
from codeact_lsp.plan.problems import Review
from codeact_lsp.plan.problems.report import told, told_of_advice
from codeact_lsp.plan.problems.severities import Severities
from codeact_lsp.server import convert
from codeact_lsp.server.advice import Advice
from codeact_lsp.server.board import Seen
from codeact_lsp.server.client import Client
from codeact_lsp.server.recent import RecentTokens
from codeact_lsp.server.settings import Settings


@dataclass(frozen=True)
class Snapshot:
    """One plan at one moment: all that a reading request may look at.

    Attributes:
        inputs: Values of inputs from the plan's `.toml` file.
        inputs_error: Why that file cannot be used.
        inputs_text: What it says; empty if there is none.
        refused: Why no node runs on this machine, and the way out; empty if they do.
        review: All that is wrong with the plan.
        seen: What may be shown of each node.
        running: Whether a run is under way.
        client: What the client can do.
        settings: The user's settings for this plan.
        tokens: The semantic tokens that the client has of this plan.
        severities: How much each kind of problem weighs to the user.
        hints: How a run could take less time, each with the plan that its place belongs to.
        advice: What a linter found in the plan, if it has read it.
        workspace: The folder of its workspace.
        consent: What the user allows its nodes.
    """

    uri: str
    path: Path | None
    plan: Plan
    encoding: Encoding
    inputs: Mapping[str, Any]
    inputs_error: str | None
    review: Review
    seen: Mapping[str, Seen]
    running: bool
    inputs_text: str = ""
    refused: str = ""
    client: Client = field(default_factory=Client)
    settings: Settings = field(default_factory=Settings)
    tokens: RecentTokens = field(default_factory=RecentTokens)
    severities: Severities = field(default_factory=dict)
    hints: tuple[tuple[Plan, Hint], ...] = ()
    advice: Advice | None = None
    workspace: Path | None = None
    consent: Consent = NOTHING

    @cached_property
    def problems(self) -> list[Problem]:
        """What to tell of the plan's problems."""
        advice = self.advice.problems if self.advice and self.advice.complete else None
        return told(self.plan, self.review.problems, self.severities, advice)

    @cached_property
    def advised(self) -> list[Problem]:
        """What to tell of what a linter found."""
        found = self.advice.problems if self.advice else ()
        return told_of_advice(self.plan, found, self.severities)

    def range(self, span: Span) -> lsp.Range:
        """A span of the plan as a range."""
        return convert.to_range(span, self.plan.source, self.encoding)

    def offset(self, position: lsp.Position) -> int:
        """A position as an offset into the plan."""
        return convert.to_offset(position, self.plan.source, self.encoding)
