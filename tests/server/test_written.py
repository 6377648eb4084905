"""Answers that are written by the piece say the same as those that are written whole."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeact_lsp.server.written import Movable, Written, array, written

TEXTS = st.text() | st.sampled_from(['"line":5', '\\"line":5', "%d %s 100%", "\0", "\ud800"])


def lens(line: int, text: str) -> dict[str, Any]:
    """An item with a place and a text."""
    places = {end: {"line": line, "character": 4} for end in ("start", "end")}
    return {"range": places, "command": {"title": text, "command": "", "arguments": [text]}}


@given(st.lists(st.tuples(st.integers(0, 99), TEXTS)), st.integers(0, 10_000))
def test_whatever_the_texts_say_only_the_lines_move(told: list[tuple[int, str]], by: int) -> None:
    movable = Movable.of(*(lens(line, text) for line, text in told))
    assert json.loads(f"[{movable.at(by)}]") == [lens(line + by, text) for line, text in told]


@pytest.mark.parametrize("request_id", [7, "seven", 'a "quoted" one'])
def test_an_answer_is_a_message_of_the_protocol(request_id: int | str) -> None:
    answer = array([written({"a": 1}), written(None)]).answer(request_id)
    assert json.loads(answer) == {"jsonrpc": "2.0", "id": request_id, "result": [{"a": 1}, None]}


def test_an_answer_of_nothing_is_an_empty_list() -> None:
    assert array(()) == Written("[]")


def test_what_is_no_json_is_not_written() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        written(float("nan"))
