"""A bubblewrap that nobody may start: what is said is how to let it be started."""

from pathlib import Path

import pytest

from codeact_lsp.sandbox.mechanisms import Mechanisms
from codeact_lsp.sandbox.programs import answer
from codeact_lsp.sandbox.remedies import lacking
from codeact_lsp.sandbox.system import System


def test_a_bubblewrap_that_nobody_may_start_is_opened(tmp_path: Path) -> None:
    program = tmp_path / "bwrap"
    program.touch(mode=0o644)
    with pytest.raises(PermissionError) as caught:
        answer([str(program)], 10.0)
    faults = {"bwrap": f"{program} does not start: {caught.value}"}
    found = Mechanisms(landlock=7, seccomp=True, faults=faults)
    (lack, *_) = lacking(found, System(container="docker"))
    assert lack.remedy == f"Let it be started. Run: sudo chmod 755 {program}"
