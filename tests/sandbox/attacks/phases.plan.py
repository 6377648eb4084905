"""Reads what lies outside at other moments than the call: before it, after it, while it is told of."""

import asyncio
import atexit
import ctypes
import functools
import signal
import sys
import threading
import time
import types
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def _read(path):
    with open(path) as file:
        return file.read()


def _tried(path):
    try:
        return _read(path)
    except OSError as error:
        return type(error).__name__


OUTSIDE = Path(__file__).resolve().parent.parent / "outside/secret.txt"
LOADED = _tried(OUTSIDE)


class _Described:
    """An object that shows something when it is looked at."""

    def __init__(self, path):
        self.path = path


class _InText(_Described):
    def __repr__(self):
        return _read(self.path)


class _InPage(_Described):
    def _repr_html_(self):
        return f"<p>{_read(self.path)}</p>"


class _InTable(_Described):
    columns = ("a",)
    to_html = None

    def to_string(self, **_):
        return _read(self.path)


class _InSize(_Described):
    @property
    def shape(self):
        return (_Counted(_read(self.path)),)


class _Counted(str):
    def __format__(self, _):
        return str(self)


class _InData(_Described):
    shape = (1,)
    dtype = "text"

    def __getitem__(self, _):
        return self

    def tolist(self):
        return [_read(self.path)]


class _InPickle(_Described):
    def __reduce__(self):
        return str, (_read(self.path),)


class _InLoading(_Described):
    def __reduce__(self):
        return _read, (self.path,)


class _InError(Exception):
    def __str__(self):
        return _read(self.args[0])


def at_load():
    """When the plan is loaded."""
    return LOADED


def in_default(found=_tried(OUTSIDE)):
    """When a parameter is given its default."""
    return found


def in_annotation():
    """When an annotation is made."""
    return in_annotation.__annotations__["return"]


in_annotation.__annotations__["return"] = _tried(OUTSIDE)


def in_class_body():
    """When a class is made, by the class of its class."""

    class Meta(type):
        def __prepare__(*_):
            return {"found": _read(OUTSIDE)}

    class Made(metaclass=Meta): ...

    return Made.found


def in_text_of_value(outside):
    """When its value is shown as text."""
    return _InText(outside)


def in_page_of_value(outside):
    """When its value is shown as a page.

    Unconfined: never, the events of a run have no pages
    """
    return _InPage(outside)


def in_table_of_value(outside):
    """When its value is shown as a table."""
    return _InTable(outside)


def in_size_of_value(outside):
    """When it is told how large its value is."""
    return _InSize(outside)


def in_data_of_value(outside):
    """When its value is taken apart.

    Unconfined: never, the events of a run have no data
    """
    return _InData(outside)


def prepares_pickle(outside):
    return [_InPickle(outside)]


def in_pickle_of_value(prepares_pickle):
    """When a value is stored: the next node has it then."""
    return prepares_pickle


def prepares_loading(outside):
    return _InLoading(outside)


def in_loading(prepares_loading):
    """When a value of another node is loaded."""
    return prepares_loading


def in_error_text(outside):
    """When it is told why it failed."""
    raise _InError(outside)


def in_error_group(outside):
    """When it is told of one failure of many."""
    raise ExceptionGroup("many", [ValueError(), _InError(outside)])


def in_cause(outside):
    """When it is told of what a failure came of."""
    raise ValueError from _InError(outside)


def in_failing_value(outside):
    """When the values of what failed are shown."""
    shown = _InText(outside)
    return shown + 1


def in_exit_handler(outside):
    """When the process of a node ends, which it does at once.

    Unconfined: never, that process ends without such handlers there too
    """
    atexit.register(lambda: print(_read(outside), flush=True))
    sys.exit()


def in_late_thread(outside):
    """When the call is over, by a thread that goes on while its value is stored."""
    thread = threading.Thread(target=_prints_late, args=(outside,), daemon=True)
    thread.start()
    return _Slow()


class _Slow:
    def __reduce__(self):
        time.sleep(0.6)
        return str, ("slow",)


def in_many_threads(outside):
    """In each thread of a pool."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(_read, [outside] * 4))


def in_event_loop(outside):
    """In what a loop of events calls."""

    async def found():
        return await asyncio.get_running_loop().run_in_executor(None, _read, outside)

    return asyncio.run(found())


def in_raw_thread(outside):
    """In a thread that Python does not know, of the C library."""
    found = []
    kind = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
    work = kind(lambda _: found.append(_tried(outside)))
    libc, thread = ctypes.CDLL(None), ctypes.c_ulong()
    libc.pthread_create(ctypes.byref(thread), None, work, None)
    libc.pthread_join(thread, None)
    return found


def in_callback(outside):
    """In what a library of C calls to compare."""
    found = []
    numbers = (ctypes.c_int * 2)(2, 1)
    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
    compare = kind(lambda *_: found.append(_tried(outside)) or 0)
    ctypes.CDLL(None).qsort(numbers, 2, 4, compare)
    return found


def in_signal_handler(outside):
    """When a signal comes."""
    found = []
    signal.signal(signal.SIGALRM, lambda *_: found.append(_tried(outside)))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    time.sleep(0.3)
    return found


def in_stop(outside):
    """When it is told that its time is over.

    Timeout: 1 s
    """
    def handle(*_):
        print(_tried(outside), flush=True)

    for number in (signal.SIGUSR2, signal.SIGTERM, signal.SIGABRT):
        signal.signal(number, handle)
    time.sleep(20)


def in_warning(outside):
    """When a warning is shown."""
    found = []
    warnings.showwarning = lambda *_, **__: found.append(_read(outside))
    warnings.warn("x", stacklevel=1)
    return found


def in_module_attribute(outside):
    """When somebody asks a module for a name."""
    module = types.ModuleType("module")
    module.__getattr__ = lambda _: _read(outside)
    return module.anything


def in_cached_property(outside):
    """When something is worked out late."""
    kind = type("Kind", (), {"found": functools.cached_property(lambda _: _read(outside))})
    kind.found.__set_name__(kind, "found")
    return kind().found


def in_print_hook(outside):
    """When something is written, by what stands in the place of its output."""
    printed = sys.stdout

    class Out:
        def write(self, text):
            return printed.write(_read(outside))

        def flush(self):
            printed.flush()

    sys.stdout = Out()
    print("x")
    sys.stdout = printed


def _prints_late(outside):
    time.sleep(0.2)
    print(_tried(outside), flush=True)
