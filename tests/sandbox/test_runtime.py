"""What a Python needs is seen by nodes, and no more than that: an environment can lie about it."""

import os
import sys
from pathlib import Path

import pytest

from codeact_lsp.sandbox.runtime import (
    environment_paths,
    runtime_paths,
    source_paths,
    system_paths,
)

PACKAGES = Path("lib/python3.11/site-packages")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with an installed Python, a workspace, and what is nobody else's."""
    root = tmp_path.resolve()
    library = root / "installed" / "lib" / "python3.11"
    library.mkdir(parents=True)
    (library / "os.py").touch()
    (root / "installed" / "bin").mkdir()
    (root / "installed" / "bin" / "python").touch()
    (root / "private" / "bin").mkdir(parents=True)
    (root / "workspace").mkdir()
    return root


def environment(folder: Path, *homes: Path) -> Path:
    """A virtual environment, as `python -m venv` makes it; its Python."""
    (folder / "bin").mkdir(parents=True)
    (folder / PACKAGES).mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("".join(f"home = {home}\n" for home in homes))
    python = folder / "bin" / "python"
    python.symlink_to(homes[0] / "python")
    return python


def seen(root: Path, python: Path) -> set[str]:
    """What is shown below `root`, as paths in it."""
    workspace = root / "workspace"
    shown = (*runtime_paths(python, workspace), *source_paths(python, workspace))
    return {str(path.relative_to(root)) for path in shown}


def test_an_environment_and_what_it_was_made_from_are_seen(root: Path) -> None:
    python = environment(root / "workspace" / ".venv", root / "installed" / "bin")
    assert seen(root, python) == {"workspace/.venv", "installed"}


def test_only_the_home_that_python_goes_by_counts(root: Path) -> None:
    homes = (root / "installed" / "bin", root / "private" / "bin")
    python = environment(root / "workspace" / ".venv", *homes)
    assert seen(root, python) == {"workspace/.venv", "installed"}


def test_a_home_without_a_standard_library_is_none(root: Path) -> None:
    python = environment(root / "workspace" / ".venv", root / "private" / "bin")
    # As `pip install --user` fills ~/.local, which holds all that programs keep for the user.
    (root / "private" / PACKAGES).mkdir(parents=True)
    assert "private" not in seen(root, python)


@pytest.mark.parametrize("name", ["pyvenv.cfg", f"{PACKAGES}/it.pth"])
@pytest.mark.parametrize("endless", ["/dev/zero", "pipe"])
def test_what_is_no_file_tells_nothing(root: Path, name: str, endless: str) -> None:
    python = environment(root / "workspace" / ".venv", root / "installed" / "bin")
    file = root / "workspace" / ".venv" / name
    file.unlink(missing_ok=True)
    if endless == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(endless)
    assert "private" not in seen(root, python)


def test_packages_that_a_workspace_has_elsewhere_are_not_seen(root: Path) -> None:
    python = environment(root / "workspace" / ".venv", root / "installed" / "bin")
    packages = root / "workspace" / ".venv" / PACKAGES
    packages.rmdir()
    packages.symlink_to(root / "private")
    assert "private" not in seen(root, python)


def test_sources_that_a_workspace_names_are_seen_if_they_are_its_own(root: Path) -> None:
    python = environment(root / "workspace" / ".venv", root / "installed" / "bin")
    (root / "workspace" / "src").mkdir()
    named = f"{root / 'workspace' / 'src'}\n{root / 'private'}\n"
    (root / "workspace" / ".venv" / PACKAGES / "it.pth").write_text(named)
    assert seen(root, python) == {"workspace/.venv", "installed", "workspace/src"}


def test_sources_that_an_environment_of_the_users_names_are_seen_wherever_they_are(
    root: Path,
) -> None:
    python = environment(root / "environments" / "mine", root / "installed" / "bin")
    (root / "environments" / "mine" / PACKAGES / "it.pth").write_text(f"{root / 'private'}\n")
    assert seen(root, python) == {"environments/mine", "installed", "private"}


def test_sources_that_an_environment_names_to_which_a_workspace_links_are_not_seen(
    root: Path,
) -> None:
    environment(root / "environments" / "other", root / "installed" / "bin")
    (root / "environments" / "other" / PACKAGES / "it.pth").write_text(f"{root / 'private'}\n")
    (root / "workspace" / ".venv").symlink_to(root / "environments" / "other")
    python = root / "workspace" / ".venv" / "bin" / "python"
    assert "private" not in seen(root, python)
    assert "environments/other" in seen(root, python)


def test_the_python_of_these_tests_is_seen_whole() -> None:
    shown = runtime_paths(Path(sys.executable))
    for path in (sys.prefix, sys.base_prefix):
        assert any(Path(path).resolve().is_relative_to(each) for each in shown)


def test_an_environment_is_one_in_which_something_of_the_users_may_lie(root: Path) -> None:
    python = environment(root / "workspace" / ".venv", root / "installed" / "bin")
    found = environment_paths(python, root / "workspace")
    assert {str(path.relative_to(root)) for path in found} == {"workspace/.venv", "installed"}


def test_of_a_workspace_that_is_an_environment_only_the_python_is_seen(root: Path) -> None:
    python = environment(root / "workspace", root / "installed" / "bin")
    (root / "workspace" / ".env").touch()
    parts = {f"workspace/{name}" for name in ("bin", "lib", "pyvenv.cfg")}
    assert seen(root, python) == {"installed", *parts}


def test_of_the_folder_in_which_programs_keep_all_for_the_user_only_the_python_is_seen(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(root / "home"))
    library = root / "home" / ".local" / "lib" / "python3.11"
    library.mkdir(parents=True)
    (library / "os.py").touch()
    for name in ("bin", "share/keyrings"):
        (root / "home" / ".local" / name).mkdir(parents=True)
    (root / "home" / ".local" / "bin" / "python").touch()
    found = seen(root, root / "home" / ".local" / "bin" / "python")
    assert found == {"home/.local/bin", "home/.local/lib"}


@pytest.mark.parametrize(
    "kept",
    [
        *("/etc/ssl/private", "/etc/pki/tls/private", "/etc/pki/entitlement", "/etc/shadow"),
        *("/usr/etc/x", "/usr/local/etc/npmrc", "/usr/local/var", "/usr/local/nginx/conf/x.key"),
    ],
)
def test_keys_of_the_system_are_not_seen(kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.path.lexists", lambda _path: True)
    assert not any(Path(kept).is_relative_to(path) for path in system_paths())
    assert any(Path("/etc/ssl/certs/x.pem").is_relative_to(path) for path in system_paths())


def test_packages_that_are_named_are_seen_in_an_environment_that_is_closed_otherwise(
    root: Path,
) -> None:
    python = environment(root / "mine", root / "installed" / "bin")
    others = root / "project" / ".venv" / PACKAGES
    others.mkdir(parents=True)
    (root / "project" / "src").mkdir()
    named = (others, root / "project", root / "project" / "src")
    (root / "mine" / PACKAGES / "it.pth").write_text("".join(f"{path}\n" for path in named))
    assert seen(root, python) == {
        "mine",
        "installed",
        "project",
        f"project/.venv/{PACKAGES}",
    }
