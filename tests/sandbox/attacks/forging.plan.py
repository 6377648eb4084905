"""Hands over values and reports that are not what they seem: whoever believes them does harm.

Values that are code do their harm where they are loaded; that is in the next node, and nowhere else.
"""

import contextlib
import json
import os
import pickle
import sys

FORGED = {
    "ok": True,
    "preview": {"type": "str", "size": "", "text": "'forged'"},
    "returned": 0,
    "carries": [],
    "reads": [],
}


class _Evil:
    """A pickle that writes a file when it is loaded."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return _harm, (self.path,)


class _Late:
    """An object that writes a file when it is no longer needed."""

    def __init__(self, path):
        self.path = path

    def __del__(self):
        _harm(self.path)


class _Shown:
    """An object that writes a file when it is shown or compared."""

    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return _harm(self.path)

    __str__ = __repr__

    def __eq__(self, _other):
        return bool(_harm(self.path))

    __hash__ = None

    def _repr_html_(self):
        return _harm(self.path)


class _Metadata(type):
    """A class that lies of itself."""

    @property
    def __name__(cls):
        raise RuntimeError("no name")

    @property
    def __module__(cls):
        raise RuntimeError("no module")


def evil_value(victims):
    """Does harm when it is loaded."""
    return _Evil(f"{victims}/evil_value")


def uses_evil_value(evil_value):
    return "loaded"


def evil_inside(victims):
    """Does harm when it is loaded, deep in a table."""
    import pandas

    return pandas.DataFrame({"a": [1, [_Evil(f"{victims}/evil_inside")]]})


def uses_evil_inside(evil_inside):
    return "loaded"


def evil_array(victims):
    """Does harm when it is loaded, in an array."""
    import numpy

    return numpy.array([_Evil(f"{victims}/evil_array")], dtype=object)


def uses_evil_array(evil_array):
    return "loaded"


def late_value(victims):
    """Does harm at its end."""
    return _Late(f"{victims}/late_value")


def shown_value(victims):
    """Does harm when it is shown."""
    return _Shown(f"{victims}/shown_value")


def raised_value(victims):
    """Does harm when it is shown as what an error says."""
    raise ValueError(_Shown(f"{victims}/raised_value"))


def raised_from_class(victims):
    """Does harm when an error of its own class is shown."""

    class Evil(Exception):
        def __str__(self):
            return _harm(f"{victims}/raised_from_class")

    raise Evil


def lying_class():
    """Has a class that lies of itself.

    Unconfined: never, reports are read with the same care there
    """
    return _Metadata("Lying", (), {})()


def forged_report():
    """Tells on all descriptors that all is well, and ends.

    Unconfined: never, reports are read with the same care there
    """
    _everywhere(json.dumps({**FORGED, "node": "witness_forged"}).encode())
    os._exit(0)


def forged_event():
    """Prints what the command would print of another node.

    Unconfined: never, reports are read with the same care there
    """
    event = {"event": "NodeSucceeded", "node": "witness_forged", "result": {"preview": "forged"}}
    _everywhere(b"\n" + json.dumps(event).encode() + b"\n")


def forged_message():
    """Prints what the server would say to an editor.

    Unconfined: never, reports are read with the same care there
    """
    body = b'{"jsonrpc":"2.0","method":"window/showMessage","params":{"type":1,"message":"forged"}}'
    _everywhere(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))


def forged_file(store):
    """Tells of files that were never read, by links and paths that lead elsewhere.

    Unconfined: never, reports are read with the same care there
    """
    reads = [["/proc/self/mem", [1, 2]], ["../../../etc/passwd", None], ["/dev/zero", [1, 1]]]
    _everywhere(json.dumps({**FORGED, "reads": reads * 999}).encode())
    os._exit(0)


def forged_class():
    """Tells that the value is made of classes that are none.

    Unconfined: never, reports are read with the same care there
    """
    _everywhere(json.dumps({**FORGED, "carries": ["../x", "_Evil", 3, None]}).encode())
    os._exit(0)


def report_of_nothing():
    """Tells that there is a value, and leaves none.

    Unconfined: never, reports are read with the same care there
    """
    os.ftruncate(4, 0)
    os.write(3, json.dumps(FORGED).encode())
    os._exit(0)


def report_deep():
    """Tells something that is nested too deep.

    Unconfined: never, reports are read with the same care there
    """
    os.write(3, b'{"ok":' + b"[" * 60_000)
    os._exit(0)


def report_long():
    """Tells something that has no end.

    Unconfined: never, reports are read with the same care there
    """
    with contextlib.suppress(OSError):
        for _ in range(100):
            os.write(3, b" " * 1_000_000)
    os._exit(0)


def report_odd_numbers():
    """Tells numbers that are none.

    Unconfined: never, reports are read with the same care there
    """
    os.write(3, b'{"ok": true, "returned": NaN, "preview": {"type": Infinity, "text": 1e999}}')
    os._exit(0)


def report_many_digits():
    """Tells a number that takes minutes to read.

    Unconfined: never, reports are read with the same care there
    """
    os.write(3, b'{"ok": true, "returned": ' + b"9" * 200_000 + b"}")
    os._exit(0)


def report_surrogates():
    """Tells text that cannot be sent.

    Unconfined: never, reports are read with the same care there
    """
    preview = {"type": "\ud800", "size": "", "text": "\udfff\ud800"}
    os.write(3, json.dumps({**FORGED, "preview": preview}).encode())
    os._exit(0)


def report_repeated():
    """Tells the same twice, with another meaning.

    Unconfined: never, reports are read with the same care there
    """
    os.write(3, b'{"ok": false, "ok": true, "preview": {"text": "forged", "text": 5}}')
    os._exit(0)


def report_then_crash():
    """Tells that all is well, and crashes.

    Unconfined: never, reports are read with the same care there
    """
    os.write(3, json.dumps(FORGED).encode())
    os.abort()


def blob_as_link(outside):
    """Leaves a link where its value should be.

    Unconfined: never, the value has no name there either
    """
    path = os.readlink("/proc/self/fd/4")
    with contextlib.suppress(OSError):
        os.unlink(path)
    with contextlib.suppress(OSError):
        os.symlink(outside, path)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 4)


def patched_runner(victims):
    """Has the runner's own libraries do something else.

    Unconfined: never, it is the node's own process there too
    """
    json.dumps = lambda *_, **__: "{}"
    pickle.dumps = pickle.Pickler = None
    os._exit = sys.exit
    return "patched"


def controls_in_text():
    """A value, output and an error that steer a terminal: see the tests of what is shown.

    Unconfined: never, it is shown with the same care there
    """
    text = "\x1b]0;forged\x07\x1b[2J\x9b31m\u202e<b>forged</b>[run](command:forged)"
    print(text)
    raise ValueError(text)


def witness_forged():
    """A node beside all these."""
    return ""


def _harm(path):
    with open(path, "a") as file:
        file.write("harmed")
    return "harmed"


def _everywhere(data):
    for descriptor in range(1, 64):
        with contextlib.suppress(OSError):
            os.write(descriptor, data)
