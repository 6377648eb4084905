"""What a model has written goes into a plan of any layout, and nothing else of the plan changes."""

import pytest

from codeact_lsp.agent.splicing import spliced
from codeact_lsp.plan import Plan

WRITTEN = """import json


def two(one):
    return json.dumps(one)
"""
TWO = "def two(one):\n    return json.dumps(one)\n"
ONE = "def one():\n    return 1\n"


def after(text: str) -> str:
    return spliced(Plan.from_text(text), WRITTEN)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_all_lines_end_as_those_of_the_plan(end: str) -> None:
    before = f'"""D."""\nimport os  # kept\n\n\n{ONE}\n\ndef two(one):\n    return one\n'
    expected = before.replace("# kept\n", "# kept\nimport json\n")
    expected = expected.replace("return one\n", "return json.dumps(one)\n")
    assert after(before.replace("\n", end)) == expected.replace("\n", end)


@pytest.mark.parametrize(
    ("head", "added"),
    [
        ("\ufeff", "import json\n\n"),
        ("#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n# A licence.\n", "import json\n\n"),
        ("# A licence.\n\n", "import json\n\n"),
        ("\ufeff# A licence.\n", "import json\n\n"),
        ('#!/usr/bin/env python3\n"""What it is about."""\n', "\nimport json\n"),
        ("import os; import re  # both\n", "import json\n"),
    ],
)
def test_what_a_file_begins_with_stays_at_its_beginning(head: str, added: str) -> None:
    assert after(f"{head}{ONE}") == f"{head}{added}{ONE}\n\n{TWO}"


@pytest.mark.parametrize("tail", ["", "\n", "\n\n", "\n\n\n\n", "# The end.   \n\n\n"])
def test_no_blank_at_the_end_of_a_plan_is_lost(tail: str) -> None:
    before = f"{ONE}{tail}"
    assert after(before).startswith(f"import json\n\n{before}")
    assert after(before).endswith(f"\n\n\n{TWO}")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", f"import json\n\n{TWO}"),
        ("import os", f"import os\nimport json\n\n\n\n{TWO}"),
        ("# Nothing yet.\n", f"# Nothing yet.\nimport json\n\n\n\n{TWO}"),
    ],
)
def test_a_plan_without_functions_gets_imports_first(before: str, expected: str) -> None:
    assert after(before) == expected
