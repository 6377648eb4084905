"""CodeAct LSP: plans that are executable Python, read, run and repaired in the editor.

From Python:

    import codeact_lsp

    plan = codeact_lsp.Plan.load("sales.plan.py")
    result = codeact_lsp.run(plan, inputs={"month": 11}).raise_for_status()
    print(result["growth"].preview)

What stands in `__all__` is loaded when it is first asked for.
"""

TYPE_CHECKING = False  # As type checkers understand it, without the cost of `typing`.
if TYPE_CHECKING:
    from codeact_lsp.agent.bounds import Bounds
    from codeact_lsp.engine.events import (
        Event,
        NodeBlocked,
        NodeCached,
        NodeCancelled,
        NodeFailed,
        NodeOutput,
        NodeStarted,
        NodeSucceeded,
        RunFinished,
        RunStarted,
    )
    from codeact_lsp.engine.failures.errors import CodeError
    from codeact_lsp.engine.history.metrics import Metrics, NodeMetrics
    from codeact_lsp.library.agent import (
        AgentOptions,
        AgentResult,
        awork_on,
        awrite_plan,
        work_on,
        write_plan,
    )
    from codeact_lsp.library.errors import (
        AgentError,
        CodeActError,
        InvalidInputError,
        InvalidPlanError,
        PlanFileError,
        RunCancelledError,
        RunError,
        RunFailedError,
        SetupError,
        TapeError,
        UnknownNodeError,
        ValueUnavailableError,
    )
    from codeact_lsp.library.order import Options
    from codeact_lsp.library.plan import Place, Plan
    from codeact_lsp.library.result import NodeResult, RunResult
    from codeact_lsp.library.running import arun, events, run, stream
    from codeact_lsp.library.session import Session
    from codeact_lsp.library.tapes import replay

__version__ = "0.1.0"
__all__ = [
    "AgentError",
    "AgentOptions",
    "AgentResult",
    "Bounds",
    "CodeActError",
    "CodeError",
    "Event",
    "InvalidInputError",
    "InvalidPlanError",
    "Metrics",
    "NodeBlocked",
    "NodeCached",
    "NodeCancelled",
    "NodeFailed",
    "NodeMetrics",
    "NodeOutput",
    "NodeResult",
    "NodeStarted",
    "NodeSucceeded",
    "Options",
    "Place",
    "Plan",
    "PlanFileError",
    "RunCancelledError",
    "RunError",
    "RunFailedError",
    "RunFinished",
    "RunResult",
    "RunStarted",
    "Session",
    "SetupError",
    "TapeError",
    "UnknownNodeError",
    "ValueUnavailableError",
    "__version__",
    "arun",
    "awork_on",
    "awrite_plan",
    "events",
    "replay",
    "run",
    "stream",
    "work_on",
    "write_plan",
]
# Where they are defined; what is light comes first.
_MODULES = (
    "library.errors",
    "library.plan",
    "library.result",
    "library.order",
    "library.session",
    "library.running",
    "library.tapes",
    "library.agent",
    "agent.bounds",
    "engine.events",
    "engine.history.metrics",
    "engine.failures.errors",
)


if not TYPE_CHECKING:  # A type checker that saw it would take any name for one of ours.

    def __getattr__(name: str) -> object:
        """Load a public name when it is first asked for."""
        from importlib import import_module  # noqa: PLC0415 - to import the package costs nothing.

        for module in _MODULES if name in __all__ else ():
            found = vars(import_module(f"{__name__}.{module}")).get(name)
            if getattr(found, "__module__", None) == f"{__name__}.{module}":
                globals()[name] = found
                return found
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted(__all__)
