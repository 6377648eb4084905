"""What it means to have a right, and when one right holds another."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from codeact_lsp.engine.workspace.folders import private_folders
from codeact_lsp.engine.workspace.inputs import inputs_path
from codeact_lsp.plan import Plan
from codeact_lsp.plan.docstrings.needs import Need, read_need
from codeact_lsp.plan.docstrings.quantities import size
from codeact_lsp.plan.visible import quoted
from codeact_lsp.sandbox.hosts import grant_of
from codeact_lsp.sandbox.levels import Level, Policy, grant, level_of, preset
from codeact_lsp.sandbox.needs import named_path, refuse_variable, resolve
from codeact_lsp.sandbox.protected import Surroundings, refuse_to_read, refuse_to_write


def needs(plan: Plan, node: str) -> tuple[Need, ...]:
    """What a node asks for."""
    items = plan.table.nodes[node].directives.needs
    return tuple(need for item in items if (need := read_need(item)))


def give(policy: Policy, need: Need, around: Surroundings) -> Policy:
    """A policy with one right more.

    Raises:
        NeverGrantedError: It is never given; the message says why.
    """
    return _GIVING[need.right](policy, need.what, around)


def refuse(need: Need, around: Surroundings) -> None:
    """Refuse a right that nobody can give.

    Raises:
        NeverGrantedError: It is one; the message says why.
    """
    give(preset(Level.STRICT), need, around)


def covers(granted: Need, asked: Need, folder: Path) -> bool:
    """Whether a right is what a plan in `folder` asks for, or more of it."""
    if granted == asked:
        return True
    return granted.right == asked.right and _COVERING[asked.right](granted.what, asked.what, folder)


def grant_command(need: Need, around: Surroundings) -> str:
    """What to type to grant a right to a plan; it may be pasted into a shell as it is."""
    return " ".join(("codeact grant", quoted(str(around.plan)), quoted(str(need))))


def must_be_named(need: Need) -> bool:
    """Whether a right is only given by its very name, and by nothing that gives many.

    It is for an address of this machine, of its network, or of what gives away credentials.
    """
    if need.right != "network":
        return False
    from codeact_lsp.sandbox.proxying.addresses import why_closed  # noqa: PLC0415 - slow to load.

    host = grant_of(need.what).host
    return not isinstance(host, str) and why_closed(host) is not None


def surroundings(file: Path, workspace: Path) -> Surroundings:
    """What lies around a plan."""
    plan = file.resolve()
    return Surroundings(plan, inputs_path(plan), workspace.resolve(), private_folders())


def _write(policy: Policy, what: str, around: Surroundings) -> Policy:
    path = resolve(what, around.plan.parent)
    refuse_to_write(path, around)
    return grant(policy, write=[path])


def _read(policy: Policy, what: str, around: Surroundings) -> Policy:
    path = resolve(what, around.plan.parent)
    refuse_to_read(path, around)
    return grant(policy, read=[path])


def _network(policy: Policy, what: str, _around: Surroundings) -> Policy:
    return grant(policy, hosts=[what])


def _variable(policy: Policy, what: str, _around: Surroundings) -> Policy:
    refuse_variable(what)
    return grant(policy, environment=[what])


def _processes(policy: Policy, _what: str, _around: Surroundings) -> Policy:
    wider = replace(policy, processes=True)
    return replace(wider, level=level_of(wider))


def _as_it_is(policy: Policy, _what: str, _around: Surroundings) -> Policy:
    """Imports are no right of a process, and memory is a limit."""
    return policy


def _holds_host(granted: str, asked: str, _folder: Path) -> bool:
    mine, wanted = grant_of(granted), grant_of(asked)
    if not wanted.ports <= mine.ports:
        return False
    if mine.below and isinstance(wanted.host, str):
        return wanted.host.endswith(f".{mine.host}") or (wanted.host == mine.host and wanted.below)
    return (wanted.host, wanted.below) == (mine.host, mine.below)


def _holds_path(granted: str, asked: str, folder: Path) -> bool:
    return named_path(asked, folder).is_relative_to(named_path(granted, folder))


def _holds_module(granted: str, asked: str, _folder: Path) -> bool:
    return f"{asked}.".startswith(f"{granted}.")


def _holds_size(granted: str, asked: str, _folder: Path) -> bool:
    return (size(granted) or 0) >= (size(asked) or 0)


def _holds_nothing_else(_granted: str, _asked: str, _folder: Path) -> bool:
    return False


_GIVING: Mapping[str, Callable[[Policy, str, Surroundings], Policy]] = {
    "network": _network,
    "write": _write,
    "read": _read,
    "variable": _variable,
    "import": _as_it_is,
    "memory": _as_it_is,
    "processes": _processes,
}
_COVERING: Mapping[str, Callable[[str, str, Path], bool]] = {
    "network": _holds_host,
    "write": _holds_path,
    "read": _holds_path,
    "variable": _holds_nothing_else,
    "import": _holds_module,
    "memory": _holds_size,
    "processes": _holds_nothing_else,
}
