"""A refusal, its way out by a click, and settings that came with the workspace."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from pygls.exceptions import JsonRpcInvalidParams

from codeact_lsp.engine.permissions.grants import Grants
from codeact_lsp.engine.permissions.sandbox_settings import SandboxSettings
from codeact_lsp.sandbox.levels import Level
from codeact_lsp.server.sandbox import Sandbox
from codeact_lsp.server.settings import read_settings
from tests.carets import dedent
from tests.server.editor import Editor
from tests.server.pair import connected

pytestmark = pytest.mark.asyncio(loop_scope="module")

STRICT = {"sandbox": {"level": "strict"}}
WRITES = '''
    def made() -> str:
        """Make a table."""
        with open("out/table.csv", "w") as file:
            file.write("1")
        return "written"
    '''


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def session(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """The session of a user who wants nodes confined."""
    async with connected(tmp_path_factory.mktemp("strict"), options=STRICT) as editor:
        yield editor


async def test_a_plan_runs_where_a_link_leads(editor: Editor) -> None:
    link = editor.folder / "linked"
    link.symlink_to(str(len(editor.tabs)))
    plan = editor.open(
        """
        def beside() -> str:
            with open("table.csv") as file:
                return file.read()
        """,
        uri=(link / "it.plan.py").as_uri(),
    )
    (plan.path.parent / "table.csv").write_text("a,b")
    assert await plan.run() == "done"


async def test_a_plan_to_which_a_link_leads_out_has_a_workspace_of_its_own(
    editor: Editor, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "flows").mkdir()
    (tmp_path / "table.csv").write_text("a,b")
    link = editor.folder / "elsewhere"
    link.symlink_to(tmp_path / "flows")
    plan = editor.open(
        """
        def above() -> str:
            with open("../table.csv") as file:
                return file.read()
        """,
        uri=(link / "it.plan.py").as_uri(),
    )
    assert await plan.run() == "done"


async def test_what_a_node_was_refused_is_told_before_what_it_took_that_for(
    session: Editor,
) -> None:
    plan = session.open(
        """
        import socket

        def a():
            with socket.create_connection(("192.0.2.1", 80), timeout=1):
                return 1
        """
    )
    assert await plan.run() == "failed"
    failed = (await plan.lenses())["a"][1]
    assert failed.startswith("✗ denied network 192.0.2.1:80: ")


async def test_a_right_that_was_missing_is_granted_by_a_click(editor: Editor) -> None:
    plan = editor.open(WRITES)
    (plan.path.parent / "out").mkdir()
    assert await plan.run() == "failed"
    (action,) = await plan.fixes('open("out/table.csv"¦')
    assert action.title == "Allow 'write out/' for this plan"
    assert action.diagnostics is not None
    assert [diagnostic.code for diagnostic in action.diagnostics] == ["denied"]
    plan.apply(action)
    assert plan.text.startswith(
        dedent('''
        def made() -> str:
            """Make a table.

            Needs: write out/
            """
        ''')
    )
    command = action.command
    assert command is not None
    assert list(command.arguments or ()) == [{"uri": plan.uri, "right": "write out/"}]
    granted = await plan.command("grant", right="write out/")
    assert granted == ["write out/"]
    assert not (plan.path.parent / "out" / "table.csv").exists()  # Nothing is run by that.
    assert await plan.fixes('open("out/table.csv"¦') == []
    assert await plan.run() == "done"
    assert (plan.path.parent / "out" / "table.csv").read_text(encoding="utf-8") == "1"


async def test_what_a_node_asks_for_already_only_has_to_be_granted(editor: Editor) -> None:
    plan = editor.open(
        WRITES.replace("Make a table.", "Make a table.\n\n        Needs: write out\n        ")
    )
    # Until it is granted, there is no such folder, and nobody refuses to write to it.
    assert await plan.run() == "failed"
    (diagnostic,) = await plan.diagnostics()
    assert diagnostic.message.startswith("FileNotFoundError")
    (action,) = await plan.fixes('open("out/table.csv"¦')
    assert (action.title, action.edit) == ("Allow 'write out' for this plan", None)
    shown = [message.message for message in editor.messages if "not granted" in message.message]
    assert shown == [
        (
            "'made' asked for 'write out', which is not granted. To grant it: "
            f"codeact grant {plan.path} 'write out'"
        )
    ]
    await plan.command("grant", right="write out")
    assert await plan.run() == "done"


async def test_what_is_never_granted_is_not_offered(editor: Editor) -> None:
    plan = editor.open(WRITES.replace("out/table.csv", "it.plan.py"))
    assert await plan.run() == "failed"
    assert await plan.fixes('open("it.plan.py"¦') == []


@pytest.mark.parametrize(
    ("right", "why"),
    [
        ("root", "expected a right such as"),
        ("write .git/hooks", "'write .git/hooks' is never granted: '.git' is hidden"),
    ],
)
async def test_the_command_refuses_what_cannot_be_granted(
    editor: Editor, right: str, why: str
) -> None:
    plan = editor.open("def a(): return 1")
    with pytest.raises(JsonRpcInvalidParams, match=why):
        await plan.command("grant", right=right)
    assert Grants().of(plan.path) == ()


async def test_a_document_without_a_file_is_granted_nothing(editor: Editor) -> None:
    plan = editor.open("def a(): return 1", uri="untitled:it.plan.py")
    with pytest.raises(JsonRpcInvalidParams, match="Save the plan first"):
        await plan.command("grant", right="processes")


async def test_what_the_workspace_says_in_vain_is_shown_once(editor: Editor) -> None:
    plan = editor.open("def a(): return 1")
    settings = editor.folder / "pyproject.toml"
    settings.write_text('[tool.codeact.sandbox]\nlevel = "off"\n', encoding="utf-8")
    for _ in range(2):
        await plan.run()
    settings.unlink()
    assert [told.message for told in editor.messages if "is not followed" in told.message] == [
        (
            f"{settings}: [tool.codeact.sandbox] level is 'off', which gives more than your "
            "'strict': it is not followed, since a workspace can only take rights away."
        )
    ]


async def test_nothing_that_the_workspace_says_is_a_link_in_a_message(editor: Editor) -> None:
    """VS Code would make one of it, and run the command that it names at a click."""
    plan = editor.open("def a(): return 1")
    settings = editor.folder / "pyproject.toml"
    setting = '"[Fix it](command:workbench.action.terminal.new)" = 1'
    settings.write_text(f"[tool.codeact.sandbox]\n{setting}\n", encoding="utf-8")
    ended = await plan.command("runPlan")
    settings.unlink()
    assert ended["status"] == "refused"
    said = [told.message for told in editor.messages if "Fix it" in told.message]
    assert said
    assert not [message for message in said if "](" in message]


async def test_a_configuration_that_cannot_be_read_runs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, editor: Editor
) -> None:
    monkeypatch.setenv("CODEACT_CONFIG_DIR", str(tmp_path))
    (tmp_path / "config.toml").write_text("[sandbox]\nlevl = 1\n", encoding="utf-8")
    plan = editor.open("def a(): return 1")
    ended = await plan.command("runPlan")
    assert ended["status"] == "refused"
    assert "[sandbox] levl: there is no such setting. Did you mean 'level'?" in ended["message"]


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([STRICT], Sandbox(SandboxSettings(Level.STRICT))),
        (
            [STRICT, None, {"sandbox": {"level": "off"}}],
            Sandbox(SandboxSettings(Level.STRICT), (SandboxSettings(), SandboxSettings(Level.OFF))),
        ),
        ([None, STRICT], Sandbox(SandboxSettings(), (SandboxSettings(Level.STRICT),))),
    ],
)
async def test_only_initialization_options_are_the_users_own(
    layers: list[Any], expected: Sandbox
) -> None:
    settings, wrong = read_settings(*layers)
    assert (settings.sandbox, wrong) == (expected, [])


async def test_a_mistake_in_the_setting_is_told(editor: Editor) -> None:
    _, wrong = read_settings({"sandbox": {"level": "strikt", "minimumTeir": 1}})
    assert wrong == [
        (
            "The setting codeact.sandbox: level: expected one of strict, standard, write, network, "
            "off, not 'strikt'. Did you mean 'strict'?"
        ),
        (
            "The setting codeact.sandbox: minimumTeir: there is no such setting. Did you mean "
            "'minimum-tier'?"
        ),
    ]
