"""What the process `codeact` writes to pipes and to terminals."""

import json
import os
import pty
import re
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path

import pytest

CODEACT = [str(Path(sys.executable).with_name("codeact"))]
MODULE = [sys.executable, "-m", "codeact_lsp"]
ESCAPE = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
COLOUR = re.compile(rb"\x1b\[[0-9;]*m")

WIDE = """\
def wide() -> str:
    print("x" * 300)
    return "日本 📦 " * 40 + missing_at_the_end_of_a_long_line + "{}"
""".format("y" * 200)


def save(folder: Path, text: str) -> str:
    """Save a plan; return its name."""
    (folder / "it.plan.py").write_text(text, encoding="utf-8")
    return "it.plan.py"


def ended(folder: Path, *command: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a command to its end, with its output in pipes."""
    return subprocess.run(
        command,
        cwd=folder,
        env=plain(variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def plain(variables: Mapping[str, str]) -> dict[str, str]:
    """This environment without what asks for colours or forbids them, and with `variables`."""
    asking = {"FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "TERM", "COLUMNS"}
    kept = {name: value for name, value in os.environ.items() if name not in asking}
    return {**kept, "TERM": "xterm-256color", **variables}


def on_a_terminal(folder: Path, *command: str, **variables: str) -> bytes:
    """The output of a command that runs on a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (25, 80))
    with subprocess.Popen(
        command, cwd=folder, env=plain(variables), stdin=theirs, stdout=theirs, stderr=theirs
    ):
        os.close(theirs)
        output = b""
        try:
            while data := os.read(ours, 65_536):
                output += data
        except OSError:  # The other side has closed, which Linux reports so.
            pass
    os.close(ours)
    return output


def test_the_exit_status_reaches_the_shell(tmp_path: Path) -> None:
    name = save(tmp_path, "def one() -> int: return 1\ndef two(one) -> int: return one.x\n")
    assert ended(tmp_path, *CODEACT, "run", name, "--node", "one").returncode == 0
    assert ended(tmp_path, *CODEACT, "run", name).returncode == 1
    assert ended(tmp_path, *CODEACT, "run", "no.plan.py").returncode == 3
    save(tmp_path, "def one(one): 1\n")
    assert ended(tmp_path, *MODULE, "check", name).returncode == 2


def test_output_in_a_pipe_has_no_control_codes_and_no_cut_lines(tmp_path: Path) -> None:
    name = save(tmp_path, WIDE)
    for command in ("run", "fix"):
        told = ended(tmp_path, *CODEACT, command, name, COLUMNS="40")
        assert told.stderr == b""
        assert b"\x1b" not in told.stdout
        lines = told.stdout.decode().splitlines()
        assert command == "fix" or "   wide │ " + "x" * 300 in lines
        source, carets = [line for line in lines if " │ " in line and "xxx" not in line]
        assert source.endswith('+ "' + "y" * 200 + '"')
        assert carets.endswith("^" * len("missing_at_the_end_of_a_long_line"))


def test_a_terminal_gets_colours_unless_no_color_asks_for_none(tmp_path: Path) -> None:
    name = save(tmp_path, "def one() -> int: return missing\n")
    assert COLOUR.search(on_a_terminal(tmp_path, *CODEACT, "run", name))
    uncoloured = on_a_terminal(tmp_path, *CODEACT, "run", name, NO_COLOR="1")
    assert "✗ one  NameError" in ESCAPE.sub(b"", uncoloured).decode()
    weights = set(COLOUR.findall(uncoloured))
    assert weights <= {b"\x1b[0m", b"\x1b[1m", b"\x1b[2m"}


def test_on_a_terminal_a_long_line_is_shown_around_its_carets(tmp_path: Path) -> None:
    name = save(tmp_path, WIDE)
    shown = ESCAPE.sub(b"", on_a_terminal(tmp_path, *CODEACT, "run", name)).decode()
    lines = shown.replace("\r", "\n").split("\n")
    (source,) = [line for line in lines if "missing_at_the_end" in line and "│" in line]
    assert source.startswith("  3 │ …")
    assert len(source) <= 80
    assert any(line.endswith("^" * len("missing_at_the_end_of_a_long_line")) for line in lines)


def test_an_encoding_that_lacks_characters_gets_them_spelt_out(tmp_path: Path) -> None:
    name = save(tmp_path, "def größe() -> str: return '日本 📦'\n")
    told = ended(tmp_path, *CODEACT, "run", name, PYTHONIOENCODING="ascii")
    assert (told.returncode, told.stderr) == (0, b"")
    assert b"\\u65e5\\u672c \\U0001f4e6" in told.stdout
    told = ended(tmp_path, *CODEACT, "graph", name, "--format", "json", PYTHONIOENCODING="ascii")
    assert json.loads(told.stdout)["nodes"][0]["name"] == "größe"


@pytest.mark.parametrize(
    "arguments",
    [["check", "--json"], ["check"], ["graph", "--format", "json"], ["graph"], ["run", "--json"]],
    ids=" ".join,
)
def test_a_reader_that_has_seen_enough_ends_the_command_quietly(
    tmp_path: Path, arguments: list[str]
) -> None:
    name = save(tmp_path, "\n".join(f"def n{n}(x{n}=1): return 1" for n in range(500)))
    save(tmp_path, (tmp_path / name).read_text() + "\ndef a(b): 1\ndef b(a): 1\n")
    command = subprocess.Popen(
        [*CODEACT, *arguments, name],
        cwd=tmp_path,
        env=plain({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert command.stdout is not None
    command.stdout.close()
    assert command.stderr is not None
    with command.stderr:
        assert command.stderr.read() == b""
    assert command.wait() == 141


def test_a_run_whose_reader_has_gone_is_stopped(tmp_path: Path) -> None:
    text = "import time\n\ndef a(): return 1\n\ndef b(a): time.sleep(1_000)\n"
    name = save(tmp_path, text)
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as output:
        done = subprocess.run(
            [*CODEACT, "run", name],
            check=False, cwd=tmp_path, stdout=output, stderr=subprocess.PIPE,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("arguments", [["check"], ["run"], ["run", "--json"]])
def test_a_full_disk_behind_the_output_is_told_in_one_line(
    tmp_path: Path, arguments: list[str]
) -> None:
    name = save(tmp_path, "def a(:\n")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            check=False,
            args=[*CODEACT, *arguments, name],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    message = b"codeact: cannot write the output: No space left on device.\n"
    assert (done.returncode, done.stderr) == (3, message)


def test_a_closed_output_is_no_defect(tmp_path: Path) -> None:
    name = save(tmp_path, "def a(): return 1\n")
    done = subprocess.run(
        check=False,
        args=["sh", "-c", f"exec {CODEACT[0]} check {name} >&-"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
    )
    assert (done.returncode, done.stderr) == (0, b"")
