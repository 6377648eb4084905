"""What is seen of a node that does more than make a value."""

from pathlib import Path

import pytest

from tests.worker.watched import watched


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file, and a module that looks at the clock."""
    (tmp_path / "old").write_text("1\n")
    (tmp_path / "helper.py").write_text("import time\n\ndef now(): return time.time()\n")
    return tmp_path


@pytest.mark.parametrize(
    ("doing", "written"),
    [
        ("open('new', 'w').close()", {"new"}),
        ("open('old', 'a').close()", {"old"}),
        ("open('old', 'r+').close()", {"old"}),
        ("os.open('new', os.O_CREAT | os.O_WRONLY)", {"new"}),
        ("os.mkdir('new')", {"new"}),
        ("os.makedirs('new/below'); open('new/below/file', 'w').close()", {"new"}),
        ("os.remove('old')", {"old"}),
        ("os.rename('old', 'new')", {"old", "new"}),
        ("shutil.copy('old', 'new')", {"new"}),
        ("os.symlink('old', 'new')", {"new"}),
        ("os.chmod('old', 0o600)", {"old"}),
        ("os.truncate('old', 0)", {"old"}),
        ("open('part', 'w').close(); os.replace('part', 'old')", {"old"}),
        ("open('part', 'w').close(); os.replace('part', 'new')", {"new"}),
        ("open('new', 'w').close(); os.remove('new')", set()),
        ("os.makedirs('a/b'); open('a/b/c', 'w').close(); shutil.rmtree('a')", set()),
        ("pathlib.Path('missing').unlink(missing_ok=True)", set()),
        ("os.rename('old', 'new'); open('new').close()", {"old", "new"}),
        ("open('/' + os.path.abspath('new'), 'w').close()", {"new"}),
        ("open('/' + os.path.abspath('old'), 'a').close()", {"old"}),
        ("open('/dev/null', 'w').close()", set()),
        ("print('hello', file=sys.stderr)", set()),
    ],
)
def test_what_is_written(folder: Path, doing: str, written: set[str]) -> None:
    seen = watched(folder, f"import os, pathlib, shutil, sys\n{doing}")
    assert seen.effects == {("writes", name) for name in written}


def test_what_is_written_is_told_where_no_file_can_be_made_any_more(folder: Path) -> None:
    full = "resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))"
    seen = watched(folder, f"import os, resource\nos.mkdir('new')\n{full}")
    assert seen.effects == {("writes", "new")}


@pytest.mark.parametrize(
    "making",
    [
        "tempfile.TemporaryFile().close()",
        "tempfile.NamedTemporaryFile().close()",
        "tempfile.TemporaryDirectory().cleanup()",
    ],
)
def test_a_temporary_file_that_is_gone_is_none(folder: Path, making: str) -> None:
    seen = watched(folder, f"import tempfile\n{making}", "tempfile")
    assert (seen.effects, seen.reads) == (set(), set())


def test_a_temporary_folder_that_stays_has_to_stay(folder: Path) -> None:
    seen = watched(folder, "import tempfile\nvalue = tempfile.mkdtemp()", "tempfile")
    made = Path(seen.value.strip("'"))
    made.rmdir()
    assert seen.effects == set()
    assert ["kind", str(made)] in [look[:2] for look in seen.report["looks"]]


@pytest.mark.parametrize(
    ("asking", "told"),
    [
        ("time.time()", "time.time"),
        ("time.time_ns()", "time.time_ns"),
        ("time.localtime()", "time.localtime"),
        ("time.clock_gettime(time.CLOCK_REALTIME)", "time.clock_gettime"),
        ("time.strftime('%Y')", "time.strftime"),
        ("datetime.now()", "datetime.now"),
        ("datetime.now(timezone.utc)", "datetime.now"),
        ("datetime.now(tz=timezone.utc)", "datetime.now"),
        ("date.today()", "time.time"),
        ("helper.now()", "time.time"),
    ],
)
def test_the_clock_is_used(folder: Path, asking: str, told: str) -> None:
    text = f"import helper, time\nfrom datetime import date, datetime, timezone\n{asking}"
    assert watched(folder, text).effects == {("clock", told)}


@pytest.mark.parametrize(
    "asking",
    [
        "time.perf_counter(), time.monotonic(), time.sleep(0)",
        "time.localtime(3), time.strftime('%Y', time.gmtime(3))",
        "time.clock_gettime(time.CLOCK_MONOTONIC)",
        "logging.warning('a library looks at the clock')",
        "datetime(2026, 10, 1), datetime.fromtimestamp(3)",
    ],
)
def test_the_clock_is_not_used(folder: Path, asking: str) -> None:
    text = f"import logging, time\nfrom datetime import datetime\n{asking}"
    assert watched(folder, text).effects == set()


@pytest.mark.parametrize(
    ("drawing", "told"),
    [
        ("random.random()", "random"),
        ("random.shuffle([1, 2])", "random"),
        ("random.random(); random.seed(3)", "random"),
        ("random.seed(); random.random()", "random"),
        ("random.seed(3); random.seed(); random.random()", "random"),
        ("random.Random().random()", "random.Random"),
        ("random.SystemRandom().random()", "os.urandom"),
        ("os.urandom(3)", "os.urandom"),
        ("secrets.token_hex()", "os.urandom"),
        ("uuid.uuid4()", "os.urandom"),
        ("uuid.uuid1()", "uuid.uuid1"),
        ("open('/dev/urandom', 'rb').read(3)", "os.urandom"),
        ("numpy.random.rand()", "numpy.random"),
        ("numpy.random.rand(312)", "numpy.random"),
        ("numpy.random.default_rng()", "numpy.random.default_rng"),
        ("pandas.Series([1, 2]).sample()", "numpy.random"),
    ],
)
def test_chance_has_a_say(folder: Path, drawing: str, told: str) -> None:
    text = f"import numpy, os, pandas, random, secrets, uuid\n{drawing}"
    assert watched(folder, text, "pandas").effects == {("random", told)}


@pytest.mark.parametrize("modules", [(), ("numpy",)])
def test_a_part_of_numpy_that_is_imported_later_is_watched(
    folder: Path, modules: tuple[str, ...]
) -> None:
    text = "import numpy\nnumpy.random.rand()"
    assert watched(folder, text, *modules).effects == {("random", "numpy.random")}
    assert watched(folder, "import numpy.random", *modules).effects == set()


@pytest.mark.parametrize(
    "drawing",
    [
        "random.seed(3); random.random()",
        "random.Random(3).random()",
        "numpy.random.seed(3); numpy.random.rand()",
        "numpy.random.default_rng(3).random()",
        "numpy.random.RandomState(3).rand()",
        "uuid.uuid5(uuid.NAMESPACE_URL, 'x')",
        "tempfile.TemporaryFile()",
    ],
)
def test_chance_has_no_say(folder: Path, drawing: str) -> None:
    text = f"import numpy, random, tempfile, uuid\n{drawing}"
    assert watched(folder, text, "numpy", "numpy.random").effects == set()


@pytest.mark.parametrize(
    ("reaching", "told"),
    [
        ("socket.socket().connect(('127.0.0.1', 9))", "127.0.0.1:9"),
        ("socket.socket().bind(('127.0.0.1', 0))", "127.0.0.1:0"),
        ("socket.getaddrinfo('localhost', 80)", "localhost"),
        ("socket.gethostbyname('localhost')", "localhost"),
    ],
)
def test_the_network_is_used(folder: Path, reaching: str, told: str) -> None:
    text = f"import socket\ntry: {reaching}\nexcept OSError: pass"
    assert watched(folder, text).effects == {("network", told)}


@pytest.mark.parametrize(
    ("starting", "told"),
    [
        ("subprocess.run(['true'])", "true"),
        ("subprocess.run('true | false', shell=True)", "sh"),
        ("os.system('true --help')", "true"),
        ("os.waitpid(os.fork() or os._exit(0), 0)", ""),
        ("multiprocessing.util.spawnv_passfds(b'/bin/true', [b'true'], [])", "true"),
    ],
)
def test_another_program_is_started(folder: Path, starting: str, told: str) -> None:
    text = f"import multiprocessing.util, os, subprocess\n{starting}"
    assert watched(folder, text).effects == {("process", told)}


@pytest.mark.parametrize(
    "doing",
    [
        "asyncio.run(asyncio.sleep(0))",
        "platform.processor()",
        "exec('subprocess.run(\"true\")', {**globals(), '__name__': 'matplotlib.font_manager'})",
        "socket.socketpair()",
        "uuid.getnode()",
    ],
)
def test_what_only_looks_like_it(folder: Path, doing: str) -> None:
    text = f"import asyncio, platform, socket, subprocess, uuid\n{doing}"
    assert watched(folder, text).effects == set()


def test_many_effects_of_a_kind_are_told_as_a_few(folder: Path) -> None:
    text = "for number in range(50): open(f'new{number}', 'w').close()\nimport time; time.time()"
    seen = watched(folder, text)
    assert len(seen.effects) == 11
    assert seen.kinds == {"writes", "clock"}


def test_files_beyond_counting_are_told_as_a_few_too(folder: Path) -> None:
    text = """
    import os
    for number in range(3_000): open(f"new{number}", "w").close()
    for number in range(3_000): os.remove(f"new{number}")
    """
    assert watched(folder, text).kinds == {"writes"}


def test_two_nodes_do_not_draw_the_same_numbers(folder: Path) -> None:
    text = """
    import os, random
    from codeact_lsp.worker.chance import Chance
    from codeact_lsp.worker.askers import Askers
    from codeact_lsp.worker.effects import Effects
    from codeact_lsp.worker.gate import Gate
    drawn = set()
    for _ in range(2):
        Chance(Effects(), Askers(), Gate()).begin()
        drawn.add(random.random())
    value = len(drawn)
    """
    assert watched(folder, text).value == "2"
