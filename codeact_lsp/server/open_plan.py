"""A plan that the editor has open, with what belongs to it and what was seen of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codeact_lsp.engine.configuration import (
    Configuration,
    ConfigurationError,
    read_configuration,
)
from codeact_lsp.engine.hints import Hint
from codeact_lsp.engine.inputs import InputError, parse_inputs, read_inputs_text
from codeact_lsp.plan import Plan
from codeact_lsp.plan.problems import Review
from codeact_lsp.server.board import Board
from codeact_lsp.server.recent import RecentTokens


@dataclass
class OpenPlan:
    """A plan that the editor has open.

    Attributes:
        inputs: Values of inputs from the plan's `.toml` file, or what is wrong with it.
        workspace: What its workspace says about plans, or what is wrong with that.
        hints: How a run could take less time, each with the plan that its place belongs to.
    """

    uri: str
    path: Path | None
    plan: Plan
    inputs: Mapping[str, Any] = field(default_factory=dict)
    inputs_error: str | None = None
    inputs_text: str = ""
    workspace: Configuration = field(default_factory=Configuration)
    workspace_error: str | None = None
    board: Board = field(default_factory=Board)
    tokens: RecentTokens = field(default_factory=RecentTokens)
    running: bool = False
    hints: tuple[tuple[Plan, Hint], ...] = ()
    _review: Review | None = field(default=None, init=False)

    def review(self) -> Review:
        """All that is wrong with the plan, found anew only where it may have changed."""
        given = frozenset(self.inputs)
        if self._review is None:
            self._review = Review.of(self.plan, given)
        elif self._review.plan is not self.plan or self._review.given != given:
            self._review = self._review.edited(self.plan, given)
        return self._review

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
        before = self.workspace
        self.workspace, self.workspace_error = Configuration(), None
        try:
            self.workspace = read_configuration(folder)
        except ConfigurationError as error:
            self.workspace_error = str(error)
        return self.workspace != before
