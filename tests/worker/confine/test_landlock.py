"""Landlock, from inside: what is named is open as far as it says, and all else is closed."""

import os
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyseccomp
import pytest

from codeact_lsp.sandbox.call_rules import Rule
from codeact_lsp.sandbox.filters import compiled
from codeact_lsp.worker.confine import landlock, seccomp
from tests.worker.confine.confined import USERS, confined, folder_of, names, process_of, tried

pytestmark = pytest.mark.parametrize("user", USERS)
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/proc/self")
SCOPED = landlock.abi() >= 6


@contextmanager
def places(user: int) -> Iterator[Path]:
    """A folder with something in it of each kind."""
    with folder_of(user) as folder:
        for name in ("open/deep", "closed", "listed/deep", "written", "scratch"):
            (folder / name).mkdir(parents=True)
        for name in ("open/file", "open/deep/file", "closed/file", "listed/file", "written/file"):
            (folder / name).write_text(name)
        (folder / "open/link").symlink_to(folder / "closed/file")
        for place in (folder, *folder.rglob("*")):
            os.chown(place, user, -1, follow_symlinks=False)
        yield folder


def restrict(folder: Path, *more: str, write: Iterable[str] = (), network: bool = False) -> None:
    landlock.restrict(
        read=[str(folder / "open"), *SYSTEM, *more],
        listable=[str(folder / "listed")],
        write=[str(folder / "written"), *write],
        network=network,
        scratch=[str(folder / "scratch")],
    )


def can(*calls: Callable[[], object]) -> list[str]:
    return [tried(call) for call in calls]


def test_what_is_open_is_read_and_nothing_else(user: int) -> None:
    with places(user) as folder:

        def work() -> list[str]:
            restrict(folder)
            return can(
                (folder / "open/file").read_text,
                (folder / "open/deep/file").read_text,
                lambda: names(folder / "open/deep"),
                (folder / "closed/file").read_text,
                (folder / "open/link").read_text,
                (folder / "open/../closed/file").read_text,
                lambda: names(folder / "closed"),
                lambda: names(folder),
                Path("/etc/passwd").read_text,
                Path(f"/proc/{os.getppid()}/maps").read_text,
            )

        assert confined(work, user) == ["done"] * 3 + ["EACCES"] * 7


def test_a_single_file_can_be_open(user: int) -> None:
    with places(user) as folder:

        def work() -> list[str]:
            restrict(folder, str(folder / "listed/file"))
            return can((folder / "listed/file").read_text, (folder / "closed/file").read_text)

        assert confined(work, user) == ["done", "EACCES"]


def test_what_is_listable_tells_names_and_no_contents(user: int) -> None:
    with places(user) as folder:

        def work() -> list[object]:
            restrict(folder)
            return [names(folder / "listed"), *can((folder / "listed/file").read_text)]

        assert confined(work, user) == [["deep", "file"], "EACCES"]


def test_what_is_only_open_is_not_written(user: int) -> None:
    with places(user) as folder:
        file = folder / "open/file"

        def work() -> list[str]:
            restrict(folder)
            return can(
                lambda: file.write_text("changed"),
                lambda: os.truncate(file, 0),
                file.unlink,
                lambda: file.rename(folder / "written/moved"),
                (folder / "open/new").touch,
                (folder / "open/new").mkdir,
                lambda: (folder / "open/new").symlink_to("file"),
                (folder / "open/deep/file").unlink,
                lambda: Path("/usr/new").touch(),
            )

        answers = confined(work, user)
        assert set(answers) <= {"EACCES", "EXDEV"}
        assert names(folder / "open") == ["deep", "file", "link"]
        assert file.read_text() == "open/file"
        assert names(folder / "open/deep") == ["file"]


def test_in_what_may_be_written_there_are_files_and_folders(user: int) -> None:
    with places(user) as folder:
        written = folder / "written"

        def work() -> list[str]:
            restrict(folder)
            return can(
                lambda: (written / "file").write_text("changed"),
                (written / "new").mkdir,
                lambda: (written / "file").rename(written / "new/moved"),
                lambda: (written / "gone").write_text(""),
                (written / "gone").unlink,
                lambda: (written / "link").symlink_to("/etc/passwd"),
                lambda: os.mkfifo(written / "pipe"),
            )

        assert confined(work, user) == ["done"] * 5 + ["EACCES"] * 2
        assert (written / "new/moved").read_text() == "changed"
        assert names(written) == ["new"]


def test_in_scratch_there_is_anything_but_devices(user: int) -> None:
    with places(user) as folder:
        scratch = folder / "scratch"

        def work() -> list[str]:
            restrict(folder)
            return can(
                (scratch / "file").touch,
                lambda: (scratch / "link").symlink_to("file"),
                lambda: os.mkfifo(scratch / "pipe"),
                lambda: os.mknod(scratch / "disk", 0o60600, os.makedev(254, 0)),
                lambda: os.mknod(scratch / "null", 0o20600, os.makedev(1, 3)),
            )

        assert confined(work, user) == ["done"] * 3 + ["EACCES"] * 2
        assert names(scratch) == ["file", "link", "pipe"]


