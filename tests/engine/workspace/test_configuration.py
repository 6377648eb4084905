"""The configuration of a workspace: read it, or say what is wrong with it and where."""

from pathlib import Path

import pytest

from codeact_lsp.engine.workspace.configuration import (
    Configuration,
    ConfigurationError,
    read_configuration,
)
from codeact_lsp.plan import Severity
from codeact_lsp.plan.problems.import_rules import ImportRules

UNKNOWN = "[tool.codeact.problems] '{}' is no problem's code. Did you mean 'cycle'?"

LIST = (
    "[tool.codeact.safety] banned-imports: expected a list of modules such as ['numpy'], not 'os'."
)

UNKNOWN_LIST = (
    "[tool.codeact.safety] there is no 'allowed' here, only allowedImports and bannedImports."
)


def test_a_workspace_without_a_configuration_has_the_default_one(tmp_path: Path) -> None:
    assert read_configuration(tmp_path) == Configuration()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'it'\n", encoding="utf-8")
    assert read_configuration(tmp_path) == Configuration()


def test_the_table_says_how_much_problems_weigh(tmp_path: Path) -> None:
    text = '\ufeff[tool.codeact.problems]\ncycle = "warning"\nall = "off"\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert read_configuration(tmp_path).problems == {"cycle": Severity.WARNING, "all": None}


def test_a_table_says_which_modules_may_be_imported(tmp_path: Path) -> None:
    text = (
        "[tool.codeact.safety]\nallowed-imports = ['numpy', 'os.path']\nbanned-imports = ['re']\n"
    )
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    allowed = (frozenset({"numpy", "os.path"}),)
    assert read_configuration(tmp_path).imports == ImportRules(allowed, frozenset({"re"}))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"tool = 3\n", "[tool.codeact] expected a table, not 3"),
        (
            b"[tool.codeact]\nproblems = []\n",
            "[tool.codeact.problems] expected a table of codes and severities, not []",
        ),
        (
            b"[tool.codeact.problems]\ncylce = 'off'\ncycel = 'off'\n",
            f"{UNKNOWN.format('cylce')}\n{{path}}: {UNKNOWN.format('cycel')}",
        ),
        (
            b"[tool.codeact.saftey]\nbanned-imports = ['os']\n",
            "[tool.codeact.saftey] there is no such table. Did you mean 'safety'?",
        ),
        (
            b"[tool.codeact.safety]\nbanned-imports = 'os'\nallowed = []\n",
            f"{LIST}\n{{path}}: {UNKNOWN_LIST}",
        ),
        (b"\xff", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
        (b"a = 1\na = 2\n", "Cannot overwrite a value (at line 2, column 6)"),
        (b"#" * 1_000_001, "it is larger than 1,000,000 bytes"),
    ],
    ids=["tool", "problems", "entries", "table", "imports", "bytes", "toml", "size"],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigurationError) as raised:
        read_configuration(tmp_path)
    assert str(raised.value) == f"{path}: {why.format(path=path)}"


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").symlink_to("/dev/zero")
    with pytest.raises(ConfigurationError, match="is not a file"):
        read_configuration(tmp_path)
