"""Code that can reach nothing of its process, and code of which that is not certain."""

import pytest

from codeact_lsp.engine.run.plain_code import is_plain

PLAIN = [
    "return a + 1",
    "return [each.upper() for each in a if each.strip()]",
    "total = 0\nfor each in a:\n    total += each\nreturn total",
    "return sorted(a, key=lambda each: -each)[:3]",
    "raise ValueError(f'{a!r} is {len(a):>3}')",
    "return _twice(a) * LIMIT",
    "best: int = max(a)\nwhile best:\n    best -= 1\nreturn {'best': best}",
]
NOT_PLAIN = {
    "an import": "import math\nreturn math.pi",
    "an import by name": "return __import__('os')",
    "a builtin that reaches out": "return open('x').read()",
    "text that is run": "return eval('1')",
    "output": "print(a)",
    "an attribute of its insides": "return a.__class__",
    "an attribute that a value may have": "return a.to_csv('x')",
    "a frame": "return (x for x in a).gi_frame",
    "a format that reads attributes": "return '{0.__class__}'.format(a)",
    "a codec": "return a.encode('idna')",
    "an attribute that is set": "_twice.count = 1",
    "a failure that is caught": "try:\n    return 1\nexcept Exception:\n    return 2",
    "a generator, which may end later": "yield a",
    "a class, whose methods may run later": "class C:\n    def __del__(self): ...",
    "a context": "with a:\n    return 1",
    "a match on attributes": "match a:\n    case int(real=1):\n        return 1",
    "a global": "global LIMIT\nLIMIT = 2",
    "a name that nothing here makes": "return elsewhere",
    "a name of the interpreter's that may stay its own": "if a:\n    eval = len\nreturn eval(a)",
    "the module's own insides": "return __builtins__",
    "an annotation that is text": "b: 'open(1)' = 1",
    "what is no Python": "return (",
}


def program(body: str) -> str:
    """A program whose node has this body."""
    lines = body.replace("\n", "\n    ")
    return f"LIMIT = 3\n\n\n\ndef _twice(x):\n    return 2 * x\n\ndef b(a, c=LIMIT):\n    {lines}\n"


@pytest.mark.parametrize("body", PLAIN)
def test_what_computes_with_plain_data_is_plain(body: str) -> None:
    assert is_plain(program(body))


@pytest.mark.parametrize("body", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_what_may_reach_further_is_not(body: str) -> None:
    assert not is_plain(program(body))


@pytest.mark.parametrize(
    "text",
    [
        "import os\ndef a(): return 1",
        "async def a(): return 1",
        "@cache\ndef a(): return 1",
        "def a(x: 'print(1)'): return x",
        "def a() -> 'print(1)': return 1",
        "def a(input): return input",
        "def a(x=open('y')): return x",
        "OUT = open('x')\ndef a(): return 1",
    ],
)
def test_what_stands_around_a_body_counts_as_well(text: str) -> None:
    assert not is_plain(text)
