"""On any text, after any edits: the plan's structure is told as of a fresh reading of the text."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp
from lsprotocol.converters import get_converter

from codeact_lsp.plan import Encoding, Plan
from codeact_lsp.plan.problems import Review
from codeact_lsp.server.client import Client
from codeact_lsp.server.features import (
    code_lens,
    folding,
    selection_ranges,
    semantic_tokens,
    symbols,
)
from codeact_lsp.server.snapshot import Snapshot
from tests.plan.hostile import Edit, edits, programs, texts
from tests.server.editor import MODERN

CONVERTER = get_converter()
DOCUMENT = lsp.TextDocumentIdentifier(uri="file:///it.plan.py")


def snapshot(plan: Plan, encoding: Encoding) -> Snapshot:
    return Snapshot(
        uri=DOCUMENT.uri,
        path=None,
        plan=plan,
        encoding=encoding,
        inputs={},
        inputs_error=None,
        review=Review.of(plan),
        seen={},
        running=False,
        client=Client(MODERN),
    )


def told(plan: Plan, encoding: Encoding) -> Iterator[Any]:
    """All answers about the plan as a whole."""
    seen = snapshot(plan, encoding)
    yield symbols.document_symbols(seen, lsp.DocumentSymbolParams(text_document=DOCUMENT))
    yield folding.folding_ranges(seen, lsp.FoldingRangeParams(text_document=DOCUMENT))
    yield semantic_tokens.full(seen, lsp.SemanticTokensParams(text_document=DOCUMENT))
    corners = [lsp.Position(line=0, character=0), lsp.Position(line=99, character=0)]
    yield selection_ranges.selection_ranges(
        seen, lsp.SelectionRangeParams(text_document=DOCUMENT, positions=corners)
    )
    place = lsp.Range(start=corners[0], end=corners[1])
    everything = lsp.SemanticTokensRangeParams(text_document=DOCUMENT, range=place)
    yield semantic_tokens.within(seen, everything)
    yield code_lens.code_lenses(seen, lsp.CodeLensParams(text_document=DOCUMENT))


@given(texts() | programs(), edits(), st.sampled_from(Encoding))
def test_after_edits_it_is_that_of_a_fresh_reading(
    text: str, changes: list[Edit], encoding: Encoding
) -> None:
    plan = Plan.from_text(text)
    for change in changes:
        list(told(plan, encoding))  # So that there is something to remember.
        plan = plan.edited(*change.on(plan.source.text))
    assert list(told(plan, encoding)) == list(told(Plan.from_text(plan.source.text), encoding))


@given(texts() | programs(), st.sampled_from(Encoding))
def test_what_a_symbol_selects_is_in_its_range(text: str, encoding: Encoding) -> None:
    found = next(told(Plan.from_text(text), encoding))
    for symbol in CONVERTER.structure(json.loads(found.json), list[lsp.DocumentSymbol]):
        assert symbol.range.start <= symbol.selection_range.start
        assert symbol.selection_range.end <= symbol.range.end


@given(texts() | programs(), st.sampled_from(Encoding))
def test_above_the_name_of_each_node_it_can_be_run(text: str, encoding: Encoding) -> None:
    plan = Plan.from_text(text)
    *_, lenses = told(plan, encoding)
    seen = snapshot(plan, encoding)
    places = {
        lens["command"]["arguments"][0]["node"]: lens["range"]
        for lens in json.loads(lenses.json)[1:]
    }
    assert places == {
        name: CONVERTER.unstructure(seen.range(found.span(found.node.name_span)))
        for name, found in plan.nodes.items()
    }


@given(texts() | programs(), st.sampled_from(Encoding))
def test_a_range_of_everything_has_all_tokens(text: str, encoding: Encoding) -> None:
    _, _, full, _, within, _ = told(Plan.from_text(text), encoding)
    assert within.data == full.data
    assert all(number >= 0 for number in full.data)
    assert all(length > 0 for length in full.data[2::5])


@given(texts() | programs(), edits(), st.sampled_from(Encoding))
def test_applied_changes_give_the_tokens(
    text: str, changes: list[Edit], encoding: Encoding
) -> None:
    seen = snapshot(Plan.from_text(text), encoding)
    full = semantic_tokens.full(seen, lsp.SemanticTokensParams(text_document=DOCUMENT))
    assert full is not None
    data, name, plan = list(full.data), full.result_id or "", seen.plan
    for change in changes:
        plan = plan.edited(*change.on(plan.source.text))
    now = Snapshot(**{**vars(seen), "plan": plan})
    params = lsp.SemanticTokensDeltaParams(text_document=DOCUMENT, previous_result_id=name)
    found = semantic_tokens.delta(now, params)
    assert isinstance(found, lsp.SemanticTokensDelta)
    for edit in found.edits:
        data[edit.start : edit.start + edit.delete_count] = edit.data or ()
    fresh = semantic_tokens.full(now, lsp.SemanticTokensParams(text_document=DOCUMENT))
    assert fresh is not None
    assert (data, found.result_id) == (list(fresh.data), fresh.result_id)
