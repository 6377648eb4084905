"""A value that is asked for in the way of another kind of object."""

import pytest

from codeact_lsp.repair.rules.accessors import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_key_asked_for_as_an_attribute(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(row: dict[str, int] = {"price": 3}) -> object:
            return row.price
        """,
        "Write 'row[\"price\"]'",
        """
        def a(row: dict[str, int] = {"price": 3}) -> object:
            return row["price"]
        """,
    )


async def test_an_attribute_asked_for_as_a_key(bench: Bench) -> None:
    await bench.check_fix(
        """
        from types import SimpleNamespace

        def a() -> object:
            item = SimpleNamespace(price=3)
            return item["price"]
        """,
        "Write 'item.price'",
        """
        from types import SimpleNamespace

        def a() -> object:
            item = SimpleNamespace(price=3)
            return item.price
        """,
    )


async def test_a_method_of_texts_asked_of_a_column(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            names = pd.Series(["x"])
            return list(names.upper())
        """,
        "Write 'names.str.upper'",
        """
        import pandas as pd

        def a() -> object:
            names = pd.Series(["x"])
            return list(names.str.upper())
        """,
    )


async def test_days_that_are_still_texts(bench: Bench) -> None:
    await bench.check_fix(
        """
        import pandas as pd

        def a() -> object:
            days = pd.Series(["2024-01-02"])
            return list(days.dt.year)
        """,
        "Write 'pd.to_datetime(days)'",
        """
        import pandas as pd

        def a() -> object:
            days = pd.Series(["2024-01-02"])
            return list(pd.to_datetime(days).dt.year)
        """,
    )


async def test_a_path_that_is_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        from pathlib import Path

        def a() -> object:
            folder = "."
            Path("x.txt").write_text("x")
            return sorted(path.name for path in folder.glob("*.txt"))
        """,
        "folder.glob",
        "Path(folder).glob",
    )


async def test_a_text_that_is_a_path(bench: Bench) -> None:
    await bench.check_first(
        """
        from pathlib import Path

        def a() -> object:
            path = Path("x/y.txt")
            return path.split("/")[-1]
        """,
        "path.split",
        "str(path).split",
    )


async def test_a_day_that_is_a_text(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import datetime

        def a(born: str = "1990-02-03") -> object:
            return datetime(2024, 1, 1).year - born.year
        """,
        "born.year",
        "datetime.fromisoformat(born).year",
    )


async def test_all_methods_of_texts_in_a_row(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> object:
            names = pd.Series([" A "])
            return names.strip().lower().tolist()
        """,
        "names.strip().lower()",
        "names.str.strip().str.lower()",
    )


async def test_a_field_of_a_named_tuple(bench: Bench) -> None:
    await bench.check_first(
        """
        from urllib.parse import urlparse

        def a() -> object:
            return urlparse("https://a.b/c")["netloc"]
        """,
        '["netloc"]',
        ".netloc",
    )


async def test_a_key_that_a_variable_holds(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(key: str = "n") -> object:
            row = {"n": 3}
            return row.key
        """,
        "row.key",
        "row[key]",
    )


async def test_a_list_that_is_used_as_an_array(bench: Bench) -> None:
    await bench.check_first(
        """
        import numpy as np

        def a() -> object:
            rows = [1, 2]
            return rows.shape
        """,
        "rows.shape",
        "np.array(rows).shape",
    )


async def test_the_text_of_a_match(bench: Bench) -> None:
    await bench.check_first(
        """
        import re

        def a() -> object:
            return re.sub("[A-Z]", lambda m: m.lower(), "aB")
        """,
        "m.lower()",
        "m.group().lower()",
    )


async def test_what_is_in_a_folder(bench: Bench) -> None:
    await bench.check_first(
        """
        from pathlib import Path

        def a() -> object:
            Path("d").mkdir(exist_ok=True)
            return [path.name for path in Path("d")]
        """,
        'in Path("d")',
        'in Path("d").iterdir()',
    )


