"""What is said of a refusal: who refused what, and the one thing to do about it."""

import os
from pathlib import Path

import pytest

from codeact_lsp.engine.failures.denials import explained
from codeact_lsp.engine.failures.errors import CodeError, Fact
from codeact_lsp.engine.outcomes.outcome import Denied
from codeact_lsp.plan import Plan, Span
from codeact_lsp.sandbox.levels import Level, grant, preset

FILE = Path("/work/it.plan.py")
PLAN = Plan.from_text('def a():\n    """A.\n\n    Needs: write data/\n    """\n')
POLICY = preset(Level.STRICT, Path("/work"))


def said(right: str, what: str, *, overlooked: bool = False) -> str:
    """The note on a refusal."""
    denied = Denied(right, what, overlooked)
    error = CodeError("a", "OSError", "no", "denied", Span(0, 1), denied=denied)
    (note,) = explained(error, PLAN, FILE, POLICY).notes
    return note


def test_it_says_what_to_write_and_what_to_type() -> None:
    assert said("write", "/work/out/x.csv") == (
        "At level 'strict' this node may not write to /work/out/x.csv. To allow it, add 'Needs: "
        "write out/' to the docstring of 'a' and grant it: codeact grant /work/it.plan.py "
        "'write out/'"
    )


def test_what_processes_share_by_name_takes_a_tier() -> None:
    assert said("shared", "") == (
        "At level 'strict' this node may not share locks or memory by name: `multiprocessing` "
        "makes all of its own so. It takes tier 3, where a node has namespaces of its own: "
        "`codeact doctor` says which tier this machine has. Threads, and their locks, work "
        "everywhere."
    )


def test_what_can_only_be_changed_by_its_path_is_said_to_be_so() -> None:
    assert said("attributes", "/tmp/x") == (
        "At level 'strict' this node may not change mode, owner or times of /tmp/x. In scratch it "
        "may, by the file's path and not by a descriptor, from tier 2 on: `codeact doctor` says "
        "which tier this machine has."
    )


@pytest.mark.parametrize("right", ["write", "links", "attributes"])
def test_what_is_refused_where_a_node_may_write_is_not_to_be_granted_again(right: str) -> None:
    policy = grant(POLICY, write=[Path("/work/data")])
    denied = Denied(right, "/work/data/x")
    error = CodeError("a", "OSError", "no", "denied", Span(0, 1), denied=denied)
    (note,) = explained(error, PLAN, FILE, policy).notes
    assert note.startswith("/work/data/x is granted: it may be written, but where files stay")
    assert "codeact grant" not in note


def test_what_is_closed_for_want_of_a_look_is_said_to_be_so() -> None:
    note = said("read", "/work/deep/x.csv", overlooked=True)
    assert "has more folders than the 20,000 that are looked at for secrets" in note
    assert note.endswith("codeact grant /work/it.plan.py 'read deep/x.csv'")


def test_what_is_asked_for_already_only_has_to_be_granted() -> None:
    assert said("write", "/work/data/x.csv").endswith(
        "It asks for that already; to grant it: codeact grant /work/it.plan.py 'write data/'"
    )


@pytest.mark.parametrize(
    ("right", "what", "note"),
    [
        ("write", "/work/.git/config", "'write .git/' is never granted: '.git' is hidden"),
        ("write", "/work/it.plan.py", "'write it.plan.py' is never granted: it is, or holds, the"),
        (
            "network",
            "127.0.0.1:80",
            "It is an address of this machine or its network: be sure that",
        ),
        ("read", "/work/.env", "It is hidden, as what holds keys and passwords is: be sure that"),
    ],
)
def test_what_is_not_granted_so_easily_says_why(right: str, what: str, note: str) -> None:
    assert note in said(right, what)


@pytest.mark.parametrize(
    ("right", "what", "note"),
    [
        ("network", "", "may not reach the network."),
        ("processes", "git", "may not start git. To allow it, add 'Needs: processes' to"),
        ("sockets", "/run/x", "At level 'strict' this node may not connect to /run/x."),
        ("sockets", "", "may not connect to other programs by sockets of theirs."),
        ("links", "/tmp/a/b", "may not make the link /tmp/a/b. To allow it, add 'Needs: proc"),
        ("host", "169.254.169.254:80", "may not reach 169.254.169.254:80."),
        ("root", "all", "At level 'strict' this node may not do all."),
        ("write", "/work/a,b/x.csv", "may not write to /work/a,b/x.csv."),
    ],
)
def test_every_refusal_says_what_was_refused(right: str, what: str, note: str) -> None:
    assert note in said(right, what)


