"""Text of plans and workspaces steers nobody who shows it."""

import pytest

from codeact_lsp.plan.visible import unlinked


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
