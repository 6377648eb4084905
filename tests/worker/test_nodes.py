"""Pipes and devices in folders: that they are made is told of, by events of our own."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from codeact_lsp.worker.nodes import tell_of_nodes
from codeact_lsp.worker.writes import Writes


@pytest.fixture
def heard() -> Iterator[list[tuple[str, tuple[object, ...]]]]:
    before, told = (os.mkfifo, os.mknod), list[tuple[str, tuple[object, ...]]]()
    tell_of_nodes(lambda *event: told.append(event))
    yield told
    os.mkfifo, os.mknod = before


def test_it_is_told_of_and_done(
    heard: list[tuple[str, tuple[object, ...]]], tmp_path: Path
) -> None:
    pipe, other = tmp_path / "pipe", tmp_path / "other"
    os.mkfifo(pipe)
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        os.mknod("other", 0o600 | stat.S_IFIFO, dir_fd=folder)
    finally:
        os.close(folder)
    assert heard == [("os.mkfifo", (pipe, -1)), ("os.mknod", ("other", folder))]
    assert pipe.is_fifo()
    assert other.is_fifo()


def test_what_is_made_so_counts_as_written(tmp_path: Path) -> None:
    writes = Writes()
    writes.event("os.mkfifo", (tmp_path / "pipe", -1))
    os.mkfifo(tmp_path / "pipe")
    assert writes.lasting(str(tmp_path)) == ([str(tmp_path / "pipe")], [])
