"""`codeact run --json`: the events, and failures at exactly the ranges that Python itself knows."""

from textwrap import dedent

import pytest

from tests.cli.command import Codeact, said, words
from tests.cli.python_ranges import range_of_failure

FAILURES = {
    "to the right of astral text": """
        def fails():
            x = "📦"; return {"日本 📦": 1, "ключ": "🜁"}["日本"] + x
    """,
    "over several lines": """
        def fails():
            return sum([
                1,
                "zwei",
            ]) + 3
    """,
    "in a helper": """
        def fails():
            return 1 + _half("zwölf")

        def _half(x):
            return x / 2
    """,
    "inside a library": """
        import json

        def fails():
            text = "日本"; return [json.loads(text), 1]
    """,
    "in a comprehension": """
        def fails():
            return {n: 10 / (n - 2) for n in range(4)}
    """,
    "in a lambda that another function calls": """
        def fails():
            return sorted([1, 2], key=lambda n: n.größe)
    """,
    "in a raise inside of an except": """
        def fails():
            try:
                int("x")
            except ValueError as error:
                raise RuntimeError("not a number") from error
    """,
    "in an assertion": """
        def fails():
            values = []
            assert values, "there is nothing"
    """,
    "at the end of a with statement": """
        class _Closing:
            def __enter__(self):
                return self
            def __exit__(self, *error):
                return 1 / 0

        def fails():
            with _Closing():
                return 1
    """,
    "in a coroutine": """
        import asyncio

        async def fails():
            await asyncio.sleep(0)
            return await _missing() + 1

        async def _missing():
            return {}["schlüssel"]
    """,
    "in an augmented assignment": """
        def fails():
            total = 0
            for part in [1, None]:
                total += part
            return total
    """,
    "while unpacking": """
        def fails():
            left, *middle, right = [1]
            return left
    """,
    "in a recursion without end": """
        def fails():
            return _deeper(1)

        def _deeper(n):
            return 1 + _deeper(n + 1)
    """,
    "in a decorator's wrapper": """
        import functools

        def _checked(function):
            @functools.wraps(function)
            def wrapper():
                return function().missing
            return wrapper

        @_checked
        def fails():
            return 1
    """,
    "at the module level": """
        LIMITS = {"größte": 3}
        LIMIT = LIMITS["größe"]

        def fails():
            return LIMIT
    """,
    "in an import": """
        from pathlib import Path, Pfad

        def fails():
            return Path()
    """,
    "in lines that end as on Windows": "def fails():\r\n\tä = 'ö'\r\n\treturn ä.länge\r\n",
}


@pytest.mark.parametrize("text", FAILURES.values(), ids=FAILURES)
def test_the_range_of_a_failure_is_pythons_own(codeact: Codeact, text: str) -> None:
    codeact.plan(text)
    ended = codeact.run()
    assert ended.error["range"] == range_of_failure(dedent(text).lstrip("\n"), "fails")
    assert ended.status == 1


def test_a_byte_order_mark_moves_no_column(codeact: Codeact) -> None:
    text = "def fails(): return 1 / 0\n"
    codeact.plan("\ufeff" + text)
    assert codeact.run().error["range"] == range_of_failure(text, "fails")


def test_the_events_of_a_run_count_up_and_carry_its_id(codeact: Codeact) -> None:
    codeact.plan("""
        def first() -> str:
            print("hello")
            return "日本"

        def second(first: str) -> str:
            return first[5]

        def third(second: str) -> str:
            return second
    """)
    told = codeact.run().told
    assert words(told, "event", "sequence") == [
        ("RunStarted", 0),
        ("NodeStarted", 1),
        ("NodeOutput", 2),
        ("NodeSucceeded", 3),
        ("NodeStarted", 4),
        ("NodeFailed", 5),
        ("NodeBlocked", 6),
        ("RunFinished", 7),
    ]
    assert len({event["run"] for event in told}) == 1
    assert {event["version"] for event in told} == {1}
    assert told[0]["nodes"] == told[0]["targets"] == ["first", "second", "third"]
    assert (told[2]["stream"], told[2]["text"]) == ("stdout", "hello\n")
    assert words([told[3]["result"]], "type", "size", "preview") == [
        ("str", "2 characters", "日本")
    ]
    assert told[6]["by"] == ["second"]
    assert (told[7]["status"], told[7]["counts"]) == (
        "failed",
        {"ran": 1, "failed": 1, "blocked": 1},
    )


