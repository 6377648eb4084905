"""No value of anybody's data gets into the memory: neither from code, nor from what was said."""

from pathlib import Path

import pytest

from codeact_lsp.engine.failures.errors import CodeError, Value
from codeact_lsp.plan import Plan, Span
from codeact_lsp.repair.memory.database import Memory
from codeact_lsp.repair.memory.lessons import Lessons

FILE = Path("/plans/it.plan.py")
SECRETS = [
    "sk-live-51H8x2KQ9vTqLm3a",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "AKIAIOSFODNN7EXAMPLE",
    "ada.lovelace@example.org",
    "DE89370400440532013000",
    "+49 151 2345 6789",
    "4111-1111-1111-1111",
    "Ms Miller, 4 Elm Street, 12345 Springfield",
    "Ms Miller 4 Elm Street",
    "/home/ada/clients/acme.csv",
    "s3://acme-payroll-2024/salaries.csv",
]
# How a failing line has a value in it, and what a person makes of that line.
CHANGES = [
    ("rows.size() + count({0!r})", "len(rows) + count({0!r})"),
    ("rows[{0!r}]", "rows.get({0!r})"),
    ("send(rows.size(), to={0!r})", "send(len(rows), to={0!r})"),
    ("send(rows.size())", "send(len(rows), to={0!r})"),
    ("rows.size() if rows else {0!r}", "len(rows) if rows else {0!r}"),
    ("rows.size()", "{0!r}"),
    ("f'{0} {{rows.size()}}'", "f'{0} {{len(rows)}}'"),
    ("rows[{0!r}.encode()]", "rows[b{0!r}]"),
    ("rows.size()", "f'{0} {{len(rows)}}'"),
    ("rows.size()", "{{'k': {0!r}}}"),
]


@pytest.mark.parametrize("secret", SECRETS)
def test_no_planted_value_is_kept(tmp_path: Path, secret: str) -> None:
    for number, (before, after) in enumerate(CHANGES):
        learn(tmp_path, f"n{number}", before.format(secret), after.format(secret), secret)
    kept = [file.read_bytes() for file in tmp_path.iterdir()]
    assert Memory(tmp_path).all(), "something has to be learnt all the same"
    assert not any(secret.encode() in each for each in kept)


def learn(folder: Path, name: str, before: str, after: str, secret: str) -> None:
    """Fail with a message and values that hold a secret, and mend it."""
    prose = f'    """About {secret}"""\n'
    text = f"KEY = {secret!r}\n\n\ndef {name}(rows):\n{prose}    return {before}\n"
    start = text.index(before)
    span = Span(start, start + len(before))
    seen = (Value("rows", span, f"[{secret!r}]", "list"),)
    message = f"no such thing as {secret!r} in 'rows'"
    error = CodeError(name, "AttributeError", message, "user", span, values=seen)
    lessons = Lessons(Memory(folder))
    lessons.failed(FILE, Plan.from_text(text), error)
    lessons.worked(FILE, Plan.from_text(text.replace(before, after)), name)
