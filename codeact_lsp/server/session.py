"""What the server knows: the open plans, the settings, the engines of the workspaces."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from codeact_lsp.engine.reuse.call_parts import name_of
from codeact_lsp.engine.store.catalogue import Choice
from codeact_lsp.engine.store.room import unusable
from codeact_lsp.engine.workspace.folders import store_folder
from codeact_lsp.engine.workspace.interpreter import NoInterpreterError
from codeact_lsp.engine.workspace.workspace import find_workspace
from codeact_lsp.plan import Encoding, Plan
from codeact_lsp.plan.edits.text import minimal
from codeact_lsp.plan.problems import Review
from codeact_lsp.safety import import_rules
from codeact_lsp.server import convert
from codeact_lsp.server.client import Client
from codeact_lsp.server.open_plan import OpenPlan
from codeact_lsp.server.sandbox import standing
from codeact_lsp.server.settings import Settings
from codeact_lsp.server.snapshot import Snapshot
from codeact_lsp.server.uris import ByUri, path_of

if TYPE_CHECKING:
    from codeact_lsp.engine.session import Engine

StartEngine = Callable[[Path, str | None], "Engine"]
"""Starts the engine of a workspace with the user's choice of a Python."""


def local_engine(workspace: Path, interpreter: str | None) -> "Engine":
    """An engine that runs nodes on this machine; its code is no part of the server's start."""
    from codeact_lsp.engine.session import Engine  # noqa: PLC0415 - as said.

    return Engine(workspace, interpreter)


