"""Which module has a name; a plan decides over none that is imported to find out."""

import subprocess
import sys

import pytest

from codeact_lsp.repair.standard_library import homes, is_module, public


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("Path", "pathlib"),
        ("sqrt", "math"),
        ("Mapping", "collections.abc"),
        ("quote", "urllib.parse"),
    ],
)
def test_a_name_has_a_home(name: str, home: str) -> None:
    assert home in list(homes(name))


def test_a_name_of_nobody_has_none() -> None:
    assert list(homes("no_such_name")) == []


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("json", True),
        ("os.path", True),
        ("xml.etree.ElementTree", True),
        ("datetime.datetime", False),
        ("json.nothing", False),
        ("numpy", False),
    ],
)
def test_a_module_is_there_or_is_not(name: str, there: bool) -> None:
    assert is_module(name) == there


def test_no_module_is_imported_because_a_plan_names_it() -> None:
    """Importing this one opens a browser."""
    script = (
        "import sys; from codeact_lsp.repair.standard_library import is_module, public;"
        "public('antigravity'); is_module('antigravity.flight'); is_module('xml.dom');"
        "sys.exit('antigravity' in sys.modules or 'xml.dom' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
    assert public("antigravity") == {}
