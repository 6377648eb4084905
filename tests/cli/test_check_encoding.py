"""The encoding of a plan file: the one that Python would read it with, and no other."""

from pathlib import Path

import pytest

from codeact_lsp.cli.exits import UsageError
from codeact_lsp.cli.plans import save_plan
from tests.cli.command import Codeact, words


@pytest.mark.parametrize("first", ["", "#!/usr/bin/env python\n"], ids=["first line", "second"])
def test_the_encoding_is_the_one_that_the_file_declares(codeact: Codeact, first: str) -> None:
    text = f"{first}# -*- coding: latin-1 -*-\ndef größe(a='é'): return a\ndef b(b): return b\n"
    (codeact.folder / "it.plan.py").write_bytes(text.encode("latin-1"))
    ended = codeact("check", "it.plan.py", "--json")
    assert words(ended.told, "code") == [("cycle",)]
    assert codeact("graph", "it.plan.py").out.splitlines()[0] == "größe  ←  a (input)"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\n# coding: nonsense\n", "2: unknown encoding: nonsense. Save the file with the"),
        (b"\xef\xbb\xbf# coding: latin-1\n", "1: encoding problem: utf-8. Save the file with the"),
        (b"# coding: rot13\n", "1: rot13 is no encoding of text. Save the file with the"),
        (b"# coding: ascii\n\n#\xe9\n", "3: byte 0xe9 is not ascii. Save the file with the"),
        (b"# coding: latin-1 \xff\n", "1: byte 0xff is not UTF-8. Save the file with the"),
        (b"# coding: undefined\n", "1: undefined is no encoding of text. Save the file with the"),
    ],
)
def test_an_encoding_that_does_not_hold_is_named_with_its_line(
    codeact: Codeact, data: bytes, why: str
) -> None:
    (codeact.folder / "it.plan.py").write_bytes(data)
    ended = codeact("check", "it.plan.py")
    assert (ended.status, ended.out) == (3, "")
    assert ended.err.startswith(f"codeact: it.plan.py:{why} encoding ")


def test_a_repair_keeps_the_encoding_of_the_file(codeact: Codeact) -> None:
    head = "# coding: latin-1\ndef price() -> str: return 'é'\n"
    plan = codeact.folder / "it.plan.py"
    plan.write_bytes(f"{head}def bill(price) -> str: return prise\n".encode("latin-1"))
    assert codeact("fix", "it.plan.py", "--apply").status == 0
    assert plan.read_bytes() == f"{head}def bill(price) -> str: return price\n".encode("latin-1")


def test_a_repair_that_the_encoding_cannot_write_leaves_the_file_alone(tmp_path: Path) -> None:
    old, plan = "# coding: latin-1\nA = 'é'\n", tmp_path / "it.plan.py"
    plan.write_bytes(old.encode("latin-1"))
    with pytest.raises(UsageError, match=r"it\.plan\.py: latin-1 has no '日'\. Save the file with"):
        save_plan(plan, old, old + "# 日\n")
    assert plan.read_bytes() == old.encode("latin-1")
