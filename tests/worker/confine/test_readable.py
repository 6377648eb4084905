"""Which rules open a workspace and keep its secrets closed."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from codeact_lsp.worker.confine.other_names import OtherNames
from codeact_lsp.worker.confine.readable import Readable

SECRETS = ("**/.env*", "**/*.pem", "**/.aws", "**/.vscode/settings.json", "deploy/*.yaml")


def workspace(folder: Path, *files: str) -> Path:
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def rules(readable: Readable, folder: Path) -> list[str]:
    """What may be read now, relative to the workspace."""
    readable.refresh()
    return sorted(os.path.relpath(path, folder) for path in readable.read)


def read(folder: Path) -> list[str]:
    return rules(Readable(str(folder), SECRETS), folder)


def settled(folder: Path) -> None:
    """Wait until the clock has moved on since the last change, as it has in real workspaces."""
    while time.time_ns() - folder.stat().st_ctime_ns < 150_000_000:
        os.sched_yield()


def test_a_folder_without_a_secret_is_one_rule(tmp_path: Path) -> None:
    workspace(tmp_path, "plan.py", "data/a.csv", "data/deep/b.csv")
    assert read(tmp_path) == ["data", "plan.py"]


def test_a_folder_with_a_secret_is_split_and_so_are_those_above_it(tmp_path: Path) -> None:
    workspace(
        tmp_path, "plan.py", "app/x.py", "app/keys/my.PEM", "app/keys/notes.txt", "data/a.csv"
    )
    assert read(tmp_path) == ["app/keys/notes.txt", "app/x.py", "data", "plan.py"]


@pytest.mark.parametrize(
    "secret",
    [
        *(
            ".env",
            ".env.local",
            ".ENV",
            "app/.env",
            "a/b/c/server.pem",
            ".aws/config",
            "x/.aws/y/z",
        ),
        *(".vscode/settings.json", "app/.vscode/settings.json", "deploy/prod.yaml"),
        *(".git/config", "sub/.git/config", ".hg/hgrc", ".svn/entries", ".git"),
    ],
)
def test_secrets_and_histories_are_closed_wherever_they_are(tmp_path: Path, secret: str) -> None:
    workspace(tmp_path, "plan.py", secret)
    opened = read(tmp_path)
    assert "plan.py" in opened
    assert not any(Path(secret).is_relative_to(path) for path in opened)


@pytest.mark.parametrize(
    "file", ["environment.yml", "app/deploy/prod.yaml", "settings.json", "pem", ".github/x.yml"]
)
def test_what_only_resembles_a_secret_is_open(tmp_path: Path, file: str) -> None:
    workspace(tmp_path, file)
    assert any(Path(file).is_relative_to(path) for path in read(tmp_path))


def test_all_may_be_listed(tmp_path: Path) -> None:
    readable = Readable(str(tmp_path), SECRETS)
    readable.refresh()
    assert readable.listable == [str(tmp_path)]
    assert readable.complete


def test_a_large_folder_of_the_users_is_one_rule_until_there_is_a_secret_in_it(
    tmp_path: Path,
) -> None:
    workspace(tmp_path, *(f"{number}.csv" for number in range(300)))
    readable = Readable(str(tmp_path), SECRETS)
    assert rules(readable, tmp_path) == ["."]
    workspace(tmp_path, ".env")
    assert len(rules(readable, tmp_path)) == 300


def test_trees_that_tools_make_are_closed_as_a_whole(tmp_path: Path) -> None:
    workspace(tmp_path, ".venv/bin/python", "app/node_modules/x/y.js", "app/x.py", "plan.py")
    assert read(tmp_path) == ["app/x.py", "plan.py"]


def test_packages_are_open_without_a_look(tmp_path: Path) -> None:
    workspace(tmp_path, "lib/site-packages/certifi/cacert.pem", "lib/__pycache__/x.pyc")
    assert read(tmp_path) == ["lib"]


def test_of_an_environment_only_what_lies_directly_in_it_is_looked_at(tmp_path: Path) -> None:
    workspace(tmp_path, "pyvenv.cfg", ".env", "lib/certifi/cacert.pem", "bin/python")
    assert rules(Readable(str(tmp_path), SECRETS, shallow=True), tmp_path) == [
        *("bin", "lib", "pyvenv.cfg")
    ]


def test_what_python_makes_of_a_secret_is_closed_too(tmp_path: Path) -> None:
    names = ("keys.pem.py", "plan.py", "__pycache__/keys.pem.cpython-312.opt-1.pyc")
    workspace(tmp_path, *names, "__pycache__/plan.cpython-312.pyc")
    readable = Readable(str(tmp_path), ["**/keys.*"])
    assert rules(readable, tmp_path) == ["__pycache__/plan.cpython-312.pyc", "plan.py"]


@pytest.mark.parametrize(
    "copy",
    [
        *(".env~", ".env.bak", "#.env#", "..env.swp", "..env.un~", "server.pem.~2~"),
        *("server.pem___jb_old___", ".server.pem.kate-swp", "server-checkpoint.pem"),
    ],
)
def test_the_copies_that_editors_keep_of_a_secret_are_closed(tmp_path: Path, copy: str) -> None:
    assert read(workspace(tmp_path, copy, "plan.py")) == ["plan.py"]


@pytest.mark.parametrize("secret", [".env", "a/b/server.pem", ".aws/deep/config", ".git/config"])
@pytest.mark.parametrize("name", ["notes.txt", "data/notes.txt"])
def test_a_secret_is_closed_by_its_other_names_as_well(
    tmp_path: Path, secret: str, name: str
) -> None:
    workspace(tmp_path, "plan.py", "data/a.csv", secret)
    (tmp_path / name).hardlink_to(tmp_path / secret)
    opened = read(tmp_path)
    assert name not in opened
    assert "data" not in opened or not name.startswith("data")
    assert "plan.py" in opened


def test_a_file_with_several_names_of_which_none_is_a_secret_is_open(tmp_path: Path) -> None:
    workspace(tmp_path, ".env", "data/a.csv")
    (tmp_path / "data/b.csv").hardlink_to(tmp_path / "data/a.csv")
    assert read(tmp_path) == ["data"]


def test_a_secret_of_one_tree_is_closed_by_its_names_in_others(tmp_path: Path) -> None:
    one, other = workspace(tmp_path / "one", ".env"), workspace(tmp_path / "other", "plan.py")
    (other / "notes.txt").hardlink_to(one / ".env")
    others = OtherNames(100)
    assert rules(Readable(str(one), SECRETS, others=others), one) == []
    assert rules(Readable(str(other), SECRETS, others=others), other) == ["plan.py"]


def test_it_is_closed_in_a_tree_that_was_looked_at_before(tmp_path: Path) -> None:
    one, other = workspace(tmp_path / "one", ".env"), workspace(tmp_path / "other", "plan.py")
    (other / "notes.txt").hardlink_to(one / ".env")
    others = OtherNames(100)
    trees = [Readable(str(folder), SECRETS, others=others) for folder in (other, one)]
    for tree in trees:
        tree.look()
    assert [tree.settle() for tree in trees] == [True, True]
    assert trees[0].read == [str(other / "plan.py")]


def test_where_secrets_are_too_many_to_be_told_what_may_be_one_of_them_is_closed(
    tmp_path: Path,
) -> None:
    workspace(tmp_path, "data/a.csv", "plan.py", *(f".git/{number}/x" for number in range(9)))
    (tmp_path / "data/b.csv").hardlink_to(tmp_path / "data/a.csv")
    readable = Readable(str(tmp_path), SECRETS, others=OtherNames(3))
    assert rules(readable, tmp_path) == ["plan.py"]


def test_what_a_link_leads_to_that_is_called_as_a_secret_is_closed(tmp_path: Path) -> None:
    workspace(tmp_path, "plan.py", "data/a.csv", "data/plain.txt", "deep/keys/x", "deep/y")
    (tmp_path / ".env").symlink_to("data/plain.txt")
    (tmp_path / ".aws").symlink_to(tmp_path / "deep/keys")
    (tmp_path / "data/.env").symlink_to("..")
    assert read(tmp_path) == ["data/a.csv", "deep/y", "plan.py"]


def test_links_are_not_followed_and_what_is_no_file_is_closed(tmp_path: Path) -> None:
    outside = workspace(tmp_path / "outside", "private/key")
    inside = workspace(tmp_path / "inside", ".env", "plan.py")
    (inside / "folder").symlink_to(outside / "private")
    (inside / "file").symlink_to(inside / ".env")
    (inside / "loop").symlink_to(inside)
    os.mkfifo(inside / "pipe")
    assert read(inside) == ["plan.py"]


@pytest.mark.parametrize("sign", [".bashrc", ".ssh/id_x", ".profile"])
def test_in_a_home_folder_all_that_is_hidden_is_closed(tmp_path: Path, sign: str) -> None:
    workspace(tmp_path, sign, ".config/tool/token", "work/.cache/x", "work/plan.py", "notes.txt")
    assert read(tmp_path) == ["notes.txt", "work/plan.py"]


def test_of_the_whole_system_what_is_no_file_is_closed() -> None:
    readable = Readable("/", SECRETS, most=1_000)
    readable.refresh()
    assert {Path(path).parts[1] for path in readable.read}.isdisjoint({"dev", "proc", "run", "sys"})


CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a new secret": (lambda at: workspace(at, "data/.env"), ["data/a.csv", "data/deep", "plan.py"]),
    "a new secret below": (
        lambda at: workspace(at, "data/deep/.env"),
        ["data/a.csv", "data/deep/b.csv", "plan.py"],
    ),
    "a new file": (lambda at: workspace(at, "new.csv"), ["data", "new.csv", "plan.py"]),
    "a file that is a secret now": (
        lambda at: (at / "data/a.csv").rename(at / "data/.env"),
        ["data/deep", "plan.py"],
    ),
    "a folder that is gone": (lambda at: (at / "data").rename(at / ".aws"), ["plan.py"]),
    "another name of a secret": (
        lambda at: (at / "data/b.csv").hardlink_to(workspace(at, ".env") / ".env"),
        ["data/a.csv", "data/deep", "plan.py"],
    ),
    "a secret that is another file as well": (
        lambda at: (at / ".env").hardlink_to(at / "data/a.csv"),
        ["data/deep", "plan.py"],
    ),
    "nothing": (lambda at: at, ["data", "plan.py"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_at_the_next_look(tmp_path: Path, change: str) -> None:
    workspace(tmp_path, "plan.py", "data/a.csv", "data/deep/b.csv")
    readable = Readable(str(tmp_path), SECRETS)
    assert rules(readable, tmp_path) == ["data", "plan.py"]
    settled(tmp_path / "data/deep")
    rules(readable, tmp_path)
    make, expected = CHANGES[change]
    make(tmp_path)
    assert rules(readable, tmp_path) == expected
    assert rules(Readable(str(tmp_path), SECRETS), tmp_path) == expected


def test_what_has_not_changed_is_not_looked_at_again(tmp_path: Path) -> None:
    workspace(tmp_path, "plan.py", "data/a.csv")
    settled(tmp_path / "data")
    readable = Readable(str(tmp_path), SECRETS)
    readable.refresh()
    before = readable.read
    readable.refresh()
    assert readable.read is before


def test_a_secret_that_is_gone_closes_nothing_any_more(tmp_path: Path) -> None:
    workspace(tmp_path, "plan.py", "data/a.csv", "data/.env")
    readable = Readable(str(tmp_path), SECRETS)
    assert rules(readable, tmp_path) == ["data/a.csv", "plan.py"]
    (tmp_path / "data/.env").unlink()
    assert rules(readable, tmp_path) == ["data", "plan.py"]


def test_what_cannot_be_looked_at_is_closed(tmp_path: Path) -> None:
    deep = tmp_path
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(30):
        os.mkdir("x" * 200, dir_fd=here)
        below = os.open("x" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
        deep /= "x" * 200
    os.close(here)
    workspace(tmp_path, "plan.py", "x" * 200 + "/file")
    opened = read(tmp_path)
    assert "plan.py" in opened
    assert "x" * 200 not in opened
    assert "x" * 200 + "/file" in opened


def test_a_workspace_that_is_not_there_opens_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "gone") == []


def test_beyond_counting_all_is_closed(tmp_path: Path) -> None:
    workspace(tmp_path, "plan.py", *(f"{number}/x" for number in range(9)))
    readable = Readable(str(tmp_path), SECRETS, most=3)
    assert len(rules(readable, tmp_path)) == 3
    assert "plan.py" in rules(readable, tmp_path)
    assert not readable.complete
