"""What exists where something was asked for that does not: modules, their members, files, keywords.

Names, attributes and keys are shown in the place where they fail by tests/engine/failures.
"""

import ast
from pathlib import Path
from typing import Any

import pytest

from codeact_lsp.worker.expressions import Place, Scope
from codeact_lsp.worker.facts import Failing, facts
from codeact_lsp.worker.nearby import files_like


def found(code: str) -> dict[str, Any]:
    """The facts on the failure of one statement."""
    tree = ast.parse(code)
    (statement,) = tree.body
    operation = statement.value if isinstance(statement, ast.Expr) else statement
    module: dict[str, Any] = {"scaled": scaled, "Order": Order}
    scope = Scope({}, module)
    try:
        exec(code, module)
    except (ImportError, OSError, TypeError) as error:
        failing = Failing(error, tree, Place.of(operation), operation, scope, scope, None)
        return facts(failing) or {}
    pytest.fail("it did not fail")


def scaled(number: int, /, factor: int, *, digits: int = 0) -> float:
    """Something to call."""
    return round(number * factor, digits)


def test_a_module_is_looked_for_among_all_that_can_be_imported() -> None:
    fact = found("import jsonn")
    assert (fact["kind"], fact["name"], fact["options"][0]) == ("module", "jsonn", "json")


def test_a_module_that_is_like_nothing_has_no_options() -> None:
    assert found("import zqxjkv")["options"] == []


def test_a_module_that_another_one_lacks_is_no_misspelling_of_the_plans(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lacking_one.py").write_text("import jsonn\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert found("import lacking_one") == {}


def test_a_member_is_looked_for_in_its_module() -> None:
    fact = found("from collections import Countr")
    assert (fact["kind"], fact["name"], fact["options"][0]) == ("member", "Countr", "Counter")


def test_a_keyword_is_looked_for_among_those_that_the_function_takes() -> None:
    fact = found("scaled(1, factr=2)")
    assert (fact["kind"], fact["name"], fact["options"]) == ("keyword", "factr", ["factor"])
    assert fact["place"] == [1, 10, 1, 15]


class Order:
    """Something to make."""

    def __init__(self, sku: str, *, quantity: int) -> None:
        self.sku, self.quantity = sku, quantity


def test_a_keyword_is_looked_for_among_those_that_the_class_takes() -> None:
    assert found("Order(sku=1, quantiti=2)")["options"] == ["quantity"]
    assert "self" not in found("Order(selff=2)")["options"]


def test_a_parameter_without_a_keyword_is_no_option() -> None:
    assert "number" not in found("scaled(1, numbr=2)")["options"]


def test_a_file_is_looked_for_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rates.json").touch()
    fact = found("open('rate.json')")
    assert (fact["kind"], fact["name"]) == ("file", "rate.json")
    assert fact["options"] == ["data/rates.json"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with some files."""
    monkeypatch.chdir(tmp_path)
    for name in ("Notes.txt", "notes.md", "deep/down/notes.txt", ".git/notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def test_a_file_of_just_that_name_comes_first(folder: Path) -> None:
    assert files_like("notes.txt")[0] in {"Notes.txt", "deep/down/notes.txt"}


def test_hidden_folders_are_not_looked_into(folder: Path) -> None:
    assert not [path for path in files_like("notes.txt") if ".git" in path]


def test_a_folder_that_is_not_there_is_no_failure(folder: Path) -> None:
    assert "deep/down/notes.txt" in files_like("deap/down/notes.txt")


def test_nothing_is_like_a_name_of_another_kind(folder: Path) -> None:
    assert files_like("zqxjkv.bin") == []
