"""Which right a confined node lacked, by what it tried last and what came of it."""

import errno
import os

import pytest

from codeact_lsp.worker.denials import Denials

TREE = "/workspace"


def found(error: OSError, *opened: str, overlooked: tuple[str, ...] = ()) -> object:
    """What is behind an error, after some files were opened to be read."""
    denials = Denials()
    denials.confine([TREE], overlooked)
    for path in opened:
        denials.event("open", (path, "r", os.O_RDONLY))
    return denials.behind(error)


def refused(path: str | None) -> OSError:
    return PermissionError(errno.EACCES, "no", path)


@pytest.mark.parametrize("overlooked", [False, True])
def test_it_is_said_whether_a_file_may_be_closed_because_nobody_looked_at_it(
    *, overlooked: bool
) -> None:
    trees = (TREE,) if overlooked else ()
    path = f"{TREE}/data.csv"
    told = {"right": "read", "what": path, "overlooked": overlooked}
    assert found(refused(path), path, overlooked=trees) == told


def test_what_lies_elsewhere_was_not_to_be_looked_at() -> None:
    path = "/elsewhere/data.csv"
    told = {"right": "read", "what": path, "overlooked": False}
    assert found(refused(path), path, overlooked=(TREE,)) == told


def test_an_error_that_names_no_file_is_about_none() -> None:
    assert found(refused(None), f"{TREE}/data.csv") is None
