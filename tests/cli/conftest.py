"""The command, in an empty folder of the test's own."""

from pathlib import Path

import pytest

from tests.cli.command import Codeact


@pytest.fixture
def codeact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Codeact:
    """The command, called in `tmp_path`."""
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    return Codeact(tmp_path, capsys)
