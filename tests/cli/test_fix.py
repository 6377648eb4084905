"""`codeact fix`: shows repairs that have been run, and with --apply writes the preferred ones."""

import io
import json
import sys
from textwrap import dedent

import pytest

from tests.cli.command import Codeact, said, words

PLAN = """
    def row() -> dict[str, int]:
        return {"amount": 2, "region": 1}

    def amount(row: dict[str, int]) -> int:
        return row["ammount"]

    def half(amount: int) -> float:
        return amount / 2
"""
TEXT = dedent(PLAN).lstrip("\n")
TWO = """
    import math

    def circle(radius: float = 1.0) -> float:
        return math.degres(radius)

    def label(circle: float) -> str:
        return f"{circel:.2f}"
"""


def test_a_repair_is_shown_with_its_proof_and_nothing_is_written(codeact: Codeact) -> None:
    plan = codeact.plan(PLAN)
    before = plan.read_bytes()
    ended = codeact("fix", "it.plan.py")
    assert ended.tidy == (
        "✗ amount  KeyError: 'ammount'\n"
        "  it.plan.py:5:16\n"
        '  5 │     return row["ammount"]\n'
        "    │                ^^^^^^^^^\n"
        "    row = {'amount': 2, 'region': 1}\n"
        "  'row' writes the key 'amount' here, where 'ammount' is asked for.\n"
        "  it.plan.py:2:13\n"
        '  2 │     return {"amount": 2, "region": 1}\n'
        "    │             ^^^^^^^^\n"
        "  → Rename 'ammount' to 'amount': runs, 1 of 1 downstream pass, N ms\n"
    )
    assert (ended.status, ended.err) == (1, "")
    assert plan.read_bytes() == before


def test_applied_repairs_are_written_and_end_with_0_when_all_is_mended(codeact: Codeact) -> None:
    plan = codeact.plan(PLAN)
    before = plan.read_bytes()
    ended = codeact("fix", "it.plan.py", "--apply")
    assert ended.status == 0
    assert "  → applied Rename 'ammount' to 'amount': runs" in ended.out
    assert ended.out.endswith("it.plan.py: runs, nothing to repair\n")
    assert plan.read_bytes() == before.replace(b"ammount", b"amount")


def test_after_it_the_plan_runs_with_what_the_trial_made(codeact: Codeact) -> None:
    codeact.plan(PLAN)
    assert codeact("fix", "it.plan.py", "--apply").status == 0
    assert codeact.run().became == {"row": "cached", "amount": "cached", "half": "cached"}


def test_several_failures_are_mended_one_after_the_other(codeact: Codeact) -> None:
    plan = codeact.plan(TWO)
    ended = codeact("fix", "it.plan.py", "--apply", "--json")
    assert ended.status == 0
    assert words((fix for fix in ended.told if fix["applied"]), "node", "rule") == [
        ("circle", "misspelt"),
        ("label", "misspelt"),
    ]
    assert plan.read_text(encoding="utf-8").splitlines()[3:] == [
        "    return math.degrees(radius)",
        "",
        "def label(circle: float) -> str:",
        '    return f"{circle:.2f}"',
    ]


def test_a_fix_is_applied_once_and_said_to_be_applied_once(codeact: Codeact) -> None:
    codeact.plan("""
        def first(value: int = 1) -> int: return valeu

        def second(value: int = 2) -> int: return valeu
    """)
    ended = codeact("fix", "it.plan.py", "--apply", "--json", "--mode", "sequential")
    assert words((fix for fix in ended.told if fix["applied"]), "node") == [
        ("first",),
        ("second",),
    ]
    assert codeact("fix", "it.plan.py").out == "it.plan.py: runs, nothing to repair\n"


def test_json_has_the_edit_in_the_terms_of_the_protocol(codeact: Codeact) -> None:
    plan = codeact.plan("""
        def row() -> str:
            kisten = {"📦 klein": 1, "📦 groß": 2}; return "📦" * kisten["📦 gros"]
    """)
    text = plan.read_text(encoding="utf-8")
    ended = codeact("fix", "it.plan.py", "--json")
    (fix,) = ended.told
    assert words([fix], "node", "rule", "preferred", "applied") == [
        ("row", "misspelt", True, False)
    ]
    assert fix["title"].startswith("Rename '📦 gros' to '📦 groß': runs, ")
    assert (said(fix["edit"]["range"], text), fix["edit"]["newText"]) == ("s", "ß")
    assert ended.status == 1


@pytest.mark.parametrize("apply", [[], ["--apply"]], ids=["show", "apply"])
def test_what_nothing_can_mend_is_said_and_left_as_it_is(
    codeact: Codeact, apply: list[str]
) -> None:
    plan = codeact.plan("def number() -> int: return int('x')\n")
    before = plan.read_bytes()
    ended = codeact("fix", "it.plan.py", *apply)
    assert ended.status == 1
    assert ended.out.startswith("✗ number  ValueError: invalid literal for int() with base 10: 'x'")
    assert ended.out.endswith("  no repair was found that runs\n")
    assert plan.read_bytes() == before


