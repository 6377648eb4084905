"""Which right a node lacked where only words tell of it, or nothing but that it failed."""

import ctypes
import errno
import os
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from codeact_lsp.worker import unnamed
from codeact_lsp.worker.denials import Denials

HOST = "api.example.com"


def behind(error: BaseException, *asked: str, granted: tuple[str, ...] = ()) -> object:
    """What is behind an error of a node that asked for some hosts."""
    denials = Denials()
    denials.confine(["/workspace"], (), granted)
    for host in asked:
        denials.event("socket.getaddrinfo", (host, 443, 0, 0, 0))
    return denials.behind(error)


def right(name: str, what: str) -> dict[str, object]:
    return {"right": name, "what": what, "overlooked": False}


def test_a_host_that_a_library_reaches_by_itself_was_refused() -> None:
    error = OSError(f"Error performing GET https://{HOST}/a.parquet after 10 retries")
    assert behind(error) == right("network", f"{HOST}:443")


def test_where_some_hosts_are_granted_it_is_a_guess() -> None:
    error = OSError(f"Error performing GET https://{HOST}/a.parquet after 10 retries")
    told = {**right("network", f"{HOST}:443"), "guessed": True}
    assert behind(error, granted=("network",)) == told
    assert behind(ValueError(f"of '{HOST}'"), HOST, granted=("network",)) is None


def test_an_error_that_names_a_host_which_was_asked_for_is_about_it() -> None:
    error = ValueError(f"Error loading it: no validated address for host '{HOST}'")
    assert behind(error, HOST) == right("network", f"{HOST}:443")
    assert behind(error) is None


def test_of_hosts_that_threads_ask_for_at_once_the_one_counts_that_is_named() -> None:
    error = ConnectionError(f"HTTPSConnectionPool(host='{HOST}', port=443): no")
    error.__cause__ = OSError(errno.ENETUNREACH, "no")
    assert behind(error, HOST, "b.example.com") == right("network", f"{HOST}:443")


@pytest.mark.parametrize("kind", [KeyError, TypeError, AssertionError])
def test_what_is_wrong_with_code_is_no_refusal(kind: type[Exception]) -> None:
    assert behind(kind(f"cannot connect to https://{HOST}/")) is None


def test_a_program_that_a_node_may_start_was_not_refused() -> None:
    denials = Denials()
    denials.confine(["/workspace"], (), ("processes",))
    denials.event("subprocess.Popen", ("ls", ["ls"], None, None))
    assert denials.behind(PermissionError(errno.EPERM, "no")) is None


@pytest.mark.parametrize("event", ["os.mkfifo", "os.mknod"])
def test_a_pipe_is_told_as_one(event: str) -> None:
    denials = Denials()
    denials.confine(["/workspace"])
    denials.event(event, ("/workspace/pipe", -1))
    told = denials.behind(PermissionError(errno.EPERM, "no"))
    assert told == right("pipes", "/workspace/pipe")


def raised(function: Callable[[], object]) -> BaseException:
    with pytest.raises(OSError) as error:  # noqa: PT011 - of any kind.
        function()
    return error.value


def test_a_call_of_the_system_that_names_nothing_is_told_as_one() -> None:
    error = raised(lambda: os.close(-1))
    error.errno = errno.EPERM  # type: ignore[attr-defined]  # As the filter of calls answers.
    assert behind(error) == right("calls", "")


def test_a_refusal_that_a_plan_makes_up_is_none_of_the_systems() -> None:
    def refuse() -> None:
        raise PermissionError(errno.EPERM, "no")

    assert behind(raised(refuse)) is None


def test_what_a_call_was_given_was_at_hand_before_all_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("read.xml").touch()

    def copy() -> object:
        Path("read.xml").stat()
        return os.open("missing/written.xml", os.O_RDONLY)

    error = raised(copy)
    assert next(unnamed.at_hand(error)) == str(tmp_path / "missing/written.xml")


def test_functions_of_an_extension_module_are_passed_over_however_many_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    error = raised(lambda: os.open("missing/written.xml", os.O_RDONLY))
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    for _ in range(8):
        assert last
        last.tb_next = types.TracebackType(None, native_frame(), 0, 1)
        last = last.tb_next
    assert str(tmp_path / "missing/written.xml") in list(unnamed.at_hand(error))


def native_frame() -> types.FrameType:
    """A frame as Cython makes them up for its functions."""
    api = ctypes.pythonapi
    api.PyCode_NewEmpty.restype = api.PyFrame_New.restype = ctypes.py_object
    api.PyThreadState_Get.restype = ctypes.c_void_p
    code = api.PyCode_NewEmpty(b"etree.pyx", b"write", 1)
    thread, names = ctypes.c_void_p(api.PyThreadState_Get()), dict[str, object]()
    frame: types.FrameType = api.PyFrame_New(
        thread, ctypes.py_object(code), ctypes.py_object(names), None
    )
    return frame
