"""A value that breaks its return annotation is the likely cause, if that explains the failure."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame
from tests.engine.running import run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def test_a_value_that_breaks_its_annotation_is_the_likely_cause(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rate() -> float:
        «return "0.5"»

    def total(rate):
        return 10 * rate / 2
    """
    message = "`rate` ('0.5') was made here by 'rate': it is '0.5', declared float."
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_a_breach_deep_inside_a_value_is_told(engine: Engine, tmp_path: Path) -> None:
    text = """
    def rates() -> dict[str, float]:
        «return {"a": 0.5, "b": None}»

    def total(rates):
        return sum(rates.values())
    """
    what = "`rates` ({'a': 0.5, 'b': None}) was made here by 'rates'"
    message = f"{what}: its ['b'] is None, declared float."
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_a_node_that_ended_without_a_return_is_told_so(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rate() -> float:
        «0.5»

    def total(rate):
        return 10 * rate
    """
    what = "`rate` (None) was made here by 'rate', which ended without a return"
    message = f"{what}: it is None, declared float."
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_of_several_values_the_one_that_breaks_its_annotation_is_blamed(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def price() -> int:
        return 3

    def count() -> int:
        «return None»

    def total(price, count):
        return price * count
    """
    message = "`count` (None) was made here by 'count': it is None, declared int."
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_a_promise_is_compared_with_the_item_that_could_not_be_unpacked(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def edges() -> list[tuple[str, int]]:
        «return ["ab", "c"]»

    def graph(edges):
        return {start: weight for start, weight in edges}
    """
    message = (
        "`edges` (['ab', 'c']) was made here by 'edges': its [0] is 'ab', declared tuple[str, int]."
    )
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_a_promise_broken_further_up_is_the_likely_cause(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def prices() -> dict[str, float]:
        «return {"a": "7", "b": 2.0}»

    def listed(prices):
        return list(prices.values())

    def doubled(listed):
        return [price * 2 for price in listed]

    def total(doubled):
        return sum(doubled)
    """
    message = (
        "`doubled` (['77', 4.0]) comes from 'prices', among others: of what it returned, ['a'] is "
        "'7', declared float."
    )
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_a_promise_that_was_kept_is_no_cause(engine: Engine, tmp_path: Path) -> None:
    text = """
    def prices() -> dict[str, float]:
        return {"a": 7}

    def listed(prices):
        «return [None, *prices.values()]»

    def total(listed):
        return sum(listed)
    """
    message = "`listed` ([None, 7]) was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_blame_survives_the_store(engine: Engine, tmp_path: Path) -> None:
    text = """
    def rate() -> float:
        if True:
            «return None»
        return 1.0

    def total(rate):
        return 10 * rate
    """
    message = "`rate` (None) was made here by 'rate': it is None, declared float."
    for _ in range(2):
        await check_blame(engine, tmp_path, text, message, likely=True)
    assert (await run_plan(engine, tmp_path, text)).became["rate"] == "cached"


async def test_a_field_of_an_object_that_is_no_number_is_the_likely_cause(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    from dataclasses import dataclass

    @dataclass
    class Stop:
        name: str
        minutes: int

    def stops() -> list[Stop]:
        «return [Stop("north", 4), Stop("south", "7")]»

    def duration(stops):
        return sum(stop.minutes for stop in stops)
    """
    message = (
        "`stop.minutes` ('7') comes from 'stops', among others: of what it returned, [1].minutes "
        "is '7', declared int."
    )
    await check_blame(engine, tmp_path, text, message, likely=True)


async def test_an_item_far_down_a_list_is_found(engine: Engine, tmp_path: Path) -> None:
    text = """
    def depths() -> list[float]:
        return [«float(n) if n != 900 else None» for n in range(1_000)]

    def deepest(depths):
        return [depth / 2 for depth in depths]
    """
    message = (
        "`depth` (None) comes from 'depths', among others: of what it returned, [900] is None, "
        "declared float."
    )
    await check_blame(engine, tmp_path, text, message, likely=True)


@pytest.mark.parametrize(
    "use",
    [
        "return open('nowhere.csv').read(), labels",
        "return json.loads('{'), labels",
        "raise ValueError(f'closed: {labels}')",
        "empty = 0; return len(labels) / empty",
        "empty = {}; return empty['x'], labels",
        "return ', '.join(labels).uper()",
        "return len(labels) / floor",
        "number = None; return number + 1, labels",
        "return labels + 'x' + (1,)",
        "return [label + 1 for label in 'ab'], labels",
    ],
)
async def test_a_broken_promise_that_does_not_explain_the_failure_is_not_its_cause(
    engine: Engine, tmp_path: Path, use: str
) -> None:
    text = f"""
    import json

    def header() -> list[str]:
        return ("id", "name")

    def labels(header) -> str:
        return "-".join(header)

    def report(labels, floor=0):
        {use}
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is None or not blame.likely


@pytest.mark.parametrize(
    "use", ["return names[5]", "return dict.fromkeys(names)['x']", "assert names == ['x']"]
)
async def test_a_value_of_another_type_is_not_the_cause_of_what_is_no_matter_of_types(
    engine: Engine, tmp_path: Path, use: str
) -> None:
    text = f"""
    def names() -> list[str]:
        return ("ann", "bo")

    def found(names):
        {use}
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is None or not blame.likely


async def test_a_breach_elsewhere_in_the_same_value_is_not_the_cause(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows() -> list[dict[str, int]]:
        «return [{"a": 1, "b": None}]»

    def text(rows):
        return "-".join(rows)
    """
    message = "`rows` ([{'a': 1, 'b': None}]) was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize(
    ("made", "use"),
    [
        ("None", "f'{title}: {rate:.2f}'"),
        ("'0.5'", "f'{title}: {rate:.2f}'"),
        ("None", "f'{title:>9} {rate!r:>9} {rate:>9}'"),
        ("'0.5'", "'%s: %.2f' % (title, rate)"),
        ("None", "{**{'title': title}, **rate}"),
        ("None", "[*title, *rate]"),
        ("[0.5]", "{title, rate}"),
        ("[0.5]", "{title: 1, rate: 2}"),
        ("'0.5'", "[title, 'b'][:rate]"),
    ],
)
async def test_what_a_text_or_a_display_is_put_together_of_is_seen(
    engine: Engine, tmp_path: Path, made: str, use: str
) -> None:
    text = f"""
    def title() -> str:
        return "Ünit"

    def rate() -> float:
        return {made}

    def line(title, rate):
        return {use}
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "rate"
    assert not blame.also


async def test_what_is_only_counted_is_of_no_wrong_type(engine: Engine, tmp_path: Path) -> None:
    text = """
    def names() -> list[int]:
        return ["ann", "bo"]

    def more():
        «return "3"»

    def count(names, more):
        return len(names) + more
    """
    await check_blame(engine, tmp_path, text, "`more` ('3') was made here.", likely=False)


async def test_where_two_promises_were_broken_one_after_the_other_neither_is_the_likely_cause(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def smoothed() -> dict[str, list[float]]:
        «return {"a": ([1.5],)}»

    def peaks(smoothed) -> dict[str, float]:
        return {name: max(values) for name, values in smoothed.items()}

    def told(peaks):
        return [f"{peak:.1f}" for peak in peaks.values()]
    """
    message = (
        "`peak` ([1.5]) comes from 'smoothed', among others: of what it returned, "
        "['a'] is ([1.5],), declared list[float]."
    )
    await check_blame(engine, tmp_path, text, message, likely=False)
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    assert [(each.node, each.likely) for each in blame.also] == [("peaks", False)]


async def test_a_field_of_another_type_than_its_class_declares_is_meant_before_other_values(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    from dataclasses import dataclass
    from fractions import Fraction

    @dataclass
    class Recipe:
        name: str
        serves: int

    def guests():
        return 10

    def recipes():
        return [Recipe("4", «"Soup"»)]

    def scaled(recipes, guests):
        return [Fraction(guests, recipe.serves) for recipe in recipes]
    """
    await check_blame(
        engine, tmp_path, text, "`recipe.serves` ('Soup') was made here.", likely=False
    )


async def test_a_day_that_is_a_text_is_meant_before_one_that_is_a_day(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    from datetime import date
    from typing import NamedTuple

    class Loan(NamedTuple):
        reader: str
        due: date

    def loans() -> list[Loan]:
        return [Loan("Ada", date(2024, 1, 2)), «Loan(date(2024, 1, 2), "Ben")»]

    def today() -> date:
        return date(2024, 3, 11)

    def late(loans: list[Loan], today: date) -> list[Loan]:
        return [loan for loan in loans if loan.due < today]
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "loans"


@pytest.mark.parametrize("operation", ["far / speed", "far - speed", "far ** speed"])
async def test_of_what_is_done_with_numbers_only_the_one_that_is_none_is_meant(
    engine: Engine, tmp_path: Path, operation: str
) -> None:
    text = f"""
    def far():
        return 11.0

    def speed():
        return "5"

    def hours(far, speed):
        return {operation}
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert (blame.node, blame.also) == ("speed", ())


async def test_a_text_that_is_unpacked_as_pairs_breaks_its_promise(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def themes() -> list[tuple[str, int]]:
        «return str([("soup", 2)])»

    def first(themes):
        (theme, times), *others = themes
        return theme
    """
    what = "`themes` (\"[('soup', 2)]\") was made here by 'themes'"
    message = f"{what}: it is \"[('soup', 2)]\", declared list[tuple[str, int]]."
    await check_blame(engine, tmp_path, text, message, likely=True)
