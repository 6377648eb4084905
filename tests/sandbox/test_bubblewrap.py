"""What a worker is shown of the machine."""

from pathlib import Path

from codeact_lsp.sandbox import bubblewrap
from codeact_lsp.sandbox.mechanisms import mechanisms
from codeact_lsp.sandbox.programs import answer
from codeact_lsp.sandbox.runtime import system_paths


def test_what_was_granted_and_is_gone_keeps_no_worker_from_starting(tmp_path: Path) -> None:
    program = mechanisms().bubblewrap
    assert program
    (tmp_path / "there.csv").write_text("a,b")
    shown = [*system_paths(), tmp_path / "gone.csv", tmp_path / "there.csv"]
    command = bubblewrap.command(program, show=shown, writable=[], scratch=Path("/tmp/scratch"))
    listed = answer([*command, "/bin/ls", str(tmp_path)], 10.0)
    assert listed == "there.csv\n"
