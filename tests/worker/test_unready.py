"""A process that the system does not let get ready for its call says why."""

import os
import re
import socket
from collections.abc import Iterator

import pytest

from codeact_lsp.worker.confine.confinement import Confinement
from codeact_lsp.worker.groups import Group
from codeact_lsp.worker.spare import Spare, wait
from codeact_lsp.worker.watch import Watch

NO_ROOM = "OSError: [Errno 28] No space left on device"


@pytest.fixture
def unready() -> Iterator[Spare]:
    """One whose group has no room for it, so that it has ended."""
    opened = [os.open("/dev/full", os.O_RDWR) for _ in range(5)]
    told = {"entrances": 1, "files_field": "file", "cpu_field": "usage_usec", "cpu_unit": 1}

    def start(connection: socket.socket, group: Group | None) -> int:
        pid = os.fork()
        if pid == 0:
            wait(connection.detach(), Watch(), Confinement(None), group)
        return pid

    spare = Spare(start, Group(told, opened))
    os.waitid(os.P_PID, spare.pid, os.WEXITED | os.WNOWAIT)
    yield spare
    assert os.waitstatus_to_exitcode(os.waitpid(spare.pid, 0)[1]) == 1
    spare.drop()
    for descriptor in opened:
        os.close(descriptor)


def test_who_cannot_get_ready_says_why_and_counts_nothing(unready: Spare) -> None:
    assert unready.moved() is None
    assert unready.trouble() == NO_ROOM


def test_a_call_for_who_could_not_get_ready_is_refused_with_the_reason(unready: Spare) -> None:
    with pytest.raises(OSError, match=re.escape(NO_ROOM)):
        unready.run([], current=True)
