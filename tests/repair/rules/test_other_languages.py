"""Methods that objects of other languages have."""

import pytest

from codeact_lsp.repair.rules.other_languages import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_length(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(words: list[str] = ["a"]) -> object:
            return words.length
        """,
        "Write 'len(words)'",
        """
        def a(words: list[str] = ["a"]) -> object:
            return len(words)
        """,
    )


async def test_one_that_is_an_operator_here(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(text: str = "ab") -> object:
            return not text.contains("a")
        """,
        "Write '\"a\" in text'",
        """
        def a(text: str = "ab") -> object:
            return not ("a" in text)
        """,
    )


async def test_one_that_a_library_had_once(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [2, 1]})
            return [name for name, _ in table.iteritems()]
        """,
        "Write 'table.items()'",
        """
        import pandas as pd

        def a() -> object:
            table = pd.DataFrame({"n": [2, 1]})
            return [name for name, _ in table.items()]
        """,
    )


async def test_a_set_in_order(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            numbers = {3, 1}
            numbers.sort()
            return numbers[0]
        """,
        "numbers.sort()",
        "numbers = sorted(numbers)",
    )


async def test_a_generator_of_chance(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            rng = np.random.default_rng(0)
            return len(rng.randint(0, 5, 3))
        """,
        "randint",
        "integers",
    )


async def test_the_keys_of_pairs(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            pairs = sorted({"x": 1}.items())
            return pairs.keys()
        """,
        "pairs.keys()",
        "[key for key, _ in pairs]",
    )


async def test_a_method_of_each_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            words = ["a", "b"]
            return words.title()
        """,
        "words.title()",
        "[each.title() for each in words]",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [1].price\n",
        "class _Own: pass\n\ndef a(): return _Own().length\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(
    ("made", "old", "new"),
    [
        ("pd.Series([1, 2, 3])", "made.is_monotonic", "made.is_monotonic_increasing"),
        ("pd.DataFrame({'n': [1]})", "made.pad()", "made.ffill()"),
        ("pd.DataFrame({'n': [1]})", "made.get_value(0, 'n')", "made.at[0, 'n']"),
        ("np.array([1, 4])", "made.ptp()", "np.ptp(made)"),
        ("np.array([1, 4]).astype('u1')", "made.tostring()", "made.tobytes()"),
        ("pd.Timestamp('2024-01-02')", "made.weekday_name", "made.day_name()"),
        ("timedelta(hours=30)", "made.hours", "made.total_seconds() / 3600"),
    ],
)
async def test_what_libraries_called_otherwise(bench: Bench, made: str, old: str, new: str) -> None:
    imports = "from datetime import timedelta\n\nimport numpy as np\nimport pandas as pd\n\n"
    await bench.check_first(f"{imports}def a():\n    made = {made}\n    return {old}\n", old, new)


async def test_what_a_generator_joins(bench: Bench) -> None:
    await bench.check_first(
        """
        from itertools import permutations


        def a(text: str = "ab") -> object:
            return [each.join("") for each in permutations(text)]
        """,
        'each.join("")',
        '"".join(each)',
    )


async def test_one_more_in_a_tuple(bench: Bench) -> None:
    await bench.check_offer(
        """
        def a() -> object:
            rows = ()
            rows.append(3)
            return rows
        """,
        "Write 'rows += (3,)'",
        """
        def a() -> object:
            rows = ()
            rows += (3,)
            return rows
        """,
    )


async def test_the_length_of_what_is_a_length(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(rows: list[int] = [1, 2]) -> object:
            best = len(rows)
            return best.length
        """,
        "best.length",
        "best",
    )


async def test_what_is_put_in_order_without_being_a_list(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(ages: dict[str, int] = {"x": 2, "a": 1}) -> object:
            return ages.items().sort()
        """,
        "ages.items().sort()",
        "sorted(ages.items())",
    )


async def test_what_a_path_is_asked_in_other_words(bench: Bench) -> None:
    (bench.folder / "x.txt").write_text("abc", encoding="utf-8")
    text = "from pathlib import Path\n\ndef a(): return Path('x.txt').size\n"
    fix = await bench.check_first(text, ".size", ".stat().st_size")
    assert fix.preferred


async def test_a_method_that_is_kept_to_be_called(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> list[int]:
            found = []
            add = found.push
            add(2)
            return found
        """,
        "found.push",
        "found.append",
    )


async def test_of_bytes_as_of_texts(bench: Bench) -> None:
    await bench.check_first("def a(raw=b'TEA'): return raw.toLowerCase()\n", "toLowerCase", "lower")
