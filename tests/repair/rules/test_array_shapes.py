"""Arrays that are put together or solved in a way that their shape or type does not allow."""

import pytest

from codeact_lsp.repair.rules.array_shapes import RULE
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


def plan(*lines: str) -> str:
    """A plan of one node, with arrays to work on."""
    body = "".join(f"    {line}\n" for line in lines)
    return f"""
import numpy as np

def a() -> object:
    flat, table = np.arange(1, 4), np.ones((3, 2))
    rows, things = [[1, 2], [3]], np.array([1, 10], dtype=object)
{body}"""


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        ("return int(np.array(rows).sum())", "np.array(rows)", "np.hstack(rows)"),
        ("return len(np.array(rows))", "np.array(rows)", "np.array(rows, dtype=object)"),
        ("return table.reshape(2, 4).shape", "2, 4).shape", "2, -1).shape"),
        ("return table.reshape((2, 4)).shape", "(2, 4)).shape", "(2, -1)).shape"),
        ("return (flat[1:] - flat).tolist()", "- flat)", "- flat[:-1])"),
        ("return (flat[:-1] < flat).tolist()", "< flat)", "< flat[1:])"),
        ("return np.log(things).tolist()", "np.log(things)", "np.log(things.astype(float))"),
        (
            "return np.linalg.solve(table, flat).tolist()",
            "np.linalg.solve(table, flat)",
            "np.linalg.lstsq(table, flat)[0]",
        ),
        ("return np.linalg.inv(table).shape", "linalg.inv", "linalg.pinv"),
        ("return np.hstack((flat, table)).shape", "hstack", "column_stack"),
        (
            "return np.hstack(flat, table).shape",
            "hstack(flat, table)",
            "column_stack((flat, table))",
        ),
        (
            "return np.transpose(table, (0, 2, 1)).shape",
            "np.transpose(table, (0, 2, 1))",
            "np.transpose(table)",
        ),
        ("return table.transpose((0, 2, 1)).shape", "transpose((0, 2, 1))", "T"),
    ],
)
async def test_as_their_shape_allows(bench: Bench, line: str, old: str, new: str) -> None:
    await bench.check_first(plan(line), old, new)


@pytest.mark.parametrize("nothing", ["None", "np.nan"])
async def test_room_for_what_is_missing(bench: Bench, nothing: str) -> None:
    text = plan(f"flat[flat > 2] = {nothing}", "return flat[:2].tolist()")
    line = "    flat = flat.astype(float)\n"
    await bench.check_first(text, "    flat[flat", f"{line}    flat[flat")


@pytest.mark.parametrize(
    "text",
    [
        "def a(): return [1][3]\n",
        plan("return int(None)"),
        plan("return (flat[::2] - flat).tolist()"),
        plan("return flat + np.ones(2)"),
    ],
)
async def test_other_failures_are_none_of_its_business(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (
            (
                "import numpy as np\n"
                "\n"
                "def a():\n"
                "    one, row = np.array([[1, 2], [3, 4], [5, 6]]), np.array([5, 6])\n"
                "    return np.concatenate([one, row]).tolist()\n"
            ),
            "concatenate",
            "vstack",
        ),
        (
            (
                "import numpy as np\n"
                "\n"
                "def a():\n"
                "    one, column = np.array([[1, 2], [3, 4]]), np.array([5, 6])\n"
                "    return np.concatenate([one, column], axis=1).tolist()\n"
            ),
            "concatenate([one, column], axis=1)",
            "column_stack([one, column])",
        ),
    ],
)
async def test_a_row_and_a_table(bench: Bench, text: str, old: str, new: str) -> None:
    await bench.check_first(text, old, new)
