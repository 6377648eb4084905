"""The branch of a function that comes to its end, by its text alone."""

import ast

import pytest

from codeact_lsp.engine.failures.endings import ending

_ENDINGS = {
    "if a:\n    return 1": "a",
    "if a:\n    return 1\nelif b:\n    return 2": "b",
    "if a:\n    return 1\nelse:\n    b = 2": "b = 2",
    "if a:\n    b = 2": "a",
    "if a:\n    raise b\nelse:\n    return 1": None,
    "with a:\n    if b:\n        return 1": "b",
    "try:\n    return a()\nexcept KeyError:\n    b()": "b()",
    "try:\n    a()\nexcept KeyError:\n    b()": "a()",
    "try:\n    a()\nfinally:\n    return b": None,
    "match a:\n    case 1:\n        return 1\n    case 2:\n        return 2": "a",
    "match a:\n    case 1:\n        return 1\n    case _:\n        b()": "b()",
    "for each in a:\n    return each": "a",
    "while a:\n    return 1": "a",
    "while True:\n    a()": None,
    "while True:\n    break": "True",
}


@pytest.mark.parametrize("text", list(_ENDINGS))
def test_the_branch_that_comes_to_the_end_is_found(text: str) -> None:
    found = ending(ast.parse(text).body)
    assert (ast.unparse(found) if found else None) == _ENDINGS[text]
