"""`codeact run` as people read it, and which nodes it runs with which inputs."""

import sys
from pathlib import Path

import pytest

from tests.cli.command import Codeact

DOUBLE = '''
    """Twice as many."""


    def numbers(count: int = 3) -> list[int]:
        print(f"making {count}")
        return list(range(count))


    def doubled(numbers: list[int]) -> list[int]:
        return [2 * number for number in numbers]


    def total(doubled: list[int]) -> int:
        return sum(doubled)
'''

FAILING = """
    def price() -> float:
        return None


    def tax(price: float) -> float:
        return price * 0.19


    def bill(price: float, tax: float) -> float:
        return price + tax


    def greeting() -> str:
        return "hello"
"""


def test_a_run_tells_of_each_node_and_ends_with_what_no_other_node_takes(
    codeact: Codeact,
) -> None:
    codeact.plan(DOUBLE)
    ended = codeact("run", "it.plan.py")
    assert ended.tidy == (
        "   numbers │ making 3\n"
        "✓ numbers  list 3 items  (N ms)\n"
        "✓ doubled  list 3 items  (N ms)\n"
        "✓ total  int  (N ms)\n"
        "\n"
        "total:\n"
        "6\n"
        "\n"
        "done: 3 ran, N s\n"
    )
    assert (ended.status, ended.err) == (0, "")


def test_a_failure_shows_its_place_its_values_and_where_the_bad_value_came_from(
    codeact: Codeact,
) -> None:
    codeact.plan(FAILING)
    ended = codeact("run", "it.plan.py", "--mode", "sequential")
    assert ended.tidy == (
        "✓ price  NoneType  (N ms)\n"
        "✗ tax  TypeError: unsupported operand type(s) for *: 'NoneType' and 'float'\n"
        "  it.plan.py:6:12\n"
        "  6 │     return price * 0.19\n"
        "    │            ^^^^^^^^^^^^\n"
        "    price = None\n"
        "  `price` (None) was made here by 'price': it is None, declared float.\n"
        "  it.plan.py:2:5\n"
        "  2 │     return None\n"
        "    │     ^^^^^^^^^^^\n"
        "– bill  not run: needs tax\n"
        "✓ greeting  str 5 characters  (N ms)\n"
        "\n"
        "greeting:\n"
        "hello\n"
        "\n"
        "failed: 1 blocked, 1 failed, 2 ran, N s\n"
    )
    assert ended.status == 1


def test_what_led_to_a_failure_is_shown_with_its_lines(codeact: Codeact) -> None:
    codeact.plan("""
        def parsed():
            errors = []
            try:
                try:
                    int("x")
                except ValueError as error:
                    raise TypeError("row 2") from error
            except TypeError as error:
                errors.append(error)
            raise ExceptionGroup("rows", [*errors, LookupError("row 3")])
    """)
    shown = codeact("run", "it.plan.py").tidy
    assert (
        "    member: TypeError: row 2\n"
        "      it.plan.py:7:13\n"
        "      cause: ValueError: invalid literal for int() with base 10: 'x'\n"
        "        it.plan.py:5:13\n"
        "    member: LookupError: row 3\n"
    ) in shown


def test_calls_that_are_alike_are_shown_once(codeact: Codeact) -> None:
    codeact.plan("""
        def deep():
            return _deeper(0)

        def _deeper(n):
            return _deeper(n + 1) + 1
    """)
    shown = codeact("run", "it.plan.py").tidy
    assert (
        "    called in _deeper at it.plan.py:5:12, 18 times\n"
        "    called in deep at it.plan.py:2:12\n"
    ) in shown


def test_only_the_wanted_nodes_run_with_all_that_they_need(codeact: Codeact) -> None:
    codeact.plan(FAILING)
    assert codeact.run("--node", "price", "--node", "greeting").became == {
        "price": "succeeded",
        "greeting": "succeeded",
    }
    assert codeact.run("--node", "tax", "--no-cache").became == {
        "price": "succeeded",
        "tax": "failed",
    }


def test_an_input_comes_from_the_command_else_from_the_toml_file_else_from_its_default(
    codeact: Codeact,
) -> None:
    codeact.plan(DOUBLE)
    assert codeact.run().previews["numbers"] == "[0, 1, 2]"
    (codeact.folder / "it.plan.toml").write_text("count = 2\n", encoding="utf-8")
    assert codeact.run().previews["numbers"] == "[0, 1]"
    assert codeact.run("--input", "count=1").previews["numbers"] == "[0]"


@pytest.mark.parametrize(
    ("annotation", "given", "value"),
    [
        ("int", "3", "3"),
        ("float", "3", "3.0"),
        ("str", "3", "'3'"),
        ("str", "three = 3", "'three = 3'"),
        ("str", "", "''"),
        ("list[int]", "[1, 2]", "[1, 2]"),
        ("bool", "true", "True"),
        ("date", "2026-10-01", "datetime.date(2026, 10, 1)"),
        ("Path", "data/x.csv", "PosixPath('data/x.csv')"),
        ("Path | None", "x", "PosixPath('x')"),
        ("object", "日本 📦", "'日本 📦'"),
    ],
)
def test_an_input_becomes_what_its_annotation_asks_for(
    codeact: Codeact, annotation: str, given: str, value: str
) -> None:
    codeact.plan(f"""
        from datetime import date
        from pathlib import Path

        def shown(given: {annotation}) -> str:
            return repr(given)
    """)
    assert codeact.run("--input", f"given={given}").previews == {"shown": value}


