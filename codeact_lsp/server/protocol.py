"""pygls' protocol with its defects mended. One test an override, in tests/server/test_protocol.py.

The built-in handlers of text documents are replaced too: pygls splits lines as Python does and not
as the protocol says, which corrupts a text with a form feed in it. Documents are the session's.
"""

import inspect
from collections.abc import Generator
from typing import Any

import cattrs
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcInvalidRequest
from pygls.protocol import LanguageServerProtocol, lsp_method

_Handled = Generator[Any, Any, Any]


class PlanProtocol(LanguageServerProtocol):
    """The protocol of our server."""

    @lsp_method(lsp.WORKSPACE_EXECUTE_COMMAND)
    async def lsp_workspace__execute_command(  # type: ignore[override]  # pygls awaits a coroutine too
        self, params: lsp.ExecuteCommandParams
    ) -> Any:
        """Run a command in the request's own task, so that a cancel reaches it."""
        handler = self.fm.commands.get(params.command)
        if handler is None:
            raise JsonRpcInvalidParams(f"There is no command '{params.command}'.")
        result = handler(*params.arguments or (), work_done_token=params.work_done_token)
        return await result if inspect.isawaitable(result) else result

    @lsp_method(lsp.SHUTDOWN)
    def lsp_shutdown(self, *args: Any) -> _Handled:
        """End all requests but this one; their callbacks change the table while we walk it."""
        if (handler := self.fm.features.get(lsp.SHUTDOWN)) is not None:
            yield handler, args, None
        for request, future in list(self._request_futures.items()):
            if request != self.msg_id and not future.done():
                future.cancel()
        self._shutdown = True

    @lsp_method(lsp.EXIT)
    def lsp_exit(self, *args: Any) -> _Handled:
        """Remember the exit status: pygls swallows the SystemExit that carries it."""
        self._server.exit_status = 0 if self._shutdown else 1  # type: ignore[attr-defined]  # our subclass has it
        yield from super().lsp_exit(*args)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Leave it: the parser hands us every object of a message, also those in its arguments."""
        return data

    def handle_message(self, message: Any) -> None:
        """Structure a message as a whole. A request that cannot be taken is answered too.

        A client waits for exactly one response to each.
        """
        try:
            structured = self._structured(message)
        except JsonRpcException as error:
            if not _is_request(message):
                raise
            self._send_response(message["id"], error=error.to_response_error())
        else:
            super().handle_message(structured)

    def _structured(self, message: Any) -> Any:
        if not isinstance(message, dict) or message.get("jsonrpc") != self.VERSION:
            raise JsonRpcInvalidRequest(f"This is no message of JSON-RPC {self.VERSION}.")
        if self._shutdown and _is_request(message):
            raise JsonRpcInvalidRequest("The server has been shut down.")
        method = str(message.get("method", ""))
        if method and method not in lsp.METHOD_TO_TYPES:
            # Where pygls does not know a method, it does not know either that it may take none.
            message.setdefault("params", None)
        try:
            return super().structure_message(message)
        except JsonRpcException as error:
            raise JsonRpcInvalidParams(f"{method}: {_reason(error)}") from error

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> _Handled:
        """Leave the document to the session."""
        yield from self._delegate(lsp.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> _Handled:
        """Leave the document to the session."""
        yield from self._delegate(lsp.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> _Handled:
        """Leave the document to the session."""
        yield from self._delegate(lsp.TEXT_DOCUMENT_DID_CLOSE, params)

    def _delegate(self, method: str, params: Any) -> _Handled:
        if (handler := self.fm.features.get(method)) is not None:
            yield handler, (params,), None


def _is_request(message: Any) -> bool:
    return isinstance(message, dict) and {"id", "method"} <= message.keys()


def _reason(error: JsonRpcException) -> str:
    cause = error.__cause__
    if isinstance(cause, cattrs.BaseValidationError):
        return "; ".join(cattrs.transform_error(cause, path="request"))
    return str(cause or error)
