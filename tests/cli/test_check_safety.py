"""`codeact check` points out what deserves a look; no command runs what imports what is banned."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Codeact, said, words

TEXT = "import os, socket\n\ndef a(x=''):\n    return os.system(x), '📦', eval(x)\n"


@pytest.fixture(autouse=True)
def strict(cache_folder: Path) -> None:
    """The level of a user who wants it so."""
    folder = cache_folder / "configuration"
    folder.mkdir(exist_ok=True)
    (folder / "config.toml").write_text('[sandbox]\nlevel = "strict"\n', encoding="utf-8")


def test_what_deserves_a_look_is_told_with_its_place_and_fails_nothing(codeact: Codeact) -> None:
    codeact.plan(TEXT)
    ended = codeact("check", "it.plan.py", "--json")
    assert [(one["code"], said(one["range"], TEXT)) for one in ended.told] == [
        ("withheld-right", "socket"),
        ("withheld-right", "os.system"),
        ("S307", "eval(x)"),
    ]
    assert words(ended.told, "severity") == [("warning",), ("warning",), ("information",)]
    assert {key for one in ended.told for key in one} == {
        *("file", "code", "severity", "message", "range", "related")
    }
    assert ended.status == 0
    assert codeact("check", "it.plan.py", "--level", "warning").status == 2


def test_it_can_be_switched_off_for_a_call_for_a_workspace_and_for_a_place(
    codeact: Codeact,
) -> None:
    codeact.plan(TEXT)
    assert codeact("check", "it.plan.py", "--no-safety", "--json").told == []
    codeact.plan(TEXT.replace("eval(x)\n", "eval(x)  # codeact: ignore\n"))
    assert words(codeact("check", "it.plan.py", "--json").told, "code") == [("withheld-right",)]
    assert codeact("check", "it.plan.py", "--no-safety", "--json").told == []
    codeact.plan(TEXT)
    table = "[tool.codeact.problems]\nrisky-call = 'off'\nwithheld-right = 'hint'\n"
    (codeact.folder / "pyproject.toml").write_text(table, encoding="utf-8")
    told = codeact("check", "it.plan.py", "--json").told
    assert words(told, "code", "severity") == [("withheld-right", "hint")] * 2


def test_an_import_that_the_workspace_bans_is_an_error_and_nothing_is_run(
    codeact: Codeact,
) -> None:
    codeact.plan("import json\nfrom pathlib import Path\n\ndef a(): return Path('ran').touch()\n")
    table = "[tool.codeact.safety]\nallowed-imports = ['pathlib']\n"
    (codeact.folder / "pyproject.toml").write_text(table, encoding="utf-8")
    for arguments in (["check"], ["check", "--no-safety"]):
        ended = codeact(*arguments, "it.plan.py", "--json")
        assert words(ended.told, "code", "severity") == [("banned-import", "error")]
        assert ended.status == 2
    ended = codeact.run()
    assert ended.status == 2
    assert not (codeact.folder / "ran").exists()


def test_an_import_that_the_plan_asks_for_can_be_allowed(codeact: Codeact) -> None:
    codeact.plan('''
        import json
        def a():
            """A.

            Needs: import json
            """
            return 1
    ''')
    table = "[tool.codeact.safety]\nbanned-imports = ['json']\n"
    (codeact.folder / "pyproject.toml").write_text(table, encoding="utf-8")
    assert codeact.run().status == 2
    assert codeact.run("--level", "off", "--allow", "import json").status == 0


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("raise FileNotFoundError", "ruff is not installed beside codeact. Install it there"),
        ("return '/bin/false'", "ruff, which looks for risky calls, failed: status 1"),
    ],
    ids=["missing", "broken"],
)
def test_without_ruff_that_is_said_once_and_all_else_is_checked(
    codeact: Codeact, program: str, why: str
) -> None:
    package = codeact.folder / "first" / "ruff"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(f"def find_ruff_bin(): {program}\n", encoding="utf-8")
    for name in "ab":
        codeact.plan(f"import socket\ndef {name}(): return eval('1')\n", f"{name}.plan.py")
    ended = subprocess.run(
        [sys.executable, "-m", "codeact_lsp", "check", "a.plan.py", "b.plan.py"],
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stderr.count(why) == 1
    assert ended.stdout.count("(withheld-right)") == 2
    assert "S307" not in ended.stdout
