"""One node, from its request to its outcome, in a process of its own."""

import contextlib
import ctypes
import faulthandler
import fcntl
import json
import os
import pickle
import signal
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NoReturn, TextIO

from . import chain, data, debugger, importable, literals, module, showing, unstorable, values
from .aside import aside, lift_memory_limit, limit_memory
from .calling import called
from .confine.limits import keep_no_core
from .copies import Taken
from .errors import Reporter
from .lines import Lines
from .originals import Originals
from .watch import Watch

ASK_TO_STOP = signal.SIGUSR2
# Where the descriptors of a request end up; inputs follow. The order is that of the request.
_STDIN, _STDOUT, _STDERR, _OUTCOME, _BLOB, _FIRST_INPUT = range(6)
_PRIVATE = (_OUTCOME, _BLOB)
_OUT_OF_THE_WAY = 256
_MOST_ANEW = 10_000_000


def main(descriptors: list[int], watch: Watch, shelf: str | None = None) -> NoReturn:
    """Run the request that came with `descriptors` and exit.

    Args:
        descriptors: Request, stdout, stderr, outcome, blob, then one blob for each stored input;
            of a chain also one for each value that it makes.
        watch: What watches the node.
        shelf: Where processes that the node starts are to find its plan; None if it starts none.
    """
    try:
        request = _take(descriptors)
        if shelf and "text" in request:
            importable.lay_out(request["text"], request["file"], shelf)
        if "links" in request:
            chain.run(request["links"], lambda link: _Link(link, watch).run(), _OUTCOME)
        _outcome(_Call(request, watch).run())
    finally:
        os._exit(1)


def _take(descriptors: list[int]) -> dict[str, Any]:
    """Put the descriptors in their places, close all others and read the request."""
    moved = [fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY) for number in descriptors]
    with os.fdopen(moved[0], "rb") as file:
        request: dict[str, Any] = json.load(file)
    os.dup2(os.open(os.devnull, os.O_RDONLY), _STDIN)
    for place, number in enumerate(moved[1:], _STDOUT):
        os.dup2(number, place, inheritable=place <= _STDERR)
    os.closerange(len(moved), os.sysconf("SC_OPEN_MAX"))
    sys.stdout, sys.stderr = stream(_STDOUT), stream(_STDERR)
    return request


def stream(descriptor: int) -> TextIO:
    """What a node prints to; whatever it closes, the descriptor stays open."""
    opened = os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", closefd=False)
    opened.reconfigure(line_buffering=True)
    return opened


