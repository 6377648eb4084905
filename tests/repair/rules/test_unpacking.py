"""Names on the left that do not fit what comes from the right."""

import pytest

from codeact_lsp.repair.rules.unpacking import RULE
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_items_of_a_dictionary(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(table: dict[str, int] = {"x": 1}) -> object:
            return [name for name, count in table]
        """,
        "Write 'table.items()'",
        """
        def a(table: dict[str, int] = {"x": 1}) -> object:
            return [name for name, count in table.items()]
        """,
    )


async def test_items_with_their_numbers(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(numbers: list[int] = [7, 8]) -> object:
            return [at for at, n in numbers]
        """,
        "Write 'enumerate(numbers)'",
        """
        def a(numbers: list[int] = [7, 8]) -> object:
            return [at for at, n in enumerate(numbers)]
        """,
    )


async def test_a_text_that_holds_the_separator_twice(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(line: str = "a=b=c") -> object:
            key, value = line.split("=")
            return value
        """,
        "Write 'line.split(\"=\", 1)'",
        """
        def a(line: str = "a=b=c") -> object:
            key, value = line.split("=", 1)
            return value
        """,
    )


async def test_another_separator(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a(line: str = "a,3") -> object:
            name, cost = line.split(";")
            return cost
        """,
        'Split at ","',
        """
        def a(line: str = "a,3") -> object:
            name, cost = line.split(",")
            return cost
        """,
    )


async def test_more_names_than_values(bench: Bench) -> None:
    await bench.check_fix(
        """
        def a() -> object:
            name, cost, unit = ("a", 3)
            return cost
        """,
        "Write 'name, cost'",
        """
        def a() -> object:
            name, cost = ("a", 3)
            return cost
        """,
    )


async def test_as_often_as_there_are_names(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(line: str = "2024 INFO all is well") -> object:
            day, level, text = line.split(" ")
            return text
        """,
        'split(" ")',
        'split(" ", 2)',
    )


async def test_a_pair_instead_of_pairs(bench: Bench) -> None:
    text = plain(
        """
        def a() -> object:
            pair = (1, 2)
            return [(y, x) for x, y in pair]
        """
    )
    made = [fix.edit.apply(text) for fix in await bench.meant(text)]
    assert text.replace("in pair", "in [pair]") in made


async def test_what_one_of_many_is_called(bench: Bench) -> None:
    await bench.check_first(
        """
        def _total(ratios: list, minimums: tuple) -> int:
            total = len(minimums)
            for ratio, minimum in ratios:
                total += max(ratio, minimum)
            return total

        def a() -> object:
            return _total([3, 5], (4, 4))
        """,
        "in ratios",
        "in zip(ratios, minimums)",
    )


async def test_the_ending_of_a_name(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(name: str = "x.tar.gz") -> object:
            base, ending = name.split(".")
            return ending
        """,
        'split(".")',
        'rsplit(".", 1)',
    )


async def test_the_halves_of_each_part(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "x=1,y=2") -> object:
            return {k: v for k, v in text.split(",")}
        """,
        'text.split(",")',
        '(part.split("=") for part in text.split(","))',
    )


async def test_two_lists_side_by_side(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            one, other = [1, 2, 3], [4, 5, 6]
            return [x + y for x, y in (one, other)]
        """,
        "in (one, other)",
        "in zip(one, other)",
    )


async def test_the_first_of_them(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(n: int = 2) -> object:
            ranked = [("x", 3), ("y", 2), ("z", 1)]
            return {name: score for name, score in ranked[n]}
        """,
        "ranked[n]",
        "ranked[:n]",
    )


async def test_the_names_that_another_statement_sets(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(one: str = "ab", other: str = "cde") -> int:
            i, n = 0, len(one)
            while i < n:
                i += 1
            i, = 0, len(other)
            while i < n:
                i += 1
            return i
        """,
        "i, = 0",
        "i, n = 0",
    )


async def test_what_the_name_is_short_for(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(ratios: tuple = (1, 2), minimums: tuple = (0, 3)) -> list[int]:
            if minimums:
                return [ratio if _min else 0 for ratio, _min in ratios]
            return list(ratios)
        """,
        "in ratios]",
        "in zip(ratios, minimums)]",
    )


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return int('x')\n",
        "def a(): return 1 + 'x'\n",
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_the_name_that_is_read_later_and_made_nowhere(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(pair: tuple[str, str] = ("Ada", "x@y")) -> str:
            name, = pair
            return f"{name} <{address}>"
        """,
        "name, =",
        "name, address =",
    )


@pytest.mark.parametrize("others", ["second: list[int] = [1, 2]", "second=(1, 2)"])
async def test_what_nothing_else_reads_is_gone_through_together_with_it(
    bench: Bench, others: str
) -> None:
    await bench.check_first(
        f"""
        def a(first: list[int] = [7, 8], {others}) -> object:
            return [one * other for one, other in first]
        """,
        "in first",
        "in zip(first, second)",
    )


