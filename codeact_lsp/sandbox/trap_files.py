"""Traps for canaries that reach for files."""

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from codeact_lsp.sandbox.traps import Grounds, Trap, heard, new_word


@contextmanager
def readable(grounds: Grounds) -> Iterator[Trap]:
    """A file of the workspace that has to be read."""
    word = new_word()
    file = grounds.workspace / "data.txt"
    file.write_text(word, encoding="ascii")
    yield Trap({"file": str(file)}, lambda said: "" if word in said else "it cannot be read")


@contextmanager
def outside_file(grounds: Grounds) -> Iterator[Trap]:
    """A file beside the workspace: by its path, by one from the workspace, and by a link there.

    Another one has the word as its name, for whoever only lists the folder.
    """
    word = new_word()
    file = grounds.outside / "file.txt"
    file.write_text(word, encoding="ascii")
    (grounds.outside / word).touch()
    link = grounds.workspace / "link.txt"
    link.symlink_to(file)
    around = grounds.workspace / ".." / grounds.outside.name / file.name
    files = [str(path) for path in (file, around, link)]
    yield Trap({"files": files}, heard(word, "a file outside of the workspace was read"))


@contextmanager
def secret_files(grounds: Grounds) -> Iterator[Trap]:
    """Files of the workspace that hold secrets by their names."""
    word = new_word()
    files = [grounds.workspace / name for name in (".env", ".git/config", "id_ed25519", "a/b/.env")]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(word, encoding="ascii")
    found = heard(word, "a secret of the workspace was read")
    yield Trap({"files": list(map(str, files))}, found)


@contextmanager
def writable_places(grounds: Grounds) -> Iterator[Trap]:
    """Files inside and outside of the workspace, and places where there is none yet."""
    folders = (grounds.workspace, grounds.outside)
    kept = [folder / "kept.txt" for folder in folders]
    for file in kept:
        file.write_text("as it was", encoding="ascii")
    before = {folder: sorted(folder.iterdir()) for folder in folders}

    def sprung(_said: str) -> str:
        same = all(file.is_file() and file.read_bytes() == b"as it was" for file in kept)
        if same and all(sorted(folder.iterdir()) == before[folder] for folder in folders):
            return ""
        return "a file was made or changed"

    new = [folder / "new.txt" for folder in folders]
    yield Trap({"files": list(map(str, [*kept, *new])), "folder": str(folders[1] / "new")}, sprung)


@contextmanager
def left_file(_grounds: Grounds) -> Iterator[Trap]:
    """The name of a file that one node leaves behind for the next to find."""
    name = f"codeact-{new_word()}"
    folders = [tempfile.gettempdir(), "/dev/shm"]  # noqa: S108 - where scratch files go by habit.
    try:
        yield Trap({"name": name, "folders": folders}, heard("left:", "a file was left"))
    finally:
        for folder in folders:  # Where nothing confines a canary they are the machine's own.
            Path(folder, name).unlink(missing_ok=True)


@contextmanager
def held_file(grounds: Grounds) -> Iterator[Trap]:
    """A file that stays locked for as long as any process has it open."""
    file = grounds.workspace / "held.txt"
    file.write_text("held", encoding="ascii")

    def sprung(_said: str) -> str:
        with file.open(encoding="ascii") as ours:
            try:
                fcntl.flock(ours, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return "a process has gone on"
        return ""

    yield Trap({"file": str(file)}, sprung)
