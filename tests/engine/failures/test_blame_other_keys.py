"""Who spells a key otherwise, makes it of another type, or takes something else for it."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame
from tests.engine.running import marked

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

RESPELT = {
    "by a call": """
    def rooms():
        return [("red", 3), ("blue", 1)]

    def hours(rooms):
        return {«room.title()»: count for room, count in rooms}

    def sign(hours):
        return hours["red"]
    """,
    "where the key is made": """
    def staff():
        return [{"team": "core", "lead": "Ada"}, {"team": "web", "lead": "Bo"}]

    def leads(staff):
        return {row["team"]: row["lead"] for row in staff}

    def teams(staff):
        return [«row["team"].upper()» for row in staff]

    def heads(teams, leads):
        return [leads[team] for team in teams]
    """,
    "in a helper, which keeps a blank": """
    def texts():
        return ["tags: roof, spring", "none"]

    def _tags(text):
        if text.startswith("tags:"):
            return «text[5:].split(",")»
        return []

    def notes(texts):
        return [{"tags": _tags(text)} for text in texts]

    def index(notes):
        return {tag: 1 for note in notes for tag in note["tags"]}

    def spring(index):
        return index["spring"]
    """,
    "before it was left out": """
    def sentences():
        return ["The cat sat", "A dog ran"]

    def words(sentences):
        return [«sentence.upper()».split() for sentence in sentences]

    def counts(words):
        return {word: len(row) for row in words for word in row}

    def cats(counts):
        return counts["cat"]
    """,
    "with no call, of what was given": """
    def names():
        return ["red tea", "blue"]

    def seats(names):
        return {«"".join(name.split())»: len(name) for name in names}

    def first(names, seats):
        return seats[names[0]]
    """,
}


@pytest.mark.parametrize("text", RESPELT.values(), ids=RESPELT)
async def test_who_was_given_another_spelling_has_made_this_one(
    engine: Engine, tmp_path: Path, text: str
) -> None:
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert (found.span, found.likely) == (marked(text)[1][0], False)
    assert "elsewhere" in found.message


async def test_who_makes_texts_of_the_numbers_that_are_keys(engine: Engine, tmp_path: Path) -> None:
    text = """
    def people():
        return [{"number": «str(number)»} for number in (1, 2)]

    def totals():
        return {1: 3.5, 2: 8.0}

    def ranked(people, totals):
        return [totals[person["number"]] for person in people]
    """
    message = "`person['number']` has '1' of another type by what is done here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_who_makes_texts_of_the_keys(engine: Engine, tmp_path: Path) -> None:
    text = """
    def people():
        return [1, 2]

    def totals():
        return {«f"{number}"»: 1.5 for number in (1, 2)}

    def ranked(people, totals):
        return [totals[person] for person in people]
    """
    message = "`totals` has '1' of another type by what is done here."
    await check_blame(engine, tmp_path, text, message, likely=False)


STATIONS = """
    def stations():
        return [{{"id": "n1", "name": "North"}}, {{"id": "s1", "name": "South"}}]

    def {holder}(stations):
        return {{each["id"]: each["name"] for each in stations}}

    def means(stations):
        return {{«each["name"]»: len(each) for each in stations}}

    def warmest(means):
        return max(means, key=means.get)

    def report(warmest, {holder}):
        return {holder}[warmest]
    """


@pytest.mark.parametrize("holder", ["names", "titles"])
async def test_who_took_for_a_key_what_stands_under_it(
    engine: Engine, tmp_path: Path, holder: str
) -> None:
    message = f"'means' keeps things under 'North' here, which `{holder}` has not."
    await check_blame(engine, tmp_path, STATIONS.format(holder=holder), message, likely=False)


INVERTED = {
    "others know it as a key": """
    def people():
        return {1: "Ann", 3: "Cy"}

    def sales():
        return [(1, "may"), (3, "june")]

    def last_days(sales):
        return {«day: person» for person, day in sales}

    def totals(sales):
        return {person: len(day) for person, day in sales}

    def mails(people, last_days, totals):
        return [last_days[number] for number in people]
    """,
    "it goes by its name": """
    def staff():
        return [{"team": "core", "lead": "Ada"}, {"team": "web", "lead": "Bo"}]

    def leads(staff):
        return {«row["lead"]: row["team"]» for row in staff}

    def teams(staff):
        return {row["team"]: 1 for row in staff}

    def heads(teams, leads):
        return [leads[team] for team in teams]
    """,
}


@pytest.mark.parametrize("text", INVERTED.values(), ids=INVERTED)
async def test_who_put_under_something_what_is_the_key(
    engine: Engine, tmp_path: Path, text: str
) -> None:
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    place = marked(text)[1][0]
    assert found.span.start <= place.start <= place.end <= found.span.end
    assert found.message.endswith("as a value by what is made here, and no key.")
