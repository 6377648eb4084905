"""The main job in a real Neovim: run, see the failure, take the fix, run again, save, leave.

Neovim tells places in its own terms: 0-based lines, and 0-based columns in bytes.
"""

from pathlib import Path

import pytest

from tests.editor.journey import Played
from tests.editor.neovim import play

pytestmark = pytest.mark.editor
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def repaired(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The plan with a misspelt column, opened, run, repaired, run again and saved."""
    return play("repair.lua", "sales", tmp_path_factory.mktemp("repair"))


@pytest.fixture(scope="module")
def astral(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The plan that fails to the right of a box that takes four bytes, opened and run."""
    return play("astral.lua", "stock", tmp_path_factory.mktemp("astral"))


def test_opening_a_plan_shows_no_error_and_offers_to_run_it(repaired: Played) -> None:
    assert repaired.report["errors before the run"] == []
    assert repaired.report["lenses on the plan"] == ["▶ Run plan (9 of 9 to run)"]
    assert repaired.report["lenses on a node"] == ["▶ Run", "▶ Run with downstream"]


def test_the_run_marks_exactly_the_column_that_does_not_exist(repaired: Played) -> None:
    assert repaired.report["failure"] == {
        "message": "KeyError: 'ammount'",
        "range": [71, 22, 71, 31],
        "source": "codeact",
        "text": '"ammount"',
    }


def test_the_first_action_is_the_verified_fix(repaired: Played) -> None:
    first, *_ = repaired.report["offered"]
    assert first.startswith("Rename 'ammount' to 'amount': runs, 3 of 3 downstream pass, ")
    assert repaired.report["menu entry"] == first


def test_the_fix_makes_the_diagnostic_go_and_the_second_run_reuses_its_trial(
    repaired: Played,
) -> None:
    assert repaired.report["unsaved"] is True
    assert repaired.report["errors after the second run"] == []
    assert repaired.report["state of the last node"][0] == "▶ Run"
    assert repaired.report["state of the last node"][1].endswith(
        " ms · str 214 characters · ran while a fix was tried"
    )


def test_the_saved_file_differs_from_the_original_in_the_fix_alone(repaired: Played) -> None:
    assert repaired.before.count(b"ammount") == 1
    assert repaired.after == repaired.before.replace(b"ammount", b"amount")


def test_the_columns_are_exact_to_the_right_of_characters_beyond_utf_16_units(
    astral: Played,
) -> None:
    line = astral.before.splitlines()[83]
    assert b"    return {" in line
    assert "📦" in line.decode()
    start = line.index(b"net * discount")
    assert astral.report["errors before the run"] == []
    assert astral.report["failure"] == {
        "message": "TypeError: unsupported operand type(s) for *: 'float' and 'NoneType'",
        "range": [83, start, 83, start + len(b"net * discount")],
        "source": "codeact",
        "text": "net * discount",
    }
    assert astral.after == astral.before


def test_the_server_ends_by_itself_with_status_0_when_it_is_told_to(astral: Played) -> None:
    assert astral.report["server"] == {"code": 0, "signal": 0}


def test_neovim_quits_cleanly_and_no_process_stays_behind(repaired: Played, astral: Played) -> None:
    assert (repaired.status, repaired.left) == (0, [])
    assert (astral.status, astral.left) == (0, [])


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """A plan that is edited while it runs, cancelled, run again, and loses its server."""
    return play("interrupt.lua", "slow", tmp_path_factory.mktemp("interrupt"), HERE)


def test_a_failure_stays_right_through_edits_a_cancel_and_an_undo(interrupted: Played) -> None:
    report = interrupted.report
    place = [15, 15, 15, 21]
    assert report["failure"]["text"] == '"boom"'
    assert report["failure"]["range"] == place
    assert report["lens while it runs"] == ["■ Cancel"]
    assert report["failure below a new line"]["range"] == [16, 15, 16, 21]
    assert report["failure after the cancel"]["range"] == place
    assert report["errors once the line is another"] == []
    assert report["failure after the undo"]["range"] == place


def test_a_server_that_is_killed_while_a_plan_runs_leaves_no_process(interrupted: Played) -> None:
    assert interrupted.report["server"] == {"code": 0, "signal": 9}
    assert (interrupted.status, interrupted.left) == (0, [])


def test_an_editor_that_is_closed_while_a_plan_runs_leaves_no_process(tmp_path: Path) -> None:
    played = play("leave.lua", "slow", tmp_path, HERE)
    assert (played.status, played.left) == (0, [])
