"""Start a worker: `python -P -s -B start.py SOCKET_FD '["module", ...]' HOW CONFINEMENT`.

`HOW` is `fork` or `spawn` for a zygote, by how it starts a node's process, and `parked` for such a
process that was spawned. `CONFINEMENT` is JSON: see `confine`.

This folder is imported under a name of its own, so that `sys.path` stays as the interpreter made it
and no module of ours can shadow one of the plan's.
"""

import functools
import importlib
import importlib.util
import json
import sys
from pathlib import Path

PACKAGE = "codeact_worker"


def main() -> None:
    """Register the package, then be what is asked for until the socket closes."""
    folder = Path(__file__).parent
    spec = importlib.util.spec_from_file_location(
        PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None:
        message = f"no worker package in {folder}"
        raise ImportError(message)
    sys.modules[PACKAGE] = importlib.util.module_from_spec(spec)
    descriptor, names, how = int(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3]
    confinement = importlib.import_module(f"{PACKAGE}.confine.confinement")
    confined = confinement.Confinement(json.loads(sys.argv[4]))
    if how == "parked":
        importlib.import_module(f"{PACKAGE}.spare").park(descriptor, names, confined)
    confined.reach_out(descriptor)
    serve = importlib.import_module(f"{PACKAGE}.zygote").serve
    keeper = importlib.import_module(f"{PACKAGE}.keeper")
    keeper.keep(names, functools.partial(serve, descriptor, how, confined))


if __name__ == "__main__":
    main()
