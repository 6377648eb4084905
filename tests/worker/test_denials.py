"""Which right a confined node lacked, by what it tried last and what came of it."""

import errno
import os
import socket
import sqlite3
import ssl
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from codeact_lsp.worker import unnamed, words
from codeact_lsp.worker.denials import Denials

TREE = "/workspace"


def found(error: Exception, *opened: str, overlooked: tuple[str, ...] = ()) -> object:
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


def test_what_lies_elsewhere_is_closed_to_those_too_who_only_ask_for_its_state() -> None:
    for number in (errno.ENOENT, errno.ENOTDIR):
        told = found(OSError(number, "no", "/elsewhere/data"))
        assert told == {"right": "read", "what": "/elsewhere/data", "overlooked": False}
        assert found(OSError(number, "no", f"{TREE}/data")) is None
        assert found(OSError(number, "no", "/proc/self/fd/77")) is None


@pytest.mark.parametrize("event", ["os.remove", "os.rmdir"])
def test_what_is_named_relative_to_a_folder_is_told_with_that_folder(
    event: str, tmp_path: Path
) -> None:
    denials = Denials()
    denials.confine([str(tmp_path)])
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        denials.event(event, ("data.csv", folder))
    finally:
        os.close(folder)
    told = denials.behind(OSError(errno.EROFS, "no", "data.csv"))
    assert told == {"right": "write", "what": f"{tmp_path}/data.csv", "overlooked": False}


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        *[("os.mkdir", ("data", 0o777, -1)), ("os.rename", ("data", "x", -1, -1))],
        ("os.truncate", ("data", 0)),
    ],
)
def test_what_is_named_relative_to_the_current_folder_is_told_with_that_one(
    event: str, arguments: tuple[object, ...]
) -> None:
    denials = Denials()
    denials.confine([TREE])
    denials.event(event, arguments)
    told = denials.behind(OSError(errno.EROFS, "no", "data"))
    # A folder that was to be made is told apart by the slash.
    what = f"{Path.cwd()}/data{'/' if event == 'os.mkdir' else ''}"
    assert told == {"right": "write", "what": what, "overlooked": False}


def test_a_link_is_told_as_one_where_files_can_be_made(tmp_path: Path) -> None:
    link = tmp_path / "link"
    denials = Denials()
    denials.confine([str(tmp_path)])
    denials.event("os.symlink", ("anywhere", str(link), -1))
    told = denials.behind(OSError(errno.EPERM, "no", "anywhere", None, str(link)))
    assert told == {"right": "links", "what": str(link), "overlooked": False}


def test_what_a_file_is_like_is_told_as_that_where_it_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.touch()
    denials = Denials()
    denials.confine([str(tmp_path)])
    denials.event("os.chmod", (str(file), 0o777, -1))
    told = denials.behind(OSError(errno.EPERM, "no", str(file)))
    assert told == {"right": "attributes", "what": str(file), "overlooked": False}


@pytest.mark.parametrize(
    ("event", "arguments", "what"),
    [
        ("socket.__new__", (None, socket.AF_UNIX, socket.SOCK_STREAM, 0), ""),
        ("socket.connect", (None, "/run/docker.sock"), "/run/docker.sock"),
        ("socket.connect", (None, b"\0abstract"), "\0abstract"),
    ],
)
def test_sockets_with_names_are_no_network(
    event: str, arguments: tuple[object, ...], what: str
) -> None:
    denials = Denials()
    denials.confine([TREE])
    denials.event(event, arguments)
    told = denials.behind(PermissionError(errno.EPERM, "no"))
    assert told == {"right": "sockets", "what": what, "overlooked": False}


def test_a_file_that_no_event_and_no_error_names_was_at_hand() -> None:
    hidden, context = Path("/elsewhere/authorities.pem"), ssl.create_default_context()
    told = {"right": "read", "what": str(hidden), "overlooked": False}
    assert found(raised(lambda: ssl.create_default_context(cafile=str(hidden)))) == told
    assert found(raised(lambda: context.load_verify_locations(hidden))) == told
    assert found(raised(lambda: context.load_cert_chain("/elsewhere/authorities.pem"))) == told


def test_a_file_that_is_at_hand_where_a_plan_raises_an_error_is_no_refusal() -> None:
    def refuse(_path: str = "/elsewhere/data.csv") -> None:
        raise FileNotFoundError(errno.ENOENT, "no")

    assert found(raised(refuse)) is None


