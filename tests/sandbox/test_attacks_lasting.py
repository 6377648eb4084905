"""Nodes that may write a folder leave there no program that runs as its owner, and write no other.

What they were granted is named by paths, and they can move what lies in it: where a path of the
next node leads by then is no matter of theirs.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.attacks.siege import Ended, Trial, besieged, command
from tests.sandbox.attacks.world import LASTING, NOBODY, World

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

_USERS = (0, NOBODY) if os.getuid() == 0 else (os.getuid(),)
_BITS = stat.S_ISUID | stat.S_ISGID
_MAKES = """
import ctypes, os

def _body(name):
    with open("/bin/true", "rb") as program, open(f"out/{name}", "wb") as made:
        made.write(program.read())
    return f"out/{name}"

def by_mode():
    '''Needs what it is given.

    Needs: write out/
    '''
    os.chmod(_body("by_mode"), 0o4755)

def by_group():
    '''Needs what it is given.

    Needs: write out/
    '''
    os.chmod(_body("by_group"), 0o2755)

def by_descriptor():
    '''Needs what it is given.

    Needs: write out/
    '''
    with open(_body("by_descriptor"), "r+b") as file:
        os.fchmod(file.fileno(), 0o6755)

def by_making():
    '''Needs what it is given.

    Needs: write out/
    '''
    os.open("out/by_making", os.O_CREAT | os.O_WRONLY, 0o4755)

def by_openat2():
    '''Needs what it is given.

    Needs: write out/
    '''
    how = (ctypes.c_uint64 * 3)(os.O_CREAT | os.O_WRONLY, 0o4755, 0)
    if ctypes.CDLL(None).syscall(437, -100, b"out/by_openat2", how, 24) < 0:
        raise OSError
"""
_MOVES = """
import os

def moves():
    '''Puts a link where the paths of the others lead.

    Needs: write out/
    '''
    os.rename("out/brought", "out/later")
    return os.readlink("out/later/link")

def writes(moves):
    '''Writes to where the link leads.

    Needs: write out/later/link/
    '''
    open("out/later/link/pre-push", "w").write("harmed")

def has_made(moves):
    '''Has a folder made there.

    Needs: write out/later/link/made/
    '''
    open("out/later/link/made/file", "w").write("harmed")

def reads(moves):
    '''Reads what lies there.

    Needs: read out/later/link/pre-commit
    '''
    return open("out/later/link/pre-commit").read()
"""


@pytest.fixture(params=_USERS)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A world with a folder for results, in which there is a link that came with the workspace."""
    with besieged(request.param, LASTING) as made:
        brought = made.workspace / "out/brought"
        brought.mkdir(parents=True)
        (brought / "link").symlink_to("../../.git/hooks")
        for path in (brought.parent, brought):
            os.chown(path, made.user, made.user)
        yield made


def ended(world: World, text: str, *options: str) -> Ended:
    plan = world.workspace / "lasting.plan.py"
    plan.write_text(text, encoding="utf-8")
    os.chown(plan, world.user, world.user)
    return command(world, Trial("write", world.user), plan.name, "--no-cache", *options)


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}


def test_no_program_is_left_that_runs_as_its_owner(world: World) -> None:
    said = ended(world, _MAKES)
    assert {ends[0] for ends in said.ends.values()} == {"NodeFailed"}
    made = files(world.workspace / "out")
    assert {path.name for path in made} >= {"by_mode", "by_group", "by_descriptor"}
    assert [path for path in files(world.base) if path.stat().st_mode & _BITS] == []


def test_no_link_is_followed_to_what_was_never_granted(world: World) -> None:
    hooks = world.workspace / ".git/hooks"
    before = {path: path.read_bytes() for path in files(hooks)}
    options = ("--allow", "read out/later/link/pre-commit")
    said = ended(world, _MOVES, *options)
    assert said.preview("moves") == "../../.git/hooks"
    assert {said.ends[node][0] for node in ("writes", "has_made", "reads")} == {"NodeFailed"}
    assert {path: path.read_bytes() for path in files(hooks)} == before
    assert sorted(path.name for path in hooks.iterdir()) == ["pre-commit"]
    errors = [event["error"]["message"] for event in said.of("writes") if "error" in event]
    assert "is a link by now" in errors[0]
