"""Plans on disk: which files count, and what of the rest of a file system is left alone."""

import os
from pathlib import Path

import pytest

from codeact_lsp.engine.workspace.globs import inputs_glob, matches
from codeact_lsp.server import plan_files
from codeact_lsp.server.plan_files import PlanFiles, Summary, find_plans
from codeact_lsp.server.session import Session
from codeact_lsp.server.settings import Settings

PLAN = "def a(a): return a\n"


def write(folder: Path, *names: str, text: str = PLAN) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(folder: Path, *globs: str) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_plans({folder: globs})]


def test_plans_are_found_below_a_folder_and_by_further_globs(tmp_path: Path) -> None:
    write(tmp_path, "a.plan.py", "deep/er/b.plan.py", "flows/c.py", "flows/deep/d.py", "e.py")
    assert found(tmp_path) == ["a.plan.py", "deep/er/b.plan.py"]
    assert found(tmp_path, "flows/*.py", "[") == ["a.plan.py", "deep/er/b.plan.py", "flows/c.py"]


@pytest.mark.parametrize(
    "folder", [".git", ".hidden", "node_modules", "__pycache__", "lib/site-packages"]
)
def test_folders_that_hold_no_plans_of_the_user_are_left_out(tmp_path: Path, folder: str) -> None:
    write(tmp_path, f"{folder}/a.plan.py", f"{folder}/below/b.plan.py")
    assert found(tmp_path) == []


def test_a_virtual_environment_is_known_whatever_its_name(tmp_path: Path) -> None:
    write(tmp_path, "env/pyvenv.cfg", "env/a.plan.py")
    assert found(tmp_path) == []


def test_links_do_not_lead_in_circles_or_to_what_never_ends(tmp_path: Path) -> None:
    write(tmp_path, "a/b.plan.py")
    (tmp_path / "a" / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "endless.plan.py").symlink_to("/dev/zero")
    (tmp_path / "nowhere.plan.py").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe.plan.py")
    assert "a/b.plan.py" in found(tmp_path)
    assert not any("round" in name for name in found(tmp_path))


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert found(tmp_path / "gone") == []
    assert find_plans({Path("/a\0b"): ()}) == ()


def test_nested_folders_hold_each_plan_once(tmp_path: Path) -> None:
    write(tmp_path, "in/a.plan.py")
    both = find_plans({tmp_path: (), tmp_path / "in": ()})
    assert both == (tmp_path / "in" / "a.plan.py",)


async def summaries(folder: Path) -> dict[str, list[str | int | None]]:
    """The codes of the problems of each plan on disk, by the name of its file."""
    session = Session()
    session.folders = (folder,)
    files = PlanFiles(session)
    read = {each.name: [d.code for d in each.diagnostics] async for each in files.closed()}
    files.close()
    return read


async def test_what_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a.plan.py")
    (tmp_path / "endless.plan.py").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.plan.py")
    (tmp_path / "folder.plan.py").mkdir()
    write(tmp_path, "large.plan.py", text="#" * (plan_files.MOST_BYTES + 1))
    (tmp_path / "latin.plan.py").write_bytes("# é\n".encode("latin-1") + PLAN.encode())
    (tmp_path / "marked.plan.py").write_bytes(b"\xef\xbb\xbf" + PLAN.encode())
    assert await summaries(tmp_path) == {
        "a.plan.py": ["cycle"],
        "latin.plan.py": ["cycle"],
        "marked.plan.py": ["cycle"],
    }


async def test_a_plan_is_read_again_only_when_it_or_its_inputs_changed(tmp_path: Path) -> None:
    write(tmp_path, "a.plan.py", text="def a(b): return b\n")
    session = Session()
    session.folders = (tmp_path,)
    files = PlanFiles(session)

    async def read() -> Summary:
        (summary,) = [each async for each in files.closed()]
        return summary

    first = await read()
    assert await read() is first
    write(tmp_path, "a.plan.toml", text="b = 1\n")
    later = await read()
    assert [d.code for d in first.diagnostics] == ["missing-input"]
    assert later.diagnostics == ()
    session.settings = Settings(documentation="https://elsewhere.example")
    assert await read() is not later
    files.close()


@pytest.mark.parametrize(
    ("glob", "path", "is_match"),
    [
        ("**/*.plan.py", "a.plan.py", True),
        ("**/*.plan.py", "deep/er/a.plan.py", True),
        ("*.py", "deep/a.py", False),
        ("flows/**", "flows/deep/a.py", True),
        ("./flows/?.py", "flows/a.py", True),
        ("{flows,jobs}/*.py", "jobs/a.py", True),
        ("{flows,jobs}/*.py", "other/a.py", False),
        ("[a-c]/[!0-9].py", "b/x.py", True),
        ("[a-c]/[!0-9].py", "b/1.py", False),
        ("a,b.py", "a,b.py", True),
        ("a.py", "axpy", False),
        ("{a", "a", False),
        ("[z-a].py", "a.py", False),
    ],
)
def test_globs_mean_what_the_protocol_says(glob: str, path: str, *, is_match: bool) -> None:
    assert matches(path, [glob]) == is_match


def test_inputs_stand_beside_their_plans() -> None:
    assert inputs_glob("flows/*.py") == "flows/*.toml"
    assert inputs_glob("flows/**") == "flows/**"
