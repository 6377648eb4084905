"""A full disk: what is stored is still of use, and the commands that help still work."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codeact_lsp.engine.store.room import shortage

PLAN = "def rows(): return [1, 2]\n\ndef total(rows): return sum(rows)\n"
CODEACT = f"{sys.executable} -m codeact_lsp"
FILL = "(dd if=/dev/zero of=disk/fill bs=4k 2>/dev/null)"
RUN = f"{CODEACT} run it.plan.py --level off --interpreter {sys.executable}"

OnSmallDisk = Callable[..., str]


@pytest.fixture
def on_small_disk(tmp_path: Path) -> OnSmallDisk:
    """Runs commands one after another, with a disk of 1 MB for results; what they all write."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "it.plan.py").write_text(PLAN, encoding="utf-8")
    own = {"CODEACT_CACHE_DIR": "disk/results", "CODEACT_DATA_DIR": str(tmp_path / "data")}

    def run(*commands: str) -> str:
        mount = "mount -t tmpfs -o size=1m tmpfs disk"
        script = "\n".join([mount, *(f"{command} 2>&1; echo status $?" for command in commands)])
        inside = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script)
        ended = subprocess.run(
            inside, check=True, capture_output=True, text=True, cwd=tmp_path, env=os.environ | own
        )
        return ended.stdout

    return run


def test_results_are_reused_and_it_is_told_that_no_more_fit(on_small_disk: OnSmallDisk) -> None:
    told = on_small_disk(RUN, FILL, RUN, f"{CODEACT} cache list", f"{CODEACT} history it.plan.py")
    _, full = told.split("done: 2 ran")
    assert "done: 2 reused" in full
    assert "The disk of disk/results is full: 0 bytes are free, and the results there take" in full
    assert "2 results of 1 plan, 8.2 kB of 5 GB, in disk/results\nstatus 0" in full
    assert "done  2 ran" in full


def test_clearing_makes_room(on_small_disk: OnSmallDisk) -> None:
    told = on_small_disk(RUN, FILL, f"{CODEACT} cache clear", "rm disk/fill", RUN)
    assert "removed 2 results, 8.2 kB\nstatus 0" in told
    assert told.count("done: 2 ran") == 2


def test_a_value_that_does_not_fit_names_the_folder_and_the_way_out(
    on_small_disk: OnSmallDisk,
) -> None:
    told = on_small_disk(f"{CODEACT} cache list", FILL, RUN)
    assert "✗ rows  The value cannot be stored: No space left on device." in told
    assert "note: The disk of disk/results is full: 0 bytes are free" in told
    assert "remove them with 'codeact cache clear'" in told


def test_the_doctor_says_how_much_room_there_is(on_small_disk: OnSmallDisk) -> None:
    doctor = (
        f"{CODEACT} doctor --interpreter {sys.executable} | grep -A 1 -E 'results:|interpreter:'"
    )
    scarce, full = on_small_disk(doctor, FILL, doctor).split("status 0\nstatus 1\n")
    assert "– results: disk/results, 4.1 kB of at most 5 GB, " in scarce
    assert "There is little room on it" in scarce
    assert "0 bytes free on its disk\n  What runs now runs again next time. The disk of" in full
    assert "✓ interpreter: " in full


def test_a_disk_with_room_for_less_than_the_value_is_not_called_full(tmp_path: Path) -> None:
    told = shortage(tmp_path)
    assert told.startswith(f"The disk of {tmp_path} has too little room: ")
    assert "remove them with 'codeact cache clear'" in told
