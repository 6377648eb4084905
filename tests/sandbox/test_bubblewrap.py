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


def test_a_copy_lies_in_the_place_of_what_may_be_written_also_for_who_may_not(
    tmp_path: Path,
) -> None:
    program, folder = mechanisms().bubblewrap, tmp_path.resolve()
    assert program
    for name in ("out/inner", "copy/inner"):
        (folder / name).mkdir(parents=True)
        (folder / name / "who").write_text(f"{name}\n")
    doubles = {
        folder / "out": folder / "copy",
        folder / "out/inner": folder / "copy/inner",
    }
    for writable in ([folder / "out/inner"], []):
        command = bubblewrap.command(
            program, show=[*system_paths(), folder], writable=writable,
            scratch=Path("/tmp/scratch"), doubles=doubles,
        )  # fmt: skip
        script = f"cd {folder}/out/inner; cat who; echo x 2>&- > new && echo written"
        listed = answer([*command, "/bin/sh", "-c", f"{script} || echo refused"], 10.0)
        assert listed == f"copy/inner\n{'written' if writable else 'refused'}\n"
    assert [path.name for path in (folder / "out/inner").iterdir()] == ["who"]
