"""Advice on a plan's code: it comes once nobody types, moves with the text, and blocks nothing."""

import asyncio
import threading
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from codeact_lsp.plan import Plan, Problem, Severity, Span
from codeact_lsp.safety import NoAdviceError
from codeact_lsp.sandbox.levels import Level
from codeact_lsp.server.advice import Advice
from codeact_lsp.server.advising import Advisor
from codeact_lsp.server.server import create_server
from tests.server.editor import Editor, eventually
from tests.server.pair import connected
from tests.server.tab import Tab
from tests.server.test_pull import pulled, pulling

pytestmark = pytest.mark.asyncio(loop_scope="module")

STRICT = {"sandbox": {"level": "strict"}}
TEXT = "def a(x=''): return '📦', eval(x)\n"


async def until_advised(editor: Editor, plan: Tab, *codes: str) -> None:
    """Wait for diagnostics with these codes and no others."""
    await editor.until(
        lambda: (
            [[found.code for found in params.diagnostics] for params in plan.published()[-1:]]
            == [list(codes)]
        )
    )


async def test_it_comes_by_itself_after_the_problems(tmp_path: Path) -> None:
    async with connected(tmp_path, options=STRICT) as editor:
        plan = editor.open("""
            import os as o, socket
            def a(command='ls'):
                return o.system(command)
            """)
        assert [found.code for found in await plan.diagnostics()] == ["withheld-right"]
        await until_advised(editor, plan, "withheld-right", "withheld-right")
        assert [params.version for params in plan.published()] == [1, 1]
        *_, found = await plan.diagnostics()
        assert plan.at(found.range) == "o.system"


async def test_it_is_an_information_with_a_page_to_read(editor: Editor) -> None:
    plan = editor.open(TEXT)
    await until_advised(editor, plan, "S307")
    (found,) = await plan.diagnostics()
    assert plan.at(found.range) == "eval(x)"
    assert found.severity is lsp.DiagnosticSeverity.Information
    assert found.code_description == lsp.CodeDescription(
        href="https://docs.astral.sh/ruff/rules/suspicious-eval-usage"
    )


async def test_it_moves_with_the_text_and_goes_with_what_it_is_about(editor: Editor) -> None:
    plan = editor.open(TEXT)
    await until_advised(editor, plan, "S307")
    plan.edit("def a", "# 📦\nLIMIT = 1\n\n\ndef a")
    (found,) = await plan.diagnostics()
    assert plan.at(found.range) == "eval(x)"
    plan.edit("'📦', ", "")
    (found,) = await plan.diagnostics()
    assert plan.at(found.range) == "eval(x)"
    plan.edit("eval(x)", "str(x)")
    assert await plan.diagnostics() == ()


async def test_a_comment_ignores_it_by_its_rule_or_by_what_all_rules_are_called(
    editor: Editor,
) -> None:
    plan = editor.open(TEXT)
    await until_advised(editor, plan, "S307")
    (action,) = await plan.actions("ev¦al", [lsp.CodeActionKind.QuickFix])
    assert action.title == "Ignore 'S307' here"
    plan.apply(action)
    assert plan.text == TEXT.replace("\n", "  # codeact: ignore[S307]\n")
    assert await plan.diagnostics() == ()
    plan.edit("S307", "risky-call")
    assert await plan.diagnostics() == ()


async def test_a_comment_is_called_needless_only_once_all_is_known(editor: Editor) -> None:
    plan = editor.open("def a(): return 1  # codeact: ignore[S307]\n")
    assert await plan.diagnostics() == ()
    await until_advised(editor, plan, "unused-ignore")


async def test_the_settings_say_what_it_weighs_and_whether_there_is_any(tmp_path: Path) -> None:
    options = {"problems": {"risky-call": "warning", "S102": "off"}}
    async with connected(tmp_path, options=options) as editor:
        plan = editor.open("def a(x=''): return eval(x), exec(x)\n")
        await until_advised(editor, plan, "S307")
        (found,) = await plan.diagnostics()
        assert found.severity is lsp.DiagnosticSeverity.Warning
        editor.workspace_did_change_configuration(
            lsp.DidChangeConfigurationParams(settings={"codeact": {"advice": False}})
        )
        await until_advised(editor, plan)