async def test_a_method_of_a_table_in_brackets(bench: Bench) -> None:
    await bench.check_first(
        """
        import pandas as pd

        def a() -> float:
            table = pd.DataFrame({"city": ["x", "y"], "n": [1, 2]})
            return float(table["groupby"]("city")["n"].sum().max())
        """,
        'table["groupby"]',
        "table.groupby",
    )


async def test_of_a_number_there_are_no_letters_to_change(bench: Bench) -> None:
    best, *_ = await bench.fixes("def a(name: object = 3) -> str:\n    return name.upper()\n")
    assert (best.label, best.preferred) == ("Write 'str(name)'", False)


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [1].price\n",
        "def a(): return None['price']\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_digits_of_a_number(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(n: int = 42) -> object:
            return n.zfill(5)
        """,
        "Write 'str(n)'",
        """
        def a(n: int = 42) -> object:
            return str(n).zfill(5)
        """,
    )


async def test_a_method_that_is_looked_up(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            rows = []
            rows["append"](1)
            return rows
        """,
        'rows["append"]',
        "rows.append",
    )


async def test_a_key_in_a_call(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            row = {"temp": "3"}
            return float(row.temp)
        """,
        "row.temp",
        'row["temp"]',
    )


async def test_a_key_of_a_counter(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import Counter

        def a() -> object:
            counts = Counter(["red"])
            return counts.red + 1
        """,
        "counts.red",
        'counts["red"]',
    )


async def test_a_method_that_is_looked_up_where_anything_is_found(bench: Bench) -> None:
    await bench.check_first(
        """
        from collections import defaultdict

        def a() -> object:
            total = defaultdict(int)
            total["x"] += 1
            return [n for _, n in total["items"]()]
        """,
        'total["items"]',
        "total.items",
    )


async def test_a_day_that_is_asked_for_several_parts(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date


        def a(day: str = "2024-06-01") -> object:
            # The parts.
            return day.month, day.day
        """,
        "    return",
        "    day = date.fromisoformat(day)\n    return",
    )


async def test_all_keys_that_are_asked_for_like_attributes(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(row: dict[str, int] = {"price": 2, "number": 3}) -> object:
            return row.price * row.number
        """,
        "row.price * row.number",
        'row["price"] * row["number"]',
    )


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        ('(table["b"] - table["a"]).days.tolist()', ".days", ".dt.days"),
        ('table["a"].weekday().tolist()', ".weekday()", ".dt.weekday"),
    ],
)
async def test_a_part_of_a_column_of_days(bench: Bench, line: str, old: str, new: str) -> None:
    text = f"""
import pandas as pd

def a() -> object:
    days = pd.to_datetime(["2024-01-01", "2024-01-03"])
    table = pd.DataFrame({{"a": days, "b": days}})
    return {line}
"""
    await bench.check_first(text, old, new)


async def test_a_method_that_is_looked_up_to_be_called_later(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> list[int]:
            found = []
            append = found["append"]
            append(2)
            return found
        """,
        'found["append"]',
        "found.append",
    )


async def test_quotes_that_do_not_end_the_text_around(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> str:
            row = {"town": "Bath", "n": 2}
            return f"{row['n']} in {row.town}"
        """,
        "row.town",
        "row['town']",
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            ('import uuid\n\ndef a(): return len(uuid.uuid4().split("-"))\n'),
            "uuid.uuid4()",
            "str(uuid.uuid4())",
        ),
    ],
)
async def test_a_method_of_texts_of_what_is_none(
    bench: Bench, text: str, old: str, new: str
) -> None:
    await bench.check_first(text, old, new)


async def test_a_day_in_a_form(bench: Bench) -> None:
    text = """
        from datetime import date

        def a(day: date = date(2024, 5, 1)):
            return day.format("%d.%m.%Y")
        """
    await bench.check_first(text, "day.format", "day.strftime")
