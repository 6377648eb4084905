"""Rules for what is held open open the same as rules for paths, and no more than fits is held."""

import os
import resource
from pathlib import Path

import pytest

from codeact_lsp.worker.confine import landlock
from codeact_lsp.worker.confine.opened import FIRST, Opened
from tests.worker.confine.confined import USERS, confined, folder_of, tried


def held() -> list[Path]:
    return [path for path in Path("/proc/self/fd").iterdir() if int(path.name) >= FIRST]


@pytest.mark.parametrize("user", USERS)
def test_what_is_held_may_be_read_and_nothing_else(user: int) -> None:
    with folder_of(user) as folder:
        (folder / "open").mkdir()
        for name in ("open/file", "file", "other"):
            (folder / name).write_text(name)
        opened = Opened()
        opened.hold([str(folder / name) for name in ("open", "file", "gone")])

        def work() -> list[str]:
            rules = landlock.prepare(
                read=["/usr", "/proc/self"], listable=[], write=[], network=False, held=opened.rules
            )
            os.closerange(FIRST, FIRST + 10)
            landlock.enforce(rules)
            names = ("open/file", "file", "other")
            reads = [tried((folder / name).read_text) for name in names]
            return [*reads, tried(lambda: (folder / "file").write_text(""))]

        assert confined(work, user) == ["done", "done", "EACCES", "EACCES"]
        opened.hold([])
        assert held() == []


def test_what_was_held_before_is_let_go(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / name).touch()
    opened = Opened()
    opened.hold([str(tmp_path / "one"), str(tmp_path / "two")])
    assert len(held()) == len(opened.rules) == 2
    opened.hold([str(tmp_path / "three")])
    assert [path.readlink() for path in held()] == [tmp_path / "three"]
    opened.hold([])
    assert held() == []


def test_what_is_too_much_is_left(tmp_path: Path) -> None:
    paths = [str(tmp_path / str(number)) for number in range(5)]
    for path in paths:
        Path(path).touch()

    def work() -> object:
        resource.setrlimit(resource.RLIMIT_NOFILE, (2 * FIRST, 2 * FIRST + 3))
        opened = Opened()
        opened.hold(paths)
        return len(opened.rules), opened.left

    assert confined(work) == [3, paths[3:]]
