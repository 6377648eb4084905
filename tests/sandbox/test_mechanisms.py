"""Which mechanisms work here: found by trying, never by a name in PATH, only ever taken away."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from codeact_lsp.sandbox.cgroups import Groups
from codeact_lsp.sandbox.containers import find_bubblewrap
from codeact_lsp.sandbox.mechanisms import (
    WITHHOLD,
    WORDS,
    Mechanisms,
    WithholdError,
    detect,
    mechanisms,
    withheld,
    without,
)
from tests.sandbox.own_namespace import said_in_its_own

ALL = Mechanisms(
    bubblewrap=Path("/usr/bin/bwrap"),
    nested=True,
    landlock=7,
    seccomp=True,
    cgroup=Groups(1, (Path("/sys/fs/cgroup/memory"),)),
)


def test_what_does_not_work_comes_with_the_reason_and_what_works_with_none() -> None:
    found = detect()
    works = {
        "bwrap": found.bubblewrap is not None,
        "nested": found.nested or found.bubblewrap is None,
        "landlock": found.landlock > 0,
        "seccomp": found.seccomp,
        "cgroup": found.cgroup is not None,
    }
    assert {word for word, does in works.items() if not does} == found.faults.keys()
    assert all(found.faults.values())


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("bwrap", Mechanisms(None, nested=False, landlock=7, seccomp=True, cgroup=ALL.cgroup)),
        ("userns", Mechanisms(None, nested=False, landlock=7, seccomp=True, cgroup=ALL.cgroup)),
        ("nested", Mechanisms(ALL.bubblewrap, landlock=7, seccomp=True, cgroup=ALL.cgroup)),
        ("landlock,cgroup", Mechanisms(ALL.bubblewrap, nested=True, seccomp=True)),
        (" seccomp , cgroup,", Mechanisms(ALL.bubblewrap, nested=True, landlock=7)),
        (",".join(WORDS), Mechanisms()),
        ("", ALL),
    ],
)
def test_words_take_mechanisms_away_and_say_so(words: str, left: Mechanisms) -> None:
    taken = without(ALL, withheld(words))
    assert taken == left
    assert set(taken.faults.values()) <= {f"withheld by {WITHHOLD}"}


def test_nothing_can_be_given_by_a_word() -> None:
    for words in WORDS:
        assert without(Mechanisms(), withheld(words)) == Mechanisms()


@pytest.mark.parametrize("words", ["bubblewrap", "bwrap,docker", "-bwrap", "none"])
def test_an_unknown_word_is_an_error_that_names_the_known_ones(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WITHHOLD, words)
    with pytest.raises(WithholdError, match="none of bwrap, userns, nested, landlock"):
        mechanisms()


def test_the_variable_counts_at_each_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WITHHOLD, "landlock")
    assert mechanisms().landlock == 0
    monkeypatch.delenv(WITHHOLD)
    assert mechanisms() == detect()


def test_what_is_spawned_has_no_namespaces_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    found = mechanisms()
    monkeypatch.setenv("CODEACT_START_METHOD", "spawn")
    assert mechanisms() == replace(found, nested=False)
    assert "CODEACT_START_METHOD" in mechanisms().faults["nested"]


def test_a_bubblewrap_that_somebody_else_could_have_put_there_is_none(tmp_path: Path) -> None:
    mine = tmp_path / "bwrap"
    mine.write_text("#!/bin/sh\nexit 0\n", encoding="ascii")
    mine.chmod(0o777)
    folder = tmp_path / "folder"
    folder.mkdir()
    assert find_bubblewrap([str(mine), str(folder), str(tmp_path / "nothing")]) is None
    assert find_bubblewrap([str(mine), "/bin/sh"]) == Path("/bin/sh")


def test_path_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = tmp_path / "trace"
    fake = tmp_path / "bwrap"
    fake.write_text(f"#!/bin/sh\ntouch {trace}\n", encoding="ascii")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    detect()
    assert not trace.exists()


@pytest.mark.parametrize(
    ("mechanism", "rule", "said"),
    [
        ("seccomp", ("EINVAL", "prctl", 22), "Invalid argument"),
        ("landlock", ("ENOSYS", "landlock_create_ruleset"), "Function not implemented"),
        ("landlock", ("EOPNOTSUPP", "landlock_create_ruleset"), "Operation not supported"),
    ],
)
def test_what_the_kernel_withholds_is_found_missing_in_its_own_words(
    mechanism: str, rule: tuple[object, ...], said: str
) -> None:
    """As it is where the kernel has none of it, or a container's filter of calls keeps it."""
    looked = subprocess.run(
        [sys.executable, "-c", _WITHHOLDING, *map(str, rule)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(looked.stdout).get(mechanism) == f"the kernel says: {said}"


_WITHHOLDING = """
import errno, json, sys
import pyseccomp
from codeact_lsp.sandbox.mechanisms import detect

fault, call, *first = sys.argv[1:]
withheld = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
where = [pyseccomp.Arg(0, pyseccomp.EQ, int(value)) for value in first]
withheld.add_rule(pyseccomp.ERRNO(getattr(errno, fault)), call, *where)
withheld.load()
print(json.dumps(dict(detect([]).faults)))
"""


def test_what_a_bubblewrap_would_not_start_without_is_looked_for_where_there_is_none(
    tmp_path: Path,
) -> None:
    assert "userns" not in detect([]).faults
    said = said_in_its_own(tmp_path, sys.executable, "-c", _SWITCHED_OFF)
    none, usual = map(json.loads, said.splitlines())
    assert none["bwrap"] == "bubblewrap is not installed"
    assert none["userns"] == "none can be made; the kernel says: No space left on device"
    assert "does not start" in usual["bwrap"]
    assert "userns" not in usual


_SWITCHED_OFF = """
import json
from pathlib import Path
from codeact_lsp.sandbox.mechanisms import detect

Path("/proc/sys/user/max_user_namespaces").write_text("0")
for found in (detect([]), detect()):
    print(json.dumps(dict(found.faults)))
"""


def test_a_program_that_does_not_start_a_container_is_no_bubblewrap() -> None:
    found = detect(["/bin/false"])
    assert found.bubblewrap is None
    assert not found.nested
    assert found.faults["bwrap"] == "/bin/false does not start: status 1"


def test_one_that_others_can_change_is_not_started_and_not_called_absent(tmp_path: Path) -> None:
    theirs = tmp_path / "bwrap"
    theirs.write_text("#!/bin/sh\n", encoding="ascii")
    theirs.chmod(0o777)
    found = detect([str(theirs)])
    assert found.bubblewrap is None
    assert found.faults["bwrap"] == f"{theirs} could have been put there by others than root"


def test_one_that_only_says_that_it_did_gives_no_namespaces() -> None:
    found = detect(["/bin/true"])
    assert not found.nested
    assert found.faults["nested"] == "the system does not say why"


def test_what_was_begun_is_not_done_again_and_comes_to_the_same() -> None:
    script = (
        "from codeact_lsp.sandbox import containers as c, mechanisms as m; m.begin(); m.begin(); "
        "asked = list(c.asked); found = m.mechanisms(); "
        "print(asked == [p for p in [found.bubblewrap] if p], c.asked, found)"
    )
    command = [sys.executable, "-c", script]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert said == f"True {{}} {mechanisms()}\n"


def test_a_python_that_was_called_by_a_path_that_steps_back_finds_the_same(tmp_path: Path) -> None:
    """As `../venv/bin/python`; Python itself leaves the dots in."""
    script = (
        "import sys; from codeact_lsp.sandbox.mechanisms import detect; found = detect();"
        " print('..' in sys.executable, found, found.faults)"
    )
    command = [os.path.relpath(sys.executable, tmp_path), "-c", script]
    said = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    found = detect()
    assert said == f"True {found} {found.faults}\n"
