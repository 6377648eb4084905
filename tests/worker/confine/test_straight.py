"""What was seen in a folder is opened, and not what a link leads to that has come there since."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.worker.confine import landlock, straight
from codeact_lsp.worker.confine.readable import Readable
from codeact_lsp.worker.confine.straight import Straight
from tests.worker.confine.confined import USERS, confined, folder_of, tried


@pytest.fixture(params=["at once", "step by step"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways: nodes that make their rules late have no call that does it at once."""

    def no_call(*_: Any) -> int:
        raise OSError(errno.ENOSYS, "no such call")

    if request.param == "step by step":
        monkeypatch.setattr(straight, "_at_once", no_call)


def workspace(folder: Path) -> Path:
    """A folder with another one, files, and links that lead to what is beside it."""
    for name in ("data/deep", "secret/deep"):
        (folder / name).mkdir(parents=True)
        (folder / name / "file").write_text(name)
    (folder / "link").symlink_to("secret")
    (folder / "file link").symlink_to("secret/deep/file")
    (folder / "out").symlink_to("/usr")
    return folder


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("path", ["data", "data/deep/file", "."])
def test_what_is_there_is_opened(tmp_path: Path, path: str) -> None:
    folder = workspace(tmp_path)
    handle = straight.handle(Straight(str(folder), str(folder / path)))
    assert os.fstat(handle).st_ino == (folder / path).stat().st_ino
    os.close(handle)


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("path", ["link", "link/deep", "link/deep/file", "file link", "out/bin"])
def test_no_link_is_followed(tmp_path: Path, path: str) -> None:
    folder = workspace(tmp_path)
    before = len(list(Path("/proc/self/fd").iterdir()))
    assert landlock.rule_for(Straight(str(folder), str(folder / path)), landlock.READ) is None
    assert landlock.rule_for(str(folder / path), landlock.READ) is not None
    assert len(list(Path("/proc/self/fd").iterdir())) == before + 1  # That of the last rule.


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("user", USERS)
def test_a_folder_that_is_exchanged_for_a_link_after_the_look_opens_nothing(user: int) -> None:
    with folder_of(user) as folder:
        workspace(folder)
        tree = Readable(str(folder), ["**/secret"])
        tree.refresh()
        (folder / "data").rename(folder / "moved")
        (folder / "link").rename(folder / "data")

        def work() -> list[str]:
            read = [Straight(tree.workspace, path) for path in tree.read]
            told = {"listable": [], "write": [], "network": False}
            landlock.restrict(read=["/usr", "/proc/self", *read], **told)  # type: ignore[arg-type]
            return [tried((folder / name).read_text) for name in ("data/deep/file",)]

        assert confined(work, user) == ["EACCES"]
