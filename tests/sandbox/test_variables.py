"""Which variables a confined node has."""

from pathlib import Path

import pytest

from codeact_lsp.sandbox.levels import Level, grant, preset
from codeact_lsp.sandbox.variables import environment, is_given

STRICT = preset(Level.STRICT)


def test_a_node_has_those_of_language_and_those_that_were_granted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("LC_ALL", "TZ", "API_URL", "DATABASE_URL", "HOME"):
        monkeypatch.setenv(name, f"the user's {name}")
    policy = grant(STRICT, environment=["API_URL"])
    found = environment(policy, Path("/tmp"), Path("/usr/bin/python3"))
    assert {name: found.get(name) for name in ("LC_ALL", "API_URL", "DATABASE_URL", "HOME")} == {
        "LC_ALL": "the user's LC_ALL",
        "API_URL": "the user's API_URL",
        "DATABASE_URL": None,
        "HOME": "/tmp",
    }
    assert all(is_given(name, policy) for name in found)
    assert not is_given("DATABASE_URL", policy)
    assert not is_given("API_URL", STRICT)