def raised(function: Callable[[], object]) -> OSError:
    with pytest.raises(OSError) as error:  # noqa: PT011 - of any kind.
        function()
    return error.value


@pytest.mark.parametrize(
    "said",
    [
        "IO Error: Cannot open file '/elsewhere/it.db': No such file or directory",
        "/elsewhere/it.db: No such file or directory",
    ],
)
def test_what_a_library_says_in_words_of_its_own_is_understood(said: str) -> None:
    told = {"right": "read", "what": "/elsewhere/it.db", "overlooked": False}
    assert found(RuntimeError(said)) == told
    assert found(RuntimeError(said.replace("elsewhere", "workspace"))) is None
    assert found(RuntimeError("Permission denied")) is None


def test_to_signal_others_is_not_to_start_a_program() -> None:
    denials = Denials()
    denials.confine([TREE])
    denials.event("os.kill", (4711, 15))
    told = denials.behind(PermissionError(errno.EPERM, "no"))
    assert told == {"right": "signals", "what": "", "overlooked": False}


def test_an_error_that_names_no_file_is_about_none() -> None:
    assert found(refused(None), f"{TREE}/data.csv") is None


def test_a_file_that_a_library_opens_by_itself_is_named_by_its_words_only() -> None:
    error = OSError(errno.ENOENT, "Failed to open local file '/elsewhere/table.parquet'")
    assert found(error) == {
        "right": "read",
        "what": "/elsewhere/table.parquet",
        "overlooked": False,
    }
    assert found(OSError("nobody opened '/elsewhere/table.parquet'")) is None


def of_database(path: Path, workspace: Path) -> object:
    """What is behind the failure to change a database in a workspace."""
    denials = Denials()
    denials.confine([str(workspace)])
    denials.event("sqlite3.connect", (str(path),))
    with pytest.raises(sqlite3.OperationalError) as raised, closing(opened(path)) as connection:
        connection.execute("CREATE TABLE other (n)")
    return denials.behind(raised.value)


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def test_a_database_that_is_hidden_was_to_be_read(tmp_path: Path) -> None:
    database = tmp_path / "hidden" / "it.db"
    told = {"right": "read", "what": str(database), "overlooked": False}
    assert of_database(database, tmp_path / "workspace") == told


def test_a_database_that_is_not_there_in_a_folder_of_its_own_is_no_refusal(tmp_path: Path) -> None:
    assert of_database(tmp_path / "it.db", tmp_path) is None


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan's folder, in which nothing may be written."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(unnamed, "right_to", lambda path: "write" if TREE in path else None)
    for module in (unnamed, words):
        monkeypatch.setattr(module, "absolute", lambda name: f"{TREE}/{name}")
    return tmp_path


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (
            "Failed to open local file 'it.parquet'. Detail: [errno 30] Read-only file system",
            "it.parquet",
        ),
        ("Cannot create directory 'it'. Detail: [errno 30] Read-only file system", "it"),
        ("Read-only file system (os error 30): out/my table.csv", "out/my table.csv"),
        ('IO Error: Cannot open file "it.csv": Read-only file system', "it.csv"),
        ("unable to open file: name = 'it.h5', error message = 'Read-only file system'", "it.h5"),
        ("it.db: Permission denied", "it.db"),
    ],
)
@pytest.mark.usefixtures("closed")
def test_what_a_library_names_from_the_plans_folder_on_is_found_there(said: str, what: str) -> None:
    told = {"right": "write", "what": f"{TREE}/{what}", "overlooked": False}
    assert found(RuntimeError(said)) == told
    assert found(OSError(errno.EROFS, said)) == told


@pytest.mark.parametrize("said", ["Read-only file system", "the disk: Permission denied"])
@pytest.mark.usefixtures("closed")
def test_words_that_name_no_file_are_taken_for_none(said: str) -> None:
    assert found(RuntimeError(said)) is None


@pytest.mark.usefixtures("closed")
def test_a_mere_name_with_an_ending_was_at_hand_too() -> None:
    def write(path: str) -> None:
        os.open(b"\0" if not path else "/nowhere/at/all", os.O_RDONLY)

    error = raised(lambda: write("it.xml"))
    error.errno, error.filename, error.strerror = errno.EROFS, None, "Read-only file system"
    told = {"right": "write", "what": f"{TREE}/it.xml", "overlooked": False}
    assert found(error) == told