async def test_which_of_several_of_that_type_belongs_to_it_is_not_decided(bench: Bench) -> None:
    text = """
    def a(
        first: list[int] = [7, 8], second: list[int] = [1, 2], third: list[int] = [4, 5]
    ) -> object:
        return [one * other for one, other in first], second, third
    """
    fixes = await bench.fixes(text)
    labels = {fix.label for fix in fixes}
    assert {"Write 'zip(first, second)'", "Write 'zip(first, third)'"} <= labels
    assert not any(fix.preferred for fix in fixes)


async def test_each_with_its_number(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return [i * n for i, n in reversed([2, 1])]
        """,
        "in reversed([2, 1])",
        "in enumerate(reversed([2, 1]))",
    )


async def test_a_mark_that_is_not_there(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(line: str = "x=1=2") -> object:
            key, value = line.split(":", 1)
            return key + value
        """,
        '":"',
        '"="',
    )


async def test_a_name_that_is_read_before_it_is_set(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(line: str = "x= 1") -> object:
            key, = line.split("=")
            value = value.strip()
            return key + value
        """,
        "key, =",
        "key, value =",
    )


async def test_what_begins_with_an_item_is_not_numbered_for_sure(bench: Bench) -> None:
    best, *_ = await bench.fixes(
        """
        def a(least: int = 0) -> object:
            ratios = [1, 2]
            return [ratio for ratio, low in ratios if ratio > least]
        """
    )
    assert not best.preferred


async def test_parts_with_any_number_of_blanks_between(bench: Bench) -> None:
    text = """
def a(line="ann   3"):
    name, count = line.split("\\t")
    return int(count)
"""
    await bench.check_first(text, 'split("\\t")', "split()")


async def test_lists_of_one_kind_are_gone_through_together(bench: Bench) -> None:
    fix = await bench.check_offer(
        """
        def a() -> list[str]:
            old_rows = ["a", "b"]
            new_rows = ["x", "y"]
            print(new_rows)
            return [one + other for one, other in old_rows]
        """,
        "Write 'zip(old_rows, new_rows)'",
        """
        def a() -> list[str]:
            old_rows = ["a", "b"]
            new_rows = ["x", "y"]
            print(new_rows)
            return [one + other for one, other in zip(old_rows, new_rows)]
        """,
    )
    assert not fix.preferred


async def test_a_name_that_is_read_in_a_comprehension(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(line: str = "tea;1,2") -> object:
            name, = line.split(";")
            return name, [int(each) for each in rest.split(",")]
        """,
        "name, =",
        "name, rest =",
    )


async def test_names_for_what_is_kept_as_one(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(line: str = "tea-pot 3") -> dict[str, list[str]]:
            name = line.rsplit(" ", 1)
            parts = name.split("-")
            return {count: parts}
        """,
        "name =",
        "name, count =",
    )


async def test_lists_are_gone_through_in_the_order_of_the_names(bench: Bench) -> None:
    await bench.check_first(
        """
        def _sum(prices: list[int], rates: list[float], counts: list[int]) -> float:
            total = 0.0
            for price, rate, count in prices:
                total += price * count - rate
            return total

        def a() -> float:
            return _sum([1, 2], [0.5, 1.5], [3, 4])
        """,
        "in prices",
        "in zip(prices, rates, counts)",
    )


async def test_pairs_and_not_their_places(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> list[str]:
            pairs = [("tea", 2), ("oil", 7)]
            return [f"{name}: {price}" for name, price in range(len(pairs))]
        """,
        "range(len(pairs))",
        "pairs",
    )


async def test_a_group_that_was_added_part_by_part(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(text: str = "tea") -> str:
            found = []
            for at, letter in enumerate(text):
                found.extend((letter, str(at)))
            return ", ".join(letter + at for letter, at in found)
        """,
        "found.extend(",
        "found.append(",
    )


async def test_a_result_that_is_taken_apart_elsewhere(bench: Bench) -> None:
    await bench.check_first(
        """
        def _long(found, words):
            found.append(words[0])
            return found, words[1:]

        def a() -> object:
            found, words = [], ["a", "--b", "c"]
            while words:
                if words[0].startswith("--"):
                    found = _long(found, words)
                    words = words[1:]
                else:
                    found, words = _long(found, words)
            return found
        """,
        "found = _long",
        "found, words = _long",
    )


async def test_keys_together_with_what_nothing_reads(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            names = ["tea", "milk"]
            prices = [2, 1]
            return dict(names)
        """,
        "dict(names)",
        "dict(zip(names, prices))",
    )