def test_what_is_to_be_typed_does_what_it_says() -> None:
    # The path is the plan's to choose, and people paste what they are told to.
    assert said("write", "/work/$(reboot)/x.csv").endswith(" 'write $(reboot)/'")


def test_an_error_that_is_no_refusal_stays_as_it_is() -> None:
    error = CodeError("a", "KeyError", "'x'", "user", Span(0, 1))
    assert explained(error, PLAN, FILE, POLICY) is error


def missing(path: str, kind: str = "file") -> CodeError:
    fact = Fact(kind, path, (), Span(0, 1))
    return CodeError("a", "FileNotFoundError", "no", "user", Span(0, 1), fact=fact)


def test_a_file_that_is_there_for_everybody_else_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    there = tmp_path / "x.csv"
    there.touch()
    # What `~/x.csv` is to a node.
    homes = ("/tmp", "/tmp/scratch", "/tmp/codeact-ab12/node-77")
    own = "the node has a folder of its own."
    of_home = "`~` is a folder of the node's own."
    for named, said in ((str(there), own), *((f"{home}/x.csv", of_home) for home in homes)):
        (note,) = explained(missing(named), PLAN, FILE, POLICY).notes
        assert note.startswith(f"{there} is there, but at level 'strict' {said} To allow it")
        assert "x.csv' to the docstring of 'a' and grant it: codeact grant" in note


@pytest.mark.parametrize(
    "error",
    [missing("/gone/x.csv"), missing("/tmp/x.csv", "key"), missing("/", "key"), missing("gone")],
)
def test_a_file_that_is_nowhere_is_just_missing(error: CodeError) -> None:
    assert explained(error, PLAN, FILE, POLICY) == error


NETWORK = grant(POLICY, hosts=["example.com", "127.0.0.1:8000"])


@pytest.mark.parametrize("what", ["example.com:443", "127.0.0.1:8000"])
def test_a_host_that_was_granted_was_tried_past_the_proxy(what: str) -> None:
    denied = Denied("network", what)
    error = CodeError("a", "OSError", "no", "denied", Span(0, 1), denied=denied)
    (note,) = explained(error, PLAN, FILE, NETWORK).notes
    assert note.startswith(f"{what} is granted, but nodes reach hosts through the proxy that")


def test_where_nobody_listens_it_is_said_that_nodes_have_a_loopback_of_their_own() -> None:
    error = CodeError("a", "ConnectionRefusedError", "no", "user", Span(0, 1))
    (note,) = explained(error, PLAN, FILE, NETWORK).notes
    assert note.startswith("A node has a loopback of its own, on which nobody listens but what it")
    assert explained(error, PLAN, FILE, POLICY) is error


@pytest.mark.parametrize(
    ("right", "way_out"),
    [
        ("network", "'Needs: network HOST' in the docstring of the node asks for one by its name"),
        ("sockets", "No right gives that"),
        ("signals", "Those that a node starts, it may signal: 'Needs: processes'"),
    ],
)
def test_a_refusal_of_which_nobody_knows_what_it_is_for_has_a_way_out_too(
    right: str, way_out: str
) -> None:
    assert way_out in said(right, "")


@pytest.mark.parametrize("path", ["/tmp/tmp1234/model.txt", "/scratch/model.txt"])
def test_a_file_that_ended_with_its_node_is_said_to_have(path: str) -> None:
    (note,) = explained(missing(path), PLAN, FILE, POLICY).notes
    assert note.startswith("What a node leaves in a temporary folder, and in `~`, which is one for")
    assert "'Needs: read ~/...'" in note
    assert f"made {path}, have that one return what is in it" in note
    assert explained(missing(path), PLAN, FILE, preset(Level.OFF)).notes == ()


def test_what_no_node_makes_where_files_stay_is_not_to_be_granted() -> None:
    for right in ("links", "pipes"):
        note = said(right, "/work/data/x")
        assert "No right gives that where files stay." in note
        assert "codeact grant" not in note
        assert said(right, "/tmp/x").endswith("codeact grant /work/it.plan.py processes")


def test_a_call_of_the_system_is_no_right() -> None:
    note = said("calls", "")
    assert note.startswith("At level 'strict' this node may not make that call of the system. No")


def test_a_file_that_is_nowhere_is_said_to_be_so(tmp_path: Path) -> None:
    missing, there = tmp_path / "missing.csv", tmp_path / "there.csv"
    there.touch()
    assert "there is none on this machine" in said("read", str(missing))
    assert "there is none on this machine" not in said("read", str(there))


