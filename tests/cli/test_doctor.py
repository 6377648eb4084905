"""`codeact doctor`: whether all that a run needs is there, and how to get what is not."""

import sys
from pathlib import Path

import pytest

from tests.cli.command import Codeact

PYTHON = ("--interpreter", sys.executable)


@pytest.fixture(autouse=True)
def _nothing_is_said_of_levels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEACT_CONFIG_DIR", str(tmp_path / "none"))


def test_where_all_is_well_it_says_what_it_found(codeact: Codeact) -> None:
    codeact.plan("import json\n\ndef one() -> int: return 1\n")
    ended = codeact("doctor", "it.plan.py", *PYTHON, "--json")
    found = {each["name"]: each for each in ended.told}
    assert ended.status == 0
    assert all(each["ok"] for each in found.values())
    assert not [each for each in found.values() if each["needed"] and each["remedy"]]
    version = ".".join(map(str, sys.version_info[:3]))
    assert found["interpreter"]["found"] == f"{sys.executable} (set by the user), Python {version}"
    assert found["processes"]["found"] == "forked"
    assert {"results", "pygls", "rich"} <= found.keys()


def test_a_module_that_the_plans_python_lacks_comes_with_the_way_to_install_it(
    codeact: Codeact,
) -> None:
    codeact.plan("import sqlalchemy, mine\n\ndef one() -> int: return 1\n")
    (codeact.folder / "mine.py").write_text("X = 1\n", encoding="utf-8")
    ended = codeact("doctor", "it.plan.py", *PYTHON)
    assert ended.status == 1
    install = f"{sys.executable} -m pip install sqlalchemy"
    wrong = ended.out[ended.out.index("✗") :].splitlines()
    assert wrong[:2] == [
        "✗ import sqlalchemy: not found",
        f"  sqlalchemy is not installed for the plan's Python: {install}",
    ]
    assert not [line for line in wrong[2:] if line.startswith("✗")]


def test_a_python_that_does_not_work_is_named(codeact: Codeact) -> None:
    broken = codeact.folder / "python"
    broken.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    broken.chmod(0o755)
    ended = codeact("doctor", "--interpreter", str(broken))
    assert ended.status == 1
    assert f"✗ interpreter: {broken} (set by the user): " in ended.out
    assert "Name another one: codeact doctor --interpreter PYTHON." in ended.out
    assert "tier" not in ended.out