async def test_parts_of_a_text_with_their_numbers(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            return [f"{i}{part}" for i, part in "x=1;yy=2;z=3".split(";")]
        """,
        '"x=1;yy=2;z=3".split(";")',
        'enumerate("x=1;yy=2;z=3".split(";"))',
    )


async def test_groups_that_another_function_added_part_by_part(bench: Bench) -> None:
    await bench.check_first(
        """
        def _pairs():
            found = []
            found.extend(("one", 1))
            return found

        def a() -> object:
            return {name: number for name, number in _pairs()}
        """,
        "extend",
        "append",
    )


async def test_a_result_of_which_another_branch_has_the_parts(bench: Bench) -> None:
    await bench.check_first(
        """
        def _cut(text):
            return text[:1], text[1:]

        def a(text: str = "ab") -> object:
            if len(text) > 1:
                head = _cut(text)
            else:
                head, rest = text, ""
            return head.upper() + rest
        """,
        "head = _cut",
        "head, rest = _cut",
    )


async def test_the_mark_that_was_asked_for(bench: Bench) -> None:
    await bench.check_first(
        """
        def a() -> object:
            url, part = "a/b#c,d;e", ""
            if "#" in url:
                url, part = url.split("?", 1)
            return url, part
        """,
        '"?"',
        '"#"',
    )


async def test_numbered_pairs_that_are_only_ones(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(values: tuple = (3, 4)) -> object:
            scores = [value / 2 for value in values]
            return [(n, value) for n, (value, score) in enumerate(values) if score > 1.5]
        """,
        "enumerate(values)",
        "enumerate(zip(values, scores))",
    )


async def test_a_part_that_nothing_makes(bench: Bench) -> None:
    await bench.check_first(
        """
        from datetime import date

        def a() -> object:
            day = "2024-05-01=3.5".split("=")
            return str(date.fromisoformat(day)), float(value)
        """,
        "day = ",
        "day, value = ",
    )


@pytest.mark.parametrize(
    ("names", "source"),
    [
        ("i, name, score", 'enumerate([("x", 1), ("y", 2)])'),
        ("key, name, score", '{"k": ("x", 1)}.items()'),
    ],
)
async def test_what_comes_beside_a_number_or_a_key(bench: Bench, names: str, source: str) -> None:
    first = names.partition(",")[0]
    await bench.check_first(
        f"""
        def a() -> list:
            found = []
            for {names} in {source}:
                found.append((name, score, {first}))
            return found
        """,
        f"for {names} in",
        f"for {first}, (name, score) in",
    )


async def test_all_the_rest_where_the_function_goes_through_it(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(line: str = "7,tea,oil") -> object:
            number, = line.split(",")
            return {number: [token.upper() for token in tokens]}
        """,
        "number, =",
        "number, *tokens =",
    )


async def test_what_is_left_of_what_is_taken_apart(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(url: str = "data:text/x") -> object:
            scheme, = url.split(":", 1)
            kind = url.split("/")[0]
            return scheme, kind
        """,
        "scheme, =",
        "scheme, url =",
    )


async def test_what_changes_places(bench: Bench) -> None:
    await bench.check_first(
        """
        def a(i: int = 0, j: int = 1) -> list[int]:
            rows = [1, 2]
            rows[i], = rows[j], rows[i]
            return rows
        """,
        "rows[i], =",
        "rows[i], rows[j] =",
    )


async def test_what_is_read_is_not_left_out(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a(head: str = "tea") -> list[str]:
            return [_one(head) for _ in head]

        def _one(head: str) -> str:
            for text, code in head:
                if text.isdigit():
                    return code
            return head
        """
    )
    assert not any(fix.preferred for fix in fixes)


async def test_what_a_loop_goes_on_to_take_out(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        from collections import deque

        def a() -> int:
            queue = deque([(1, 2), (3, 4), (5, 6)])
            total = 0
            while queue:
                x, y = queue
                total += x * y
            return total
        """,
        """
        from collections import deque

        def a() -> int:
            queue = deque([(1, 2), (3, 4), (5, 6)])
            total = 0
            while queue:
                x, y = queue.popleft()
                total += x * y
            return total
        """,
    )


async def test_the_one_that_a_list_holds(bench: Bench) -> None:
    await bench.check_proposed(
        RULE,
        """
        from collections import Counter

        def a(words: tuple = ("fox", "hen", "fox")) -> str:
            word, count = Counter(words).most_common(1)
            return f"{word} {count}"
        """,
        """
        from collections import Counter

        def a(words: tuple = ("fox", "hen", "fox")) -> str:
            word, count = Counter(words).most_common(1)[0]
            return f"{word} {count}"
        """,
    )


async def test_zeros_where_there_is_nothing(bench: Bench) -> None:
    await bench.check_hides(
        """
        def _box(points: list) -> tuple[int, int] | None:
            if not points:
                return None
            return min(points), len(points)

        def a() -> int:
            low, count = _box([])
            return count - low
        """,
        "In '_box': return '0, 0'",
        """
        def _box(points: list) -> tuple[int, int] | None:
            if not points:
                return 0, 0
            return min(points), len(points)

        def a() -> int:
            low, count = _box([])
            return count - low
        """,
    )
