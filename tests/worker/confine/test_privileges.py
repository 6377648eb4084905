"""Privileges are given up for good: root is then as anybody else, and so is what it starts."""

import os
import re
import subprocess
import threading
from pathlib import Path

import pytest

from codeact_lsp.worker.confine import privileges
from tests.worker.confine.confined import USERS, asked, confined, folder_of, tried

pytestmark = pytest.mark.parametrize("user", USERS)
_NOTHING = {"CapInh": 0, "CapPrm": 0, "CapEff": 0, "CapAmb": 0, "NoNewPrivs": 1}


def told(status: str) -> dict[str, int]:
    """What /proc says of the privileges of a process."""
    found = re.findall(r"^(Cap\w+|NoNewPrivs):\s*(\w+)$", status, re.MULTILINE)
    return {name: int(value, 16) for name, value in found}


def test_no_capability_is_left_and_none_comes_with_a_program(user: int) -> None:
    def work() -> list[dict[str, int]]:
        privileges.drop()
        own = Path("/proc/self/status").read_text(encoding="utf-8")
        command = ["cat", "/proc/self/status"]
        return [told(own), told(subprocess.check_output(command, text=True))]

    for found in confined(work, user):
        bounding = found.pop("CapBnd")
        assert found == _NOTHING
        # Only who has privileges can give up those of programs; without, there are none to get.
        assert bounding == 0 or user != 0


def test_root_does_nothing_that_others_may_not(user: int) -> None:
    with folder_of(user) as folder:
        (folder / "closed").touch(0)

        def work() -> list[str]:
            privileges.drop()
            return [
                tried((folder / "closed").read_text),
                tried(os.chown, folder, 12_345, -1),
                tried(os.mknod, folder / "disk", 0o60600, os.makedev(254, 0)),
                tried(os.setuid, 12_345),
                tried(os.chroot, folder),
                asked("sethostname", None, 0),
            ]

        assert confined(work, user) == ["EACCES", *["EPERM"] * 5]


def test_a_process_with_threads_keeps_its_privileges_and_says_so(user: int) -> None:
    def work() -> str:
        done = threading.Event()
        threading.Thread(target=done.wait).start()
        try:
            privileges.drop()
        except OSError as error:
            return str(error)
        finally:
            done.set()
        return ""

    assert "started threads" in confined(work, user)