def test_a_device_is_written_where_that_is_allowed(user: int) -> None:
    with places(user) as folder:

        def work() -> list[str]:
            restrict(folder, "/dev/zero", write=["/dev/null"])
            return can(
                lambda: Path("/dev/null").write_text("away"),
                lambda: os.open("/dev/zero", os.O_RDONLY),
                lambda: os.open("/dev/zero", os.O_RDWR),
                lambda: os.open("/dev/urandom", os.O_RDONLY),
            )

        assert confined(work, user) == ["done", "done", "EACCES", "EACCES"]


@pytest.mark.parametrize("network", [False, True])
def test_nothing_is_reached_by_tcp_without_a_network(user: int, *, network: bool) -> None:
    with places(user) as folder, socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)

        def work() -> list[str]:
            restrict(folder, network=network)
            return can(
                lambda: socket.socket().connect(server.getsockname()),
                lambda: socket.socket().bind(("127.0.0.1", 0)),
            )

        assert confined(work, user) == ["done" if network else "EACCES"] * 2
        if network:
            server.accept()[0].close()
        else:
            with pytest.raises(BlockingIOError):
                server.accept()


def test_other_processes_and_their_sockets_are_out_of_reach(user: int) -> None:
    """Where the kernel knows how; elsewhere there are namespaces, and the filter of calls."""
    with (
        places(user) as folder,
        process_of(user) as other,
        socket.socket(socket.AF_UNIX) as server,
    ):
        server.bind(f"\0{folder}")
        server.listen()

        def work() -> list[str]:
            restrict(folder)
            return can(
                lambda: os.kill(other, signal.SIGCONT),
                lambda: socket.socket(socket.AF_UNIX).connect(f"\0{folder}"),
                lambda: os.kill(os.getpid(), signal.SIGCONT),
            )

        assert confined(work, user) == ["EPERM" if SCOPED else "done"] * 2 + ["done"]


def test_it_holds_for_what_is_started_and_is_not_undone(user: int) -> None:
    with places(user) as folder:

        def work() -> list[object]:
            restrict(folder)
            landlock.restrict(read=["/"], listable=["/"], write=["/"], network=True)
            command = ["cat", str(folder / "open/file"), str(folder / "closed/file")]
            cat = subprocess.run(command, capture_output=True, text=True, check=False)
            return [cat.stdout, cat.returncode, *can((folder / "closed/file").read_text)]

        assert confined(work, user) == ["open/file", 1, "EACCES"]


def test_what_is_not_there_or_no_file_is_passed_over(user: int) -> None:
    with places(user) as folder:

        def work() -> list[str]:
            ours, theirs = os.pipe()
            pipe = f"/dev/fd/{ours}"
            restrict(folder, str(folder / "gone"), f"{folder}/open/file/x", pipe)
            os.write(theirs, b"1")
            return can(lambda: os.read(ours, 1), (folder / "open/file").read_text)

        assert confined(work, user) == ["done", "done"]


def test_a_process_with_threads_is_not_confined(user: int) -> None:
    with places(user) as folder:

        def work() -> list[str]:
            done = threading.Event()
            threading.Thread(target=done.wait).start()
            try:
                restrict(folder)
            except OSError as error:
                return [str(error), *can((folder / "closed/file").read_text)]
            finally:
                done.set()
            return []

        why = "a process that has started threads cannot be confined any more"
        assert confined(work, user) == [why, "done"]


def test_a_kernel_without_it_is_told_from_one_that_has_it(user: int) -> None:
    machine = os.uname().machine
    missing = compiled(pyseccomp, [Rule("landlock_create_ruleset", error=95)], machine)
    with places(user) as folder:

        def work() -> list[object]:
            seccomp.install(missing)
            return [landlock.abi(), *can(lambda: restrict(folder))]

        assert confined(work, user) == [0, "ENOTSUP"]
        assert confined(landlock.abi, user) > 0


def test_a_kernel_is_only_asked_for_what_it_knows(user: int) -> None:
    widths = [landlock._handled(version).bit_length() for version in (1, 2, 3, 4, 5, 7, 99)]
    assert widths == [13, 14, 15, 15, 16, 16, 16]

    def work() -> list[str]:
        return can(
            *(
                lambda version=version: landlock._create(
                    version, landlock._handled(version), network=False
                )
                for version in range(1, landlock.abi() + 1)
            )
        )

    assert set(confined(work, user)) == {"done"}


def test_what_leads_to_another_file_than_was_granted_stays_closed(user: int) -> None:
    with places(user) as folder:
        (folder / "granted").symlink_to(folder / "closed")
        known = (folder / "written").stat()

        def work() -> list[str]:
            mark = (known.st_dev, known.st_ino)
            write = [landlock.Marked(str(folder / name), mark) for name in ("granted", "written")]
            write.append(landlock.Marked(str(folder / "listed"), ()))
            landlock.restrict(read=[], listable=[], write=write, network=False)
            return can(
                lambda: (folder / "granted/new").write_text(""),
                lambda: (folder / "listed/new").write_text(""),
                lambda: (folder / "written/new").write_text(""),
            )

        assert confined(work, user) == ["EACCES", "EACCES", "done"]
        assert names(folder / "closed") == ["file"]
