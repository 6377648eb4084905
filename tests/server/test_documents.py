"""The server's text stays in step with the editor's, whatever is typed, in each encoding."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp

from codeact_lsp.plan.pieces import Pieces
from codeact_lsp.server.server import PlanServer, create_server
from tests.server import text as texts
from tests.server.editor import Editor
from tests.server.pair import connected
from tests.server.tab import Tab

pytestmark = pytest.mark.asyncio(loop_scope="module")

# All that Python takes for a line end and the protocol does not, and characters of every width.
LINE_ENDS = ["\n", "\r", "\r\n"]
NO_LINE_ENDS = ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
WIDE = ["é", "日", "📦", "🦀", "\ufeff", "e\u0301"]
CODE = ["def a(b):", "    return b", "'''", '"', "#", "\\", "(", " ", "x", "\0"]
PARTS = st.sampled_from([*LINE_ENDS, *NO_LINE_ENDS, *WIDE, *CODE])
TEXTS = st.lists(PARTS, max_size=8).map("".join)


@dataclass(frozen=True)
class Typing:
    """Replace what is between two places, each given as a share of the text and steps beyond."""

    start: float
    end: float
    beyond: int
    new: str


TYPINGS = st.builds(Typing, st.floats(0, 1), st.floats(0, 1), st.integers(0, 3), TEXTS)


@dataclass(frozen=True)
class Synchronised:
    """An editor, and the server that must know its text."""

    editor: Editor
    server: PlanServer


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["utf-8", "utf-16", "utf-32"])
async def synchronised(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Synchronised]:
    server = create_server()
    general = lsp.GeneralClientCapabilities(position_encodings=[request.param])
    capabilities = lsp.ClientCapabilities(general=general)
    folder = tmp_path_factory.mktemp("workspace")
    async with connected(folder, capabilities, server=server) as editor:
        assert editor.units == request.param
        yield Synchronised(editor, server)


@settings(max_examples=50, deadline=None)
@given(text=TEXTS, typed=st.lists(st.lists(TYPINGS, min_size=1, max_size=3), max_size=6))
async def test_any_edits_leave_both_sides_with_the_same_text(
    synchronised: Synchronised, text: str, typed: list[list[Typing]]
) -> None:
    editor = synchronised.editor
    tab = editor.open(text)
    for together in typed:
        after, changes = tab.text, []
        for typing in together:
            change = change_of(after, typing, editor.units)
            after = texts.replaced(after, change.range, change.text, editor.units)
            changes.append(change)
        tab.change(*changes)
    await editor.settle()
    plan = synchronised.server.session.plans[tab.uri].plan
    assert plan.source.text == tab.text
    assert "".join(piece.text for piece in plan.document.pieces) == tab.text
    tab.close()


def change_of(text: str, typing: Typing, units: str) -> lsp.TextDocumentContentChangePartial:
    """The change that an editor sends; its end may lie behind the end of the line."""
    count = len(text) + 1
    first, last = sorted(
        sound(text, min(int(share * count), len(text))) for share in (typing.start, typing.end)
    )
    start, end = texts.position(text, first, units), texts.position(text, last, units)
    if last == len(text) or text[last] in "\r\n":
        end = lsp.Position(line=end.line, character=end.character + typing.beyond)
    return lsp.TextDocumentContentChangePartial(
        range=lsp.Range(start=start, end=end), text=typing.new
    )


def sound(text: str, offset: int) -> int:
    """An offset that a caret can have: not inside of a line end."""
    return offset - 1 if text[offset - 1 : offset + 1] == "\r\n" else offset


async def test_what_python_calls_a_line_is_no_line(synchronised: Synchronised) -> None:
    """The example of the defect in pygls: a form feed counted as a line there."""
    tab = synchronised.editor.open("# one\x0cx\nline2\n")
    second = lsp.Range(
        start=lsp.Position(line=1, character=0), end=lsp.Position(line=1, character=5)
    )
    tab.change(lsp.TextDocumentContentChangePartial(range=second, text="new"))
    await tab.diagnostics()
    plan = synchronised.server.session.plans[tab.uri].plan
    assert plan.source.text == "# one\x0cx\nnew\n"


async def test_past_the_end_of_the_last_line_is_its_end(synchronised: Synchronised) -> None:
    """Another one: a last line without an end was cut one short."""
    tab = synchronised.editor.open("abc")
    place = lsp.Position(line=0, character=99)
    tab.change(
        lsp.TextDocumentContentChangePartial(range=lsp.Range(start=place, end=place), text="Z")
    )
    await tab.diagnostics()
    assert synchronised.server.session.plans[tab.uri].plan.source.text == "abcZ"


async def test_a_change_without_a_range_replaces_the_whole_text(synchronised: Synchronised) -> None:
    tab = synchronised.editor.open("def a(): pass\n")
    tab.change(lsp.TextDocumentContentChangeWholeDocument(text="def b(): pass\n"))
    graph = await tab.command("graph")
    assert [node["name"] for node in graph["nodes"]] == ["b"]


async def test_places_are_told_in_the_editor_s_own_unit(synchronised: Synchronised) -> None:
    tab = synchronised.editor.open('"""📦"""; é = "日"; b = = 1\n')
    (found,) = await tab.diagnostics()
    assert (found.message, tab.at(found.range)) == ("SyntaxError: invalid syntax", "=")
    assert found.range.start == tab.position("b = ¦= 1")


@pytest.mark.parametrize("version", [2, 1, 0, -1])
async def test_an_edit_of_an_older_text_is_refused(
    synchronised: Synchronised, version: int, caplog: pytest.LogCaptureFixture
) -> None:
    """It says nothing of the text that there is; to apply it would spoil that text."""
    tab = synchronised.editor.open("def a(): pass\n")
    tab.append("x = 1\n")
    document = lsp.VersionedTextDocumentIdentifier(uri=tab.uri, version=version)
    change = lsp.TextDocumentContentChangeWholeDocument(text="an older one\n")
    synchronised.editor.text_document_did_change(
        lsp.DidChangeTextDocumentParams(text_document=document, content_changes=[change])
    )
    await synchronised.editor.settle()
    source = synchronised.server.session.plans[tab.uri].plan.source
    assert (source.text, source.version) == ("def a(): pass\nx = 1\n", 2)
    assert caplog.messages == [f"didChange {version} for {tab.uri}, which is at 2"]
    caplog.clear()


async def test_what_a_new_text_shares_with_the_old_one_is_kept(synchronised: Synchronised) -> None:
    """A formatter's whole new text costs no more than the lines that it changed."""
    functions = [f"def f{n}(): return {n}\n" for n in range(9)]
    tab = synchronised.editor.open("".join(functions))
    plans = synchronised.server.session.plans
    before = await pieces(synchronised, tab)
    functions[4] = "def f4():\n    return 4\n"
    tab.change(lsp.TextDocumentContentChangeWholeDocument(text="".join(functions)))
    after = await pieces(synchronised, tab)
    assert [old is new for old, new in zip(before, after, strict=True)] == [
        n != 4 for n in range(9)
    ]
    tab.change(lsp.TextDocumentContentChangeWholeDocument(text=tab.text))
    again = await pieces(synchronised, tab)
    assert all(old is new for old, new in zip(after, again, strict=True))
    assert plans[tab.uri].plan.source.version == 3


async def pieces(synchronised: Synchronised, tab: Tab) -> Pieces:
    await synchronised.editor.settle()
    return synchronised.server.session.plans[tab.uri].plan.document.pieces


async def test_a_document_that_is_opened_twice_is_what_was_sent_last(
    synchronised: Synchronised,
) -> None:
    tab = synchronised.editor.open("def a(): return 1\n")
    tab.text, tab.version = "def b(): return 1\n", 9
    tab.reopen()
    await synchronised.editor.settle()
    source = synchronised.server.session.plans[tab.uri].plan.source
    assert (source.text, source.version) == (tab.text, 9)


async def test_a_save_changes_nothing_of_the_text(synchronised: Synchronised) -> None:
    tab = synchronised.editor.open("def a(): return 1\n")
    params = lsp.DidSaveTextDocumentParams(text_document=tab.document, text=tab.text)
    synchronised.editor.text_document_did_save(params)
    await synchronised.editor.settle()
    source = synchronised.server.session.plans[tab.uri].plan.source
    assert (source.text, source.version) == (tab.text, 1)