async def test_an_import_that_the_settings_ban_keeps_the_plan_from_running(tmp_path: Path) -> None:
    options = {"safety": {"allowedImports": ["math", "json"]}}
    (tmp_path / "pyproject.toml").write_text("[tool.codeact.safety]\nbanned-imports = ['json']\n")
    async with connected(tmp_path, options=options) as editor:
        plan = editor.open("import math, json, re\ndef a(): return 1\n")
        found = await plan.diagnostics()
        assert [(each.code, plan.at(each.range)) for each in found] == [
            ("banned-import", "json"),
            ("banned-import", "re"),
        ]
        assert await plan.run() == "refused"
        plan.edit(", json, re", "")
        assert await plan.run() == "done"


async def test_a_grant_changes_what_is_told_at_once(tmp_path: Path) -> None:
    options = {**STRICT, "safety": {"bannedImports": ["json"]}}
    async with connected(tmp_path, options=options) as editor:
        plan = editor.open("""
            import json
            def a():
                '''A.

                Needs: import json
                '''
                import socket
            """)
        await until_advised(editor, plan, "banned-import", "withheld-right")
        await plan.command("grant", right="import json")
        await until_advised(editor, plan, "withheld-right")


async def test_a_client_that_pulls_is_asked_to_pull_again(tmp_path: Path) -> None:
    async with connected(tmp_path, pulling(again=True)) as editor:
        asked = asyncio.Event()
        editor.answer(lsp.WORKSPACE_DIAGNOSTIC_REFRESH, lambda _: asked.set())
        plan = editor.open(TEXT)
        assert await pulled(editor, plan.document) == []
        await asked.wait()
        assert await pulled(editor, plan.document) == ["S307"]
        assert plan.published() == []


async def test_a_client_that_cannot_be_asked_is_pushed_what_it_does_not_pull(
    tmp_path: Path,
) -> None:
    async with connected(tmp_path, pulling(again=False), options=STRICT) as editor:
        plan = editor.open(f"import socket\n{TEXT}")
        await until_advised(editor, plan, "S307")
        assert await pulled(editor, plan.document) == ["withheld-right"]


async def test_where_it_cannot_be_had_that_is_said_once_and_all_else_works(tmp_path: Path) -> None:
    asked = []

    def fail(plan: Plan, _level: Level) -> tuple[Problem, ...]:
        asked.append(plan.source.text)
        raise NoAdviceError("There is no ruff.")

    server = create_server()
    server.advisor = Advisor(server, fail)
    async with connected(tmp_path, server=server) as editor:
        plan = editor.open("def a(b): return b\n")
        other = editor.open("def c(): return 1\n")
        await eventually(lambda: editor.messages)
        assert [found.code for found in await plan.diagnostics()] == ["missing-input"]
        assert await other.run() == "done"
        assert [shown.message for shown in editor.messages] == ["There is no ruff."]


async def test_what_was_found_in_an_older_text_is_dropped(tmp_path: Path) -> None:
    """The first text is still being read while it is edited: only the second one's advice shows."""
    begun, go_on = threading.Event(), threading.Event()

    def look(plan: Plan, _level: Level) -> tuple[Problem, ...]:
        begun.set()
        assert go_on.wait(30)
        return (Problem("S102", plan.source.text, Span(0, 3), Severity.INFORMATION),)

    server = create_server()
    server.advisor = Advisor(server, look)
    async with connected(tmp_path, server=server) as editor:
        plan = editor.open("def a(): return 1\n")
        assert await asyncio.to_thread(begun.wait, 30)
        plan.edit("1", "2")
        assert await plan.diagnostics() == ()
        go_on.set()
        await editor.until(lambda: plan.published()[-1].diagnostics)
        shown = {each.message for told in plan.published() for each in told.diagnostics}
        assert shown == {"def a(): return 2\n"}


async def test_of_several_edits_at_once_only_what_lies_between_them_is_forgotten() -> None:
    text = "A = 1\n\ndef a(): eval('')\n\ndef b(): eval('')\n\ndef c(): eval('')\n"
    plan = Plan.from_text(text)
    spans = [Span(at, at + 8) for at in range(len(text)) if text.startswith("eval", at)]
    advice = Advice(plan, tuple(Problem("S307", "", span) for span in spans))
    edited = plan.edited(Span(4, 5), "100").edited(Span(35, 36), "other")
    moved = advice.moved(edited)
    assert [edited.source.text[one.span.start : one.span.end] for one in moved.problems] == [
        "eval('')",
        "eval('')",
    ]
    assert (advice.complete, moved.complete) == (True, False)