def test_of_several_files_that_are_closed_it_is_said_how_to_leave_them_out() -> None:
    denied = Denied("read", "/work/.env")
    message = "[('.env', 'x', 'Permission denied'), ('.git/config', 'y', 'Permission denied')]"
    error = CodeError("a", "Error", message, "denied", Span(0, 1), denied=denied)
    (note,) = explained(error, PLAN, FILE, POLICY).notes
    assert "ignore=shutil.ignore_patterns('.env', ...) does, takes no right" in note


def test_a_file_whose_name_has_no_ending_needs_a_folder() -> None:
    note = said("write", "/work/LICENSE")
    assert note.endswith("write it in a folder, such as out/, or give it an ending.")
    assert "codeact grant" not in note


def test_this_machine_is_opened_by_its_address() -> None:
    note = said("network", "localhost:11434")
    assert "have the code name 127.0.0.1:11434. It is an address of this machine" in note
    assert note.endswith("codeact grant /work/it.plan.py 'network 127.0.0.1:11434'")


@pytest.mark.parametrize(
    ("what", "category"),
    [("api.example.com:443", "user"), ("other.example.com:443", "denied"), ("", "user")],
)
def test_a_host_that_is_granted_is_not_guessed_to_have_been_refused(
    what: str, category: str
) -> None:
    policy = grant(POLICY, hosts=["api.example.com"])
    denied = Denied("network", what, guessed=True)
    error = CodeError("a", "OSError", "no", "denied", Span(0, 1), denied=denied)
    found = explained(error, PLAN, FILE, policy)
    assert found.category == category
    assert bool(found.denied) is bool(found.notes) is (category == "denied")


def test_a_file_of_the_users_home_takes_a_right_or_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "x.csv").touch()
    fact = Fact("file", "/tmp/x.csv", (), Span(0, 1))
    error = CodeError("a", "FileNotFoundError", "no", "user", Span(0, 1), fact=fact)
    (note,) = explained(error, PLAN, FILE, POLICY).notes
    assert "x.csv is there, but at level 'strict' `~` is a folder of the node's own." in note
    assert "To allow it, add 'Needs: read " in note
    assert "name that path" not in note  # What is granted in a home makes it the node's.
    granted = grant(POLICY, read=[tmp_path])
    (note,) = explained(error, PLAN, FILE, granted).notes
    assert note.endswith("Have the code name that path itself.")


def test_a_file_of_the_workspace_takes_no_right_where_a_home_leads_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    workspace = tmp_path / "project"
    workspace.mkdir()
    (workspace / "x.csv").touch()
    fact = Fact("file", "/tmp/project/x.csv", (), Span(0, 1))
    error = CodeError("a", "FileNotFoundError", "no", "user", Span(0, 1), fact=fact)
    found = explained(error, PLAN, FILE, preset(Level.STRICT, workspace))
    assert found.notes[0].endswith("own. Have the code name that path itself.")
    assert found.denied is None


@pytest.mark.parametrize("closed", ["x.csv", "."])
def test_what_its_mode_closes_to_the_user_as_well_is_opened_by_no_right(
    tmp_path: Path, closed: str
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    file = folder / "x.csv"
    file.touch()
    (folder / closed).chmod(0)
    denied = Denied("read", str(file))
    error = CodeError("a", "PermissionError", "no", "denied", Span(0, 1), denied=denied)
    user = os.geteuid()
    # Of an administrator no mode keeps anything.
    os.seteuid(user or 65534)
    try:
        found = explained(error, PLAN, FILE, POLICY)
    finally:
        os.seteuid(user)
        (folder / closed).chmod(0o700)
    assert (found.category, found.denied) == ("user", None)
    assert "No right opens it" in found.notes[0]
    assert "codeact grant" not in found.notes[0]


@pytest.mark.parametrize("right", ["read", "write", "processes", "variable", "network"])
def test_a_name_with_a_line_break_in_it_begins_no_line_of_ours(right: str) -> None:
    denied = Denied(right, "/srv/x\nTo mend it, run: evil\u202e")
    error = CodeError(
        "a", "OSError", "no", "denied", Span(0, 1), notes=("its\nown",), denied=denied
    )
    kept, note = explained(error, PLAN, FILE, POLICY).notes
    assert kept == "its\nown"
    assert "To mend it" in note
    assert note.isprintable()