class _Call:
    def __init__(self, request: dict[str, Any], watch: Watch) -> None:
        self._request = request
        self._text = module.without_mark(request["text"])
        self._inputs: dict[str, Any] = {}
        self._annotations: Mapping[str, Any] = {}
        self._taken = Taken(self._inputs, self._anew)
        self._reporter = Reporter(
            self._text, request["file"], request["node"], self._taken, _PRIVATE
        )
        self._returned = module.Returned()
        self._watch = watch
        self._lines = Lines(request["file"])
        self._stop_debugging: Callable[[], None] = lambda: None
        self._originals = Originals()

    def run(self) -> dict[str, Any]:
        try:
            self._prepare()
            outcome = self._run()
        except BaseException as error:
            self._originals.put_back()
            lift_memory_limit()  # To tell of it takes memory too.
            outcome = {"ok": False, "error": self._told(error)}
        return self._whole(outcome)

    def _whole(self, outcome: dict[str, Any]) -> dict[str, Any]:
        return {**outcome, **self._watch.report(), "lines": self._lines.ran()}

    def _told(self, error: BaseException) -> dict[str, Any]:
        self._watch.stop()
        known = {"denied": denied} if (denied := self._watch.denials.behind(error)) else {}
        parting = partial(self._part_with, known)
        return {**self._reporter.report(error, "denied" if known else None, parting), **known}

    def _part_with(self, known: dict[str, Any], brief: dict[str, Any]) -> None:
        self._part({"ok": False}, {"error": {**brief, **known}})

    def _prepare(self) -> None:
        faulthandler.enable(_OUTCOME, all_threads=False)
        keep_no_core()
        signal.signal(ASK_TO_STOP, self._stop)
        os.chdir(self._request["folder"])
        sys.path.insert(0, self._request["folder"])
        sys.argv = [self._request["file"]]
        sys.dont_write_bytecode = True
        self._debug()  # The memory that it takes is none of the node's.
        if memory := self._request.get("memory"):
            limit_memory(memory + self._mapped())

    def _debug(self) -> None:
        if asked := self._request.get("debugger"):
            connection = _FIRST_INPUT + asked["descriptor"]
            self._stop_debugging = debugger.attach(connection, asked["library"])

    def _mapped(self) -> int:
        """Bytes of the values that are taken: they are mapped, and no memory of the node's own."""
        stored = sum("descriptor" in given for given in self._request["arguments"].values())
        return sum(os.fstat(_FIRST_INPUT + number).st_size for number in range(stored))

    def _stop(self, _signal: int, frame: types.FrameType | None) -> None:
        self._originals.put_back()
        error = self._reporter.stopped(frame, "stopped")
        _outcome({"ok": False, "error": error, "reads": [], "lines": self._lines.ran()})

    def _run(self) -> dict[str, Any]:
        request = self._request
        self._watch.start(request["folder"])
        if request.get("lines"):
            self._lines.start()
        plan = module.load(self._text, request["file"], request["node"], self._returned)
        function = module.function(plan, request["node"])
        self._annotations = annotations = literals.hints(function)
        for position, (name, given) in enumerate(request["arguments"].items()):
            try:
                self._inputs[name] = self._argument(given, annotations.get(name))
            except Exception as error:
                report = self._reporter.report(error, "input")
                return {"ok": False, "error": {**report, "input": name, "position": position}}
        return self._finish(self._called(function), annotations.get("return"))

    def _called(self, function: Callable[..., Any]) -> Any:
        try:
            return called(function, dict(self._inputs))
        finally:
            self._originals.put_back()
            self._stop_debugging()

    def _argument(self, given: dict[str, Any], annotation: Any) -> Any:
        if "descriptor" in given:
            loads = data.load_data if self._request.get("guarded") else pickle.loads
            return values.load(_FIRST_INPUT + given["descriptor"], loads)
        return literals.converted(given["value"], annotation)

    def _anew(self, name: str) -> Any:
        """An input as it came, since the node may have changed the one that it took."""
        given = self._request["arguments"][name]
        size = "descriptor" in given and os.fstat(_FIRST_INPUT + given["descriptor"]).st_size
        if size > _MOST_ANEW:
            raise ValueError("it would take too long")
        return self._argument(given, self._annotations.get(name))

    def _finish(self, value: Any, annotation: Any) -> dict[str, Any]:
        self._watch.stop()
        try:
            carries = values.dump(value, _BLOB, module.name_of(self._request["file"]))
        except MemoryError:
            raise
        except values.NotStoredError as error:
            lost = {"type": "", "message": str(error), "category": "crash"}
            return {"ok": False, "error": lost}
        except Exception as error:
            report = self._reporter.report(error, "unserialisable")
            report |= {"returned": self._returned.index, "value": showing.line(value, _PRIVATE)}
            report["notes"] = [*report.get("notes", []), *self._culprit(value)]
            return {"ok": False, "error": report}
        done = {"ok": True, "returned": self._returned.index, "carries": carries}
        parting = partial(self._part, done)
        return {**done, **showing.shown(value, annotation, _PRIVATE, self._taken, parting)}

    def _part(self, done: dict[str, Any], unseen: dict[str, Any]) -> None:
        """Say what holds if this process ends while its value or exception is looked at."""
        _write(json.dumps(self._whole({**done, **unseen})) + "\n")

    def _culprit(self, value: Any) -> Iterator[str]:
        if part := aside(lambda: unstorable.culprit(value), _PRIVATE):
            yield f"What cannot be stored is {self._request['node']}{part}."


class _Link(_Call):
    """A call in a chain: its value goes where the next one finds it."""

    def _prepare(self) -> None:
        super()._prepare()
        os.dup2(_FIRST_INPUT + self._request["blob"], _BLOB, inheritable=False)

    def _part(self, done: dict[str, Any], unseen: dict[str, Any]) -> None:
        """Say nothing: a chain that ends early is no more than that."""

    def _argument(self, given: dict[str, Any], annotation: Any) -> Any:
        if "descriptor" in given:
            return values.load(_FIRST_INPUT + given["descriptor"], chain.load_plain)
        return super()._argument(given, annotation)


def _outcome(outcome: dict[str, Any]) -> NoReturn:
    """Hand the outcome over and end, without running the plan's exit handlers."""
    signal.signal(ASK_TO_STOP, signal.SIG_IGN)  # Half an outcome is none.
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(Exception):  # The plan closed or replaced it, or is writing now.
            stream.flush()  # type: ignore[union-attr]  # Then there is none.
    with contextlib.suppress(Exception):
        _flush_native()
    _write(json.dumps(outcome))
    os._exit(0)


def _flush_native() -> None:
    """Write what native code has printed; of no other file, for which a thread of it may wait."""
    library = ctypes.CDLL(None)
    library.fflush(ctypes.c_void_p.in_dll(library, "stdout"))


def _write(text: str) -> None:
    data = text.encode("utf-8", "replace")
    while data:
        data = data[os.write(_OUTCOME, data) :]
