"""What a node looked at, held against what is there later."""

import os
import time
from pathlib import Path

import pytest

from codeact_lsp.engine.outcomes.outcome import Read
from codeact_lsp.engine.reuse import looks, witness
from codeact_lsp.engine.reuse.witness import Glance, Witness, holds, observe, observe_all

LONG_AGO = (time.time() - 60,) * 2


def read(path: Path) -> Read:
    status = path.stat()
    return Read(str(path), (status.st_size, status.st_mtime_ns))


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file too large to be hashed; it takes no room."""
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(witness.MOST_HASHED + 1)
    return path


def test_a_large_file_that_was_just_written_is_not_believed(large: Path) -> None:
    # Another one of its size, written within the same tick of the clock, would look like it.
    assert observe(read(large)) is None


def test_a_large_file_is_known_by_what_a_change_cannot_leave(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("1")
    sealed = looks.seal(path)
    assert sealed == looks.seal(path)
    status = path.stat()
    path.write_text("2")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_mtime_ns == status.st_mtime_ns
    assert looks.seal(path) != sealed


def test_after_many_bytes_files_are_sealed_and_not_hashed(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in "abc"]
    for path in paths:
        path.write_text("four")
    seen = observe_all(map(read, paths), most=5, clock=lambda: time.time() + 60)
    assert isinstance(seen, tuple)
    assert [each.digest.startswith("seal ") for each in seen] == [False, True, True]
    made = time.time()
    assert all(holds(each, made) for each in seen)
    paths[1].write_text("five")
    assert [holds(each, made) for each in seen] == [True, False, True]


def test_a_folder_is_its_names_and_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "part").touch()
    seen = observe(read(tmp_path / "data"))
    assert seen
    (tmp_path / "data" / "part").unlink()
    (tmp_path / "data" / "part").mkdir()
    os.utime(tmp_path / "data", LONG_AGO)
    assert not holds(seen, time.time())


def test_the_answer_to_another_question_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.touch()
    kind = (path.stat().st_mode & 0o170000,)
    seen = observe(Read(str(path), kind, "kind"))
    assert seen
    assert observe(Read(str(path), kind, "size")) is None
    assert observe(Read(str(path), None, "kind")) is None
    path.write_text("more")
    assert holds(seen, time.time())


def test_a_link_is_asked_itself(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("nowhere")
    assert observe(Read(str(link), None, "kind"))
    assert observe(Read(str(link), None, "link kind")) is None


def test_one_thing_that_changed_meanwhile_spoils_all(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.touch()
    reads = [Read("HOME", what="variable"), read(path)]
    assert isinstance(observe_all(reads), tuple)
    path.write_text("more")
    assert observe_all(reads) == reads[1]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/plans/orders.csv", "orders.csv"),
        ("/plans/lib/__init__.py", "lib/__init__.py"),
        ("/plans", "/plans"),
        ("/plans-2/orders.csv", "/plans-2/orders.csv"),
        ("/venv/lib/python3.12/site-packages/shop/__init__.py", "shop/__init__.py"),
        ("/venv/lib/python3.12/site-packages", "/venv/lib/python3.12/site-packages"),
        ("/usr/lib/python3.12/json/__init__.py", "/usr/lib/python3.12/json/__init__.py"),
    ],
)
def test_a_path_is_named_so_that_it_can_be_told_from_others(path: str, said: str) -> None:
    assert Witness(path, "content", None).named("/plans/sales.plan.py") == said


def test_a_variable_has_no_value_in_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD", "swordfish")
    seen = observe(Read("PASSWORD", what="variable"))
    assert seen
    assert "swordfish" not in repr(seen)
    assert seen.named("/plans/sales.plan.py") == "the variable PASSWORD"
    monkeypatch.setenv("PASSWORD", "")
    assert not holds(seen, time.time())


@pytest.mark.parametrize("path", ["\udcff", "x" * 100_000, "/proc/self/mem/below"])
def test_a_path_that_cannot_be_is_not_there(path: str) -> None:
    seen = observe(Read(path, None, "kind"))
    assert seen
    assert holds(seen, time.time())


def test_at_one_glance_a_file_that_many_nodes_read_is_looked_at_once(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("1")
    seen = observe(read(path))
    assert seen is not None
    glance = Glance()
    assert glance.holds(seen, time.time())
    path.write_text("22")
    assert glance.holds(seen, time.time())
    assert not Glance().holds(seen, time.time())
