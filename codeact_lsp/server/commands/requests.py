"""What commands are asked with, and the plan that one is about."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pygls.exceptions import JsonRpcInvalidParams

if TYPE_CHECKING:
    from codeact_lsp.server.open_plan import OpenPlan
    from codeact_lsp.server.server import PlanServer


@dataclass(frozen=True)
class PlanRequest:
    """A plan that is open in the editor."""

    uri: str


@dataclass(frozen=True)
class NodeRequest:
    """A node of such a plan; `downstream` adds all that follows from it."""

    uri: str
    node: str
    downstream: bool = False


@dataclass(frozen=True)
class DebugRequest:
    """A node of such a plan; `debugpy` is a folder that holds it, should its Python have none."""

    uri: str
    node: str
    debugpy: str | None = None


@dataclass(frozen=True)
class ClearRequest:
    """A plan that is open in the editor, or one node of it."""

    uri: str
    node: str | None = None


@dataclass(frozen=True)
class GrantRequest:
    """A plan that is open in the editor, and a right as `Needs` writes it."""

    uri: str
    right: str


@dataclass(frozen=True)
class AskRequest:
    """A node that failed, and how many answers are wanted."""

    uri: str
    node: str
    alternatives: int = 1


@dataclass(frozen=True)
class TaskRequest:
    """A plan that is open in the editor, and what it is to do, in words."""

    uri: str
    task: str


@dataclass(frozen=True)
class TapeRequest:
    """A plan that is open in the editor, and the name of one of its tapes."""

    uri: str
    tape: str


def to_run(server: "PlanServer", uri: str) -> "OpenPlan":
    """An open plan with its inputs as they are now: their file may be edited elsewhere.

    Raises:
        JsonRpcInvalidParams: It is not open.
    """
    opened = opened_plan(server, uri)
    if opened.read_inputs():
        server.publish(uri)
    return opened


def opened_plan(server: "PlanServer", uri: str) -> "OpenPlan":
    """An open plan.

    Raises:
        JsonRpcInvalidParams: It is not open.
    """
    opened = server.session.plans.get(uri)
    if opened is None:
        raise JsonRpcInvalidParams(f"{uri} is not open.")
    return opened
