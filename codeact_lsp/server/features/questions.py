"""Actions that ask a language model about a failure. Nothing is sent before one is chosen."""

from collections.abc import Iterator, Sequence

from lsprotocol import types as lsp

from codeact_lsp.server.commands import ASK_MODEL

_ALTERNATIVES = 3
_TITLES = {1: "Ask the model", _ALTERNATIVES: "Show alternatives of the model"}


def questions(uri: str, node: str, about: Sequence[lsp.Diagnostic]) -> Iterator[lsp.CodeAction]:
    """One for a single answer, and one for several that are tried against each other."""
    for count, title in _TITLES.items():
        argument = {"uri": uri, "node": node, "alternatives": count}
        yield lsp.CodeAction(
            title=title,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=list(about) or None,
            command=lsp.Command(title=title, command=ASK_MODEL, arguments=[argument]),
        )
