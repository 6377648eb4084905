"""Traps of the self-test that no canary springs, confined or not: they can be sprung."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from codeact_lsp.sandbox.canaries import PLAN
from codeact_lsp.sandbox.trap_files import held_file, readable
from codeact_lsp.sandbox.traps import Grounds


@pytest.fixture
def grounds(tmp_path: Path) -> Grounds:
    for name in ("workspace", "outside"):
        (tmp_path / name).mkdir()
    return Grounds(tmp_path / "workspace", tmp_path / "outside")


def test_what_goes_on_after_a_stop_still_holds_the_file(grounds: Grounds) -> None:
    with held_file(grounds) as trap:
        assert trap.sprung("") == ""
        call = f"namespace['go_on']({trap.arguments['file']!r})"
        code = f"namespace = {{}}; exec({PLAN.read_text(encoding='utf-8')!r}, namespace); {call}"
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as canary:
            assert canary.stdout
            assert canary.stdout.readline() == b"tried\n"
            assert trap.sprung("") == "a process has gone on"
            canary.kill()
            canary.wait()
            # What it has started has not, and writes to the same pipe.
            assert trap.sprung("") == "a process has gone on"
            for pid in holding(trap.arguments["file"]):
                os.kill(pid, signal.SIGKILL)
            assert canary.stdout.read() == b""
        assert trap.sprung("") == ""


def holding(file: str) -> set[int]:
    """The processes that have a file open."""
    found = set()
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):  # It has ended, or closed it.
            if str(link.readlink()) == file:
                found.add(int(link.parts[2]))
    return found


def test_a_workspace_that_cannot_be_read_is_noticed(grounds: Grounds) -> None:
    with readable(grounds) as trap:
        assert trap.sprung("tried\n") == "it cannot be read"
        word = Path(trap.arguments["file"]).read_text(encoding="ascii")
        assert trap.sprung(f"{word}\ntried\n") == ""
