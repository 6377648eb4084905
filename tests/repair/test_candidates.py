"""A rule that stumbles over what nobody thought of."""

from collections.abc import Iterator

import pytest

from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from tests.repair.fixing import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_it_has_made_is_kept_and_the_fault_is_logged(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    failure = await bench.failure("def a(): return [1][3]\n")
    scene = Scene(failure.job.plan, failure.error, failure.error.span)

    def stumbling(scene: Scene) -> Iterator[Candidate]:
        yield Candidate("Write '1'", TextEdit(scene.place, "1"), SURE)
        raise KeyError(scene.place)

    (kept,) = rule("new", "IndexError", stumbling).candidates(scene)
    assert kept.title == "Write '1'"
    (said,) = caplog.records
    assert said.getMessage() == "the rule 'new' has stumbled over a failure"
    assert said.exc_info
    caplog.clear()