def test_a_failure_says_what_failed_in_what_with_which_values_and_whose_they_are(
    codeact: Codeact,
) -> None:
    plan = codeact.plan("""
        def prices() -> dict[str, float]:
            return {"Äpfel": 2.5}

        def bill(prices: dict[str, float]) -> float:
            return 3 * prices["Birnen"]
    """)
    text = plan.read_text(encoding="utf-8")
    error = codeact.run().error
    assert (error["type"], error["message"], error["category"]) == ("KeyError", "'Birnen'", "user")
    assert said(error["range"], text) == 'prices["Birnen"]'
    assert said(error["focus"], text) == '"Birnen"'
    assert error["values"] == [
        {"text": "prices", "value": "{'Äpfel': 2.5}", "type": "dict", "input": "prices"}
    ]
    (origin,) = error["related"]
    assert words([origin], "kind", "node", "likely") == [("origin", "prices", False)]
    assert said(origin["range"], text) == '"Äpfel"'


def test_causes_and_calls_come_with_their_own_ranges(codeact: Codeact) -> None:
    plan = codeact.plan("""
        def fails() -> int:
            return _checked("x")

        def _checked(text: str) -> int:
            try:
                return int(text)
            except ValueError as error:
                error.add_note("asked for a number")
                raise LookupError("no number") from error
    """)
    text = plan.read_text(encoding="utf-8")
    error = codeact.run().error
    calls = [(frame["function"], said(frame["range"], text)) for frame in error["frames"]]
    assert calls == [
        ("fails", '_checked("x")'),
        ("_checked", 'raise LookupError("no number") from error'),
    ]
    (cause,) = error["related"]
    assert (cause["kind"], said(cause["range"], text)) == ("cause", "int(text)")
    assert cause["message"] == "ValueError: invalid literal for int() with base 10: 'x'"


def test_a_plan_with_errors_is_refused_with_its_problems_as_events(codeact: Codeact) -> None:
    codeact.plan("def one(two): return two\n\ndef two(one): return one\n")
    ended = codeact.run()
    assert ended.status == 2
    assert words(ended.told, "event", "code", "file") == [("Problem", "cycle", "it.plan.py")]


def test_what_a_node_took_is_told_of_each_that_ran_whatever_became_of_it(codeact: Codeact) -> None:
    codeact.plan("""
        def good():
            with open("/dev/null", "wb", buffering=0) as nothing:
                return nothing.write(b"x" * 1_000_000)

        def bad():
            with open("/dev/zero", "rb", buffering=0) as zeros:
                raise ValueError(len(zeros.read(1_000_000)))
    """)
    ended = codeact.run()
    (good,), (bad,) = ended.events("NodeSucceeded"), ended.events("NodeFailed")
    names = {"wall", "cpu", "memory", "read", "written", "diskRead", "diskWritten"}
    for took in (good["usage"], bad["usage"]):
        assert took.keys() == names
        assert took["cpu"] > 0
        assert 1_000_000 < took["memory"] < 500_000_000
    assert 1_000_000 <= good["usage"]["written"] < 1_050_000
    assert 1_000_000 <= bad["usage"]["read"] < 1_050_000
    (finished,) = ended.events("RunFinished")
    measured = {node["node"]: node for node in finished["metrics"]["nodes"]}
    (run,) = codeact("history", "it.plan.py", "--json").told
    remembered = {node["node"]: node for node in run["nodes"]}
    for node, took in (("good", good["usage"]), ("bad", bad["usage"])):
        of_call = {name: took[name] for name in names - {"wall"}}
        assert of_call.items() <= measured[node].items()
        assert of_call.items() <= remembered[node].items()
