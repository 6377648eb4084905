"""Nodes that end in ways that no traceback tells of, or not at all."""

import pickle

import pytest

from tests.cli.command import Codeact, said, words
from tests.leftovers import Marked


@pytest.mark.parametrize(
    "body",
    ["while True: pass", "time.sleep(1_000)", "asyncio.run(asyncio.sleep(1_000))"],
    ids=["busy", "asleep", "awaiting"],
)
def test_a_node_that_never_returns_is_stopped_at_the_limit_where_it_is(
    codeact: Codeact, body: str
) -> None:
    plan = codeact.plan(f"""
        import asyncio, time

        def endless() -> int:
            {body}

        def fine() -> int:
            '''Is in no hurry.

            Timeout: 100 s
            '''
            return 1
    """)
    ended = codeact.run("--timeout", "1")
    assert ended.status == 1
    assert ended.became == {"endless": "failed", "fine": "succeeded"}
    error = ended.error
    assert (error["type"], error["category"]) == ("Timeout", "timeout")
    assert error["message"] == "still running after 1 s, its time limit"
    place = said(error["range"], plan.read_text(encoding="utf-8"))
    assert place
    assert place in body


def test_the_limit_in_a_docstring_goes_before_that_of_the_command(codeact: Codeact) -> None:
    codeact.plan('''
        def endless() -> int:
            """Counts to infinity.

            Timeout: 0.2 s
            """
            while True:
                pass
    ''')
    error = codeact.run("--timeout", "100").error
    assert error["message"] == "still running after 0.2 s, its time limit"


def test_what_a_stopped_node_started_is_stopped_too(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    codeact.plan("""
        import subprocess

        def leaves() -> int:
            subprocess.Popen(["sleep", "1000"], start_new_session=True)
            return 1

        def waits() -> int:
            '''Waits for ever.

            Timeout: 0.5 s
            '''
            subprocess.run(["sleep", "1000"])
    """)
    marked = Marked()
    for name, value in marked.environment.items():
        monkeypatch.setenv(name, value)
    assert codeact.run().became == {"leaves": "succeeded", "waits": "failed"}
    assert marked.left() == []


def ends() -> object:
    return lambda: 1


def why_not_pickled(value: object) -> str:
    """In the words of this Python; each release has its own."""
    try:
        pickle.dumps(value, protocol=5)
    except (AttributeError, TypeError, pickle.PicklingError) as error:
        return str(error)
    raise AssertionError(value)


EXITED = (
    "The process exited with status 0 before the node returned; something called os._exit, or "
    "closed descriptors not its own."
)
KILLED = "The process was ended by SIGKILL. The system may have run out of memory."
PICKLE = why_not_pickled(ends())
NOWHERE = "No module named 'nowhere_to_be_found'"
# The category and the headline of an ending, by what ends the node. `«»` mark its place; an ending
# that leaves no trace has the name of the node.
ENDINGS = {
    "«sys.exit(7)»": ("exit", "SystemExit", "7"),
    "«raise KeyboardInterrupt»": ("user", "KeyboardInterrupt", ""),
    "«ctypes.string_at(0)»": ("crash", "SIGSEGV", "The process was ended by SIGSEGV."),
    "os._exit(0)": ("crash", "ProcessExit", EXITED),
    "os.kill(os.getpid(), 9)": ("crash", "SIGKILL", KILLED),
    "«return lambda: 1»": ("unserialisable", "AttributeError", PICKLE),
    "«import nowhere_to_be_found»": ("import", "ModuleNotFoundError", NOWHERE),
}


@pytest.mark.parametrize("body", ENDINGS)
def test_an_ending_has_its_category_and_its_place(codeact: Codeact, body: str) -> None:
    plan = codeact.plan(f"""
        import ctypes, os, sys

        def ends() -> int:
            {body.strip("«»")}

        def after(ends: int) -> int:
            return ends
    """)
    ended = codeact.run()
    assert ended.status == 1
    assert ended.became == {"ends": "failed", "after": "blocked"}
    assert words([ended.error], "category", "type", "message") == [ENDINGS[body]]
    place = body.strip("«»") if "«" in body else "ends"
    assert said(ended.error["range"], plan.read_text(encoding="utf-8")) == place


def test_memory_beyond_the_docstrings_budget_is_a_memory_error(codeact: Codeact) -> None:
    codeact.plan('''
        def greedy() -> int:
            """Takes more than it may.

            Memory: 64 MB
            """
            return len(bytearray(1_000_000_000))
    ''')
    error = codeact.run().error
    assert (error["type"], error["category"]) == ("MemoryError", "memory")


def test_an_input_that_cannot_become_what_its_node_wants_fails_at_the_parameter(
    codeact: Codeact,
) -> None:
    plan = codeact.plan("""
        from datetime import date

        def weekday(day: date) -> int:
            return day.weekday()
    """)
    ended = codeact.run("--input", "day=2026-13-01")
    error = ended.error
    assert (ended.status, error["category"], error["type"]) == (1, "input", "ValueError")
    assert said(error["range"], plan.read_text(encoding="utf-8")) == "day"


def test_what_a_node_writes_is_told_by_stream_even_if_it_then_crashes(codeact: Codeact) -> None:
    codeact.plan("""
        import os, sys

        def talks() -> None:
            print("to stdout", "日本")
            print("to stderr", file=sys.stderr)
            os.write(1, b"raw \\xff\\n")
            os.system("echo from a child")
            os.abort()
    """)
    ended = codeact.run()
    written = {"stdout": "", "stderr": ""}
    for output in ended.events("NodeOutput"):
        written[output["stream"]] += output["text"]
    assert written == {
        "stdout": "to stdout 日本\nraw \ufffd\nfrom a child\n",
        "stderr": "to stderr\n",
    }
    assert ended.error["type"] == "SIGABRT"


def test_a_node_that_reads_standard_input_gets_none_and_cannot_hang(codeact: Codeact) -> None:
    codeact.plan("def asks() -> str: return input('name? ')\n")
    assert codeact.run().error["type"] == "EOFError"


def test_nodes_that_are_spawned_run_confined(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODEACT_START_METHOD", "spawn")
    codeact.plan("""
        from pathlib import Path

        def a() -> int: return 1
        def b(a: int) -> int: return Path("out.txt").write_text(str(a))
    """)
    ended = codeact.run("--level", "strict", "--minimum-tier", "contained")
    assert ended.became == {"a": "succeeded", "b": "failed"}
    assert not (codeact.folder / "out.txt").exists()
