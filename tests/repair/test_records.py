"""What a rule's record lets be preferred."""

import tomllib
from importlib import resources

import pytest

from codeact_lsp import repair
from codeact_lsp.repair.records import is_reliable
from codeact_lsp.repair.rules import RULES, UPSTREAM

TABLE = tomllib.loads(resources.files(repair).joinpath("records.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", TABLE)
def test_a_record_is_that_of_a_rule_and_adds_up(name: str) -> None:
    right, met, right_of_slips, slips = TABLE[name]
    assert name in {rule.name for rule in (*RULES, *UPSTREAM)}
    assert 0 <= right <= met
    assert 0 <= right_of_slips <= slips


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("accessors", True),  # Never wrong.
        ("bounds", False),  # Wrong in three of thirteen.
        ("operators", False),  # Met once, and wrong.
        ("a rule that was never met", True),
    ],
)
def test_who_was_wrong_too_often_is_not_relied_on(name: str, *, expected: bool) -> None:
    assert is_reliable(name) is expected


@pytest.mark.parametrize(
    ("record", "is_good"),
    [((0, 0), True), ((0, 1), False), ((1, 1), True), ((2, 4), False), ((17, 18), True)],
)
def test_a_lesson_has_a_record_of_its_own(record: tuple[int, int], is_good: bool) -> None:
    assert is_reliable("memory:7", record) is is_good
