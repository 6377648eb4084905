"""A plan that is open in an editor: edit it, run it, and ask what the server shows of it.

Places are written as a piece of the plan's text; `¦` in it is where the caret stands.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from tests.carets import dedent
from tests.server import text as texts

if TYPE_CHECKING:
    from tests.server.editor import Editor

_DURATION = re.compile(r"\d[\d,.]* m?s\b")
_MEMORY = re.compile(r"\d[\d,.]* [kMG]B of memory")


class Tab:
    """One open document, with its text as it is on the screen."""

    def __init__(self, editor: "Editor", path: Path, text: str, uri: str) -> None:
        self.path = path
        self.uri = uri
        self.text = text
        self.version = 1
        self.is_open = False
        self._editor = editor
        self.reopen()

    @property
    def document(self) -> lsp.TextDocumentIdentifier:
        return lsp.TextDocumentIdentifier(uri=self.uri)

    def reopen(self) -> None:
        """Open it, or open it again once it was closed."""
        self.is_open = True
        item = lsp.TextDocumentItem(
            uri=self.uri, language_id="python", version=self.version, text=self.text
        )
        self._editor.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item))

    def edit(self, old: str, new: str) -> None:
        """Replace `old`, which stands in the text once."""
        change = lsp.TextDocumentContentChangePartial(range=self.range(old), text=new)
        self.change(change)

    def append(self, text: str) -> None:
        """Write at the end."""
        end = texts.position(self.text, len(self.text), self._editor.units)
        place = lsp.Range(start=end, end=end)
        self.change(lsp.TextDocumentContentChangePartial(range=place, text=dedent(text)))

    def change(self, *changes: lsp.TextDocumentContentChangeEvent) -> None:
        """Apply changes, one after the other, and tell the server of all at once."""
        for change in changes:
            if isinstance(change, lsp.TextDocumentContentChangePartial):
                units = self._editor.units
                self.text = texts.replaced(self.text, change.range, change.text, units)
            else:
                self.text = change.text
        self.version += 1
        document = lsp.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        self._editor.text_document_did_change(
            lsp.DidChangeTextDocumentParams(text_document=document, content_changes=changes)
        )

    def save(self) -> None:
        params = lsp.DidSaveTextDocumentParams(text_document=self.document)
        self._editor.text_document_did_save(params)

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            params = lsp.DidCloseTextDocumentParams(text_document=self.document)
            self._editor.text_document_did_close(params)

    async def command(self, name: str, *, token: str | None = None, **arguments: Any) -> Any:
        """Run one of the server's commands on this plan."""
        params = lsp.ExecuteCommandParams(
            command=f"codeact.{name}",
            arguments=[{"uri": self.uri, **arguments}],
            work_done_token=token,
        )
        return await self._editor.workspace_execute_command_async(params)

    async def run(self, node: str | None = None, *, downstream: bool = False) -> str:
        """Run the plan, or a node of it, to the end; tell how it ended."""
        arguments: dict[str, Any] = {"node": node, "downstream": downstream} if node else {}
        ended = await self.command("runNode" if node else "runPlan", **arguments)
        return str(ended["status"])

    async def diagnostics(self) -> Sequence[lsp.Diagnostic]:
        """The diagnostics of the text as it is now."""
        await self._editor.settle()
        latest = self.published()[-1]
        assert latest.version in {None, self.version}
        return latest.diagnostics

    def published(self) -> list[lsp.PublishDiagnosticsParams]:
        """All diagnostics that came for this plan."""
        return [params for params in self._editor.published if params.uri == self.uri]

    async def shown(self) -> str:
        """The text with its diagnostics drawn as carets."""
        return texts.shown(self.text, await self.diagnostics(), self._editor.units)

    async def until_fixed(self) -> None:
        """Wait until the server has found fixes, and looks for no more of them."""

        await self._editor.until(lambda: self._has_fixes() and not self.is_searched())

    def is_searched(self) -> bool:
        """Whether the server has said that it has found fixes, and looks for more."""
        return any(each.get("searching") for each in self._data())

    def _has_fixes(self) -> bool:
        return any(each.get("fixes") for each in self._data())

    def _data(self) -> list[dict[str, Any]]:
        """What the latest diagnostics hold for the client."""
        found = self.published()[-1].diagnostics if self.published() else ()
        return [each.data for each in found if isinstance(each.data, dict)]

    async def lenses(self) -> dict[str, list[str]]:
        """The titles of the code lenses, by the text that they stand above."""
        titles: dict[str, list[str]] = {}
        for lens in await self.raw_lenses():
            assert lens.command is not None
            title = _DURATION.sub("0 ms", lens.command.title)
            titles.setdefault(self.at(lens.range), []).append(title)
        return titles

    async def raw_lenses(self) -> Sequence[lsp.CodeLens]:
        params = lsp.CodeLensParams(text_document=self.document)
        lenses = await self._editor.text_document_code_lens_async(params) or ()
        return [
            lens if lens.command else await self._editor.code_lens_resolve_async(lens)
            for lens in lenses
        ]

    async def hints(self, place: lsp.Range | None = None) -> list[str]:
        """The labels of the inlay hints in a range, or in the whole text."""
        return [str(hint.label) for hint in await self.raw_hints(place)]

    async def hinted(self) -> str:
        """The text with its inlay hints in it, as an editor shows it."""
        text = self.text
        for hint in reversed(await self.raw_hints()):
            at = texts.offset(self.text, hint.position, self._editor.units)
            text = f"{text[:at]}⟨{hint.label}⟩{text[at:]}"
        return text

    async def raw_hints(self, place: lsp.Range | None = None) -> Sequence[lsp.InlayHint]:
        end = texts.position(self.text, len(self.text), self._editor.units)
        whole = lsp.Range(start=lsp.Position(line=0, character=0), end=end)
        params = lsp.InlayHintParams(text_document=self.document, range=place or whole)
        return await self._editor.text_document_inlay_hint_async(params) or ()

    async def hover(self, place: str) -> str:
        """The text of the hover at a place; empty if there is none."""
        params = lsp.HoverParams(text_document=self.document, position=self.position(place))
        hover = await self._editor.text_document_hover_async(params)
        if hover is None:
            return ""
        assert isinstance(hover.contents, lsp.MarkupContent)
        assert hover.range is not None
        return _MEMORY.sub("0 MB of memory", _DURATION.sub("0 ms", hover.contents.value))

    async def actions(
        self, place: str, only: Sequence[lsp.CodeActionKind | str] | None = None
    ) -> list[lsp.CodeAction]:
        """The code actions at a place."""
        context = lsp.CodeActionContext(diagnostics=[], only=only)
        params = lsp.CodeActionParams(
            text_document=self.document, range=self.range(place), context=context
        )
        found = await self._editor.text_document_code_action_async(params)
        return [action for action in found or () if isinstance(action, lsp.CodeAction)]

    async def fixes(self, place: str) -> list[lsp.CodeAction]:
        """The quick fixes at a place, without the one that any problem has: to ignore it."""
        found = await self.actions(place, [lsp.CodeActionKind.QuickFix])
        return [action for action in found if not action.title.startswith("Ignore ")]

    def apply(self, action: lsp.CodeAction) -> None:
        """Apply an action's edit, as an editor would: all of it to the text as it is."""
        assert action.edit is not None
        edits: list[lsp.TextEdit | lsp.AnnotatedTextEdit] = []
        edits += (action.edit.changes or {}).get(self.uri, ())
        for change in action.edit.document_changes or ():
            assert isinstance(change, lsp.TextDocumentEdit)
            assert (change.text_document.uri, change.text_document.version) == (
                self.uri,
                self.version,
            )
            kinds = (lsp.TextEdit, lsp.AnnotatedTextEdit)
            edits += [edit for edit in change.edits if isinstance(edit, kinds)]
        assert edits
        backwards = sorted(edits, key=lambda edit: edit.range.start, reverse=True)
        self.change(
            *(
                lsp.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text)
                for edit in backwards
            )
        )

    @staticmethod
    def title(action: lsp.CodeAction) -> str:
        """The title of an action, without the time that its trial took."""
        return _DURATION.sub("0 ms", action.title)

    async def definition(self, place: str) -> lsp.Location | None:
        """Where the name at a place is defined."""
        params = lsp.DefinitionParams(text_document=self.document, position=self.position(place))
        found = await self._editor.text_document_definition_async(params)
        assert found is None or isinstance(found, lsp.Location)
        return found

    async def symbols(self) -> list[lsp.DocumentSymbol]:
        """The outline."""
        params = lsp.DocumentSymbolParams(text_document=self.document)
        found = await self._editor.text_document_document_symbol_async(params)
        return [symbol for symbol in found or () if isinstance(symbol, lsp.DocumentSymbol)]

    def position(self, place: str) -> lsp.Position:
        """The place of the caret."""
        start = self._start(place.replace("¦", ""))
        caret = start + max(place.find("¦"), 0)
        return texts.position(self.text, caret, self._editor.units)

    def range(self, place: str) -> lsp.Range:
        """The whole place; if there is a caret in it, the caret alone."""
        if "¦" in place:
            return lsp.Range(start=self.position(place), end=self.position(place))
        start, units = self._start(place), self._editor.units
        return lsp.Range(
            start=texts.position(self.text, start, units),
            end=texts.position(self.text, start + len(place), units),
        )

    def at(self, place: lsp.Range) -> str:
        """The text at a range."""
        span = texts.span(self.text, place, self._editor.units)
        return self.text[span.start : span.end]

    def _start(self, place: str) -> int:
        assert self.text.count(place) == 1, f"{place!r} is no certain place"
        return self.text.index(place)
