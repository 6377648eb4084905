"""A plan that other interpreters can import: those that a node spawns, by `multiprocessing` say.

What a node hands to them names its plan as a module, and they search for it along the node's own
path. A process that is forked has it already.
"""

import os
import sys

from . import module


def lay_out(text: str, file: str, folder: str) -> None:
    """Put a plan into a folder, which is made and is searched last.

    Args:
        text: The plan's text.
        file: Its path.
        folder: A folder of the node's own.
    """
    try:
        os.mkdir(folder, 0o700)
        with open(os.path.join(folder, f"{module.name_of(file)}.py"), "wb") as copy:
            copy.write(module.without_mark(text).encode("utf-8", "surrogatepass"))
    except OSError:  # There is no room: to do without is the business of the node that needs it.
        return
    sys.path.append(folder)
