"""What is seen of a node that looks at files and variables, and what is passed over."""

from pathlib import Path

import pytest

from tests.worker.watched import watched


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file, a module and another folder."""
    (tmp_path / "data.csv").write_text("1\n")
    (tmp_path / "helper.py").write_text("VALUE = 3\n")
    (tmp_path / "sub").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("question", "path", "detail"),
    [
        ("os.path.exists('data.csv')", "data.csv", "kind"),
        ("os.path.exists('nowhere')", "nowhere", "kind"),
        ("os.path.lexists('data.csv')", "data.csv", "link kind"),
        ("os.path.isdir('sub')", "sub", "kind"),
        ("Path('data.csv').exists()", "data.csv", "kind"),
        ("Path('data.csv').is_file()", "data.csv", "kind"),
        ("Path('sub').is_dir()", "sub", "kind"),
        ("os.path.getsize('data.csv')", "data.csv", "size"),
        ("os.path.getmtime('data.csv')", "data.csv", "status"),
        ("Path('data.csv').stat()", "data.csv", "status"),
        ("os.stat(b'data.csv')", "data.csv", "status"),
        ("os.lstat('data.csv')", "data.csv", "link status"),
        ("os.stat('data.csv', follow_symlinks=False)", "data.csv", "link status"),
        ("os.access('data.csv', os.X_OK)", "data.csv", "mode"),
        ("os.stat('data.csv', dir_fd=os.open('.', os.O_RDONLY))", "data.csv", "status"),
    ],
)
def test_what_is_asked_of_a_file_without_opening_it(
    folder: Path, question: str, path: str, detail: str
) -> None:
    seen = watched(folder, f"import os\nfrom pathlib import Path\n{question}", "pathlib")
    assert seen.looks == {path: detail}
    assert seen.reads == set()


@pytest.mark.parametrize(
    ("reading", "read"),
    [
        ("open('data.csv')", {"data.csv"}),
        ("os.open('data.csv', os.O_RDONLY)", {"data.csv"}),
        ("os.listdir('sub')", {"sub"}),
        ("os.listdir(os.open('sub', os.O_RDONLY | os.O_DIRECTORY))", {"sub"}),
        ("list(os.walk('.'))", {".", "sub"}),
        ("import helper", {"helper.py"}),
        ("open('missing')", {"missing"}),
    ],
)
def test_what_is_read(folder: Path, reading: str, read: set[str]) -> None:
    seen = watched(folder, f"import os\ntry: {reading}\nexcept OSError: pass")
    assert seen.reads == read
    assert seen.effects == set()


@pytest.mark.parametrize(
    ("reading", "variables"),
    [
        ("os.environ['HOME']", ["HOME"]),
        ("os.environ.get('NOWHERE')", ["NOWHERE"]),
        ("os.getenv('HOME')", ["HOME"]),
        ("os.environb.get(b'HOME')", ["HOME"]),
        ("'HOME' in os.environ", ["HOME"]),
        ("os.path.expanduser('~')", ["HOME"]),
        ("dict(os.environ)", ["*"]),
        ("[*os.environ]", ["*"]),
        ("len(os.environ)", ["*"]),
        ("os.environ.get('SHLVL'); os.environ.copy()", ["*", "SHLVL"]),
        ("os.environ['MINE'] = '1'; os.environ['MINE']", []),
        ("os.environ.get('PYTHONPATH')", []),
    ],
)
def test_which_variables_are_read(folder: Path, reading: str, variables: list[str]) -> None:
    seen = watched(folder, f"import os\n{reading}")
    assert seen.report["variables"] == variables


def test_a_module_that_is_looked_for_is_looked_for_beside_the_plan(folder: Path) -> None:
    seen = watched(folder, "try: import nowhere\nexcept ImportError: pass")
    assert seen.looks["nowhere"] == seen.looks["nowhere.py"] == "kind"
    assert seen.reads == set()


@pytest.mark.parametrize(
    "doing",
    [
        "import json; open(json.__file__).read(); os.listdir(os.path.dirname(json.__file__))",
        "open('/proc/self/stat').read(); open('/dev/null').read()",
        "import traceback\ntry: 1 / 0\nexcept ArithmeticError: traceback.format_exc()",
        "read, write = os.pipe(); open(write, 'wb').write(b'x'); open(read, 'rb').read()",
    ],
    ids=["what is installed", "what is no file", "sources of a traceback", "a pipe"],
)
def test_what_no_result_rests_on(folder: Path, doing: str) -> None:
    seen = watched(folder, f"import os\n{doing}", "json", "tokenize", "traceback")
    assert (seen.reads, seen.looks, seen.effects) == (set(), {}, set())


def test_a_name_that_is_no_text_cannot_be_watched(folder: Path) -> None:
    seen = watched(folder, r"import os; os.path.exists(b'\xff')")
    assert seen.kinds == {"reads"}


def test_a_working_directory_that_is_gone_is_the_nodes_own_trouble(folder: Path) -> None:
    text = """
    import os
    os.chdir("sub"); os.rmdir("../sub")
    try:
        open("missing")
    except FileNotFoundError as error:
        value = error.filename
    """
    seen = watched(folder, text)
    assert seen.value == "'missing'"
    assert "reads" in seen.kinds


def test_what_watches_is_not_to_be_told_from_what_was_there(folder: Path) -> None:
    text = """
    import inspect, os, pickle, time
    from datetime import datetime
    for function in (os.stat, os.lstat, os.access, os.urandom, time.time, datetime.now):
        assert pickle.loads(pickle.dumps(function)) == function
    assert os.stat in os.supports_fd and os.stat in os.supports_follow_symlinks
    assert str(inspect.signature(os.stat)) == "(path, *, dir_fd=None, follow_symlinks=True)"
    assert pickle.loads(pickle.dumps(datetime.now())).__class__ is datetime
    value = type(os.environ).__name__, time.time.__module__, os.stat.__module__
    """
    assert watched(folder, text).value == "('_Environ', 'time', 'os')"