def test_a_sound_plan_needs_none(codeact: Codeact) -> None:
    codeact.plan("def one() -> int: return 1\n")
    ended = codeact("fix", "it.plan.py", "--apply")
    assert (ended.status, ended.out) == (0, "it.plan.py: runs, nothing to repair\n")


@pytest.mark.parametrize(
    "original",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r\n", 3),
        TEXT.replace("    ", "\t"),
        "\ufeff" + TEXT,
        "\ufeff" + TEXT.replace("\n", "\r\n"),
        TEXT + "\n# Kein Zeilenende, 📦\t ",
        TEXT.replace("\n\ndef", " \n\f\ndef"),
        TEXT.replace('"]', '" ]  ; # 📦\v \u2028'),
    ],
    ids=["CRLF", "mixed", "tabs", "BOM", "BOM CRLF", "no last newline", "FF", "odd spaces"],
)
def test_no_byte_outside_of_the_repair_changes(codeact: Codeact, original: str) -> None:
    plan = codeact.folder / "it.plan.py"
    before = original.encode()
    plan.write_bytes(before)
    assert codeact("fix", "it.plan.py", "--apply").status == 0
    assert plan.read_bytes() == before.replace(b"ammount", b"amount")


def test_a_text_that_its_lossless_tree_would_change_is_left_alone(codeact: Codeact) -> None:
    plan = codeact.plan(TEXT.replace("\n", "\r"))
    before = plan.read_bytes()
    ended = codeact("fix", "it.plan.py", "--apply")
    assert (ended.status, plan.read_bytes()) == (1, before)
    assert "Rename" not in ended.out


def test_a_plan_that_was_edited_meanwhile_is_not_overwritten(codeact: Codeact) -> None:
    plan = codeact.plan("""
        from pathlib import Path

        def amount() -> int:
            Path("it.plan.py").write_text("# Edited meanwhile.")
            row = {"amount": 1}
            return row["ammount"]
    """)
    ended = codeact("fix", "it.plan.py", "--apply")
    assert (ended.status, ended.err) == (
        3,
        "codeact: it.plan.py: changed while it was repaired; nothing was written to it.\n",
    )
    assert plan.read_text(encoding="utf-8") == "# Edited meanwhile."


def test_a_plan_that_has_gone_meanwhile_is_named(codeact: Codeact) -> None:
    codeact.plan("""
        from pathlib import Path

        def amount() -> int:
            Path("it.plan.py").unlink(missing_ok=True)
            row = {"amount": 1}
            return row["ammount"]
    """)
    ended = codeact("fix", "it.plan.py", "--apply")
    message = "codeact: it.plan.py: No such file or directory.\n"
    assert (ended.status, ended.err) == (3, message)


def test_standard_input_cannot_be_repaired_in_place(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    ended = codeact("fix", "-", "--apply")
    assert (ended.status, ended.err) == (3, "codeact: --apply needs a file to write to\n")


UNPARSED = """
    def one(x: int = 1) -> int
        return x

    def two(one: int) -> list[int]:
        return [one, onee
"""


def test_what_would_parse_is_shown_where_nothing_can_run(codeact: Codeact) -> None:
    plan = codeact.plan(UNPARSED)
    before = plan.read_bytes()
    ended = codeact("fix", "it.plan.py")
    assert "  → line 1: Add ':': parses\n" in ended.out
    assert "  → line 5: Add ']': parses\n" in ended.out
    assert ended.status == 2
    assert plan.read_bytes() == before


def test_what_does_not_parse_is_mended_first_and_then_what_fails(codeact: Codeact) -> None:
    plan = codeact.plan(UNPARSED)
    before = plan.read_bytes()
    ended = codeact("fix", "it.plan.py", "--apply")
    assert "  → applied line 1: Add ':': parses\n" in ended.out
    assert "  → applied Rename 'onee' to 'one': runs" in ended.out
    assert ended.status == 0
    assert plan.read_bytes() == before.replace(
        b"-> int\n    return x", b"-> int:\n    return x"
    ).replace(b"onee", b"one]")


def test_a_mend_is_told_as_json_too(codeact: Codeact) -> None:
    codeact.plan("rows = [1\n")
    ended = codeact("fix", "it.plan.py", "--json")
    told = [json.loads(line) for line in ended.out.splitlines()]
    assert [each for each in told if "title" in each] == [
        {
            "node": None,
            "title": "Add ']': parses",
            "rule": "syntax",
            "preferred": True,
            "applied": False,
            "edit": {
                "range": {"start": {"line": 0, "character": 9}, "end": {"line": 0, "character": 9}},
                "newText": "]",
            },
        }
    ]
