"""The main job in a real Emacs with Eglot, set up as docs/editors/emacs.md says."""

import pytest

from tests.editor.emacs import play
from tests.editor.journey import Played

pytestmark = pytest.mark.editor


@pytest.fixture(scope="module")
def repaired(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The plan with a misspelt column, opened, run, repaired, run again and saved."""
    return play("repair.el", "sales", tmp_path_factory.mktemp("emacs"))


def test_a_plan_opens_in_the_mode_of_the_set_up_and_is_run_by_its_command(repaired: Played) -> None:
    assert repaired.report["mode"] == "codeact-plan-mode"
    assert repaired.report["first run"] == "codeact: failed"


def test_flymake_shows_exactly_the_column_that_does_not_exist(repaired: Played) -> None:
    message, text = repaired.report["failure"]
    assert "KeyError: 'ammount'" in message
    assert text == '"ammount"'


def test_the_verified_fix_is_offered_and_makes_the_plan_run(repaired: Played) -> None:
    assert repaired.report["fix"].startswith("Rename 'ammount' to 'amount': runs")
    assert repaired.report["second run"] == "codeact: done"


def test_the_saved_file_differs_in_the_fix_alone_and_no_process_stays(repaired: Played) -> None:
    assert repaired.after == repaired.before.replace(b"ammount", b"amount")
    assert repaired.left == []
