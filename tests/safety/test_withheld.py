"""The names that a level makes useless: they exist, and fewer are on the list of a wider level."""

import importlib
import sys

import pytest

from codeact_lsp.safety.withheld import import_rules, members
from codeact_lsp.sandbox.levels import Level, preset

# Of another system, or of a Python that is too new or too old to have them.
ELSEWHERE = {"os.startfile", "nntplib", "telnetlib"}


@pytest.mark.parametrize("name", sorted(members(Level.STRICT).keys() - ELSEWHERE))
def test_a_function_on_the_list_exists(name: str) -> None:
    module, _, member = name.rpartition(".")
    assert hasattr(importlib.import_module(module), member)


STANDARD = {
    name
    for name in import_rules(Level.STRICT).withheld.keys() - ELSEWHERE
    if name.partition(".")[0] in sys.stdlib_module_names
}


@pytest.mark.parametrize("name", sorted(STANDARD))
def test_a_module_of_the_standard_library_on_the_list_exists(name: str) -> None:
    importlib.import_module(name)


@pytest.mark.parametrize("level", Level)
def test_what_a_level_withholds_is_what_its_policy_does_not_give(level: Level) -> None:
    withheld = {*import_rules(level).withheld.values(), *members(level).values()}
    policy = preset(level)
    assert ("processes" in withheld) == (policy.confined and not policy.processes)
    assert ("network" in withheld) == (level not in {Level.NETWORK, Level.OFF})
