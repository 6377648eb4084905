"""Each rule is listed, says what it answers, shows an example, has tests, and is documented."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import codeact_lsp
from codeact_lsp.repair import rules
from codeact_lsp.repair.rules import LAST, RULES, UPSTREAM

NAMES = [module.name for module in pkgutil.iter_modules(rules.__path__)]
DOCUMENTED = (Path(codeact_lsp.__file__).parents[1] / "docs" / "repair.md").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_is_listed_explained_and_documented(name: str) -> None:
    module = importlib.import_module(f"{rules.__name__}.{name}")
    assert module.RULE in (*RULES, *LAST, *UPSTREAM)
    assert module.RULE.name == name.replace("_", "-")
    doc = module.__doc__ or ""
    assert "Answers " in doc
    assert "->" in doc
    assert f"`{module.RULE.name}`" in DOCUMENTED


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_has_a_test_file_of_its_own(name: str) -> None:
    folder = Path(__file__).parent
    assert any((each / f"test_{name}.py").is_file() for each in (folder, folder / "rules"))


def test_the_table_of_the_page_names_no_rule_that_there_is_not() -> None:
    table = DOCUMENTED.partition("## The rules")[2].partition("Each rule is one file")[0]
    assert sorted(re.findall(r"`([a-z-]+)`", table)) == sorted(
        {rule.name for rule in (*RULES, *LAST, *UPSTREAM)}
    )


def test_no_rule_is_asked_twice() -> None:
    names = [rule.name for rule in (*RULES, *LAST)]
    assert sorted(names) == sorted(set(names))
