"""Which variables a confined node has."""

from pathlib import Path

import pytest

from codeact_lsp.sandbox.levels import Level, grant, preset
from codeact_lsp.sandbox.variables import environment, is_given

STRICT = preset(Level.STRICT)


def test_a_node_has_those_of_language_and_those_that_were_granted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("LC_ALL", "TZ", "API_URL", "DATABASE_URL", "HOME"):
        monkeypatch.setenv(name, f"the user's {name}")
    policy = grant(STRICT, environment=["API_URL"])
    found = environment(policy, Path("/tmp"), Path("/usr/bin/python3"))
    assert {name: found.get(name) for name in ("LC_ALL", "API_URL", "DATABASE_URL", "HOME")} == {
        "LC_ALL": "the user's LC_ALL",
        "API_URL": "the user's API_URL",
        "DATABASE_URL": None,
        "HOME": "/tmp",
    }
    assert all(is_given(name, policy) for name in found)
    assert not is_given("DATABASE_URL", policy)
    assert not is_given("API_URL", STRICT)


def test_joblib_starts_no_processes_unless_the_user_wants_it_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "JOBLIB_MULTIPROCESSING"
    monkeypatch.setenv(name, "1")
    granted = grant(STRICT, environment=[name])
    found = [
        environment(each, Path("/tmp"), Path("/usr/bin/python3")) for each in (STRICT, granted)
    ]
    assert [each[name] for each in found] == ["0", "1"]


@pytest.mark.parametrize("right", ["read", "write"])
def test_a_home_is_the_user_s_once_something_of_it_was_granted(
    right: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    policy = grant(STRICT, **{right: [tmp_path / "out"]})
    found = environment(policy, Path("/scratch"), Path("/usr/bin/python3"))
    assert found["HOME"] == str(tmp_path)
    assert found["TMPDIR"] == "/scratch"
    assert found["XDG_CACHE_HOME"] == "/scratch/.cache"


@pytest.mark.parametrize("granted", ["/srv/out", "HOME/work/out", "HOMELY/out"])
def test_a_home_is_scratch_if_what_was_granted_lies_elsewhere_or_in_the_workspace(
    granted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    strict = preset(Level.STRICT, tmp_path / "work")
    policy = grant(strict, write=[Path(granted.replace("HOME", str(tmp_path)))])
    assert environment(policy, Path("/scratch"), Path("/usr/bin/python3"))["HOME"] == "/scratch"


def test_who_has_no_home_but_the_root_of_all_files_has_scratch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/")
    policy = grant(STRICT, write=[Path("/srv/out")])
    assert environment(policy, Path("/scratch"), Path("/usr/bin/python3"))["HOME"] == "/scratch"
