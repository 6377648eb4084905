"""pygls' protocol with its defects mended. One test an override, in tests/server/test_protocol.py.

The built-in handlers of documents and folders are left out: pygls splits lines as Python does and
not as the protocol says, which corrupts a text with a form feed in it, and fails over a folder that
it does not know. Documents and folders are the session's.
"""

import asyncio
import inspect
import json
import logging
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import cattrs
from lsprotocol import types as lsp
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcRequestCancelled,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol, lsp_method

from codeact_lsp.server import messages
from codeact_lsp.server.written import Written

if TYPE_CHECKING:
    from codeact_lsp.server.server import PlanServer

_Handled = Generator[Any, Any, Any]
_log = logging.getLogger(__name__)
_CLOSING_SECONDS = 5.0
_KIND = b"Content-Type: application/vscode-jsonrpc; charset=utf-8"
# Of these, ours in the routes are the only handlers. Of notebooks there are none: a client that
# attaches us to them means other files than plans.
_LEFT_OUT = (
    lsp.TEXT_DOCUMENT_DID_OPEN,
    lsp.TEXT_DOCUMENT_DID_CHANGE,
    lsp.TEXT_DOCUMENT_DID_CLOSE,
    lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS,
    lsp.NOTEBOOK_DOCUMENT_DID_OPEN,
    lsp.NOTEBOOK_DOCUMENT_DID_CHANGE,
    lsp.NOTEBOOK_DOCUMENT_DID_CLOSE,
)


