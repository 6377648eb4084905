"""Which right would have let a node do what it was refused."""

import os
from collections.abc import Iterator
from pathlib import Path

from codeact_lsp.engine.outcomes.outcome import Denied
from codeact_lsp.engine.permissions.rights import covers, must_be_named, refuse
from codeact_lsp.plan.docstrings.needs import Need, read_need
from codeact_lsp.sandbox.hosts import HostError, target_of
from codeact_lsp.sandbox.needs import NeverGrantedError, home, named_path
from codeact_lsp.sandbox.protected import Surroundings

_LOOPBACK = "127.0.0.1"


def offer(denied: Denied, around: Surroundings) -> Need | None:
    """The right to offer to the user, as the plan would ask for it.

    None if it is one that nobody should give by a click: it is never given, or there is doubt.

    Args:
        denied: What was refused, as the worker says. It can say anything; so all that is offered is
            named to the user, and is no more than he would be asked for anyway.
        around: What lies around the plan.
    """
    needs = wanted(denied, around)
    overlooked = denied.overlooked
    return next((n for n in needs if may_be_offered(n, around, overlooked=overlooked)), None)


def may_be_offered(need: Need, around: Surroundings, *, overlooked: bool = False) -> bool:
    """Whether a right may be given by a click; `overlooked` is as in `Denied`."""
    if doubt(need, around, overlooked=overlooked):
        return False
    try:
        refuse(need, around)
    except NeverGrantedError:
        return False
    return True


def doubt(need: Need, around: Surroundings, *, overlooked: bool = False) -> str:
    """Why to think twice about a right, to begin a sentence with; empty if nothing says so."""
    if must_be_named(need):
        return "It is an address of this machine or its network"
    if need.right == "read":
        return _doubt_to_read(need.what, around, overlooked=overlooked)
    return ""


def _doubt_to_read(what: str, around: Surroundings, *, overlooked: bool) -> str:
    path = named_path(what, around.plan.parent)
    in_workspace = path.is_relative_to(around.workspace)
    below = around.workspace if in_workspace else home()
    parts = path.relative_to(below).parts if path.is_relative_to(below) else path.parts
    if any(part.startswith(".") for part in parts):
        return "It is hidden, as what holds keys and passwords is"
    if in_workspace and not overlooked:  # All else in there is open anyway.
        return "It is closed, as keys and passwords are by any of their names, and folders of tools"
    return ""


def is_asked(need: Need, asked: tuple[Need, ...], around: Surroundings) -> bool:
    """Whether a node asks for a right, or for more, already."""
    return any(covers(other, need, around.plan.parent) for other in asked)


def wanted(denied: Denied, around: Surroundings) -> Iterator[Need]:
    """The rights that would have helped, the ones that people want most first."""
    for text in _wanted(denied, around.plan.parent):
        # A comma parts two rights, so that what has one in it cannot be asked for.
        if "," not in text and (need := read_need(text)):
            yield need


def _wanted(denied: Denied, folder: Path) -> Iterator[str]:
    what = denied.what
    match denied.right:
        case "write":
            path = folder / what
            if folder not in {path, path.parent}:
                yield f"write {_relative(path.parent, folder)}/"
            if _is_folder(what, path):
                yield f"write {_relative(path, folder)}/"
            elif path.suffix or os.path.exists(path):  # noqa: PTH110 - else it would be a folder.
                yield f"write {_relative(path, folder)}"
        case "read":
            yield f"read {_relative(folder / what, folder)}"
        case "network":
            yield f"network {_host(what)}"
        case "environment":
            yield f"variable {what}"
        case "processes" | "links" | "pipes":
            yield "processes"
        case right:
            yield f"{right} {what}"


def _is_folder(what: str, path: Path) -> bool:
    """Whether a folder is meant: one that is there, or that was to be made."""
    return what.endswith("/") or os.path.isdir(path)  # noqa: PTH112 - a `Path` raises.


def _relative(path: Path, folder: Path) -> str:
    """A path as a plan in `folder` would write it: relative if it is below, or not far above."""
    relative = os.path.relpath(path, folder)
    return str(path) if relative.startswith(f"..{os.sep}..") else relative


def _host(what: str) -> str:
    """A host without the port, if that is one which it is granted with anyway.

    This machine is opened by its address alone, whatever it is called.
    """
    try:
        target = target_of(what)
    except HostError:
        return what.removesuffix(":")
    return f"{_LOOPBACK}:{target.port}" if target.host == "localhost" else target.asked_for
