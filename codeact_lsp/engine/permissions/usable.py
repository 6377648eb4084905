"""Whether a Python can run plans at all, found out without giving it more than its nodes get.

One that lies in the workspace may have come with the plan, and to start it is to run it.
"""

from codeact_lsp.engine.workspace.interpreter import Interpreter, fault_of
from codeact_lsp.sandbox.confinement import container_for
from codeact_lsp.sandbox.mechanisms import Mechanisms, mechanisms


def may_start(interpreter: Interpreter, found: Mechanisms) -> bool:
    """Whether a Python may be started as workers are: nothing but a container holds its start.

    Args:
        interpreter: The Python.
        found: The mechanisms that there are.
    """
    return not interpreter.of_workspace or found.bubblewrap is not None


def fault_with(interpreter: Interpreter) -> str | None:
    """Why a Python cannot run plans, in words; None if it can, or must not be asked.

    Raises:
        WithholdError: A mechanism is to be withheld that nobody knows.
    """
    if not interpreter.of_workspace:
        return fault_of(interpreter.path)
    found = mechanisms()
    if not may_start(interpreter, found):
        return None
    return fault_of(interpreter.path, container_for(interpreter.path, found))
