"""The rights that the user granted: kept apart, and believed only if they are his."""

import subprocess
import sys
from pathlib import Path

import pytest

from codeact_lsp.engine.permissions.grants import Grants, GrantsError
from codeact_lsp.engine.permissions.sandbox_settings import read_right

PLAN = Path("/work/it.plan.py")


@pytest.fixture
def grants(tmp_path: Path) -> Grants:
    """An empty list."""
    return Grants(tmp_path / "data")


def rights(grants: Grants, plan: Path = PLAN) -> list[str]:
    return [str(right) for right in grants.of(plan)]


def test_what_is_granted_to_a_plan_is_granted_to_no_other(grants: Grants) -> None:
    assert grants.add(PLAN, read_right("write out/"))
    assert grants.add(PLAN, read_right("processes"))
    assert grants.add(Path("/work/other.plan.py"), read_right("network x.org"))
    assert rights(Grants(grants.path.parent)) == ["write out/", "processes"]
    assert rights(grants, Path("/work/none.plan.py")) == []


def test_a_wider_right_takes_the_place_of_narrower_ones(grants: Grants) -> None:
    assert grants.add(PLAN, read_right("write out/a"))
    assert grants.add(PLAN, read_right("write out"))
    assert not grants.add(PLAN, read_right("write out/b"))
    assert rights(grants) == ["write out"]


def test_what_is_revoked_is_gone(grants: Grants) -> None:
    for text in ("write out", "processes", "variable KEY"):
        grants.add(PLAN, read_right(text))
    assert [str(gone) for gone in grants.revoke(PLAN, [read_right("processes")])] == ["processes"]
    assert rights(grants) == ["write out", "variable KEY"]
    assert len(grants.revoke(PLAN)) == 2
    assert grants.all() == {}
    assert grants.revoke(PLAN) == ()


def test_a_plan_is_known_by_the_file_that_it_is(grants: Grants, tmp_path: Path) -> None:
    (tmp_path / "it.plan.py").touch()
    (tmp_path / "link.plan.py").symlink_to("it.plan.py")
    grants.add(tmp_path / "link.plan.py", read_right("processes"))
    assert rights(grants, tmp_path / "it.plan.py") == ["processes"]
    assert rights(grants, tmp_path / "sub" / ".." / "it.plan.py") == ["processes"]


def test_the_file_is_the_users_alone(grants: Grants) -> None:
    grants.add(PLAN, read_right("processes"))
    assert grants.path.stat().st_mode & 0o777 == 0o600
    assert grants.path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Expecting value"),
        ("[" * 100_000, "recursion"),
        ("[]", "it is no list of rights of version 1"),
        ('{"version": 2, "plans": {}}', "it is no list of rights of version 1"),
        ('{"version": 1, "plans": {"/a": "processes"}}', "it is no list of rights of version 1"),
        ('{"version": 1, "plans": {"/a": ["root"]}}', "'root' is no right"),
        ('{"version": 1, "plans": {"/a": [1]}}', "1 is no right"),
    ],
    ids=["empty", "deep", "list", "version", "rights", "right", "type"],
)
def test_a_damaged_file_grants_nothing_and_is_not_written_over(
    grants: Grants, text: str, why: str
) -> None:
    grants.path.parent.mkdir(mode=0o700)
    grants.path.write_text(text, encoding="utf-8")
    for use in (lambda: grants.of(PLAN), lambda: grants.add(PLAN, read_right("processes"))):
        with pytest.raises(GrantsError, match="so nothing is granted") as raised:
            use()
        assert why in str(raised.value)
        assert str(grants.path) in str(raised.value)
    assert grants.path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("writable", ["file", "folder"])
def test_a_file_that_others_can_write_grants_nothing(grants: Grants, writable: str) -> None:
    grants.add(PLAN, read_right("processes"))
    path = grants.path if writable == "file" else grants.path.parent
    path.chmod(0o722)
    with pytest.raises(GrantsError, match=f"others can write to {path}"):
        grants.of(PLAN)


def test_what_cannot_be_kept_is_not_granted_in_secret(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(GrantsError, match="name another one in CODEACT_DATA_DIR"):
        Grants(tmp_path / "data").add(PLAN, read_right("processes"))


def test_several_processes_lose_nothing_of_one_another(grants: Grants) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from codeact_lsp.engine.permissions.grants import Grants\n"
        "from codeact_lsp.engine.permissions.sandbox_settings import read_right\n"
        "for number in range(20):\n"
        "    right = read_right(f'variable {sys.argv[2]}{number}')\n"
        "    Grants(Path(sys.argv[1])).add(Path('/work/it.plan.py'), right)\n"
    )
    folder = str(grants.path.parent)
    processes = [subprocess.Popen([sys.executable, "-c", script, folder, name]) for name in "AB"]
    assert [process.wait() for process in processes] == [0, 0]
    assert set(rights(grants)) == {f"variable {name}{n}" for name in "AB" for n in range(20)}
    assert sorted(path.name for path in grants.path.parent.iterdir()) == [
        "grants.json",
        "grants.lock",
    ]
