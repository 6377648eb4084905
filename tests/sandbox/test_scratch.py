"""Where nodes may write, whatever else has to be seen."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from codeact_lsp.sandbox import bubblewrap
from codeact_lsp.sandbox.confinement import confine
from codeact_lsp.sandbox.levels import Level, preset
from codeact_lsp.sandbox.mechanisms import mechanisms
from codeact_lsp.sandbox.programs import answer

TEMPORARY = Path(bubblewrap.TEMPORARY)


@pytest.mark.parametrize("workspace", [TEMPORARY, TEMPORARY / "plans", Path("/srv/plans")])
def test_scratch_is_there_and_empty_wherever_the_workspace_is(workspace: Path) -> None:
    found = replace(mechanisms(), cgroup=None)  # A group would have to be removed.
    made = confine(preset(Level.STRICT, workspace), Path(sys.executable), found)
    assert made.told
    scratch = made.told["scratch"]["path"]
    look = f'test -d {scratch} && test -z "$(ls {scratch})" && echo empty'
    assert answer([*made.container, "/bin/sh", "-c", look], 10.0) == "empty\n"
