"""Names over real pipes: a renaming edits the plan and its inputs file, or says why not."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.served import Served, served

pytestmark = pytest.mark.e2e
PLAN = "def orders(month):\n    return month\n"


def ask(server: Served, number: int, method: str, **more: Any) -> dict[str, Any]:
    """The answer to a request about the parameter `month`."""
    position = {"line": 0, "character": 12}
    params = {"textDocument": {"uri": server.uri}, "position": position, **more}
    server.send(id=number, method=f"textDocument/{method}", params=params)
    return server.answer(number)


def test_a_renaming_edits_both_files(tmp_path: Path) -> None:
    (tmp_path / "it.plan.toml").write_text('month = "2026-10"\n', encoding="utf-8")
    with served(tmp_path) as server:
        server.begin(PLAN)
        toml = server.uri.removesuffix(".py") + ".toml"
        assert ask(server, 2, "definition")["result"]["uri"] == toml
        assert ask(server, 3, "prepareRename")["result"]["placeholder"] == "month"
        changes = ask(server, 4, "rename", newName="when")["result"]["changes"]
        assert {uri: len(made) for uri, made in changes.items()} == {server.uri: 2, toml: 1}
        error = ask(server, 5, "rename", newName="orders")["error"]
        assert error["code"] == -32803
        assert error["message"] == (
            "There is a node 'orders': the input would become a dependency on it."
        )
