"""The main job, as an editor does it: over the language server's standard input and output.

Works on a copy of `examples/sales`, so the example in the repository stays as it is.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from rich.text import Text

from codeact_lsp.cli.carets import Carets, place
from codeact_lsp.cli.console import console as console_for_people
from codeact_lsp.plan import Encoding, Position, Source, Span

EXAMPLE = Path(__file__).parent / "sales"
PATIENCE_SECONDS = 60

console = console_for_people()


class Editor(LanguageClient):
    """As much of an editor as the demo needs: one document, its diagnostics, its edits."""

    def __init__(self) -> None:
        super().__init__("codeact-demo", "1")
        self.shown: list[lsp.Diagnostic] = []
        self.changed = asyncio.Event()
        self.version = 1
        self.text = ""
        self.uri = ""

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: lsp.PublishDiagnosticsParams) -> None:
            self.shown = list(params.diagnostics)
            self.changed.set()

        @self.feature("codeact/event")
        def event(params: Any) -> None:
            _tell(params)

        @self.feature("codeact/sandbox")
        def sandbox(_params: Any) -> None:
            """What is enforced here is told by `codeact doctor`."""

    @property
    def source(self) -> Source:
        """The text as it is on the screen."""
        return Source(self.text)

    def span(self, place: lsp.Range) -> Span:
        """A range of the document as a span of its text."""
        ends = (Position(end.line, end.character) for end in (place.start, place.end))
        return Span(*(self.source.offset(end, Encoding.UTF16) for end in ends))

    async def open(self, uri: str, text: str) -> None:
        """Open a document."""
        self.text, self.uri = text, uri
        self.text_document_did_open(
            lsp.DidOpenTextDocumentParams(
                text_document=lsp.TextDocumentItem(
                    uri=self.uri, language_id="python", version=self.version, text=self.text
                )
            )
        )
        await self.until(lambda: True)

    async def until(self, wanted: Callable[[], Any]) -> None:
        """Wait for diagnostics that are as wanted."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                await self.changed.wait()
                self.changed.clear()
                if wanted():
                    return

    async def command(self, name: str, **arguments: Any) -> Any:
        """Run one of the server's commands on the document."""
        argument = {"uri": self.uri, **arguments}
        params = lsp.ExecuteCommandParams(command=name, arguments=[argument])
        return await self.workspace_execute_command_async(params)

    async def actions(self, diagnostic: lsp.Diagnostic) -> list[lsp.CodeAction]:
        """The quick fixes at a diagnostic."""
        params = lsp.CodeActionParams(
            text_document=lsp.TextDocumentIdentifier(uri=self.uri),
            range=diagnostic.range,
            context=lsp.CodeActionContext(
                diagnostics=[diagnostic], only=[lsp.CodeActionKind.QuickFix]
            ),
        )
        found = await self.text_document_code_action_async(params)
        return [action for action in found or () if isinstance(action, lsp.CodeAction)]

    def apply(self, action: lsp.CodeAction) -> None:
        """Apply an action's edit, and tell the server of the change."""
        edit = action.edit or lsp.WorkspaceEdit()
        edits = [each for every in (edit.changes or {}).values() for each in every]
        self.version += 1
        self.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                text_document=lsp.VersionedTextDocumentIdentifier(
                    uri=self.uri, version=self.version
                ),
                content_changes=[
                    lsp.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text)
                    for edit in edits
                ],
            )
        )
        for edit in edits:
            span = self.span(edit.range)
            self.text = self.text[: span.start] + edit.new_text + self.text[span.end :]


def _tell(event: Any) -> None:
    """Print what happens to the nodes of a run, as it happens."""
    match event.event:
        case "NodeSucceeded":
            wall = f"{event.result.wall * 1000:,.0f} ms"
            _line("✓", "green", f"{event.node} ran, {wall}: {_brief(event.result)}")
        case "NodeCached":
            _line("≡", "cyan", f"{event.node} reused, {event.why}: {_brief(event.result)}")
        case "NodeFailed":
            _line("✗", "bold red", f"{event.node} failed")
        case "NodeBlocked":
            _line("–", "yellow", f"{event.node} cannot run without {', '.join(event.by)}")


def _brief(result: Any) -> str:
    return f"{result.type} {result.size}".strip()


def _line(mark: str, style: str, text: str) -> None:
    console.print(Text(f"  {mark} ", style=style).append(text, style="default"))


