"""What a bad part comes from, further in or further up than the `return` of who made it."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame
from tests.engine.running import run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def test_a_broken_promise_is_shown_where_its_part_was_made(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def pairs() -> list[tuple[str, str]]:
        found = []
        for name, start in [("a", 1)]:
            found.append((name, «start»))
        return found

    def line(pairs):
        return " and ".join(pairs[0])
    """
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    await check_blame(engine, tmp_path, text, blame.message, likely=True)


async def test_a_broken_promise_is_shown_where_all_its_parts_come_from(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows() -> list[dict]:
        found = []
        for name in ["a", "b"]:
            found.extend(«{"name": name}»)
        return found

    def names(rows):
        return [row["name"] for row in rows]
    """
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    await check_blame(engine, tmp_path, text, blame.message, likely=True)


async def test_of_what_two_statements_fill_neither_is_named(engine: Engine, tmp_path: Path) -> None:
    text = """
    def rows() -> list[dict]:
        found = []
        found.extend({"name": 1})
        found += ["b"]
        return found

    def names(rows):
        return [row["name"] for row in rows]
    """
    ran = await run_plan(engine, tmp_path, text)
    (error,) = ran.errors.values()
    assert error.blame is not None
    assert ran.text(error.blame.span) == "return found"


async def test_who_takes_the_wrong_part_of_a_sound_value_is_guilty_of_that(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def cards() -> list[str]:
        return ["name=Ada"]

    def fields(cards: list[str]) -> list[dict[str, str]]:
        found = []
        for card in cards:
            parts = dict([card.split("=")])
            found.append(card)
        return found

    def names(fields):
        return [card["name"] for card in fields]
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert (blame.node, blame.likely) == ("fields", True)
    assert [(each.node, each.likely) for each in blame.also] == [("cards", False)]


@pytest.mark.parametrize(
    ("body", "place"),
    [('"shop"', '"shop"'), ('with open("a.txt", "w") as file:\n            "shop"', '"shop"')],
)
async def test_a_text_that_is_not_returned_is_where_a_node_ended(
    engine: Engine, tmp_path: Path, body: str, place: str
) -> None:
    text = f'''
    def folder():
        """Where the files are."""
        {body}

    def first(folder):
        """Reads: a.txt"""
        return folder + "/a.csv"
    '''
    ran = await run_plan(
        engine, tmp_path, text.replace('open("a.txt", "w")', "__import__('io').StringIO()")
    )
    (error,) = ran.errors.values()
    assert error.blame is not None
    assert (error.blame.node, ran.text(error.blame.span)) == ("folder", place)


async def test_nothing_that_was_found_is_made_of_what_was_empty(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def lines():
        return ["a 1"]

    def rows(lines):
        «return [line.split() for line in lines if ";" in line]»

    def last(rows):
        best = None
        for row in rows:
            best = row
        return best

    def name(last):
        return last[0]
    """
    message = "`last` (None) is made of what 'rows' returned here, which is empty."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_infinity_is_made_of_infinity(engine: Engine, tmp_path: Path) -> None:
    text = """
    def far():
        «return {"Aldea": 0.0, "Elm": float("inf")}»

    def hours(far):
        return far["Elm"] / 5

    def minutes(hours):
        return int(hours)
    """
    message = "`hours` (inf) is made of what 'far' returned here, which holds such a number."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_text_that_only_looks_so_is_no_infinity(engine: Engine, tmp_path: Path) -> None:
    text = """
    def unit():
        return "inf"

    def hours(unit):
        return float(unit)

    def minutes(hours):
        return int(hours)
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "hours"


EMPTY = """
    def words():
        return ["cold", "soup"]

    def themes(words):
        found = {word: 1 for word in words if «len(word) > 9»}
        return list(found)

    def first(themes):
        return themes[0]
    """


async def test_what_is_missing_was_left_out_by_the_one_condition(
    engine: Engine, tmp_path: Path
) -> None:
    message = "`themes` ([]) is what 'themes' keeps here."
    await check_blame(engine, tmp_path, EMPTY, message, likely=False)


async def test_of_two_conditions_neither_is_named(engine: Engine, tmp_path: Path) -> None:
    text = EMPTY.replace("«", "").replace("»", " if word")
    ran = await run_plan(engine, tmp_path, text)
    (error,) = ran.errors.values()
    assert error.blame is not None
    assert ran.text(error.blame.span) == "{word: 1 for word in words if len(word) > 9 if word}"


async def test_what_was_sorted_of_nothing_comes_from_who_made_that(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def teams():
        «return {}»

    def averages(teams):
        return {team: sum(marks) for team, marks in teams.items()}

    def spread(averages):
        values = sorted(averages.values())
        return values[-1] - values[0]
    """
    message = "`values` ([]) is made of what 'teams' returned here, which is empty too."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_key_is_followed_to_who_has_come_by_it_first(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    PRICES = {"carrot": 2}

    def lines():
        return ["carrot 3 kg"]

    def amounts(lines):
        «return {line.split()[2]: int(line.split()[1]) for line in lines}»

    def packs(amounts):
        return sorted((name, amount) for name, amount in amounts.items())

    def cost(packs):
        return sum(PRICES[name] * count for name, count in packs)
    """
    message = "`name` ('kg') is made of what 'amounts' returned here, which holds it too."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize(("key", "node"), [("iban", "workers"), ("grade", "rates")])
async def test_a_key_that_a_table_never_knew_is_named_before_the_table(
    engine: Engine, tmp_path: Path, key: str, node: str
) -> None:
    text = f"""
    def grades():
        return {{"A": 30, "F": 10}}

    def rates(grades):
        return {{grade: rate for grade, rate in grades.items() if rate > 20}}

    def workers():
        return [{{"grade": "F", "iban": "DE01"}}]

    def wages(workers, rates):
        return [rates[worker["{key}"]] for worker in workers]
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == node


async def test_a_method_that_was_returned_and_not_called(engine: Engine, tmp_path: Path) -> None:
    text = """
    def cards():
        «return "a;b".splitlines»

    def fields(cards):
        return [card.split(";") for card in cards]
    """
    blame = await blamed(engine, tmp_path, text.replace("«", "").replace("»", ""))
    assert blame is not None
    await check_blame(engine, tmp_path, text, blame.message, likely=False)


async def test_a_text_that_is_trimmed_first_is_followed_all_the_same(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        return [{"hours": «"12;"»}]

    def total(rows):
        return sum(float(row["hours"].replace(",", ".") or 0) for row in rows)
    """
    message = "`row['hours']` ('12;') was made here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_who_leaves_items_out_made_none_of_the_wrong_type(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        return [{"n": 2, "price": "3"}]

    def valid(rows):
        return [row for row in rows if row["n"] > 0]

    def total(valid):
        return sum(row["n"] * row["price"] for row in valid)
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.node == "rows"
