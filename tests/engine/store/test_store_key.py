"""What the user's own key vouches for is believed, wherever the results came from."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from codeact_lsp.engine.store import Hit, Miss, Store
from tests.engine.storing import call, result

CALL = call()
NOT_MINE = Miss("its stored result was not made by you")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this test's key."""
    monkeypatch.setenv("CODEACT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def looked_up(folder: Path) -> tuple[Hit | Miss, list[str]]:
    """What another process finds in a store, and what it tells."""
    store = Store(folder)
    try:
        return store.look_up(CALL), store.troubles.take()
    finally:
        store.close()


@pytest.fixture
def made(data: Path, tmp_path: Path) -> Path:
    """A store that holds a result."""
    store = Store(tmp_path / "store")
    assert store.save(CALL, result(store), [])
    store.close()
    return tmp_path / "store"


def test_the_key_is_the_users_alone_and_lies_apart_from_the_results(made: Path, data: Path) -> None:
    assert (data / "key").stat().st_mode & 0o777 == 0o600
    assert data.stat().st_mode & 0o777 == 0o700
    assert "key" not in {path.name for path in made.iterdir()}


def test_a_store_is_believed_wherever_it_is_moved_to(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "moved")
    found, troubles = looked_up(tmp_path / "moved")
    assert isinstance(found, Hit)
    assert troubles == []


def test_a_store_that_came_with_a_repository_is_not_believed(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made / "key").write_bytes((tmp_path / "data" / "key").read_bytes())
    monkeypatch.setenv("CODEACT_DATA_DIR", str(tmp_path / "another user"))
    assert looked_up(made) == (NOT_MINE, [])


@pytest.mark.parametrize(
    ("content", "mode", "why"),
    [(None, 0o644, "could be read by others"), (b"short", 0o600, "is damaged"),
     (b"", 0o600, "is damaged")],
)  # fmt: skip
def test_a_key_that_proves_nothing_is_replaced(
    made: Path, data: Path, content: bytes | None, mode: int, why: str
) -> None:
    key = data / "key"
    if content is not None:
        key.write_bytes(content)
    key.chmod(mode)
    message = f"The key {key} {why}. There is a new one now, and earlier results are not reused."
    assert looked_up(made) == (NOT_MINE, [message])
    assert looked_up(made) == (NOT_MINE, [])


def test_without_a_place_for_a_key_results_last_as_long_as_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    place = tmp_path / "file" / "data"
    monkeypatch.setenv("CODEACT_DATA_DIR", str(place))
    store = Store(tmp_path / "store")
    store.save(CALL, result(store), [])
    assert isinstance(store.look_up(CALL), Hit)
    (trouble,) = store.troubles.take()
    assert trouble == (
        f"The key of your results cannot be kept in {place}: Not a directory. Results are reused "
        "until this process ends. Make the folder writable, or name another one in "
        "CODEACT_DATA_DIR."
    )
    assert store.troubles.take() == []
    store.close()
    assert isinstance(looked_up(tmp_path / "store")[0], Hit)
    monkeypatch.setenv("CODEACT_DATA_DIR", str(tmp_path / "data"))
    assert looked_up(tmp_path / "store")[0] == NOT_MINE


@pytest.mark.e2e
def test_processes_that_start_at_the_same_time_agree_on_the_key(data: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from codeact_lsp.engine.store import secret\n"
        "print(secret.user_secret(Path(sys.argv[1])).key.hex())"
    )
    command = [sys.executable, "-c", script, str(data)]
    root = Path(__file__).parents[3]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) for _ in range(4)
    ]
    (key,) = {process.communicate()[0].strip() for process in started}
    assert len(key) == 64
    assert [path.name for path in data.iterdir()] == ["key"]
