"""What a helper or a method of the plan made is followed into it, as far as one place gives it."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame
from tests.engine.running import marked, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


@pytest.mark.parametrize("declared", ["", " -> list[list[str]]"])
async def test_a_helper_that_forgets_its_return_is_named(
    engine: Engine, tmp_path: Path, declared: str
) -> None:
    text = f"""
    def rows(){declared}:
        return [_parts(line) for line in ["a;b"]]

    def _parts(line):
        «line.split(";")»

    def count(rows):
        return sum(len(row) for row in rows)
    """
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    assert blame.node == "_parts"
    await check_blame(engine, tmp_path, text, blame.message, likely=bool(declared))


async def test_a_helper_is_followed_to_the_next_one(engine: Engine, tmp_path: Path) -> None:
    text = """
    def total():
        return _sum([1])

    def _sum(numbers):
        return _shown(numbers)

    def _shown(numbers):
        text = «str(sum(numbers))»
        return text

    def half(total):
        return total / 2
    """
    await check_blame(
        engine, tmp_path, text, "`total` ('1') was made here by '_shown'.", likely=False
    )


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", 'if numbers: return "1"\n        return "2"'),
        ("@lru_cache", 'return "1"'),
    ],
)
async def test_of_what_may_come_from_several_places_in_a_helper_none_is_named(
    engine: Engine, tmp_path: Path, head: str, body: str
) -> None:
    text = f"""
    from functools import lru_cache

    def total():
        return _sum((1,))

    {head}
    def _sum(numbers):
        {body}

    def half(total):
        return total / 2
    """
    ran = await run_plan(engine, tmp_path, text)
    (error,) = ran.errors.values()
    assert error.blame is not None
    assert ran.text(error.blame.span) == "return _sum((1,))"


async def test_functions_that_call_each_other_are_followed_to_an_end(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def total():
        return _one(9)

    def _one(depth):
        return _other(depth - 1) if depth else "x"

    def _other(depth):
        return _one(depth)

    def half(total):
        return total / 2
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "_one"


async def test_a_key_is_lost_in_a_helper(engine: Engine, tmp_path: Path) -> None:
    text = """
    def settings():
        return {"host": "a", "port": 1}

    def merged(settings):
        return _merged(settings, {"port": 2})

    def _merged(base, more):
        return «{key: more.get(key, base[key]) for key in more}»

    def host(merged):
        return merged["host"]
    """
    message = "'merged' was given 'host' by 'settings', and what it keeps here has none."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_property_that_forgets_its_return_is_named(engine: Engine, tmp_path: Path) -> None:
    text = """
    class Loan:
        def __init__(self, days):
            self.days = days

        @property
        def due(self):
            «self.days + 21»

    def loans():
        return [Loan(3)]

    def late(loans):
        return [loan for loan in loans if loan.due < 9]
    """
    message = "'due' ends here without a return of a value."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize("kept", ["«str(hired)»", "«None»"])
async def test_what_a_class_keeps_otherwise_than_given_was_made_in_the_class(
    engine: Engine, tmp_path: Path, kept: str
) -> None:
    text = f"""
    class Person:
        def __init__(self, hired):
            self.hired = {kept}

    def people():
        found = []
        for year in [2020]:
            found.append(Person(year))
        return found

    def years(people):
        return [2024 - person.hired for person in people]
    """
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    assert blame.node == "__init__"
    await check_blame(engine, tmp_path, text, blame.message, likely=False)


@pytest.mark.parametrize("call", ["Person(*['2020'])", "Person(**{'hired': '2020'})"])
async def test_what_is_given_in_a_way_that_does_not_show_is_a_part_of_what_was_made(
    engine: Engine, tmp_path: Path, call: str
) -> None:
    text = f"""
    class Person:
        def __init__(self, hired):
            self.hired = hired

    def people():
        return [{call}]

    def years(people):
        return [2024 - person.hired for person in people]
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "people"
    assert blame.message.endswith("is a part of what was made here.")


async def test_what_is_given_for_another_field_is_shown_where_it_is_given(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    from dataclasses import dataclass

    @dataclass
    class Person:
        name: str
        year: int

    def people():
        found = []
        for row in ["Ann;2020"]:
            name = row.split(";")[0]
            year = int(row.split(";")[1])
            found.append(Person(year, «name»))
        return found

    def years(people):
        return [2024 - person.year for person in people]
    """
    message = "`person.year` ('Ann') was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_what_cannot_be_gone_through_is_the_attribute_itself(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    class Person:
        def __init__(self, days):
            self.days = days

    def people():
        return [Person(«None»)]

    def all_days(people):
        for person in people:
            for day in person.days:
                return day
    """
    message = "`person.days` (None) was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


RECIPES = """
from dataclasses import dataclass

@dataclass
class Part:
    name: str
    amount: float

@dataclass
class Recipe:
    title: str
    parts: list[Part]

def recipes() -> list[Recipe]:
    found = []
    for title, *lines in [["soup", "salt 3"]]:
        parts = [_part(line) for line in lines]
        found.append(Recipe(title, parts))
    return found

def _part(line):
    name, amount = line.split()
    %s

def half(recipes):
    return [part.amount / 2 for recipe in recipes for part in recipe.parts]
"""


@pytest.mark.parametrize("end", ["«return Part(name, amount)»", "«Part(name, float(amount))»"])
async def test_a_part_of_an_object_is_followed_into_the_helper_that_made_it(
    engine: Engine, tmp_path: Path, end: str
) -> None:
    text = RECIPES % end
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    assert blame.node == "_part"


METHOD = """
    class Basket:
        def __init__(self):
            self.items = {"leek": 2}

        def cost(self, prices):
            return «[prices[name] * amount for name, amount in self.items.items()]»

    def basket():
        return Basket()

    def cost(basket):
        return basket.cost({"leek": 0.9})

    def bill(cost):
        return f"{cost:.2f}"
    """


async def test_a_method_that_is_called_as_a_node_is_made_it_and_not_the_node(
    engine: Engine, tmp_path: Path
) -> None:
    found = await blamed(engine, tmp_path, METHOD)
    assert found is not None
    assert found.span == marked(METHOD)[1][0]


@pytest.mark.parametrize("declared", ["dict | None", "Optional[dict]"])
async def test_a_helper_that_may_give_nothing_is_not_to_blame_for_that(
    engine: Engine, tmp_path: Path, declared: str
) -> None:
    text = f"""
    from typing import Optional

    def _parse(line) -> {declared}:
        if " " not in line:
            return None
        return {{"level": line.split()[0]}}

    def events() -> list[dict]:
        return [«_parse(line)» for line in ("INFO start", "garbage")]

    def levels(events):
        return [each["level"] for each in events]
    """
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert (found.node, found.span) == ("events", marked(text)[1][0])


async def test_a_helper_that_a_node_goes_through_is_shown_for_what_it_gives(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def _read(text):
        for part in text.split(","):
            group, number = part.split()
            «yield group, number»

    def samples() -> dict[str, list[float]]:
        groups: dict[str, list[float]] = {}
        for group, number in _read("a 5.1,a 4.9"):
            groups.setdefault(group, []).append(number)
        return groups

    def limits(samples):
        return sum(samples["a"])
    """
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert (found.node, found.span, found.likely) == ("_read", marked(text)[1][0], False)
