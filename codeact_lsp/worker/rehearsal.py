"""Goes through the motions of a call before it comes.

A forked process shares its parent's memory until it writes to it, and a page at a time is copied
then. For a short node that takes longer than all else, so it is done while the process waits.
"""

import contextlib
import json
import linecache
import os
import sys

from . import child, literals, module, showing, values
from .calling import called
from .copies import NOTHING
from .errors import Reporter

_FILE = "<rehearsal>"
_TEXT = '''"""Nothing."""
import os

def rehearsal(n: int = 1) -> list[int]:
    """Nothing."""
    return [n]
'''
# Whether a value is of some kind is found out once a type, and takes a while.
_VALUES = (None, True, 1, 1.5, "text", b"bytes", (1,), {"one": 1}, [{"one": 1}])


def rehearse() -> None:
    """Do what a call does, on nothing, and leave no trace of it."""
    with contextlib.suppress(Exception):  # A package that was preloaded may have changed anything.
        json.loads(json.dumps({"text": _TEXT, "arguments": {"n": 1}, "ok": True}))
        value, annotation = _called()
        for each in (value, *_VALUES):
            showing.shown(each, annotation if each is value else None)
        with open(os.devnull, "r+b", buffering=0) as nothing:
            values.dump(value, nothing.fileno(), _FILE)
            print(value, file=child.stream(nothing.fileno()))
        Reporter(_TEXT, _FILE, "rehearsal", NOTHING, ())
    sys.modules.pop(module.name_of(_FILE), None)
    linecache.cache.pop(_FILE, None)


def _called() -> tuple[object, object]:
    """What a node returns, and what it said that it would."""
    function = module.function(
        module.load(_TEXT, _FILE, "rehearsal", module.Returned()), "rehearsal"
    )
    annotations = literals.hints(function)
    return called(function, {}), annotations.get("return")
