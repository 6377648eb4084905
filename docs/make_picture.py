# ruff: noqa: INP001 - a script, not a package
"""Draw demo.svg: what `codeact fix --apply` prints about a copy of `examples/sales`."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
COLUMNS = 94
COMMAND = ["fix", "--apply", "sales.plan.py"]
CELL = 12.2  # Width of a character in the picture.
# rich names web fonts and its own address; a picture in a repository has to stand alone.
EXTERNAL = re.compile(r"\s*(?:@font-face \{.*?\}|<!--.*?-->)", re.DOTALL)
INDENTED = re.compile(r'x="([\d.]+)"( y="[\d.]+") textLength="([\d.]+)"([^>]*>)((?:&#160;)+)')


def output() -> str:
    """What the command prints on a terminal, colours included."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(HERE.parent / "examples" / "sales", Path(folder) / "sales")
        terminal = {"FORCE_COLOR": "1", "COLORTERM": "truecolor", "COLUMNS": str(COLUMNS)}
        places = {"CODEACT_CACHE_DIR": folder, "CODEACT_DATA_DIR": folder}
        environment = {**os.environ, **terminal, **places}
        environment.pop("VIRTUAL_ENV", None)  # Nodes run in the Python that runs this script.
        ended = subprocess.run(  # noqa: S603 - the arguments are ours.
            [sys.executable, "-m", "codeact_lsp", *COMMAND],
            cwd=copy, env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return ended.stdout


def outdented(text: re.Match[str]) -> str:
    """Indentation as a place: some viewers drop blanks at the start of a text."""
    x, y, length, rest, blanks = text.groups()
    skipped = CELL * blanks.count(";")
    return f'x="{float(x) + skipped:.1f}"{y} textLength="{float(length) - skipped:.1f}"{rest}'


def main() -> None:
    """Run the command and draw its output."""
    console = Console(record=True, width=COLUMNS, file=StringIO())
    console.print(Text(f"$ codeact {' '.join(COMMAND)}", style="bold"))
    console.print(Text.from_ansi(output()), end="")
    svg = console.export_svg(title="CodeAct LSP", unique_id="demo")
    svg = INDENTED.sub(outdented, EXTERNAL.sub("", svg))
    (HERE / "demo.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
