"""Texts of the user's code are kept so that only the very code opens them."""

import pytest

from codeact_lsp.repair.memory.marks import Marks

MARKS = Marks(b"one user's secret")
TEXT, CODE = "'Größe 😀 of Ada'", "def a(): return 1\n"


def test_a_mark_tells_texts_apart_and_is_of_one_user() -> None:
    marks = [MARKS.of("ab", "c"), MARKS.of("a", "bc"), Marks(b"other").of("ab", "c")]
    assert len(set(marks)) == len(marks)
    assert MARKS.of("ab", "c") == marks[0]


def test_a_text_is_opened_by_the_code_that_it_was_sealed_with() -> None:
    sealed = MARKS.sealed(TEXT, CODE)
    assert "Ada" not in bytes.fromhex(sealed).decode("latin1")
    assert MARKS.sealed(TEXT, CODE) == sealed
    assert MARKS.opened(sealed, CODE) == TEXT


@pytest.mark.parametrize("byte", [0, 15, 16, -1])
def test_one_that_was_changed_is_not_opened(byte: int) -> None:
    data = bytearray.fromhex(MARKS.sealed(TEXT, CODE))
    data[byte] ^= 1
    with pytest.raises(ValueError, match=r"sealed with other code|codec can't decode"):
        MARKS.opened(data.hex(), CODE)


@pytest.mark.parametrize("text", ["'x'", TEXT])
def test_nobody_else_and_no_other_code_opens_one(text: str) -> None:
    sealed = MARKS.sealed(text, CODE)
    for marks, code in ((MARKS, f"{CODE}\n"), (Marks(b"other"), CODE)):
        with pytest.raises(ValueError, match=r"sealed with other code|codec can't decode"):
            marks.opened(sealed, code)


def test_what_is_no_sealed_text_is_not_opened() -> None:
    for damaged in ("", "00", "no hex"):
        with pytest.raises(ValueError, match=r"sealed with other code|non-hexadecimal"):
            MARKS.opened(damaged, CODE)
