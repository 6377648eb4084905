"""The same parts in another notation."""

import pytest

from codeact_lsp.repair.rules.other_notations import RULE
from codeact_lsp.repair.scene import Scene
from tests.repair.fixing import Bench, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


BOX = """
    class _Box:
        size = 2
        marks = [4, 5]

        def doubled(self) -> int:
            return 2 * self.size

        def __getitem__(self, key: str) -> int:
            raise LookupError(key)

    def a() -> object:
        box = _Box()
        made = {"n": 1}
        return SHOWN
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('box["size"]', "box.size"),
        ("box.marks(1) + 1", "box.marks[1] + 1"),
        ("abs[-3]", "abs(-3)"),
        ("3 > box.doubled", "3 > box.doubled()"),
        ("max(box.marks)().real", "max(box.marks).real"),
        ("box.size().real", "box.size.real"),
        ("made.n", 'made["n"]'),
        ("0 if not made else made[0]", "0 if made else made[0]"),
    ],
)
async def test_written_otherwise(bench: Bench, before: str, after: str) -> None:
    await bench.check_proposed(RULE, BOX.replace("SHOWN", before), BOX.replace("SHOWN", after))


@pytest.mark.parametrize("text", ["def a(): return [][:1 / 0]\n", "def a(): return len(*[1])\n"])
async def test_silent_where_there_is_nothing_else(bench: Bench, text: str) -> None:
    await bench.check_silent(RULE, text)


async def test_a_whole_condition_is_not_turned_round(bench: Bench) -> None:
    fixes = await bench.fixes(
        """
        def a(left: int = 3) -> object:
            waiting = [1, 2]
            while waiting and left > 0:
                left -= waiting.pop() / 0
            return left
        """
    )
    assert not any("not (" in fix.label for fix in fixes)


async def test_no_condition_is_turned_so_that_what_failed_is_passed_by(bench: Bench) -> None:
    failure = await bench.failure(plain(BOX.replace("SHOWN", "box.marks[7] if box else 0")), "a")
    scene = Scene(failure.job.plan, failure.error, failure.error.span)
    assert not any("not box" in each.title for each in RULE.candidates(scene))
