"""An argument of another type than the function wants."""

import pytest

from codeact_lsp.repair.rules.given import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_numbers_that_are_joined(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(numbers: tuple[int, ...] = (1, 2)) -> object:
            return ", ".join(numbers)
        """,
        "Write 'map(str, numbers)'",
        """
        def a(numbers: tuple[int, ...] = (1, 2)) -> object:
            return ", ".join(map(str, numbers))
        """,
    )


async def test_a_half_as_a_whole_number(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(n: int = 4) -> object:
            return list(range(n / 2))
        """,
        "Write 'n // 2'",
        """
        def a(n: int = 4) -> object:
            return list(range(n // 2))
        """,
    )


async def test_a_text_where_bytes_are_read(bench: Bench) -> None:
    await bench.check_fix(
        """
        import hashlib

        def a(text: str = "x") -> object:
            return hashlib.sha256(text).hexdigest()[:4]
        """,
        "Write 'text.encode()'",
        """
        import hashlib

        def a(text: str = "x") -> object:
            return hashlib.sha256(text.encode()).hexdigest()[:4]
        """,
    )


async def test_json_that_is_read_already(bench: Bench) -> None:
    await bench.check_fix(
        """
        import json

        def a(row: dict[str, int] = {"x": 1}) -> object:
            return json.loads(row)
        """,
        "Write 'row'",
        """
        import json

        def a(row: dict[str, int] = {"x": 1}) -> object:
            return row
        """,
    )


async def test_a_day_in_json(bench: Bench) -> None:
    await bench.check_fix(
        """
        import json
        from datetime import date

        def a() -> object:
            return json.dumps({"day": date(2024, 1, 2)})
        """,
        "Write 'json.dumps({\"day\": date(2024, 1, 2)}, default=str)'",
        """
        import json
        from datetime import date

        def a() -> object:
            return json.dumps({"day": date(2024, 1, 2)}, default=str)
        """,
    )


async def test_rows_that_are_written(bench: Bench) -> None:
    await bench.check_first(
        """
        import json
        from pathlib import Path

        def a() -> object:
            with open("x.json", "w") as file:
                file.write([1, None])
            return json.loads(Path("x.json").read_text())
        """,
        "[1, None]",
        "json.dumps([1, None])",
    )


async def test_texts_that_are_numbers_in_all_calls(bench: Bench) -> None:
    await bench.check_first(
        """
        import statistics

        def a() -> object:
            values = ["1", "3"]
            return statistics.stdev(values) / statistics.mean(values)
        """,
        "(values)",
        "(list(map(float, values)))",
    )


async def test_some_of_a_set(bench: Bench) -> None:
    await bench.check_first(
        """
        import random

        def a() -> object:
            return len(random.sample({1, 2, 3}, 2))
        """,
        "{1, 2, 3}",
        "sorted({1, 2, 3})",
    )


async def test_the_root_of_a_sum(bench: Bench) -> None:
    await bench.check_first(
        """
        import math

        def a() -> object:
            return math.sqrt(n**2 for n in (3, 4))
        """,
        "sqrt(n**2 for n in (3, 4))",
        "sqrt(sum(n**2 for n in (3, 4)))",
    )


async def test_the_path_of_a_file(bench: Bench) -> None:
    await bench.check_first(
        """
        import json
        from pathlib import Path

        def a(path: str = "x.json") -> object:
            Path(path).write_text("[1]")
            return json.load(path)
        """,
        "load(path)",
        "load(open(path))",
    )


async def test_what_is_the_number_already(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return len(max([1, 22]))
        """,
        "len(max([1, 22]))",
        "max([1, 22])",
    )


async def test_all_lines_of_a_file(bench: Bench) -> None:
    await bench.check_first(
        """
        import json
        from pathlib import Path

        def a() -> object:
            Path("x.json").write_text("[1]")
            with open("x.json") as file:
                return json.loads(file.readlines())
        """,
        "readlines",
        "read",
    )


async def test_a_text_that_is_rounded(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "3.14") -> object:
            return round(text, 1)
        """,
        "round(text",
        "round(float(text)",
    )


