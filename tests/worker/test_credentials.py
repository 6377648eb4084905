"""Credentials are masked by what they look like; words that only resemble them are left."""

import pytest

from codeact_lsp.worker.credentials import MASK, masked

KEY = "sk-" + "0a" * 12


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"it was {KEY}.", f"it was {MASK}."),
        ("ghp_" + "a1" * 15, MASK),
        ("AKIA" + "A1" * 8, MASK),
        ("eyJhbGciOiJI.eyJzdWIiOiIx.c2ln", MASK),
        ("Authorization: Bearer abcdefgh1234", f"Authorization: Bearer {MASK}"),
        ("postgres://me:hunter2@db/x", f"postgres://me:{MASK}@db/x"),
        ("Settings(password='hunter2', n=1)", f"Settings(password={MASK}, n=1)"),
        ('{"api_key": "abc", "n": 1}', f'{{"api_key": {MASK}, "n": 1}}'),
        ("Settings(password='cut sho…", f"Settings(password={MASK}"),
    ],
)
def test_what_looks_like_a_credential_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    ["unexpected token: ')'", "sk-learn", "http://host:80/x", "Basic idea", "a Bearer of news"],
)
def test_other_words_are_left(text: str) -> None:
    assert masked(text) == text