class Session:
    """The state of the server, touched on the event loop only."""

    def __init__(self, start_engine: StartEngine = local_engine) -> None:
        self._start_engine = start_engine
        self.encoding = Encoding.UTF16
        self.settings = Settings()
        self.folder_settings: dict[Path, Settings] = {}
        self.client = Client()
        self.folders: tuple[Path, ...] = ()
        self.trusted = True
        # Whether that was said, and not only never denied.
        self.vouched = False
        self.plans: ByUri[OpenPlan] = ByUri()
        self._engines: dict[tuple[Path, str | None], Engine] = {}

    def open(self, document: lsp.TextDocumentItem) -> None:
        """Take in a document that the editor opened."""
        opened = self.plans.get(document.uri)
        if opened is None:
            draft = Plan.draft(document.text, document.version)
            opened = OpenPlan(document.uri, path_of(document.uri), draft)
            self.plans[document.uri] = opened
        else:  # Opened again without having been closed: what was seen of it still counts.
            opened.draft = _rewritten(opened.draft, document.text, document.version)
        self.read(opened)
        opened.board.open(opened.draft, opened.inputs)

    def read(self, opened: OpenPlan) -> bool:
        """Read the files that belong to a plan; tell whether that changed anything."""
        changed = opened.read_inputs()
        if opened.path and opened.read_workspace(self.workspace_of(opened.path)):
            changed = True
        return self.settle(opened) or changed

    def change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """Apply edits, in order, each to the result of the one before it."""
        opened = self.plans[params.text_document.uri]
        version = params.text_document.version
        for change in params.content_changes:
            opened.draft = self._changed(opened.draft, change, version)

    def _changed(
        self, plan: Plan, change: lsp.TextDocumentContentChangeEvent, version: int
    ) -> Plan:
        if isinstance(change, lsp.TextDocumentContentChangePartial):
            span = convert.to_span(change.range, plan.source, self.encoding)
            return plan.edited(span, change.text, version)
        return _rewritten(plan, change.text, version)

    def snapshot(self, uri: str) -> Snapshot | None:
        """The plan at `uri` as it is now; None if it is not open."""
        opened = self.plans.get(uri)
        return self.snapshot_of(opened) if opened else None

    def snapshot_of(self, opened: OpenPlan) -> Snapshot:
        """A plan as it is now."""
        opened.compile()
        return self.draft_of(opened)

    def draft_of(self, opened: OpenPlan) -> Snapshot:
        """The same, for what is shown anew once Python has compiled the plan."""
        settings = self.settings_for(opened.path)
        return Snapshot(
            uri=opened.uri,
            path=opened.path,
            plan=opened.draft,
            encoding=self.encoding,
            inputs=opened.inputs,
            inputs_error=opened.inputs_error,
            refused=opened.refused,
            inputs_text=opened.inputs_text,
            review=self.review(opened),
            advice=opened.advised(),
            workspace=opened.folder,
            consent=opened.consent,
            seen=opened.board.view(opened.draft, opened.inputs, settings),
            running=opened.running,
            client=self.client,
            tokens=opened.tokens,
            settings=settings,
            hints=opened.hints,
            severities={**opened.workspace.problems, **settings.problems},
        )

    def review(self, opened: OpenPlan) -> Review:
        """All that is wrong with a plan."""
        user, workspace = self.settings_for(opened.path).safety, opened.workspace.imports
        rules = import_rules(opened.level).tightened(user).tightened(workspace)
        return opened.review(replace(rules, granted=opened.granted))

    def settle(self, opened: OpenPlan) -> bool:
        """See what holds for a plan, as the user set and granted it; tell whether that changed."""
        before = opened.consent, opened.granted
        opened.consent, opened.granted = standing(self, opened)
        return (opened.consent, opened.granted) != before

    def settings_for(self, path: Path | None) -> Settings:
        """The user's settings for the folder that holds `path`."""
        folder = self._folder_of(path) if path else None
        return self.folder_settings.get(folder, self.settings) if folder else self.settings

    def _folder_of(self, path: Path) -> Path | None:
        """The innermost folder of the workspace that holds `path`."""
        holding = [folder for folder in self.folders if path.is_relative_to(folder)]
        return max(holding, key=lambda folder: len(folder.parts), default=None)

    def workspace_of(self, path: Path) -> Path:
        """The workspace of a plan: the folder that the editor opened, else what stands for one.

        A link in that folder may lead out of it.
        """
        folder = self._folder_of(path)
        if folder and path.resolve().is_relative_to(folder.resolve()):
            return folder
        return find_workspace(path)

    def engine(self, path: Path) -> "Engine":
        """The engine of the workspace that holds `path`.

        Raises:
            OSError: The interpreter or the store cannot be used.
        """
        folder = self.workspace_of(path)
        key = folder, self.settings_for(path).interpreter
        if key not in self._engines:
            try:
                self._engines[key] = self._start_engine(*key)
            except NoInterpreterError:
                raise
            except (OSError, sqlite3.Error) as error:
                raise OSError(_unusable(error)) from error
        if size := self.settings_for(path).cache:
            self._engines[key].store.most_bytes = size
        return self._engines[key]

    async def forget(self, path: Path, node: str | None) -> int:
        """Forget the stored results of a plan, or of one node of it; tell how many there were.

        Raises:
            OSError: The interpreter or the store cannot be used.
        """
        store = self.engine(path).store
        try:
            return await asyncio.to_thread(store.clear, _choice(path, node))
        except sqlite3.Error as error:
            raise OSError(_unusable(error)) from error

    async def close(self) -> None:
        """End all worker processes."""
        for engine in self._engines.values():
            await engine.close()
        self._engines.clear()


def _choice(path: Path, node: str | None) -> Choice:
    """The results of a plan, which runs where a link leads."""
    return Choice(name_of(path.resolve()), node)


def _unusable(error: OSError | sqlite3.Error) -> str:
    said = unusable(store_folder(), error)
    return f"{said[0].upper()}{said[1:]}"


def _rewritten(plan: Plan, text: str, version: int | None) -> Plan:
    """The plan with another text. What both texts share stays shared: a formatter changes little.

    Of two equal texts the edit is empty, and only the version is new.
    """
    edit = minimal(plan.source.text, text)
    return plan.edited(edit.span, edit.new, version)