async def test_what_a_pool_works_on(bench: Bench) -> None:
    await bench.check_first(
        """
        from concurrent.futures import ThreadPoolExecutor

        def _double(n):
            return n * 2

        def a() -> object:
            with ThreadPoolExecutor() as pool:
                return pool.submit(_double(3)).result()
        """,
        "_double(3)",
        "_double, 3",
    )


async def test_a_number_of_things(bench: Bench) -> None:
    await bench.check_first(
        """
        import random

        def a() -> object:
            return len(random.sample(9, 3))
        """,
        "sample(9",
        "sample(range(9)",
    )


async def test_the_text_of_a_match(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a(text: str = "a 42") -> object:
            return int(re.search(r"[0-9]+", text))
        """,
        're.search(r"[0-9]+", text)',
        're.search(r"[0-9]+", text).group()',
    )


async def test_an_array_that_is_rounded(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            return round(np.array([0.25, 0.5]), 1).tolist()
        """,
        "round(",
        "np.round(",
    )


async def test_a_written_number_for_a_text_is_only_a_guess(bench: Bench) -> None:
    best = await bench.check_first(
        """
        def a(text: str = "a1") -> bool:
            return text.startswith(1)
        """,
        "startswith(1)",
        "startswith(str(1))",
    )
    assert not best.preferred


async def test_digits_among_numbers(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime

        def a() -> datetime:
            text = "2024-05-17-10-20-30".split("-")
            year, month, day, hour, minute = map(int, text[:5])
            second = text[5]
            return datetime(year, month, day, hour, minute, second)
        """,
        "minute, second)",
        "minute, int(second))",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return {}['x']\n",
        "def a(): return 1 + 'x'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_text_of_digits(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return list(range("3"))
        """,
        '"3"',
        "3",
    )


async def test_each_number_as_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: int = 2) -> object:
            return "-".join(at * n for at in range(3))
        """,
        "at * n for",
        "str(at * n) for",
    )


async def test_nobody_means_the_text_of_a_function(bench: Bench) -> None:
    await bench.check_silent(
        RULE, "import re\ndef a():\n    it = re.match\n    return re.sub('x', 'y', it)\n"
    )


async def test_what_of_a_group_and_its_count_was_to_be_joined(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import Counter

        def a(pairs: tuple = (("x", "y"), ("y", "z"), ("x", "y"))) -> str:
            pair = Counter(pairs).most_common(1)[0]
            return " ".join(pair)
        """,
        ".join(pair)",
        ".join(pair[0])",
    )


async def test_what_cannot_be_stripped_is_left_out(bench: Bench) -> None:
    await bench.check_first(
        r"""
        def a(line: str = "x\n") -> str:
            return line.rstrip(10)
        """,
        "rstrip(10)",
        "rstrip()",
    )


async def test_what_was_found_and_not_the_text_of_a_match(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a(line: str = "name = tea") -> object:
            found = re.search(r"\\w+$", line)
            return re.sub("t", "s", found)
        """,
        "found)",
        "found.group())",
    )


async def test_the_group_of_a_match_that_nothing_asks_for_yet(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a(line: str = "name = tea") -> object:
            found = re.search(r"(\\w+) = (\\w+)", line)
            return found.group(1), re.sub("t", "s", found)
        """,
        "found)",
        "found.group(2))",
    )


async def test_no_text_of_what_a_function_does_not_return(bench: Bench) -> None:
    await bench.check_first(
        """
        from urllib.parse import quote

        def _plain(uri: str) -> str:
            uri.strip()

        def a(uri: str = " a b") -> str:
            return quote(_plain(uri), safe="")
        """,
        "    uri.strip()",
        "    return uri.strip()",
    )
