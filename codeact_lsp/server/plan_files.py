"""The plans on disk: found, read and checked off the loop, and remembered until they change."""

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from lsprotocol import types as lsp

from codeact_lsp.engine.workspace.configuration import FILE_NAME
from codeact_lsp.engine.workspace.globs import PLANS, matches
from codeact_lsp.engine.workspace.inputs import inputs_path
from codeact_lsp.engine.workspace.plan_files import files_below
from codeact_lsp.plan import Encoding, Plan
from codeact_lsp.server.client import Client
from codeact_lsp.server.features.diagnostics import diagnostics, fingerprint
from codeact_lsp.server.open_plan import OpenPlan
from codeact_lsp.server.session import Session
from codeact_lsp.server.settings import Settings
from codeact_lsp.server.snapshot import Snapshot

# More than any workspace of plans holds; what lies beyond is not looked at.
MOST_PLANS = 2_000
MOST_FOLDERS = 50_000
MOST_BYTES = 2_000_000

_T = TypeVar("_T")
_Signature = tuple[tuple[int, int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What is kept of a plan on disk. Its trees are not: they weigh a hundred times its text."""

    uri: str
    name: str
    symbols: tuple[tuple[str, lsp.Range], ...]
    diagnostics: tuple[lsp.Diagnostic, ...]
    result_id: str


@dataclass(frozen=True, slots=True)
class _View:
    """What decides, besides the text, what a summary says."""

    encoding: Encoding
    client: Client
    settings: Settings


class PlanFiles:
    """Reads the plans of the workspace's folders, in one thread: the loop stays free for typing."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._thread = ThreadPoolExecutor(1, "plan-files")
        self._known: dict[Path, tuple[_Signature, _View, Summary]] = {}
        self._found: tuple[Path, ...] | None = None
        self.watched = False

    async def closed(self) -> AsyncIterator[Summary]:
        """The plans that the editor does not have open, in order of their paths."""
        paths = await self._paths()
        self._known = {path: self._known[path] for path in paths if path in self._known}
        signatures = await self._off_loop(partial(_signatures, self._session, paths))
        for path, signature in zip(paths, signatures, strict=True):
            if path.as_uri() not in self._session.plans:
                summary = await self._summary(path, signature)
                if summary is not None:
                    yield summary

    def forget(self) -> None:
        """Files have come or gone."""
        self._found = None

    def close(self) -> None:
        """Read nothing more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _paths(self) -> tuple[Path, ...]:
        """All plans. They are looked for each time, unless the client tells what changes."""
        if self._found is None or not self.watched:
            session = self._session
            globs = {folder: session.settings_for(folder).plans for folder in session.folders}
            self._found = await self._off_loop(partial(find_plans, globs))
        return self._found

    async def _summary(self, path: Path, signature: _Signature) -> Summary | None:
        session = self._session
        view = _View(session.encoding, session.client, session.settings_for(path))
        known = self._known.get(path)
        if known and known[:2] == (signature, view):
            return known[2]
        summary = await self._off_loop(partial(_read, session, path))
        if summary is not None:
            self._known[path] = (signature, view, summary)
        return summary

    async def _off_loop(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def find_plans(globs: Mapping[Path, Iterable[str]]) -> tuple[Path, ...]:
    """The plans in folders, each with the globs of its further plans. Folders may be nested."""
    found: set[Path] = set()
    for folder, more in globs.items():
        wanted = (PLANS, *more)
        for path in files_below(folder, most_folders=MOST_FOLDERS):
            if len(found) < MOST_PLANS and matches(path.relative_to(folder).as_posix(), wanted):
                found.add(path)
    return tuple(sorted(found))


def _signatures(session: Session, paths: Iterable[Path]) -> list[_Signature]:
    """What tells, of each plan and of the files that belong to it, that it was written again."""
    return [
        tuple(map(_signature, (path, inputs_path(path), session.workspace_of(path) / FILE_NAME)))
        for path in paths
    ]


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _read(session: Session, path: Path) -> Summary | None:
    """A plan as it is on disk; None if it is no file that can be read, or a very large one."""
    text = _text(path)
    if text is None:
        return None
    plan = OpenPlan(path.as_uri(), path, Plan.from_text(text))
    session.read(plan)
    snapshot = session.snapshot_of(plan)
    found = tuple(diagnostics(snapshot))
    symbols = tuple(symbols_of(snapshot))
    return Summary(snapshot.uri, path.name, symbols, found, fingerprint(found))


def symbols_of(snapshot: Snapshot) -> Iterator[tuple[str, lsp.Range]]:
    """The nodes of a plan, and where their names stand."""
    for name, definition in snapshot.plan.nodes.items():
        yield name, snapshot.range(definition.span(definition.node.name_span))


def _text(path: Path) -> str | None:
    try:
        # A repository can hold a link to a device or a pipe, and opening one must not wait.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            data = file.read(MOST_BYTES + 1)
    except OSError:
        return None
    # Editors take a byte order mark away too; of another encoding most of the text is the same.
    return data.decode("utf-8-sig", "replace") if len(data) <= MOST_BYTES else None
