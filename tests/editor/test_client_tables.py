"""What the VS Code client knows of commands and settings is what the server has."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_generated_tables_are_up_to_date() -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "vscode-client" / "generate.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.stdout, checked.stderr) == ("", "")


def test_the_lock_file_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if ":" in package.get("resolved", "")] == []
