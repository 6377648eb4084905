"""Where trials write: on copies of what their nodes may write, each time as the failure left it.

What one trial has written would be there for the next one, which may then work by that alone, and
it would stay in the user's files.
"""

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from codeact_lsp.engine.job import Job
from codeact_lsp.engine.permissions.outputs import make_outputs
from codeact_lsp.sandbox.doubles import Doubles
from codeact_lsp.sandbox.levels import Policy
from codeact_lsp.sandbox.mechanisms import mechanisms

_MOST_WATCHED = 1_000


class Ground:
    """Where the trials for one failure write; nothing is copied before one of them may."""

    def __init__(self) -> None:
        self._doubles: dict[tuple[Path, ...], Doubles] = {}
        self._made: list[Path] = []
        self._turn = asyncio.Lock()
        self._sizes: dict[str, int] | None = None
        self._spoilt = False

    @property
    def is_spoilt(self) -> bool:
        """Whether a trial that nothing confines was seen to change files beside the plan."""
        return self._spoilt

    @asynccontextmanager
    async def under(self, trial: Job) -> AsyncIterator[Job]:
        """The job of a trial, so that it changes nothing; one at a time where nodes may write.

        What cannot be copied is not written by it: it is too large, or there is no container.
        """
        paths = _written(trial)
        if paths:
            async with self._turn:
                yield await asyncio.to_thread(self._apart, trial, paths)
        elif all(policy.confined for policy in trial.allowances):
            yield trial
        else:
            async with self._watched(trial.file.parent):
                yield trial

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Remove the copies, and what was made to be copied."""
        for doubles in self._doubles.values():
            await asyncio.to_thread(doubles.remove)
        # Who is cancelled makes room for a run of the user's, which may count on it by now.
        if kind is not asyncio.CancelledError:
            for path in reversed(self._made):
                _remove_empty(path)

    @asynccontextmanager
    async def _watched(self, folder: Path) -> AsyncIterator[None]:
        """See whether files change: there are no copies for who may write anything."""
        if self._sizes is None:
            self._sizes = await asyncio.to_thread(_sizes, folder)
        try:
            yield
        finally:
            self._spoilt = self._spoilt or self._sizes != await asyncio.to_thread(_sizes, folder)

    def _apart(self, trial: Job, paths: tuple[Path, ...]) -> Job:
        try:
            copies = self._copies(trial, paths)
        except OSError:
            return _changed(trial, _without_writing)
        pairs = tuple((path, copies.of(path)) for path in paths)
        return _changed(trial, lambda policy: replace(policy, doubles=pairs))

    def _copies(self, trial: Job, paths: tuple[Path, ...]) -> Doubles:
        """Copies as of now.

        Raises:
            OSError: There are none.
        """
        if not mechanisms().bubblewrap:
            raise OSError(errno.ENOSYS, "nothing can lie in the place of anything else")
        self._made += _missing(paths)
        for node in trial.nodes:
            make_outputs(trial.plan, trial.file, node, trial.policy(node))
        if paths not in self._doubles:
            self._doubles[paths] = Doubles(paths)
        self._doubles[paths].renew()
        return self._doubles[paths]


def _written(trial: Job) -> tuple[Path, ...]:
    """What its nodes may write. Who is not confined may write anything, and there is no copy."""
    granted = (path for policy in trial.allowances if policy.confined for path in policy.write)
    return tuple(sorted(set(granted)))


def _changed(trial: Job, change: Callable[[Policy], Policy]) -> Job:
    """A trial with other rights: all see the same files, whoever may write them."""
    changed = {id(policy): change(policy) for policy in trial.allowances if policy.confined}
    policies = {
        node: changed.get(id(policy), policy)
        for node, policy in ((node, trial.policy(node)) for node in trial.nodes)
    }
    # What the user's files say about results says nothing about those of copies.
    return replace(trial, policies={**trial.policies, **policies}, reuse=False)


def _without_writing(policy: Policy) -> Policy:
    read = tuple(dict.fromkeys((*policy.read, *policy.write)))
    return replace(policy, read=read, write=())


def _sizes(folder: Path) -> dict[str, int]:
    """The first so much below a folder, but for what is hidden or is made by imports."""
    found: dict[str, int] = {}
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        found[place] = 0
        for name in sorted(files)[: _MOST_WATCHED - len(found)]:
            with suppress(OSError):  # It is gone by now.
                found[f"{place}/{name}"] = os.lstat(f"{place}/{name}").st_size
        if len(found) >= _MOST_WATCHED:
            break
    return found


def _missing(paths: Iterable[Path]) -> Iterator[Path]:
    """What is not there of some paths and the way to them, from the outside to the inside."""
    for path in paths:
        for step in (*reversed(path.parents), path):
            if not os.path.lexists(step):
                yield step


def _remove_empty(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir():
            path.rmdir()
        elif not path.stat().st_size:
            path.unlink()
