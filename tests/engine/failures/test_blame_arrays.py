"""Arrays of another size or of texts, and tables by whose labels something is called."""

from pathlib import Path

import pytest

from codeact_lsp.engine.session import Engine
from tests.engine.blaming import blamed
from tests.engine.running import marked

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

FIT = """
    import numpy as np

    def points():
        {points}

    def design(points):
        return np.column_stack([points[:, 0], np.ones_like(points[:, 0])])

    def target(points):
        {target}

    def fit(design, target):
        return np.linalg.lstsq(design, target, rcond=None)[0]
    """
NUMBERS = "return np.array([[0.0, 1.1], [1.0, 2.9], [2.0, 5.2]])"
ARRAYS = {
    "another size": FIT.format(points=NUMBERS, target="«return points[1]»"),
    "texts": FIT.format(
        points="«return np.array([['0', '1.1'], ['1', '2.9'], ['2', '5.2']])»",
        target="return points[:, 1]",
    ),
    "one left out before": """
    import numpy as np

    def raw():
        return {"x": [1.0, 2.0], "y": [2.0, 1.0], "z": [9.0, 8.0]}

    def matrix(raw):
        «return np.vstack([raw[name] for name in sorted(raw)[1:]])»

    def cov(matrix):
        return matrix @ matrix.T

    def vector(raw):
        return np.array([sum(each) for each in raw.values()])

    def variance(vector, cov):
        return vector @ cov
    """,
}


@pytest.mark.parametrize("text", ARRAYS.values(), ids=ARRAYS)
async def test_who_made_an_array_of_another_size_or_kind_than_it_was_given(
    engine: Engine, tmp_path: Path, text: str
) -> None:
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert (found.span, found.likely) == (marked(text)[1][0], False)


async def test_of_arrays_that_nobody_has_resized_all_are_named(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import numpy as np

    def left():
        return np.zeros(3)

    def right():
        return np.zeros(4)

    def both(left, right):
        return left + right
    """
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert [each.node for each in (found, *found.also)] == ["left", "right"]


LABELS = """
    import pandas as pd

    def stock() -> pd.DataFrame:
        {stock}

    def needs(stock: pd.DataFrame) -> pd.DataFrame:
        return stock.assign(cost=stock["have"] * 2.0)

    def costs(needs: pd.DataFrame) -> dict[str, float]:
        return needs["cost"].to_dict()

    def first(costs: dict[str, float]) -> str:
        return [name.upper() for name in costs][0]
    """


async def test_a_key_that_is_a_label_of_rows_is_followed_to_the_table(
    engine: Engine, tmp_path: Path
) -> None:
    """That the node which made the dictionary declared other keys is no proof against it."""
    text = LABELS.format(stock="«return pd.DataFrame({'sku': ['a1', 'b2'], 'have': [5, 0]})»")
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert (found.span, found.likely) == (marked(text)[1][0], False)
    assert [each.node for each in found.also] == ["costs"]


async def test_a_column_that_became_the_index_of_what_is_joined_was_lost_there(
    engine: Engine, tmp_path: Path
) -> None:
    text = """
    import pandas as pd

    def stock():
        return pd.DataFrame({"sku": [1, 2], "have": [5, 0]}).set_index("sku")

    def orders():
        return pd.DataFrame({"sku": [1, 2, 1], "want": [3, 2, 4]})

    def wanted(orders):
        «return orders.groupby("want")["sku"].count()»

    def needs(stock, wanted):
        joined = stock.join(wanted)
        return joined["want"] - joined["have"]
    """
    found = await blamed(engine, tmp_path, text)
    assert found is not None
    assert (found.node, found.span) == ("wanted", marked(text)[1][0])
