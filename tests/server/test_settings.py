"""The user's settings: what is taken, what is refused, and in which words."""

import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from codeact_lsp.plan import Severity
from codeact_lsp.plan.problems.import_rules import ImportRules
from codeact_lsp.server.settings import Settings, read_settings
from tests.server.pair import connected

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_settings_are_taken_over() -> None:
    said = {
        "interpreter": "python",
        "timeout": 0,
        "workers": 3,
        "resources": {"gpu": 2},
        "plans": ["flows/*.py"],
        "documentation": "https://wiki.example/problems",
        "cache": {"maxSize": "1.5 GB"},
        "safety": {"allowedImports": ["numpy"], "bannedImports": ["numpy.f2py"]},
    }
    expected = Settings(
        interpreter="python",
        timeout=0,
        workers=3,
        resources={"gpu": 2},
        plans=("flows/*.py",),
        documentation="https://wiki.example/problems",
        cache=1_500_000_000,
        safety=ImportRules((frozenset({"numpy"}),), frozenset({"numpy.f2py"})),
    )
    assert read_settings(said) == (expected, [])


@pytest.mark.parametrize("said", [None, {}, {"timeout": None}, {"trace": {"server": "verbose"}}])
async def test_what_says_nothing_leaves_the_defaults(said: Any) -> None:
    assert read_settings(said) == (Settings(), [])


async def test_what_is_said_later_holds() -> None:
    layers = [{"timeout": 5, "workers": 2}, None, {"timeout": 7}, {"timeout": None}]
    assert read_settings(*layers) == (Settings(timeout=7, workers=2), [])


async def test_what_may_be_imported_each_layer_can_only_tighten() -> None:
    """The first is the user's own; the others may have come with the workspace."""
    layers = [{"safety": {"allowedImports": ["numpy"]}}, None, {"safety": {"allowedImports": None}}]
    settings, wrong = read_settings(*layers, {"safety": {"bannedImports": ["os"]}})
    assert settings.safety == ImportRules((frozenset({"numpy"}),), frozenset({"os"}))
    assert wrong == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (["workers"], 'The settings are ["workers"]; they have to be an object.'),
        ("workers", 'The settings are "workers"; they have to be an object.'),
        (
            {"workers": 0},
            "The setting codeact.workers is 0; it has to be a whole number, 1 or more.",
        ),
        (
            {"cache": {"maxSize": "5"}},
            'The setting codeact.cache: expected {"maxSize": "2 GB"}, not {"maxSize": "5"}.',
        ),
        (
            {"cache": {"size": "5 GB"}},
            'The setting codeact.cache: expected {"maxSize": "2 GB"}, not {"size": "5 GB"}.',
        ),
        (
            {"runOnSave": "always"},
            'The setting codeact.runOnSave is "always"; it has to be "off" or "affected".',
        ),
        (
            {"inlayHints": {"result": False}},
            (
                'The setting codeact.inlayHints is {"result": false}; it has to be an object such '
                'as {"results": true, "inputs": false}.'
            ),
        ),
        (
            {"workers": "4"},
            'The setting codeact.workers is "4"; it has to be a whole number, 1 or more.',
        ),
        (
            {"timeout": True},
            (
                "The setting codeact.timeout is true; "
                "it has to be a whole number of seconds, 0 or more."
            ),
        ),
        (
            {"interpreter": ["python"]},
            "The setting codeact.interpreter: expected the path of a Python, not ['python'].",
        ),
        (
            {"resources": {"gpu": "1"}},
            (
                'The setting codeact.resources is {"gpu": "1"}; it has to be an object of whole '
                'numbers, 1 or more, such as {"gpu": 2}.'
            ),
        ),
        (
            {"plans": "flows/*.py"},
            (
                'The setting codeact.plans is "flows/*.py"; it has to be a list of globs, such as '
                '["flows/**/*.py"].'
            ),
        ),
        (
            {"safety": {"allowedImports": "numpy"}},
            (
                "The setting codeact.safety: allowedImports: expected a list of modules such as "
                "['numpy'], not 'numpy'."
            ),
        ),
        (
            {"advice": "off"},
            'The setting codeact.advice is "off"; it has to be true or false.',
        ),
        (
            {"wrokers": 4},
            "There is no setting codeact.wrokers. Did you mean codeact.workers?",
        ),
    ],
)
async def test_a_bad_setting_is_named_and_the_others_hold(said: Any, why: str) -> None:
    assert read_settings({"timeout": 5}, said) in (
        (Settings(timeout=5), [why]),
        (Settings(), [why]),  # The bad one was the timeout.
    )


