"""Methods and helpers of a plan that made what failed elsewhere."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame, check_no_blame
from tests.engine.running import marked

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

ODD = """
    def advice():
        return [name for name in ["a", "b"] if _degree(name) > 2]

    def _degree(name){declared}:
        «return str(len(name))»
    """


@pytest.mark.parametrize(
    ("declared", "message", "likely"),
    [
        (" -> int", "What '_degree' returns here is of type str, declared int.", True),
        ("", "What '_degree' returns here is of type str, made so.", False),
    ],
)
async def test_a_helper_whose_result_is_of_the_wrong_type(
    engine: Engine, tmp_path: Path, declared: str, message: str, *, likely: bool
) -> None:
    text = ODD.format(declared=declared)
    await check_blame(engine, tmp_path, text, message, likely=likely)


@pytest.mark.parametrize("result", ["name.count(name)", "True"])
async def test_a_helper_that_keeps_its_promise_is_not_blamed(
    engine: Engine, tmp_path: Path, result: str
) -> None:
    text = f"""
    def advice():
        return _degree("a") > "2"

    def _degree(name) -> int:
        return {result}
    """
    await check_no_blame(engine, tmp_path, text)


MAP = """
    class Map:
        def __init__(self, roads):
            self.near = {{}}
            for one, other, far in roads:
                self.join({given})

        def join(self, one, other, far):
            self.near.setdefault(one, {{}})[other] = {put}

    def chart():
        return Map([("Aldea", "Elm", 4.0)])

    def total(chart):
        return [0.5 + step for other, step in chart.near["Aldea"].items()]
    """


async def test_what_is_in_an_object_was_put_there_by_its_method(
    engine: Engine, tmp_path: Path
) -> None:
    text = MAP.format(given="one, other, far", put="«far,»")
    message = "`step` ((4.0,)) is a part of what was made here by 'join'."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_what_is_given_for_another_parameter_is_named_where_it_is_given(
    engine: Engine, tmp_path: Path
) -> None:
    text = MAP.format(given="one, far, «other»", put="far")
    message = "`step` ('Elm') is a part of what was made here by '__init__'."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize("more", ["self.near[other] = {one: None}", "self.near.update({})"])
async def test_of_an_object_that_is_filled_in_two_ways_the_maker_is_named(
    engine: Engine, tmp_path: Path, more: str
) -> None:
    text = MAP.format(given="one, other, far", put=f"(far,)\n            {more}")
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "chart"


async def test_an_object_is_followed_from_its_methods_to_what_it_was_called_on(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    from datetime import date

    class Person:
        def __init__(self, hired):
            self.hired = hired

        @property
        def years(self):
            return self.days() // 365

        def days(self):
            return (date(2024, 1, 1) - self.hired).days

    def people():
        return [Person(«"2020-01-01"»)]

    def longest(people):
        return max(people, key=lambda person: person.years)
    """
    message = "`self.hired` ('2020-01-01') was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize(
    "call",
    [
        "max(people, key=lambda each: each['age'] + 1)",
        "sorted(people, key=lambda each: each['age'] + 1)",
        "people.sort(key=lambda each: each['age'] + 1)",
        "list(map(lambda each: each['age'] + 1, people))",
        "list(filter(lambda each: each['age'] + 1, people))",
    ],
)
async def test_what_a_lambda_gets_is_an_item_of_what_is_gone_through(
    engine: Engine, tmp_path: Path, call: str
) -> None:
    text = f"""
    def people():
        return [{{"age": «"3"»}}]

    def oldest(people):
        return {call}
    """
    await check_blame(engine, tmp_path, text, "`each['age']` ('3') was made here.", likely=False)


@pytest.mark.parametrize(
    "call", ["lambda name: ages[name]", "ages.get", "lambda name: ages[name] * 1"]
)
async def test_what_cannot_be_compared_is_looked_for_where_it_is_looked_up(
    engine: Engine, tmp_path: Path, call: str
) -> None:
    text = f"""
    def ages():
        «return {{"Ann": 1, "Bob": "2"}}»

    def oldest(ages):
        return max(["Ann", "Bob"], key={call})
    """
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    assert blame.node == "ages"


FILLING = """
    from dataclasses import dataclass, field

    @dataclass
    class Pupil:
        name: str
        marks: dict[str, int] = field(default_factory=dict)

        def total(self):
            return sum(self.marks.values())

    def pupils(){declared}:
        found = {{}}
        for name, mark in [("Ada", "1"), ("Ben", "2")]:
            pupil = found.setdefault(name, Pupil(name))
            pupil.marks["latin"] = «mark.strip()»
        return found

    def totals(pupils):
        return {{name: pupil.total() for name, pupil in pupils.items()}}
    """


@pytest.mark.parametrize(("declared", "likely"), [("", False), (" -> dict[str, Pupil]", True)])
async def test_a_field_that_the_node_itself_fills_is_shown_where_it_does(
    engine: Engine, tmp_path: Path, declared: str, *, likely: bool
) -> None:
    """Under whatever name it has the object: what it put into the field is there alone."""
    text = FILLING.format(declared=declared)
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert (found.node, found.span, found.likely) == ("pupils", marked(text)[1][0], likely)
