"""The adapter for TapeAgents where that is not installed; with it: `make test-tapeagents`."""

import subprocess
import sys


def test_without_tapeagents_the_import_says_how_to_get_it() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import codeact_lsp.tapeagents"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "TapeAgents is not installed in this environment" in ended.stderr
    assert "pip install 'tapeagents>=0.1.15,<0.2'" in ended.stderr
