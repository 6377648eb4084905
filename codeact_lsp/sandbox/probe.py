"""Say whether a node can have namespaces where this was started; run as `python probe.py FOLDER`.

It does what a worker does, with the worker's own code from that folder, and is started as one. The
answer is a line: `yes`, or why not. Little is imported, because somebody waits for it.
"""

import importlib
import os
import sys

_SCRATCH = {"path": "/tmp", "bytes": 1 << 20, "files": 16}  # noqa: S108 - in mounts of its own.


def main() -> None:
    """Try, and tell."""
    sys.path.insert(0, sys.argv[1])
    pid = os.fork()
    if pid == 0:
        _try()
    os.waitpid(pid, 0)


def _try() -> None:
    """Be a zygote, then its node."""
    namespaces = importlib.import_module("namespaces")
    try:
        namespaces.nest()
        node = namespaces.Nest().fork()
        if node:
            os.waitpid(node, 0)
        else:
            namespaces.own_mounts(_SCRATCH)
            os.write(1, b"yes")
    except OSError as error:
        os.write(1, str(error).encode())
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
