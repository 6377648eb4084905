"""What holds for a plan, read from all places where it is said, and what a repair makes of it."""

from pathlib import Path

import pytest

from codeact_lsp.engine.permissions.grants import Grants
from codeact_lsp.engine.permissions.permission import permission
from codeact_lsp.engine.permissions.policies import carried_over
from codeact_lsp.engine.permissions.sandbox_settings import SandboxSettings, read_right
from codeact_lsp.engine.workspace.configuration import ConfigurationError
from codeact_lsp.plan import Plan
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.tiers import Tier

TEXT = 'def a():\n    """A.\n\n    Needs: write out, variable KEY, processes\n    """\n'


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user's configuration and grants."""
    for name in ("CODEACT_CONFIG_DIR", "CODEACT_DATA_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "user"))
    (tmp_path / "user").mkdir(mode=0o700)
    return tmp_path / "user"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A plan's file in a workspace."""
    file = tmp_path / "work" / "it.plan.py"
    file.parent.mkdir()
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_all_that_is_said_counts(user: Path, file: Path) -> None:
    (user / "config.toml").write_text(
        '[sandbox]\nlevel = "strict"\nallow = ["variable KEY"]\n', encoding="utf-8"
    )
    (file.parent / "pyproject.toml").write_text(
        '[tool.codeact.sandbox]\nminimum-tier = "accounted"\n', encoding="utf-8"
    )
    Grants().add(file, read_right("write out"))
    now = SandboxSettings(allow=(read_right("processes"),))
    found = permission(Plan.from_text(TEXT), file, file.parent, now)
    policy = found.policies["a"]
    assert (policy.level, policy.processes) == (Level.WRITE, True)
    assert (policy.write, policy.environment) == ((file.parent / "out",), ("KEY",))
    assert (found.minimum_tier, found.notes) == (Tier.ACCOUNTED, ())


def test_damaged_grants_are_told_and_give_nothing(user: Path, file: Path) -> None:
    (user / "grants.json").write_text("{", encoding="utf-8")
    strict = SandboxSettings(level=Level.STRICT)
    found = permission(Plan.from_text(TEXT), file, file.parent, strict)
    assert found.policies == {"a": preset(Level.STRICT, file.parent)}
    note, *_ = found.notes
    assert f"{user / 'grants.json'} cannot be used, so nothing is granted" in note


@pytest.mark.parametrize("place", ["user/config.toml", "work/pyproject.toml"])
def test_what_cannot_be_read_permits_nothing(user: Path, file: Path, place: str) -> None:
    (user.parent / place).write_text("[sandbox\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=place):
        permission(Plan.from_text(TEXT), file, file.parent)


def test_nothing_has_to_be_enforced_where_nothing_is_confined(user: Path, file: Path) -> None:
    off = SandboxSettings(level=Level.OFF, minimum_tier=Tier.ACCOUNTED)
    assert permission(Plan.from_text(TEXT), file, file.parent, off).minimum_tier is Tier.NONE


def test_an_edit_brings_no_rights(user: Path, file: Path) -> None:
    write = SandboxSettings(level=Level.WRITE)
    before = permission(Plan.from_text(TEXT), file, file.parent, write).policies
    edited = Plan.from_text(TEXT.replace("out,", "other,") + TEXT.replace("def a", "def b"))
    after = carried_over(before, edited)
    assert after == {"a": before["a"], "b": preset(Level.STRICT, file.parent)}
    assert carried_over({}, edited) == {}
