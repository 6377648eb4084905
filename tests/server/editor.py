"""As much of an editor as tests need: the client's side of a session, with its tabs."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, Union

from cattrs import Converter
from lsprotocol import types as lsp
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import register_lsp_features

from tests.carets import dedent
from tests.server.tab import Tab

_T = TypeVar("_T")
PATIENCE_SECONDS = 30
# A modern editor. A test that is about another one says so.
MODERN = lsp.ClientCapabilities(
    text_document=lsp.TextDocumentClientCapabilities(
        hover=lsp.HoverClientCapabilities(
            content_format=[lsp.MarkupKind.Markdown, lsp.MarkupKind.PlainText]
        ),
        publish_diagnostics=lsp.PublishDiagnosticsClientCapabilities(
            version_support=True,
            related_information=True,
            code_description_support=True,
            data_support=True,
            tag_support=lsp.ClientDiagnosticsTagOptions(
                value_set=[lsp.DiagnosticTag.Unnecessary, lsp.DiagnosticTag.Deprecated]
            ),
        ),
        document_symbol=lsp.DocumentSymbolClientCapabilities(
            hierarchical_document_symbol_support=True,
            tag_support=lsp.ClientSymbolTagOptions(value_set=[lsp.SymbolTag.Deprecated]),
        ),
    ),
    workspace=lsp.WorkspaceClientCapabilities(
        workspace_edit=lsp.WorkspaceEditClientCapabilities(document_changes=True),
        code_lens=lsp.CodeLensWorkspaceClientCapabilities(refresh_support=True),
    ),
    window=lsp.WindowClientCapabilities(work_done_progress=True),
    experimental={"codeact": {"events": True}},
)


class Editor(LanguageClient):
    """The client of one server."""

    def __init__(self) -> None:
        super().__init__(converter_factory=_converter)
        self.folder = Path()
        self.units = "utf-16"
        self.tabs: list[Tab] = []
        self.published: list[lsp.PublishDiagnosticsParams] = []
        self.events: list[Any] = []
        self.statuses: list[Any] = []
        self.lens_refreshes = 0
        self._news = asyncio.Event()
        register_lsp_features(self)
        self.answer(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, self._publish)
        self.answer(lsp.WORKSPACE_CODE_LENS_REFRESH, self._refresh)
        self.answer("codeact/event", self._event)
        self.answer("codeact/sandbox", self._status)

    def answer(self, method: str, handler: Callable[[Any], Any]) -> None:
        """Answer what the server sends by `handler`, whatever did so before."""
        self.protocol.fm.features.pop(method, None)
        self.feature(method)(partial(handler))  # pygls writes on what it is given.

    async def begin(
        self, folder: Path, capabilities: lsp.ClientCapabilities = MODERN, options: Any = None
    ) -> lsp.InitializeResult:
        """Begin the session, in a workspace."""
        self.folder = folder
        begun = await self.initialize_session(
            lsp.InitializeParams(
                capabilities=capabilities,
                initialization_options=options,
                workspace_folders=[lsp.WorkspaceFolder(uri=folder.as_uri(), name=folder.name)],
            )
        )
        units = begun.capabilities.position_encoding
        self.units = units.value if isinstance(units, lsp.PositionEncodingKind) else str(units)
        return begun

    def open(self, text: str, *, inputs: str | None = None, uri: str | None = None) -> Tab:
        """Open a plan in a folder of its own; `inputs` is its `.toml` file."""
        path = self.folder / f"{len(self.tabs)}" / "it.plan.py"
        path.parent.mkdir()
        if inputs is not None:
            path.with_suffix(".toml").write_text(inputs, encoding="utf-8")
        tab = Tab(self, path, dedent(text), uri or path.as_uri())
        self.tabs.append(tab)
        return tab

    def soon(self, work: Coroutine[Any, Any, _T]) -> "asyncio.Task[_T]":
        """Go on while `work` is under way; to be awaited in the end."""
        return asyncio.create_task(work)

    async def until(self, wanted: Callable[[], _T | None]) -> _T:
        """Wait until something that the server tells makes `wanted` true; return what it found."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (found := wanted()):
                self._news.clear()
                await self._news.wait()
        return found

    async def until_event(self, event: str, **fields: Any) -> Any:
        """Wait for an event of a run; the latest that is so, if it has come already."""
        wanted = {"event": event, **fields}.items()
        return await self.until(
            lambda: next(
                (
                    told
                    for told in reversed(self.events)
                    if all(getattr(told, name, None) == value for name, value in wanted)
                ),
                None,
            )
        )

    async def settle(self) -> None:
        """All that the server sent in answer to what it was sent so far has arrived."""
        nothing = lsp.TextDocumentIdentifier(uri="file:///nothing")
        params = lsp.DocumentSymbolParams(text_document=nothing)
        assert await self.text_document_document_symbol_async(params) is None

    async def tidy(self) -> None:
        """Close all tabs, and forget what was told."""
        for tab in self.tabs:
            tab.close()
        await self.settle()
        for told in (self.events, self.statuses, self.messages, self.published):
            told.clear()

    def _publish(self, params: lsp.PublishDiagnosticsParams) -> None:
        self.published.append(params)
        self._news.set()

    def _refresh(self, _params: None) -> None:
        self.lens_refreshes += 1

    def _status(self, params: Any) -> None:
        self.statuses.append(params)
        self._news.set()

    def _event(self, params: Any) -> None:
        self.events.append(params)
        self._news.set()


def _converter() -> Converter:
    """The library's, which takes an action that has a command for a command without an action."""
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]  # pygls's own.

    def action(data: Any, _: type) -> lsp.Command | lsp.CodeAction:
        if isinstance(data.get("command"), str):
            return converter.structure(data, lsp.Command)
        return converter.structure(data, lsp.CodeAction)

    # lsprotocol has registered its own for this form of the type, which `|` does not replace.
    kind: Any = Union[lsp.Command, lsp.CodeAction]  # noqa: UP007 - see above.
    converter.register_structure_hook(kind, action)
    return converter


async def eventually(wanted: Callable[[], object]) -> None:
    """Wait for what tells nobody when it has come, such as a file."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not wanted():  # noqa: ASYNC110 - see above.
            await asyncio.sleep(0.01)
