"""A plan that the editor has open, with what belongs to it and what was seen of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codeact_lsp.engine.hints import Hint
from codeact_lsp.engine.permissions.consent import NOTHING, Consent
from codeact_lsp.engine.workspace.configuration import (
    Configuration,
    ConfigurationError,
    read_configuration,
)
from codeact_lsp.engine.workspace.inputs import InputError, parse_inputs, read_inputs_text
from codeact_lsp.plan import Plan
from codeact_lsp.plan.problems import Review
from codeact_lsp.plan.problems.import_rules import NO_RULES, ImportRules
from codeact_lsp.sandbox.levels import Level
from codeact_lsp.server.advice import Advice
from codeact_lsp.server.board import Board
from codeact_lsp.server.recent import RecentTokens


@dataclass
class OpenPlan:
    """A plan that the editor has open.

    Attributes:
        draft: What its text says, where Python may not have compiled all of it yet: only good for
            what is shown anew once it has.
        inputs: Values of inputs from the plan's `.toml` file, or what is wrong with it.
        workspace: What its workspace says about plans, or what is wrong with that.
        folder: The folder of its workspace.
        consent: What its nodes may get.
        refused: Why its nodes do not run on this machine, and the way out; empty if they do.
        tier: What this machine should enforce, in words; empty until that was looked at.
        granted: Modules that it may import whatever lists say.
        hints: How a run could take less time, each with the plan that its place belongs to.
        advice: What a linter found in the latest text that it has read, if it has read one.
        turn: Held by whoever starts a run of it.
    """

    uri: str
    path: Path | None
    draft: Plan
    inputs: Mapping[str, Any] = field(default_factory=dict)
    inputs_error: str | None = None
    inputs_text: str = ""
    workspace: Configuration = field(default_factory=Configuration)
    workspace_error: str | None = None
    folder: Path | None = None
    consent: Consent = NOTHING
    refused: str = ""
    tier: str = ""
    granted: frozenset[str] = frozenset()
    board: Board = field(default_factory=Board)
    tokens: RecentTokens = field(default_factory=RecentTokens)
    running: bool = False
    hints: tuple[tuple[Plan, Hint], ...] = ()
    advice: Advice | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _compiled: bool = field(default=False, init=False)
    _review: Review | None = field(default=None, init=False)

    @property
    def plan(self) -> Plan:
        """What its text says."""
        self.compile()
        return self.draft

    def compile(self) -> None:
        """Have Python compile what it has not yet."""
        if not self._compiled:
            self.draft, self._compiled = self.draft.compiled(), True

    @property
    def level(self) -> Level:
        """The level of its nodes."""
        return self.consent.level

    def review(self, rules: ImportRules = NO_RULES) -> Review:
        """All that is wrong with the draft, found anew only where it may have changed.

        Args:
            rules: Which modules may be imported.
        """
        given, review = frozenset(self.inputs), self._review
        if review is None:
            review = Review.of(self.draft, given, rules)
        elif review.plan is not self.draft or (review.given, review.rules) != (given, rules):
            review = review.edited(self.draft, given, rules)
        self._review = review
        return review

    def advised(self) -> Advice | None:
        """What a linter found, where it stands now."""
        self.advice = self.advice and self.advice.moved(self.draft)
        return self.advice

    def read_inputs(self) -> bool:
        """Read the plan's `.toml` file again; tell whether that changed anything."""
        before = self.inputs, self.inputs_error
        self.inputs, self.inputs_error, self.inputs_text = {}, None, ""
        try:
            if self.path:
                self.inputs_text = read_inputs_text(self.path)
                self.inputs = parse_inputs(self.inputs_text, self.path)
        except InputError as error:
            self.inputs_error = str(error)
        return (self.inputs, self.inputs_error) != before

    def read_workspace(self, folder: Path) -> bool:
        """Read what its workspace says about plans; tell whether that changed anything."""
        before, self.folder = self.workspace, folder
        self.workspace, self.workspace_error = Configuration(), None
        try:
            self.workspace = read_configuration(folder)
        except ConfigurationError as error:
            self.workspace_error = str(error)
        return self.workspace != before
