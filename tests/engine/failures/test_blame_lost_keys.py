"""A key that is not there: who lost it on the way, or wrote another one instead."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed, check_blame
from tests.engine.running import marked

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


async def test_the_node_that_lost_a_key_is_named_wherever_it_is_missed(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def rows():
        return [{"team": "red", "score": 1}]

    def short(rows):
        «return [{"score": row["score"]} for row in rows]»

    def doubled(short):
        return [{**row, "twice": row["score"] * 2} for row in short]

    def teams(doubled):
        return [row["team"] for row in doubled]
    """
    message = "'short' was given 'team' by 'rows', and what it keeps here has none."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize("loss", ['row.pop("team")', 'del row["team"]'])
async def test_who_takes_a_key_out_is_shown_where_it_does(
    engine: Engine, tmp_path: Path, loss: str
) -> None:
    text = f"""
    def rows():
        return [{{"team": "red", "score": 1}}]

    def short(rows):
        for row in rows:
            «{loss}»
        return rows

    def teams(short):
        return [row["team"] for row in short]
    """
    message = "'short' takes 'team' out here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_column_is_missed_of_what_was_made_of_the_table(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import pandas as pd

    def table():
        return pd.DataFrame({"team": ["red"], "score": [1]})

    def short(table):
        frame = «table.drop(columns=["team"])»
        frame = frame.dropna()
        return frame

    def best(short):
        first = short.sort_values("score").iloc[0]
        return first["team"]
    """
    message = "'short' takes 'team' out here."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize(
    "written",
    [
        'row = {«"colour"»: "red"}',
        'row = {}; row[«"colour"»] = "red"',
        'row = dict(«colour="red"»)',
    ],
)
async def test_a_key_that_nobody_reads_stands_for_the_one_that_is_missing(
    engine: Engine, tmp_path: Path, written: str
) -> None:
    text = f"""
    def row():
        {written}
        return row

    def rows(row):
        return [row]

    def teams(rows):
        return [row["team"] for row in rows]
    """
    message = "'row' writes the key 'colour' here, which nobody reads; 'team' is asked for."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize(
    "made",
    [
        'pd.DataFrame([("red", 1)], columns=[«"colour"», "score"])',
        'pd.DataFrame({"hue": ["red"], "score": [1]}).rename(columns={"hue": «"colour"»})',
        'pd.DataFrame({"score": [1]}).assign(«colour="red"»)',
    ],
)
async def test_a_column_that_nobody_reads_stands_for_the_one_that_is_missing(
    engine: Engine, tmp_path: Path, made: str
) -> None:
    text = f"""
    import pandas as pd

    def table():
        return {made}

    def best(table):
        return table.sort_values("score")["team"], "hue"
    """
    message = "'table' writes the key 'colour' here, which nobody reads; 'team' is asked for."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_of_two_tables_the_one_is_meant_that_lacks_the_column(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import pandas as pd

    def scores():
        return pd.DataFrame({"team": ["red"], "score": [1]})

    def colours():
        return pd.DataFrame({«"club"»: ["red"], "colour": ["#f00"]})

    def joined(scores, colours):
        return scores.merge(colours, on="team")

    def best(joined):
        return joined["score"].max(), joined["colour"].iloc[0]
    """
    message = "'colours' writes the key 'club' here, which nobody reads; 'team' is asked for."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_of_two_keys_that_nobody_reads_neither_is_named(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def row():
        return {"colour": "red", "size": 3}

    def team(row):
        return row["team"]
    """
    blame = await blamed(engine, tmp_path, text)
    assert blame is not None
    assert blame.message.endswith("was made here, without that key.")


async def test_what_is_filled_by_one_statement_lacks_what_that_did_not_put_there(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    def ages():
        found = {}
        for name, age in [("Ann", 3)]:
            found[age] = «name»
        return found

    def line(ages):
        return " ".join(str(ages[name]) for name in ["Ann"])
    """
    message = "`ages` ({3: 'Ann'}) is what 'ages' keeps here."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_a_filter_of_a_table_decides_that_nothing_is_left(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import pandas as pd

    def table():
        return pd.DataFrame({"team": ["red"], "score": [1]})

    def good(table):
        kept = table.dropna()
        kept = kept[«kept["score"] > 9»]
        return kept

    def totals(good):
        return good.groupby("team")["score"].sum().to_dict()

    def best(totals):
        return max(totals, key=totals.get)
    """
    message = "`totals` ({}) is made of what 'good' keeps here, which is empty too."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_the_column_that_a_node_made_and_took_out_again_is_missed_there(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import pandas as pd

    def people():
        frame = pd.DataFrame({"name": ["Ann"], "born": [1990]})
        frame["age"] = 2024 - frame["born"]
        return «frame.drop(columns=["age"])»

    def oldest(people):
        return people["age"].max(), people["born"]
    """
    await check_blame(engine, tmp_path, text, "'people' takes 'age' out here.", likely=False)


async def test_a_column_is_lost_where_the_table_was_begun(engine: Engine, tmp_path: Path) -> None:
    text = """
    import pandas as pd

    def usage():
        return pd.Series([1.0], name="kwh")

    def hourly(usage):
        frame = «usage.to_frame("energy")»
        frame["hour"] = 3
        return frame

    def peak(hourly):
        return hourly["kwh"].max(), hourly["hour"]
    """
    message = "'hourly' was given 'kwh' by 'usage', and what it keeps here has none."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_what_was_joined_lacks_what_each_of_its_tables_lacks(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import pandas as pd

    def hours():
        return pd.DataFrame({"hour": [1], "kwh": [2.0]})

    def tariff():
        return pd.DataFrame({"hour": [1], «"rate"»: [0.3]})

    def cost(hours, tariff):
        merged = hours.merge(tariff, on="hour")
        return merged["kwh"] * merged["price"]
    """
    message = "'tariff' writes the key 'rate' here, which nobody reads; 'price' is asked for."
    await check_blame(engine, tmp_path, text, message, likely=False)


@pytest.mark.parametrize("copy", ["dict(base)", "base.copy()", "{**base}"])
async def test_what_takes_the_place_of_a_part_of_a_copy_has_lost_what_was_in_that(
    engine: Engine, tmp_path: Path, copy: str
) -> None:
    text = f"""
def base():
    return {{"db": {{"host": "localhost", "port": 1}}}}

def local():
    return {{"db": {{"port": 2}}}}

def settings(base, local):
    whole = {copy}
    for name, value in local.items():
        whole[name] = «value»
    return whole

def address(settings):
    return settings["db"]["host"]
"""
    message = "'settings' was given 'host' by 'base', and what it keeps here has none."
    await check_blame(engine, tmp_path, text, message, likely=False)


async def test_what_objects_may_hold_that_do_not_tell_was_lost_after_them(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    class Player:
        def __init__(self, name, team):
            self.name = name
            self.team = team

        def score(self):
            return sum(map(len, self.name))

    def teams():
        return {"ann": "red", "bob": "blue"}

    def players(teams):
        return [Player(name, team) for name, team in teams.items()]

    def sums(players):
        found = {}
        for player in players:
            found[«player.name»] = player.score()
        return found

    def poster(sums):
        return sums["red"]
    """
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert (found.node, found.span) == ("sums", marked(text)[1][0])
