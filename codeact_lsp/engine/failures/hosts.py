"""Failures to reach a host, by nodes that may reach some: what the proxy refused, or never saw."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.engine.outcomes.outcome import Denied, Outcome, RawError
from codeact_lsp.sandbox.hosts import AllowList, HostError, target_of
from codeact_lsp.sandbox.levels import Policy

if TYPE_CHECKING:
    from codeact_lsp.sandbox.proxy import Proxy

_BY_PROXY = (
    "nodes reach hosts through the proxy that the variables HTTP_PROXY and HTTPS_PROXY name, and "
    "this connection did not use it: take a client that knows proxies."
)


def with_refusal(outcome: Outcome, proxy: "Proxy | None") -> Outcome:
    """The same outcome; if its failure came of a refusal of the proxy's, that is what it is.

    Args:
        outcome: How a call ended.
        proxy: The way out that its node had, if any.
    """
    error = outcome.error
    if proxy is None or error is None or error.category != "user":
        return outcome
    for said in _said(error):
        if refusal := proxy.refusal_in(said):
            host = refusal.host if refusal.port is None else f"{refusal.host}:{refusal.port}"
            # What no grant opens is no right that one could ask for.
            denied = Denied("network", refusal.grant) if refusal.grant else Denied("host", host)
            return replace(outcome, error=replace(error, category="denied", denied=denied))
    return outcome


def is_granted(denied: Denied, policy: Policy) -> bool:
    """Whether a node may reach what it did not reach: then it took another way than the proxy.

    Of what is guessed that is to be thought where nobody says who it was.
    """
    if denied.right != "network":
        return False
    if denied.guessed and not denied.what:
        return True
    try:
        return AllowList(policy.hosts).covering(target_of(denied.what)) is not None
    except HostError:
        return False


def other_way(what: str) -> str:
    """What to say of a host that was granted and not reached."""
    return f"{what} is granted, but {_BY_PROXY}"


def of_own_loopback(error: CodeError, policy: Policy) -> Iterator[str]:
    """What to say where nobody listened: what is meant may listen on the machine's loopback."""
    types = {error.type, *(linked.type for linked in error.linked)}
    if policy.hosts and ConnectionRefusedError.__name__ in types:
        yield (
            "A node has a loopback of its own, on which nobody listens but what it started itself. "
            f"What listens on this machine has to be granted by address and port; {_BY_PROXY}"
        )


def _said(error: RawError) -> Iterator[str]:
    yield error.message
    yield from (linked.message for linked in error.linked)
