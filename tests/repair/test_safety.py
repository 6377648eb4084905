"""A candidate that brings more than a repair is not even tried."""

from pathlib import Path

import pytest

from codeact_lsp.engine.job import Job
from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.plan.problems.import_rules import ImportRules
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.safety import sound
from codeact_lsp.sandbox.levels import Level, preset

BEFORE = '''import os

def fetch(path: str = "") -> object:
    """Fetch."""
    return eval(path)

def other() -> int:
    return 1
'''


def rewritten(old: str, new: str) -> Candidate:
    start = BEFORE.index(old)
    edit = TextEdit(Span(start, start + len(old)), new)
    return Candidate(f"Write {new}", edit, likely=1.0)


def kept(
    *candidates: Candidate, level: Level = Level.STRICT, imports: ImportRules | None = None
) -> list[Candidate]:
    job = Job(
        Plan.from_text(BEFORE),
        Path("it.plan.py"),
        ("fetch",),
        ("fetch",),
        policies={"fetch": preset(level)},
        imports=imports or ImportRules(),
    )
    return list(sound(job, "fetch", candidates))


def test_one_that_only_mends_is_kept_whatever_the_plan_had_before() -> None:
    candidate = rewritten("eval(path)", "eval(path.strip())")
    assert kept(candidate) == [candidate]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return eval", "import socket\n    return eval"),
        ("eval(path)", "__import__('subprocess').getoutput(path)"),
        ("eval(path)", "__import__('os').getpid()"),
        ("eval(path)", "os.popen(path).read()"),
        ("eval(path)", "eval(eval(path))"),
        ("eval(path)", "exec(path)"),
        ("eval(path)", "exec(path)  # noqa: S102  # codeact: ignore"),
        ('"""Fetch."""', '"""Fetch.\n\n    Needs: processes\n    """\n    os.fork()'),
        ('"""Fetch."""', '"""Fetch.\n\n    Needs: write ../out\n    """'),
    ],
    ids=[
        "import",
        "hidden import",
        "by name",
        "call",
        "once more",
        "another",
        "comment",
        "asked",
        "right",
    ],
)
def test_one_that_adds_what_deserves_a_look_is_dropped(old: str, new: str) -> None:
    good = rewritten("return 1", "return 2")
    assert kept(rewritten(old, new), good) == [good]


def test_a_call_of_a_module_that_deserves_a_look_is_dropped_where_the_module_was_in_use() -> None:
    text = BEFORE.replace("eval(path)", "os.listdir(path)")
    job = Job(Plan.from_text(text), Path("it.plan.py"), ("fetch",), ("fetch",))
    start = text.index("listdir")
    edits = [TextEdit(Span(start, start + len("listdir")), new) for new in ("system", "lstat")]
    risky, good = (Candidate("Write", edit, likely=1.0) for edit in edits)
    assert list(sound(job, "fetch", [risky, good])) == [good]


def test_what_the_level_gives_may_be_used() -> None:
    candidate = rewritten("return eval", "import socket\n    return eval")
    assert kept(candidate, level=Level.NETWORK) == [candidate]


def test_no_banned_import_is_added_at_any_level() -> None:
    candidate = rewritten("return eval", "import json\n    return eval")
    assert kept(candidate, level=Level.OFF) == [candidate]
    rules = ImportRules(allowed=(frozenset({"os"}),))
    assert kept(candidate, level=Level.OFF, imports=rules) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return eval(path)", "return eval(path"),
        (
            "    return eval(path)",
            "    try:\n        return eval(path)\n    except:\n        return 0",
        ),
        (
            "    return eval(path)",
            "    with contextlib.suppress(Exception):\n        return eval(path)\n    return 0",
        ),
        ("return eval", "from contextlib import suppress as no\n    with no(OSError): return eval"),
        ('path: str = ""', 'paths: str = ""'),
        ('path: str = ""', 'path: str = "", more: int = 0'),
        ("return eval(path)\n\ndef other() -> int:\n    return 1", "return 0\n\ndef other(): pass"),
        ("return eval(path)", "return eval(path) if path == path else 0"),
        ("return eval(path)", "path = path\n    return eval(path)"),
    ],
    ids=[
        "syntax",
        "bare except",
        "suppress",
        "suppress by another name",
        "parameter",
        "one more parameter",
        "two functions",
        "compared with itself",
        "set to itself",
    ],
)
def test_one_that_does_more_than_mend_a_function_is_dropped(old: str, new: str) -> None:
    good = rewritten("return 1", "return 2")
    assert kept(rewritten(old, new), good) == [good]


def test_a_default_and_an_import_may_change() -> None:
    candidates = [
        rewritten('path: str = ""', 'path: str = "x"'),
        rewritten("import os\n", "import os\nimport json\n"),
    ]
    assert kept(*candidates) == candidates


@pytest.mark.parametrize(
    "new",
    ["os.rename(path, path) or eval(path)", "eval(path).to_csv(path)", "open(path, 'w')"],
)
def test_where_nothing_is_confined_no_change_begins_to_do_what_lasts(new: str) -> None:
    candidate = rewritten("eval(path)", new)
    assert kept(candidate, level=Level.OFF) == []
    assert kept(candidate) == [candidate]
