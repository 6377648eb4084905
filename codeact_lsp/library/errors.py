"""What can go wrong when plans are used from Python.

All errors are `CodeActError`s: `PlanFileError`, `InvalidPlanError`, `UnknownNodeError`,
`InvalidInputError` and `SetupError` before a run; `RunFailedError` and `RunCancelledError`, both
`RunError`s, and `AgentError`, if a result is asked to raise; `ValueUnavailableError` for one value;
`TapeError` for tapes.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from codeact_lsp.engine import choosing
from codeact_lsp.engine.workspace import inputs
from codeact_lsp.plan import Problem

if TYPE_CHECKING:
    from codeact_lsp.library.agent import AgentResult
    from codeact_lsp.library.result import RunResult


class CodeActError(Exception):
    """Any error of this library."""


class PlanFileError(CodeActError):
    """The plan's file cannot be read, or is not in the encoding that it declares."""


class InvalidPlanError(CodeActError):
    """The plan has errors, so nothing of it is run.

    Attributes:
        problems: The errors, each with its code, message and span.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


class UnknownNodeError(CodeActError):
    """A node was asked for that the plan does not have."""


class InvalidInputError(CodeActError):
    """An input is missing, unknown, or no plain data; or the inputs file cannot be used."""


class SetupError(CodeActError):
    """The Python that is to run the nodes, or the folder of results, cannot be used."""


class RunError(CodeActError):
    """A run did not make all values that it was to make.

    Attributes:
        result: What came of it all the same.
    """

    def __init__(self, message: str, result: "RunResult") -> None:
        super().__init__(message)
        self.result = result


class RunFailedError(RunError):
    """A node failed."""


class RunCancelledError(RunError):
    """The run was cancelled."""


class AgentError(CodeActError):
    """A task was not done.

    Attributes:
        result: How far it came.
    """

    def __init__(self, message: str, result: "AgentResult") -> None:
        super().__init__(message)
        self.result = result


class TapeError(CodeActError):
    """A tape cannot be written or read, or is not what was written."""


class ValueUnavailableError(CodeActError):
    """A value is not stored any more, or cannot be loaded into this process."""


@contextmanager
def translated() -> Iterator[None]:
    """Have the engine's refusals appear as errors of this library."""
    try:
        yield
    except choosing.PlanError as error:
        raise InvalidPlanError(error.problems) from error
    except choosing.UnknownNodeError as error:
        raise UnknownNodeError(str(error)) from error
    except inputs.InputError as error:
        raise InvalidInputError(str(error)) from error
