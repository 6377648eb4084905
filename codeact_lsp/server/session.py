"""What the server knows: the open plans, the settings, the engines of the workspaces."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.uris import to_fs_path

from codeact_lsp.engine.inputs import InputError, read_inputs
from codeact_lsp.engine.session import Engine, find_workspace, store_folder
from codeact_lsp.plan import Encoding, Plan, Span
from codeact_lsp.server import convert
from codeact_lsp.server.board import Board, Seen
from codeact_lsp.server.settings import Settings


@dataclass(frozen=True)
class Snapshot:
    """One plan at one moment: all that a reading request may look at.

    Attributes:
        inputs: Values of inputs from the plan's `.toml` file.
        inputs_error: Why that file cannot be used.
        seen: What may be shown of each node.
        running: Whether a run is under way.
        versioned_edits: Whether the client takes edits that name the version they are for.
    """

    uri: str
    path: Path | None
    plan: Plan
    encoding: Encoding
    inputs: Mapping[str, Any]
    inputs_error: str | None
    seen: Mapping[str, Seen]
    running: bool
    versioned_edits: bool = True

    def range(self, span: Span) -> lsp.Range:
        """A span of the plan as a range."""
        return convert.to_range(span, self.plan.source, self.encoding)

    def offset(self, position: lsp.Position) -> int:
        """A position as an offset into the plan."""
        return convert.to_offset(position, self.plan.source, self.encoding)


@dataclass
class OpenPlan:
    """A plan that the editor has open."""

    uri: str
    path: Path | None
    plan: Plan
    inputs: Mapping[str, Any] = field(default_factory=dict)
    inputs_error: str | None = None
    board: Board = field(default_factory=Board)
    running: bool = False

    def read_inputs(self) -> bool:
        """Read the plan's `.toml` file again; tell whether that changed anything."""
        before = self.inputs, self.inputs_error
        try:
            self.inputs, self.inputs_error = (read_inputs(self.path) if self.path else {}), None
        except InputError as error:
            self.inputs, self.inputs_error = {}, str(error)
        return (self.inputs, self.inputs_error) != before


class Session:
    """The state of the server, touched on the event loop only."""

    def __init__(self) -> None:
        self.encoding = Encoding.UTF16
        self.settings = Settings()
        self.capabilities = lsp.ClientCapabilities()
        self.folders: tuple[Path, ...] = ()
        self.plans: dict[str, OpenPlan] = {}
        self._engines: dict[Path, Engine] = {}

    def open(self, document: lsp.TextDocumentItem) -> None:
        """Take in a document that the editor opened."""
        name = to_fs_path(document.uri)
        path = Path(name) if name else None
        opened = OpenPlan(document.uri, path, Plan.from_text(document.text, document.version))
        opened.read_inputs()
        self.plans[document.uri] = opened

    def change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """Apply edits, in order, each to the result of the one before it."""
        opened = self.plans[params.text_document.uri]
        version = params.text_document.version
        for change in params.content_changes:
            opened.plan = self._changed(opened.plan, change, version)

    def _changed(
        self, plan: Plan, change: lsp.TextDocumentContentChangeEvent, version: int
    ) -> Plan:
        if isinstance(change, lsp.TextDocumentContentChangePartial):
            span = convert.to_span(change.range, plan.source, self.encoding)
            return plan.edited(span, change.text, version)
        return Plan.from_text(change.text, version)

    def snapshot(self, uri: str) -> Snapshot | None:
        """The plan at `uri` as it is now; None if it is not open."""
        opened = self.plans.get(uri)
        if opened is None:
            return None
        return Snapshot(
            uri=uri,
            path=opened.path,
            plan=opened.plan,
            encoding=self.encoding,
            inputs=opened.inputs,
            inputs_error=opened.inputs_error,
            seen=opened.board.view(opened.plan, opened.inputs),
            running=opened.running,
            versioned_edits=self._takes_versioned_edits(),
        )

    def _takes_versioned_edits(self) -> bool:
        workspace = self.capabilities.workspace
        edits = workspace.workspace_edit if workspace else None
        return bool(edits and edits.document_changes)

    def engine(self, path: Path) -> Engine:
        """The engine of the workspace that holds `path`.

        Raises:
            OSError: The interpreter or the store cannot be used.
        """
        holding = [folder for folder in self.folders if path.is_relative_to(folder)]
        folder = max(holding, key=lambda f: len(f.parts), default=None) or find_workspace(path)
        if folder not in self._engines:
            try:
                self._engines[folder] = Engine(folder, self.settings.interpreter)
            except sqlite3.Error as error:
                message = f"The results in {store_folder()} cannot be used: {error}"
                raise OSError(message) from error
        return self._engines[folder]

    async def close(self) -> None:
        """End all worker processes."""
        for engine in self._engines.values():
            await engine.close()
        self._engines.clear()
