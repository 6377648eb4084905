"""What a node asked for and was not given, though nothing raised says so: a failure came of it."""

import os
from dataclasses import dataclass
from ipaddress import ip_address

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.outcomes.outcome import Denied, Outcome
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.levels import Policy
from codeact_lsp.sandbox.variables import is_given

_DOINGS = {
    "write": ("write to", "there"),
    "read": ("read", "that"),
    "network": ("reach", "the network"),
    "processes": ("start", "programs"),
    "signals": ("signal", "other processes"),
    "sockets": ("connect to", "other programs by sockets of theirs"),
    "links": ("make the link", "that"),
    "pipes": ("make the pipe or device", "that"),
    "calls": ("make", "that call of the system"),
    "attributes": ("change mode, owner or times of", "files"),
    "shared": ("share", "locks or memory by name: `multiprocessing` makes all of its own so"),
    "host": ("reach", "that host"),
    "environment": ("see the variable", "that it asks for"),
    "import": ("import", "that module"),
}

_CATEGORIES = frozenset({"user", "exit"})
_NOTHING = "None"  # What `os.environ.get` answers.


@dataclass(frozen=True, slots=True)
class Lacked:
    """A right that a node lacked.

    Attributes:
        denied: The right.
        said: What to say of it.
        certain: Whether the failure is no more than that.
    """

    denied: Denied
    said: tuple[str, ...]
    certain: bool = False


def lacking(error: CodeError, plan: Plan, outcome: Outcome, policy: Policy) -> Lacked | None:
    """What explains a failure, or may: a variable of the user's, or a host.

    Args:
        error: The failure.
        plan: The plan.
        outcome: What was seen of the node.
        policy: What it might do.
    """
    if not policy.confined or error.category not in _CATEGORIES:
        return None
    return _of_variables(error, plan, outcome, policy) or _of_hosts(outcome, policy)


def refused(denied: Denied, policy: Policy) -> str:
    """A sentence on who refused what."""
    doing, something = _DOINGS.get(denied.right, ("do", "that"))
    return f"At level '{policy.level}' this node may not {doing} {denied.what or something}."


def _of_variables(error: CodeError, plan: Plan, outcome: Outcome, policy: Policy) -> Lacked | None:
    """Of the variables that it looked up, one that is set for the user and not for the node."""
    asked = dict.fromkeys(read.path for read in outcome.reads if read.what == "variable")
    withheld = [name for name in asked if name in os.environ and not is_given(name, policy)]
    for name in withheld:
        denied, known = Denied("environment", name), f"The variable {name} is set for you"
        if _is_missed(name, error):
            return Lacked(denied, (f"{known}. {refused(denied, policy)}",), certain=True)
        if _is_told_of(name, error, plan):
            return Lacked(denied, (f"{known}, and for this node it is not.",))
    return None


def _is_missed(name: str, error: CodeError) -> bool:
    """Whether it is the key that was not there."""
    keys = {repr(name), repr(os.fsencode(name))}
    found = [(error.type, error.message), *((each.type, each.message) for each in error.linked)]
    return any(kind == KeyError.__name__ and message in keys for kind, message in found)


def _is_told_of(name: str, error: CodeError, plan: Plan) -> bool:
    """Whether it is named where it failed, or nothing was found where there should be something."""
    where = plan.source.text[error.span.start : error.span.end]
    texts = (where, error.message, *(each.message for each in error.linked))
    return any(name in text or _NOTHING in text for text in texts)


def _of_hosts(outcome: Outcome, policy: Policy) -> Lacked | None:
    """A host that it asked for in vain, where no host is granted: what came of that it ignored."""
    if policy.hosts:
        return None  # Then the proxy knows whom it refused.
    for effect in reversed(outcome.effects):
        if effect.kind == "network" and _is_elsewhere(effect.detail):
            denied = Denied("network", effect.detail)
            return Lacked(denied, ("Before that it asked for a host.", refused(denied, policy)))
    return None


def _is_elsewhere(host: str) -> bool:
    """Whether it is a host's name; programs look up their own machine without a need."""
    name = host.partition(":")[0]
    try:
        ip_address(name)
    except ValueError:
        return "." in name
    return False
