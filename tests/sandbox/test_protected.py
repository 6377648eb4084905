"""Paths that a plan asks to write or read: what they come to, and which are never opened."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from codeact_lsp.sandbox.needs import NeverGrantedError, refuse_variable, resolve
from codeact_lsp.sandbox.protected import Surroundings, refuse_to_read, refuse_to_write


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder, with nothing in it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.fixture
def around(home: Path) -> Surroundings:
    """A plan in a folder of its workspace, which lies in the home folder."""
    plan = home / "work" / "flows" / "it.plan.py"
    plan.parent.mkdir(parents=True)
    plan.touch()
    own = home / "share" / "codeact"
    return Surroundings(plan, plan.with_suffix(".toml"), home / "work", (own,))


def why_not_written(what: str, around: Surroundings) -> str:
    """Why a plan cannot write what it asks for; empty if it can."""
    try:
        refuse_to_write(resolve(what, around.plan.parent), around)
    except NeverGrantedError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "what",
    [
        *("out", "out/", "./out//a/../", "../out", "report.csv", "out/a b.parquet", "~/results"),
        *("/srv/data", "../data.json", "out/index.html", "out/plotly.min.js"),
    ],
)
def test_what_a_node_makes_can_be_written(what: str, around: Surroundings) -> None:
    assert why_not_written(what, around) == ""


@pytest.mark.parametrize(
    ("what", "why"),
    [
        *[(what, "the plan itself") for what in (".", "it.plan.py", "it.plan.toml", "out/..")],
        *[(what, "it is the workspace") for what in ("..", "../..", "~", "/", "../../..")],
        *[(what, "is hidden") for what in ("../.git", "../.git/hooks", ".vscode/settings.json")],
        *[(what, "is hidden") for what in ("../.idea", ".env", "~/.bashrc", "~/.ssh", "out/.x/y")],
        *[(what, "run later") for what in ("json.py", "../conftest.py", "lib/x.so", "go.sh")],
        *[(what, "run later") for what in ("../pyproject.toml", "../Makefile", "x.code-workspace")],
        *[(what, "run later") for what in ("mypy.ini", "../mkdocs.yml", "rules.mk", "x.whl")],
        *[(what, "run later") for what in ("constraints-dev.txt", "POM.xml", "flake.nix")],
        *[(what, "run later") for what in ("other.plan.py", "other.plan.toml", "x.pth")],
        *[(what, "programs are taken") for what in ("../node_modules/a", "x/site-packages")],
        *[(what, "codeact keeps") for what in ("~/share", "~/share/codeact/grants.json")],
        *[(what, "the system") for what in ("/etc/cron.d/x", "/proc/1/mem", "/opt/x", "/dev/sda")],
        *[("/var/tmp", "all programs share it"), ("/usr/bin/x", "programs are started")],
        *[("/usr", "programs are started"), ("/usr/local/lib", "the system")],
    ],
)
def test_what_later_runs_or_holds_all_is_never_written(
    what: str, why: str, around: Surroundings
) -> None:
    assert why in why_not_written(what, around)


def test_a_file_that_can_be_run_is_not_written(around: Surroundings) -> None:
    script = around.plan.with_name("manage")
    script.touch(mode=0o755)
    assert "may be run later" in why_not_written("manage", around)


@pytest.mark.parametrize(
    "inside",
    [
        *("sub/tool.py", ".git/config", "a/b/.vscode/settings.json", ".github/workflows/ci.yml"),
        *(".git", ".husky/pre-commit", ".bashrc", "a/.pre-commit-config.yaml", "dvc.yaml"),
        *("lefthook.yml", ".devcontainer/devcontainer.json", "Rakefile", ".gitattributes"),
    ],
)
def test_a_folder_that_holds_what_later_runs_is_not_written(
    inside: str, around: Surroundings
) -> None:
    file = around.plan.parent / "out" / inside
    file.parent.mkdir(parents=True)
    file.touch()
    assert "may be run later. Name another one" in why_not_written("out", around)


@pytest.mark.parametrize(
    "inside", [".env", "a/.env.local", ".envrc", "id_rsa", "b/c/Server.PEM", ".aws/x", ".npmrc"]
)
def test_a_folder_that_holds_what_nodes_may_not_read_is_not_written(
    inside: str, around: Surroundings
) -> None:
    file = around.plan.parent / "out" / inside
    file.parent.mkdir(parents=True)
    file.touch()
    assert "is hidden from nodes" in why_not_written("out", around)


@pytest.mark.parametrize("begin", [b"#!/bin/sh\n", b"\x7fELF"])
def test_a_folder_that_holds_a_program_is_not_written(begin: bytes, around: Surroundings) -> None:
    program = around.plan.parent / "out" / "deploy"
    program.parent.mkdir()
    program.write_bytes(begin)
    assert why_not_written("out", around) == ""
    program.chmod(0o755)
    assert "it holds deploy, which may be run later" in why_not_written("out", around)


@pytest.mark.parametrize(
    "inside",
    [
        *(".gitkeep", ".gitignore", ".zarray", ".zattrs", "._SUCCESS.crc", ".part-0.parquet.crc"),
        *(".ipynb_checkpoints/x.csv", ".DS_Store", "index.html", "plot.png", "keys.csv"),
    ],
)
def test_a_folder_that_holds_what_nodes_make_is_written_again(
    inside: str, around: Surroundings
) -> None:
    file = around.plan.parent / "out" / inside
    file.parent.mkdir(parents=True)
    file.write_text("a,b\n")
    file.chmod(0o777)  # As all files are on the disks of other systems.
    assert why_not_written("out", around) == ""


def test_another_name_of_a_file_is_not_written(around: Surroundings) -> None:
    code = around.workspace / "tool.py"
    code.touch()
    out = around.plan.parent / "out"
    out.mkdir()
    for name in ("table.csv", "out/table.csv"):
        (around.plan.parent / name).hardlink_to(code)
    assert "it is a hard link" in why_not_written("table.csv", around)
    assert "it holds table.csv, which is a hard link" in why_not_written("out", around)


def test_a_folder_on_the_path_of_programs_is_not_written(
    around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{around.workspace / 'tools' / 'bin'}{os.pathsep}relative")
    assert "programs are started" in why_not_written("../tools", around)
    assert why_not_written("relative", around) == ""


def test_a_link_is_not_followed_out_of_what_was_meant(around: Surroundings) -> None:
    target = around.workspace / "elsewhere"
    target.mkdir()
    (around.plan.parent / "out").symlink_to(target)
    for what in ("out", "out/a.csv", "../flows/out/new/folder"):
        assert f"a link leads from there to {target}" in why_not_written(what, around)


def test_a_home_may_lie_where_the_system_keeps_things(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/var/home/ann")
    around = Surroundings(Path("/srv/it.plan.py"), Path("/srv/it.plan.toml"), Path("/srv"))
    assert why_not_written("~/results", around) == ""
    assert "your home folder" in why_not_written("/var/home", around)
    assert "the system" in why_not_written("/var/lib/x", around)
    monkeypatch.setenv("HOME", "/")
    assert "the system" in why_not_written("/etc/cron.d/x", around)


def test_a_workspace_may_lie_where_the_system_keeps_things(home: Path) -> None:
    around = Surroundings(
        Path("/var/work/it.plan.py"), Path("/var/work/it.plan.toml"), Path("/var/work")
    )
    assert why_not_written("out", around) == ""
    assert "the system" in why_not_written("/var/lib", around)


@pytest.mark.parametrize(
    ("what", "why"),
    [
        *[(what, "all that is yours") for what in ("~", "/", "../../..")],
        *[(what, "codeact keeps") for what in ("~/share", "~/share/codeact/key")],
        *[(what, "the system") for what in ("/proc/1/environ", "/dev/mem", "/sys")],
        *[(what, "passwords") for what in ("/etc", "/etc/shadow")],
    ],
)
def test_what_holds_all_is_never_read(what: str, why: str, around: Surroundings) -> None:
    with pytest.raises(NeverGrantedError, match=why):
        refuse_to_read(resolve(what, around.plan.parent), around)


@pytest.mark.parametrize("what", ["~/data", "../../data/a.csv", "/srv/data", "."])
def test_anything_else_can_be_read(what: str, around: Surroundings) -> None:
    refuse_to_read(resolve(what, around.plan.parent), around)


def test_a_variable_that_steers_programs_is_never_handed_on() -> None:
    for name in ("LD_PRELOAD", "PYTHONPATH", "DYLD_INSERT_LIBRARIES", "CODEACT_DATA_DIR"):
        with pytest.raises(NeverGrantedError, match="steers"):
            refuse_variable(name)
    refuse_variable("API_KEY")


@pytest.mark.parametrize("what", ["out/mirror", "out/mirror/hooks", "out/mirror/new/file", "out"])
def test_what_version_control_keeps_is_not_written_whatever_it_is_called(
    what: str, around: Surroundings
) -> None:
    for name in ("HEAD", "objects", "refs", "hooks"):
        (around.plan.parent / "out/mirror" / name).mkdir(parents=True)
    assert "version control" in why_not_written(what, around)
    assert why_not_written("out/other", around) == ""


@pytest.fixture
def nested(around: Surroundings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for results that is removed in the end, whatever it holds: few can do that."""
    out = around.plan.parent / "out"
    out.mkdir()
    monkeypatch.chdir(out)
    yield out
    subprocess.run(["rm", "-rf", out], check=True)


@pytest.mark.parametrize(("levels", "too_deep"), [(1_500, False), (3_000, True)])
def test_a_folder_is_looked_through_however_deep_a_node_has_made_it(
    levels: int, too_deep: bool, nested: Path, around: Surroundings
) -> None:
    for _ in range(levels):  # Functions cannot call each other that deep.
        Path("a").mkdir()
        os.chdir("a")
    why = "nested too deep to be looked through"
    assert (why in why_not_written("out", around)) == too_deep
    Path("a.py").touch()
    said = why_not_written(nested.name, around)
    assert (why if too_deep else "a.py, which may be run later") in said
