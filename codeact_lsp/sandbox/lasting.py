"""Whether what confines nodes still works: an administrator may switch it off while a server runs.

Workers are started by what was found at first, whatever is found later, so that none ever starts
with less: where that does not work any more, they do not start, and here it is found out why.
"""

import threading

from codeact_lsp.sandbox.mechanisms import Mechanisms, mechanisms, mechanisms_now
from codeact_lsp.sandbox.tiers import attainable

_doubted = threading.Event()


def lost() -> Mechanisms | None:
    """What there is by now, if that is less than this process goes by; it takes some 100 ms."""
    now = mechanisms_now()
    if attainable(now) >= attainable(mechanisms()):
        _doubted.clear()
        return None
    _doubted.set()
    return now


def still_lost() -> Mechanisms | None:
    """The same, once `lost` has found something; until then nothing is looked at."""
    return lost() if _doubted.is_set() else None
