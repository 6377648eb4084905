"""Watches a node: on what its result rests, and what it does besides.

Audit events tell of files, sockets and processes. What no event tells of is seen through functions
that are put in the place of the interpreter's own, in the node's process only. None of this keeps a
node that wants to hide something from hiding it.
"""

import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from .askers import Askers, asker
from .chance import Chance
from .clocks import Clocks
from .denials import EVENTS as ATTEMPTS
from .denials import Denials
from .effects import EVENTS as EFFECTS
from .effects import Effects
from .gate import Gate, replace
from .lookups import Lookups
from .nodes import tell_of_nodes
from .reads import Reads
from .unnamed import database
from .writes import EVENTS as CHANGES
from .writes import Writes, absolute

_IMPORTER = "<frozen importlib._bootstrap_external>"
_LISTINGS = frozenset({"os.listdir", "os.scandir"})
_NOTED = _LISTINGS | CHANGES | EFFECTS | {"import", "open", "sqlite3.connect"}
_EVENTS = _NOTED | ATTEMPTS
_NOT_READING = os.O_WRONLY | os.O_TRUNC | os.O_EXCL
_ARCHIVE = ".zip"  # The interpreter's own, which is mostly not there.


class Watch:
    """Notes what happens from `start` to `stop`, once it was put in place.

    That cannot be undone. The zygote does it, after it has imported what is installed, so that it
    costs a node nothing.
    """

    def __init__(self) -> None:
        self._folder = ""
        self._gate = Gate()
        self._reads = Reads()
        self._writes = Writes()
        self._effects = Effects()
        self.denials = Denials()
        self._event = self._gate.guarded(self._note)
        askers = Askers()
        self._lookups = Lookups(self._reads, self._writes, askers, self._gate)
        self._clocks = Clocks(self._effects, askers, self._gate)
        self._chance = Chance(self._effects, askers, self._gate)

    def put_in_place(self) -> None:
        """Have the interpreter tell what is done in it."""
        self._lookups.watch()
        replace(importlib.util, "find_spec", self._finding)
        self._clocks.watch()
        self._effects.watch(self._gate, self._note)
        tell_of_nodes(self._event)
        self._chance.watch()
        sys.addaudithook(self._hook)

    def settle(self) -> None:
        """Do what the process of one node needs and what can be done before its call comes."""
        self._chance.begin()

    def confine(
        self,
        visible: Sequence[str] | None,
        scratch: Sequence[str],
        overlooked: Sequence[str] = (),
        granted: Iterable[str] = (),
    ) -> None:
        """Have refusals explained, and what is hidden from the node be no ground of its result.

        Args:
            visible: The files and folders that there are for the node; None if it sees all.
            scratch: Folders of its own.
            overlooked: What it sees of that holds more than was looked at.
            granted: Rights of the node that are not about files.
        """
        if visible is not None:
            self.denials.confine([*visible, *scratch], overlooked, granted)
            self._reads.confine(visible)

    def start(self, folder: str) -> None:
        """Begin to note what the node of a plan in `folder` does."""
        self._folder = folder
        self._gate.active = True

    def stop(self) -> None:
        """What happens from here on is not the node's doing."""
        self._gate.active = False

    def report(self) -> dict[str, Any]:
        """What was seen: `reads`, `looks` and `variables`, and `effects`."""
        self.stop()
        self._chance.finish()
        changed, temporary = self._writes.lasting(self._folder)
        for path in changed:
            self._effects.note("writes", path)
        for path in temporary:
            self._lookups.look(path)
        if self._gate.lost or self._reads.too_many:
            self._effects.note("reads")
        return {**self._reads.as_dict(), "effects": self._effects.as_list()}

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._gate.active and event in _EVENTS:
            self._event(event, arguments)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in ATTEMPTS:
            self.denials.event(event, arguments)
        if event not in _NOTED:
            return
        if event == "open":
            self._opened(arguments[0], arguments[2])
        elif event == "import":
            self._imported(arguments[0], arguments[1], arguments[2] or ())
        elif event == "sqlite3.connect":
            self._connected(arguments[0])
        elif event in _LISTINGS:
            self._listed(arguments[0])
        elif event in CHANGES:
            self._writes.event(event, arguments)
        else:
            self._effects.event(event, arguments)

    def _opened(self, path: Any, flags: int) -> None:
        if isinstance(path, int):
            return  # It was noted when the descriptor was opened.
        name = absolute(path)
        if name is None or os.path.isdir(name):
            return  # To open a folder is not to read it; what lists it is noted.
        if not flags & _NOT_READING:
            self._read(name)
            self._chance.opened(name)
        self._writes.opened(name, flags)

    def _listed(self, path: Any) -> None:
        frame = asker()
        if frame is None or frame.f_code.co_filename != _IMPORTER:  # It looks into every folder.
            self._read(path)

    def _read(self, path: Any) -> None:
        name = absolute(path)
        if name is not None and not self._writes.is_own(name):
            self._reads.opened(name)

    def _connected(self, name: Any) -> None:
        """A SQLite database is a file; what is done to it then, no event tells."""
        if path := database(name):
            self._read(path)
            self._read(f"{path}-wal")  # Where others' changes are until they are moved into it.

    def _finding(self, before: Callable[..., Any]) -> Callable[..., Any]:
        looked_for = self._gate.guarded(self._imported)

        def find_spec(name: str, package: str | None = None) -> Any:
            looked_for(name, None, sys.path)
            return before(name, package)

        return find_spec

    def _imported(self, name: str, file: Any, path: Iterable[str]) -> None:
        """A module is looked for: one that appears earlier on the path would be found instead."""
        package, _, module = name.rpartition(".")
        if file is not None:  # An extension module is loaded, and not by opening it.
            self._read(file)
            return
        if name in sys.builtin_module_names:
            return
        if package:
            path = getattr(sys.modules.get(package), "__path__", ())
        for place in _places(path, module):
            self._lookups.look(place)


def _places(path: Iterable[str], module: str) -> Iterator[str]:
    """Where a module can lie."""
    for folder in path:
        if folder.endswith(_ARCHIVE):
            continue
        stem = os.path.join(absolute(folder) or "", module)
        yield from (stem, f"{stem}.py")
