"""Text of plans and workspaces steers nobody who shows it."""

import os
import subprocess

import pytest

from codeact_lsp.plan.visible import quoted, unlinked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[Fix it](command:workbench.action.terminal.new)", "[Fix it] (command:"),
        ("[a](https://example.org)", "[a] (https:"),
        ("[a]\n(file:///etc)", "[a]\n(file:"),
        ("[a]\u200b(command:x)", "[a]\\u200b(command:"),
        ("values[0](x)", "values[0] (x)"),
        ("\x1b[31m](command:x)", "\\x1b[31m] (command:"),
    ],
)
def test_a_notification_has_no_link_of_others(text: str, shown: str) -> None:
    assert unlinked(text).startswith(shown)
    assert "](" not in unlinked(text)


@pytest.mark.parametrize(
    "word",
    [
        "plain",
        "with space's; touch x",
        "a\nb",
        "\x1b[31m`id`$(id)",
        "\u202etxt.\x85'\\\\n\t",
        "\U000e0001 \udcff.py",
    ],
)
def test_a_word_of_a_command_is_the_same_for_a_shell_and_steers_nobody(word: str) -> None:
    shown = quoted(word)
    assert shown.isprintable()
    said = subprocess.run(
        ["bash", "-c", f"printf %s {shown}"],
        check=True,
        capture_output=True,
        env={"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]},
    )
    assert said.stdout == os.fsencode(word)
