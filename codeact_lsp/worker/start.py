"""Start the zygote: `python -P -s start.py SOCKET_FD '["module", ...]'`.

This folder is imported under a name of its own, so that `sys.path` stays as the interpreter made it
and no module of ours can shadow one of the plan's.
"""

import importlib
import importlib.util
import json
import sys
from pathlib import Path

PACKAGE = "codeact_worker"


def main() -> None:
    """Register the package, then serve until the socket closes."""
    folder = Path(__file__).parent
    spec = importlib.util.spec_from_file_location(
        PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None:
        message = f"no worker package in {folder}"
        raise ImportError(message)
    sys.modules[PACKAGE] = importlib.util.module_from_spec(spec)
    zygote = importlib.import_module(f"{PACKAGE}.zygote")
    zygote.serve(int(sys.argv[1]), json.loads(sys.argv[2]))


if __name__ == "__main__":
    main()
