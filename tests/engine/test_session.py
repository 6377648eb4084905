"""Where a workspace is, and where the user's results are kept."""

from pathlib import Path

import pytest

from codeact_lsp.engine.workspace.folders import store_folder
from codeact_lsp.engine.workspace.workspace import find_workspace


@pytest.mark.parametrize("marker", [".git", "pyproject.toml"])
def test_the_workspace_is_the_nearest_parent_with_a_marker(tmp_path: Path, marker: str) -> None:
    plan = tmp_path / "repository" / "project" / "plans" / "sales.plan.py"
    plan.parent.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    assert find_workspace(plan) == tmp_path / "repository"
    (tmp_path / "repository" / "project" / marker).touch()
    assert find_workspace(plan) == tmp_path / "repository" / "project"


def test_a_plan_reached_through_a_link_belongs_where_it_lies(tmp_path: Path) -> None:
    real = tmp_path / "real"
    (real / ".git").mkdir(parents=True)
    (real / "sales.plan.py").touch()
    (tmp_path / "link.plan.py").symlink_to(real / "sales.plan.py")
    assert find_workspace(tmp_path / "link.plan.py") == real


def test_results_lie_where_the_variable_says_or_among_the_users_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CODEACT_CACHE_DIR", "~/results")
    assert store_folder() == tmp_path / "results"
    monkeypatch.setenv("CODEACT_CACHE_DIR", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert store_folder() == tmp_path / "caches" / "codeact-lsp"