def _step(title: str) -> None:
    console.print()
    console.print(Text(title, style="bold underline"))


def _show(editor: Editor, diagnostic: lsp.Diagnostic, file: str) -> None:
    """A diagnostic with carets, the values in it, and the places that belong to it."""
    span = editor.span(diagnostic.range)
    console.print(Text(f"{place(editor.source, span, file)}: {diagnostic.message}"))
    console.print(Carets(editor.source, span))
    for value in diagnostic.data["values"]:
        console.print(Text(f"  {value['text']} = {value['value']}"))
    for related in diagnostic.related_information or ():
        other = editor.span(related.location.range)
        console.print(Text(f"{place(editor.source, other, file)}: {related.message}"))
        console.print(Carets(editor.source, other, "yellow", most_lines=1))


def _has_all_fixes(failure: lsp.Diagnostic) -> bool:
    """Whether there are fixes, and no more are looked for: which is the best is known then."""
    return bool(failure.data["fixes"]) and "searching" not in failure.data


def _failures(editor: Editor) -> list[lsp.Diagnostic]:
    return [found for found in editor.shown if found.severity == lsp.DiagnosticSeverity.Error]


async def main() -> None:
    """Open, read, run, repair and run again."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / EXAMPLE.name
        shutil.copytree(EXAMPLE, copy)
        editor = Editor()
        # Its results go with the copy, not into the user's store.
        os.environ["CODEACT_CACHE_DIR"] = str(Path(folder) / "results")
        os.environ["CODEACT_DATA_DIR"] = str(Path(folder) / "data")
        await editor.start_io(sys.executable, "-m", "codeact_lsp", "serve")
        plan = copy / "sales.plan.py"
        await _session(editor, plan, plan.read_text(encoding="utf-8"))
        await editor.shutdown_async(None)
        editor.exit(None)
        await editor.stop()


async def _session(editor: Editor, path: Path, text: str) -> None:
    capabilities = lsp.ClientCapabilities(
        text_document=lsp.TextDocumentClientCapabilities(
            publish_diagnostics=lsp.PublishDiagnosticsClientCapabilities(
                related_information=True, data_support=True
            )
        ),
        experimental={"codeact": {"events": True}},
    )
    await editor.initialize_async(
        lsp.InitializeParams(capabilities=capabilities, root_uri=path.parent.as_uri())
    )
    editor.initialized(lsp.InitializedParams())

    _step(f"Open {path.name}: the graph, read without running anything")
    await editor.open(path.as_uri(), text)
    graph = await editor.command("codeact.graph")
    for node in graph["nodes"]:
        needs = [_need(edge) for edge in graph["edges"] if edge["to"] == node["name"]]
        console.print(Text(f"  {node['name']:<16}{'← ' if needs else ''}{', '.join(needs)}"))

    _step("Run it: each node in a process of its own, independent ones at once")
    await editor.command("codeact.runPlan")

    _step("The failure, on the exact expression")
    await editor.until(lambda: any(map(_has_all_fixes, _failures(editor))))
    diagnostic = _failures(editor)[0]
    _show(editor, diagnostic, path.name)

    _step("Quick fixes, each already run on the recorded inputs")
    actions = await editor.actions(diagnostic)
    for action in actions:
        console.print(Text(f"  {'★' if action.is_preferred else ' '} {action.title}"))

    _step("Apply the preferred one and run again: only what changed runs")
    editor.apply(next(action for action in actions if action.is_preferred))
    finished = await editor.command("codeact.runPlan")
    console.print(f"  {finished['status']}, {finished['seconds'] * 1000:,.0f} ms")

    _step("The result")
    answer = await editor.command("codeact.value", node=graph["nodes"][-1]["name"])
    console.print(Text(answer["preview"]))
    _next_steps()


def _need(edge: dict[str, str]) -> str:
    return edge["from"] if edge["kind"] == "data" else f"{edge['from']} ({edge['kind']})"


def _next_steps() -> None:
    _step("What next")
    console.print(
        "  .venv/bin/codeact run examples/stock/stock.plan.py    a failure that blame explains"
    )
    console.print("  .venv/bin/codeact fix examples/orbit/orbit.plan.py    two failures, repaired")
    console.print(
        "  docs/editors.md                                       set it up in your editor"
    )


if __name__ == "__main__":
    asyncio.run(main())
