"""Who misspelt a key: it is told what is written where, and seldom who is wrong."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame
from tests.engine.running import marked, run_plan

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


@pytest.mark.parametrize("again", ["amount", "sum"])
async def test_a_key_that_one_node_alone_spells_otherwise_is_told_with_no_judgement(
    engine: Engine, tmp_path: Path, again: str
) -> None:
    """That others ask for it in the same way says nothing: they may all be wrong."""
    text = f"""
    def orders():
        row = {{«"ammount"»: 3}}
        return [row]

    def total(orders):
        return sum(order["amount"] for order in orders)

    def shown(orders):
        return "{again}"
    """
    ran = await run_plan(engine, tmp_path, text, ["total"])
    blame = ran.errors["total"].blame
    assert blame is not None
    message = "'orders' writes the key 'ammount' here, where 'amount' is asked for."
    assert (blame.message, blame.likely, [blame.span]) == (message, False, marked(text)[1])


async def test_a_key_that_a_node_spells_in_two_ways_is_its_likely_slip(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def people():
        return [{"name": "Ann", "email": "a@x"}, {"name": "Bo", «"emial"»: "b@x"}]

    def addresses(people):
        return [person["email"] for person in people]
    """
    message = "'people' writes the key 'emial' here, where 'email' is asked for."
    await check_blame(engine, tmp_path, text, message, likely=True)


@pytest.mark.parametrize(
    ("one", "other"), [("start", "state"), ("week_1", "week_2"), ("width", "widest")]
)
async def test_two_keys_that_are_only_alike_are_nobodys_slip(
    engine: Engine, tmp_path: Path, one: str, other: str
) -> None:
    text = f"""
    def log():
        return [{{"{one}": 1}}, {{"{other}": 2}}]

    def first(log):
        return [row["{one}"] for row in log]
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert not blame.likely


async def test_a_key_that_another_container_has_is_nobodys_slip(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rates():
        return {"usd": 1.1}

    def labels():
        return {«"usd1"»: "Dollar"}

    def text(rates, labels):
        return labels["usd"] + str(rates["usd"])
    """
    message = "'labels' writes the key 'usd1' here, where 'usd' is asked for."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_only_who_made_what_was_asked_can_have_misspelt_its_key(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rates():
        «return dict(usdt=1.1)»

    def labels():
        return {"usdt": "Tether"}

    def text(rates, labels):
        return rates["usd"], labels
    """
    message = "`rates` ({'usdt': 1.1}) was made here, without that key."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_key_that_all_readers_misspell_is_not_the_makers_slip(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        return [{"amount": 1}, {"amount": 2}]

    def total(rows):
        return sum(row["amout"] for row in rows)

    def top(rows):
        return max(row["amout"] for row in rows)
    """
    blames = [error.blame for error in (await run_plan(engine, tmp_path, text)).errors.values()]
    assert [blame.likely for blame in blames if blame] == [False, False]


async def test_a_value_without_the_key_was_made_elsewhere_and_no_more(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def orders():
        «return dict(amount=3)»

    def total(orders):
        return orders["ammount"]
    """
    message = "`orders` ({'amount': 3}) was made here, without that key."
    await check_blame(engine, tmp_path, text, message, likely=False)
