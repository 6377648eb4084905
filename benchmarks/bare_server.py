"""The least server that pygls makes: what a cold start is measured against."""

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

server = LanguageServer("bare", "1")


@server.feature(lsp.TEXT_DOCUMENT_HOVER)
def hover(_params: lsp.HoverParams) -> None:
    """Nothing to say."""


if __name__ == "__main__":
    server.start_io()