def test_a_relative_path_starts_at_the_plan_wherever_the_command_is_called(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    (codeact.folder / "plans").mkdir()
    (codeact.folder / "plans" / "data.txt").write_text("found", encoding="utf-8")
    codeact.plan('def data() -> str: return open("data.txt").read()\n', "plans/it.plan.py")
    assert codeact("run", "plans/it.plan.py", "--json").previews == {"data": "found"}
    monkeypatch.chdir("/")
    path = str(codeact.folder / "plans" / "it.plan.py")
    assert codeact("run", path, "--json").became == {"data": "cached"}


def test_an_interpreter_is_a_path_from_here_or_a_command(
    codeact: Codeact, monkeypatch: pytest.MonkeyPatch
) -> None:
    codeact.plan("import sys\n\ndef executable() -> str: return sys.executable\n")
    (codeact.folder / "bin").mkdir()
    (codeact.folder / "bin" / "mypython").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(codeact.folder / "bin"), prepend=":")
    for chosen in ("mypython", "bin/mypython", str(codeact.folder / "bin" / "mypython")):
        ended = codeact.run("--interpreter", chosen, "--no-cache")
        assert ended.previews == {"executable": str(codeact.folder / "bin" / "mypython")}


def test_nodes_that_claim_a_counted_resource_run_together_as_far_as_there_is_some(
    codeact: Codeact,
) -> None:
    text = "def n{0}() -> int:\n    '''N.\n\n    Uses: gpu:1\n    '''\n    return {0}\n"
    codeact.plan("\n".join(text.format(n) for n in range(3)))
    together = [_most_at_once(codeact, f"gpu={units}") for units in (1, 2)]
    assert together == [1, 2]


def _most_at_once(codeact: Codeact, resource: str) -> int:
    ended = codeact.run("--no-cache", "--workers", "3", "--resource", resource)
    running = most = 0
    for event in ended.told:
        running += (event["event"] == "NodeStarted") - (event["event"] == "NodeSucceeded")
        most = max(most, running)
    return most


def test_a_failing_line_of_the_module_is_shown_once_although_every_node_fails(
    codeact: Codeact,
) -> None:
    codeact.plan(
        "LIMIT = 1 / 0\ndef one() -> float: return LIMIT\ndef two() -> float: return LIMIT\n"
    )
    told = codeact("run", "it.plan.py", "--mode", "sequential").out.splitlines()
    assert [line for line in told if line.startswith(("✗", "  it.plan.py"))] == [
        "✗ one  ZeroDivisionError: division by zero",
        "  it.plan.py:1:9",
        "✗ two  ZeroDivisionError: division by zero",
    ]


def test_text_that_looks_like_markup_is_shown_as_it_is(codeact: Codeact) -> None:
    codeact.plan(
        """def bold() -> str: print("[bold]:smile:[/]"); return ":x: [/b]"\n""", ":x: [a].plan.py"
    )
    ended = codeact("run", ":x: [a].plan.py")
    assert "   bold │ [bold]:smile:[/]\n" in ended.out
    assert "\n:x: [/b]\n" in ended.out
    assert codeact("fix", ":x: [a].plan.py").out == ":x: [a].plan.py: runs, nothing to repair\n"


def test_a_plan_without_nodes_is_done_at_once(codeact: Codeact) -> None:
    codeact.plan("import os\n")
    ended = codeact("run", "it.plan.py")
    assert (ended.status, ended.tidy) == (0, "\ndone: the plan has no nodes, N s\n")


def test_a_dry_run_says_what_would_run_and_runs_nothing(codeact: Codeact) -> None:
    codeact.plan("def seen(): return 83\ndef summed(seen): return seen + 84\n")
    ended = codeact("run", "it.plan.py", "--dry-run", "--workers", "2")
    assert ended.out == (
        "▶ seen  runs: it has not run yet\n"
        "? summed  may run: it depends on 'seen'\n"
        "\n"
        "2 of 2 to run, at most 1 at once (no more can run at once)\n"
    )
    assert ended.status == 0
    codeact("run", "it.plan.py")
    again = codeact("run", "it.plan.py", "--dry-run", "--json")
    assert [(each["event"], each.get("fate")) for each in again.told] == [
        ("Prospect", "reuse"),
        ("Prospect", "reuse"),
        ("Forecast", None),
    ]


def test_what_is_out_of_the_ordinary_in_what_a_node_took_is_told(codeact: Codeact) -> None:
    codeact.plan("""
        def _moves():
            with open("/dev/null", "wb", buffering=0) as nothing:
                for _ in range(100):
                    nothing.write(b"x" * 1_000_000)

        def moves():
            return _moves()

        def fails():
            raise ValueError(_moves())
    """)
    shown = codeact("run", "it.plan.py").tidy
    assert "✓ moves  NoneType  (N ms; wrote 100 MB)" in shown
    assert "  it took N ms, wrote 100 MB" in shown


def test_a_run_takes_no_longer_than_the_user_lets_it(codeact: Codeact, cache_folder: Path) -> None:
    codeact.plan("def a():\n    while True:\n        pass\n")
    configuration = cache_folder / "configuration" / "config.toml"
    before = configuration.read_text(encoding="utf-8")
    configuration.write_text(f"{before}limits.run-time = '700 ms'\n", encoding="utf-8")
    ended = codeact("run", "it.plan.py")
    configuration.write_text(before, encoding="utf-8")
    assert ended.status == 1
    assert "Timeout: not done when the run had taken 0.7 s, its time limit" in ended.out
    assert "The limit is 'run-time' in [sandbox.limits] of your configuration" in ended.out