async def test_a_bad_severity_is_named_and_the_other_ones_hold() -> None:
    said = {"problems": {"cycle": "warning", "cyle": "off", "unused-input": "never"}}
    settings, wrong = read_settings(said)
    assert settings == Settings(problems={"cycle": Severity.WARNING})
    assert wrong == [
        "The setting codeact.problems: 'cyle' is no problem's code. Did you mean 'cycle'?",
        (
            "The setting codeact.problems: unused-input: expected error, warning, information, "
            "hint or off, not 'never'."
        ),
    ]


async def test_problems_weigh_what_the_settings_say(tmp_path: Path) -> None:
    options = {"problems": {"all": "off", "cycle": "hint"}}
    async with connected(tmp_path, options=options) as editor:
        plan = editor.open("def a(a, unused=1): return a\n")
        (found,) = await plan.diagnostics()
        assert (found.code, found.severity) == ("cycle", lsp.DiagnosticSeverity.Hint)


async def test_a_long_value_is_cut() -> None:
    _, (why,) = read_settings({"timeout": "x" * 1000})
    assert why.startswith('The setting codeact.timeout is "xxx')
    assert len(why) < 160


async def test_the_user_is_shown_what_is_wrong_and_the_server_works(tmp_path: Path) -> None:
    async with connected(tmp_path, options={"workers": 0}) as editor:
        assert await editor.open("def a(): return 1\n").run() == "done"
        assert [shown.message for shown in editor.messages] == [
            "The setting codeact.workers is 0; it has to be a whole number, 1 or more."
        ]


async def test_the_interpreter_of_the_settings_runs_the_nodes(tmp_path: Path) -> None:
    other = tmp_path / "another-python"
    other.symlink_to(sys.executable)
    async with connected(tmp_path, options={"interpreter": str(other)}) as editor:
        plan = editor.open("import sys\ndef a(): return sys.executable.split('/')[-1]\n")
        assert await plan.run() == "done"
        assert (await plan.command("value", node="a"))["preview"] == "another-python"


@pytest.mark.parametrize(
    ("said", "chosen", "ignored"),
    [
        (["/a/python", "/b/python", "b/python"], "/a/python", True),
        (["/a/python", "/a/python", None], "/a/python", False),
        ([None, "/b/python"], None, True),
        ([None, "~/b/python"], None, True),
        ([None, "python"], None, True),
        ([None, None, ".venv/bin/python"], ".venv/bin/python", False),
        (["", ".venv/bin/python"], ".venv/bin/python", False),
    ],
)
async def test_an_interpreter_outside_of_the_workspace_is_the_users_choice_alone(
    said: list[str | None], chosen: str | None, *, ignored: bool
) -> None:
    settings, wrong = read_settings(*({"interpreter": each} for each in said))
    assert settings.interpreter == chosen
    assert ["counts only in the client's initialization" in each for each in wrong] == (
        [True] if ignored else []
    )


async def test_no_settings_that_may_have_come_with_a_workspace_start_a_program(
    tmp_path: Path,
) -> None:
    harm, program = tmp_path / "harm", tmp_path / "program"
    program.write_text(f'#!/bin/sh\ntouch {harm}\nexec {sys.executable} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    async with connected(tmp_path) as editor:
        plan = editor.open("def a(): return 1\n")
        settings = {"codeact": {"interpreter": str(program)}}
        params = lsp.DidChangeConfigurationParams(settings=settings)
        editor.workspace_did_change_configuration(params)
        assert await plan.run() == "done"
        (shown,) = editor.messages
        assert shown.message == (
            "The setting codeact.interpreter: counts only in the client's initialization options, "
            "so that no workspace can set it; elsewhere it has to be a path in the workspace, such "
            "as .venv/bin/python."
        )
    assert not harm.exists()


async def test_the_timeout_of_the_settings_holds_for_nodes_without_their_own(
    tmp_path: Path,
) -> None:
    async with connected(tmp_path, options={"timeout": 1}) as editor:
        plan = editor.open("def a():\n    while True: pass\n")
        assert await plan.run() == "failed"
        assert [found.message for found in await plan.diagnostics()] == [
            "Timeout: still running after 1 s, its time limit"
        ]


async def test_counted_resources_let_as_many_nodes_run_as_there_are_units(tmp_path: Path) -> None:
    options = {"workers": 4, "resources": {"gpu": 2}}
    node = '''
        def {name}():
            """Wait until two run at once.

            Uses: gpu:1
            """
            Path("{name}").touch()
            while not (Path("a").exists() and Path("b").exists()):
                time.sleep(0.01)
        '''
    text = "import time\nfrom pathlib import Path\n"
    async with connected(tmp_path, options=options) as editor:
        plan = editor.open(text)
        for name in "ab":
            plan.append(node.format(name=name))
        assert await plan.run() == "done"