class PlanProtocol(LanguageServerProtocol):
    """The protocol of our server."""

    _server: "PlanServer"

    def __init__(self, server: "PlanServer", converter: cattrs.Converter) -> None:
        # As it comes, it makes a text of anything, also of the object that stands for a document's.
        converter.register_structure_hook(str, messages.text)
        super().__init__(server, converter)
        self._begun = False
        self._cancelled: frozenset[int | str] = frozenset()
        self._closing: asyncio.Task[Any] | None = None
        for method in _LEFT_OUT:
            del self.fm.builtin_features[method]

    def taken_in(self, body: bytes) -> Any:
        """What `handle_message` is to handle when its turn has come.

        Of a request that is cancelled before it has, nothing is done.
        """
        try:
            message = messages.parsed(body)
        except JsonRpcException as error:
            return error
        self._cancelled |= messages.cancelled_by(message)
        return message

    def handle_message(self, message: Any) -> None:
        """Structure a message and hand it on. Whatever it is: a request is answered once."""
        self._cancelled -= messages.cancelled_by(message)
        if messages.is_response(message) and not self._is_awaited(message["id"]):
            _log.warning("a response to nothing that was asked: %r", message["id"])
            return
        try:
            structured = self._structured(message)
        except JsonRpcException as error:
            self._refuse(message, error)
        else:
            super().handle_message(structured)

    def _structured(self, message: Any) -> Any:
        if isinstance(message, JsonRpcException):
            raise message
        if not isinstance(message, dict) or message.get("jsonrpc") != self.VERSION:
            raise JsonRpcInvalidRequest(f"This is no message of JSON-RPC {self.VERSION}.")
        method = message.get("method", "")
        if not isinstance(method, str):
            raise JsonRpcInvalidRequest("A method is a text.")
        if messages.is_request(message):
            self._check_turn(message)
        if method and method not in lsp.METHOD_TO_TYPES:
            # Where pygls does not know a method, it does not know either that it may take none.
            message.setdefault("params", None)
        elif method and messages.is_request(message) and lsp.METHOD_TO_TYPES[method][1] is None:
            raise JsonRpcInvalidRequest(f"'{method}' is a notification, and bears no id.")
        try:
            return self.structure_message(message)
        except JsonRpcException as error:
            raise JsonRpcInvalidParams(f"{method}: {messages.reason(error)}") from error

    def _check_turn(self, message: dict[str, Any]) -> None:
        """Refuse a request that cannot be answered, or for which it is too early or too late."""
        if messages.id_of(message) is None:
            raise JsonRpcInvalidRequest("The id of a request is a text or a whole number.")
        if self._shutdown:
            raise JsonRpcInvalidRequest("The server has been shut down.")
        if not self._begun and message["method"] != lsp.INITIALIZE:
            raise JsonRpcServerNotInitialized("The session begins with 'initialize'.")
        if self._begun and message["method"] == lsp.INITIALIZE:
            raise JsonRpcInvalidRequest("The session has begun already.")
        if messages.id_of(message) in self._request_futures:
            raise JsonRpcInvalidRequest("The request before of the same id is not answered yet.")
        if messages.id_of(message) in self._cancelled:
            raise JsonRpcRequestCancelled("The request was cancelled.")

    def _refuse(self, message: Any, error: JsonRpcException) -> None:
        """Tell whoever waits that a message cannot be taken."""
        if messages.is_response(message):
            self._handle_response(message["id"], error=error.to_response_error())
        elif isinstance(message, dict) and "method" in message and "id" not in message:
            _log.warning("a notification that cannot be taken: %s", error)
        else:
            self._answer_error(messages.id_of(message), error)

    def _answer_error(self, request: int | str | None, error: JsonRpcException) -> None:
        # To what bears no id, JSON-RPC answers with the id null; the protocol's types leave it out.
        body = {"jsonrpc": self.VERSION, "id": request, "error": error.to_response_error()}
        self._send_data(body)

    def _is_awaited(self, request: Any) -> bool:
        """Whether this is the id of a request of ours; the client's are in the same table."""
        return isinstance(request, int | str) and request in self._result_types

    def _is_theirs(self, request: Any) -> bool:
        return isinstance(request, int | str) and request not in self._result_types

    def _handle_notification(self, method_name: str, params: Any) -> None:
        """Leave out what comes too early, and the cancel of what is no request of the client's."""
        too_early = not self._begun and method_name != lsp.EXIT
        if not too_early and (method_name != lsp.CANCEL_REQUEST or self._is_theirs(params.id)):
            super()._handle_notification(method_name, params)

    def _handle_response(
        self, msg_id: int | str, result: Any = None, error: lsp.ResponseError | None = None
    ) -> None:
        """Pass over the answer to a question that nobody waits for any more."""
        self._result_types.pop(msg_id, None)
        future = self._request_futures.get(msg_id)
        if future is not None and future.done():
            del self._request_futures[msg_id]
        else:
            super()._handle_response(msg_id, result, error)

    def _send_data(self, data: Any) -> None:
        """Send a message; where an answer cannot be sent, an error in its place."""
        try:
            body = self._encoded(data)
        except Exception as error:  # noqa: BLE001 - whatever a value makes of being put into JSON.
            self._server.report_server_error(error, type(data))
            if not hasattr(data, "result"):
                return
            why = JsonRpcInternalError(f"The answer cannot be put into JSON: {error}")
            body = self._encoded(
                lsp.ResponseErrorMessage(id=data.id, error=why.to_response_error())
            )
        if self.writer is not None:
            self.writer.write(b"Content-Length: %d\r\n%s\r\n\r\n%s" % (len(body), _KIND, body))

    def _encoded(self, data: Any) -> bytes:
        if isinstance(result := getattr(data, "result", None), Written):
            return result.answer(data.id).encode()
        # Python would write NaN, which is no JSON.
        return json.dumps(data, default=self._serialize_message, allow_nan=False).encode()

    @lsp_method(lsp.INITIALIZE)
    def lsp_initialize(self, params: lsp.InitializeParams) -> _Handled:
        """Begin the session; mend what pygls announces."""
        result = yield from super().lsp_initialize(params)
        self._begun = True
        commands = result.capabilities.execute_command_provider
        if commands is not None:
            commands.work_done_progress = True
        if not self._server.session.client.pulls:
            result.capabilities.diagnostic_provider = None
        return result

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
    async def lsp_shutdown(  # type: ignore[override]  # as above
        self, *args: Any
    ) -> None:
        """End all requests but this one; their callbacks change the table while we walk it."""
        self._closing = asyncio.current_task()
        if (handler := self.fm.features.get(lsp.SHUTDOWN)) is not None:
            await handler(*args)
        for request, future in list(self._request_futures.items()):
            if request != self.msg_id and not future.done():
                future.cancel()
        self._shutdown = True

    @lsp_method(lsp.EXIT)
    async def lsp_exit(self, *_args: Any) -> None:  # type: ignore[override]  # as above
        """Have the session end in good order: pygls raises SystemExit on the loop."""
        self._server.exit_status = 0 if self._closing else 1
        await self.settled()
        self._server.leave()

    async def settled(self) -> None:
        """Wait for a `shutdown` in flight: some clients do not, and it is to be answered."""
        if self._closing:
            await asyncio.wait([self._closing], timeout=_CLOSING_SECONDS)

    @lsp_method(lsp.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def lsp_work_done_progress_cancel(self, params: lsp.WorkDoneProgressCancelParams) -> None:
        """Cancel what bears a token. The converter lets tokens pass that are none."""
        token: Any = params.token
        future = self.progress.tokens.get(token) if isinstance(token, int | str) else None
        if future is not None:
            future.cancel()
