"""A key that is not there where it is read."""

import pytest

from codeact_lsp.repair.rules.absent import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_value_that_is_not_there(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(options: dict[str, int] = {}) -> object:
            return options["depth"]
        """,
        "Write 'options.get(\"depth\")'",
        """
        def a(options: dict[str, int] = {}) -> object:
            return options.get("depth")
        """,
    )


async def test_a_chain_that_is_not_there(bench: Bench) -> None:
    await bench.check_hides(
        """
        def a(user: dict[str, dict] = {}) -> object:
            return user["address"]["city"]
        """,
        'Write \'user.get("address", {}).get("city")\'',
        """
        def a(user: dict[str, dict] = {}) -> object:
            return user.get("address", {}).get("city")
        """,
    )


@pytest.mark.parametrize(
    ("returns", "value", "owner", "nothing"),
    [
        ("dict[str, float]", "{key: each['rate'] for key, each in rows.items()}", "each", "0.0"),
        ("list[int]", "[each['rate'] for each in rows.values()]", "each", "0"),
        ("set[str]", "{each['rate'] for each in rows.values()}", "each", '""'),
    ],
)
async def test_nothing_of_the_type_that_is_declared(
    bench: Bench, returns: str, value: str, owner: str, nothing: str
) -> None:
    plan = f"def a() -> {returns}:\n    rows = {{'a': {{}}}}\n    return {value}\n"
    asked = f"{owner}.get('rate', {nothing})"
    mended = plan.replace(f"{owner}['rate']", asked)
    await bench.check_hides(plan, f"Write '{asked}'", mended)


async def test_an_empty_text_for_what_is_not_set(bench: Bench) -> None:
    text = 'def a(options: dict = {"x": "Y"}): return options["mode"].lower()\n'
    await bench.check_hides(
        text,
        'Write \'options.get("mode", "")\'',
        text.replace('options["mode"]', 'options.get("mode", "")'),
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        pytest.param(
            """
            def a(rates: dict[str, float] = {"USD": 0.9}) -> list[float]:
                found = []
                for name, amount in [("USD", 1.0), ("EUR", 2.0)]:
                    rate = rates[name]
                    found.append(amount * rate)
                return found
            """,
            "rates[name]",
            "rates.get(name, 1.0)",
            id="a factor that changes nothing",
        ),
        pytest.param(
            """
            def a(fees: dict = {"x": 2}) -> int:
                return 10 - fees["y"]
            """,
            'fees["y"]',
            'fees.get("y", 0)',
            id="a number that changes nothing",
        ),
        pytest.param(
            """
            from dataclasses import dataclass

            @dataclass
            class Item:
                sku: str
                tags: list[str]

            def a(row: dict = {"sku": "a"}) -> list:
                item = Item(row["sku"], row["tags"])
                return item.tags
            """,
            'row["tags"]',
            'row.get("tags", [])',
            id="a field by its place",
        ),
        pytest.param(
            """
            def _shown(name: str, size: float) -> str:
                return f"{name}: {size}"

            def a(row: dict = {"name": "a"}) -> str:
                return _shown(row["name"], size=row["size"])
            """,
            'row["size"]',
            'row.get("size", 0.0)',
            id="a parameter by its name",
        ),
        pytest.param(
            """
            def a(row: dict = {"name": "a"}) -> str:
                size: int = row["size"]
                return f"{size}"
            """,
            'row["size"]',
            'row.get("size", 0)',
            id="a variable",
        ),
        pytest.param(
            """
            def a(ages: dict = {"ann": 3, "bob": 4}) -> list:
                return [ages[name] for name in ("ann", "cid")]
            """,
            "ages[name]",
            "ages.get(name, 0)",
            id="what is there by other keys",
        ),
        pytest.param(
            """
            def rows() -> list[dict]:
                return [{"n": 1, "tags": ["x"]}, {"n": 2}]

            def a(rows: list[dict]) -> list:
                return [row["tags"] for row in rows]
            """,
            'row["tags"]',
            'row.get("tags", [])',
            id="what the plan writes by that key",
        ),
        pytest.param(
            """
            def a(row: dict = {"n": 1}) -> list:
                first = row.get("note", "")
                return [first, {"n": 1}["note"]]
            """,
            '{"n": 1}["note"]',
            '{"n": 1}.get("note", "")',
            id="what the plan takes for it elsewhere",
        ),
        pytest.param(
            """
            def a(row: dict = {"n": 1}) -> str:
                return f"{row['size']:.2f}"
            """,
            "row['size']",
            "row.get('size', 0.0)",
            id="a number in a text",
        ),
        pytest.param(
            """
            def a(row: dict = {"n": 1}) -> bool:
                return row["state"] == "open"
            """,
            'row["state"]',
            'row.get("state", "")',
            id="what it is compared to",
        ),
        pytest.param(
            """
            def a(row: dict = {"n": 1}) -> bool:
                return "x" in row["tags"]
            """,
            'row["tags"]',
            'row.get("tags", [])',
            id="what something is looked for in",
        ),
        pytest.param(
            """
            def a(row: dict = {"n": 1}) -> int:
                return len(row["tags"])
            """,
            'row["tags"]',
            'row.get("tags", [])',
            id="what a function takes",
        ),
        pytest.param(
            """
            def a(queue: dict[str, int] = {"n": 1}) -> int:
                return queue.pop("m") + 1
            """,
            'queue.pop("m")',
            'queue.pop("m", 0)',
            id="what is taken out",
        ),
        pytest.param(
            """
            def a(data: dict = {}) -> str:
                return data["user"]["address"]["city"].upper()
            """,
            'data["user"]["address"]["city"]',
            'data.get("user", {}).get("address", {}).get("city", "")',
            id="a chain, to its end",
        ),
    ],
)
async def test_what_changes_nothing(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_hides(text, f"Write '{new}'", text.replace(old, new))


async def test_what_is_gone_through_is_empty(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(row: dict = {"n": 1}) -> list:
            return [tag.upper() for tag in row["tags"]]
        """,
        'row["tags"]',
        'row.get("tags", [])',
    )


async def test_other_failures_are_none_of_its_business(bench: Bench) -> None:
    await bench.check_silent(RULE, "def a(): return int('x')\n")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            """
            def a(prices: dict = {}) -> float:
                return round(prices.get("x"), 2)
            """,
            'prices.get("x")',
            'prices.get("x", 0.0)',
        ),
        (
            """
            def a(prices: dict = {}) -> float:
                price = prices.get("x")
                return 3 + price
            """,
            'prices.get("x")',
            'prices.get("x", 0)',
        ),
    ],
    ids=["at the place", "before it"],
)
async def test_what_get_is_to_give(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_hides(text, f"Write '{new}'", text.replace(old, new))


async def test_in_all_places_at_which_it_is_looked_up(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        def a(roads: dict = {"a": ["b"]}) -> list:
            found = []
            for place in ("a", "b"):
                for near in roads[place]:
                    found.append(near)
                found.append(len(roads[place]))
            return found
        """,
        """
        def a(roads: dict = {"a": ["b"]}) -> list:
            found = []
            for place in ("a", "b"):
                for near in roads.get(place, []):
                    found.append(near)
                found.append(len(roads.get(place, [])))
            return found
        """,
    )
