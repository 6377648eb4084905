"""Secrets stay closed to a node that is running, whatever becomes of their files meanwhile."""

import os
from pathlib import Path

import pytest

from codeact_lsp.sandbox.secrets import SECRETS
from codeact_lsp.worker.confine import landlock
from codeact_lsp.worker.confine.readable import Readable
from tests.worker.confine.confined import USERS, confined, folder_of, tried


def confine(folder: Path) -> None:
    readable = Readable(str(folder), SECRETS)
    readable.refresh()
    landlock.restrict(read=readable.read, listable=readable.listable, write=[], network=False)


def saves(folder: Path, asked: int, answer: int) -> None:
    """Do, when asked, what an editor does to save a file, and a user to add one."""
    os.read(asked, 1)
    for name in (".env", "data/new.key"):
        (folder / "draft").write_text("secret")
        (folder / "draft").rename(folder / name)
    os.write(answer, b"1")
    os._exit(0)


@pytest.mark.parametrize("user", USERS)
def test_a_secret_that_is_saved_anew_or_added_is_not_read(user: int) -> None:
    with folder_of(user) as folder:

        def work() -> list[str]:
            for name in (".env", "plan.py", "data/old.key", "data/a.csv"):
                (folder / name).parent.mkdir(exist_ok=True)
                (folder / name).write_text("before")
            asked, ask = os.pipe()
            answered, answer = os.pipe()
            if os.fork() == 0:
                saves(folder, asked, answer)
            confine(folder)
            before = tried((folder / ".env").read_text)
            os.write(ask, b"1")
            os.read(answered, 1)
            names = (".env", "data/new.key", "data/old.key", "plan.py", "data/a.csv")
            return [before, *(tried((folder / name).read_text) for name in names)]

        assert confined(work, user) == ["EACCES"] * 4 + ["done"] * 2
        assert (folder / ".env").read_text() == "secret"
