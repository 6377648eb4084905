"""Texts that trip a reader of Python up, edits of them, and real code to try the opposite."""

import importlib.util
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from codeact_lsp.plan import Span

# What opens and does not close, what only some call a line end, what has no UTF-8 or two UTF-16
# units, and what is a statement in one place and a clause or a part of one in another.
PARTS = (
    *('"""', "'''", '"', "'", 'f"{', 'r"', "(", ")", "[", "]", "{", "}", ":", ",", "=", ";", "@"),
    *("\r", "\r\n", "\n", "\n\n", "\f", "\v", "\x85", "\u2028", "\\", "\\\n", "\\\r\n", "\t"),
    *("\ufeff", "\0", "\x1a", "\ud800", "\udc00", "\U0001d4b3", "é", "e\u0301", "ﬁ", "·", "    "),
    *("def f():\n", "def g(f, *, x=1):\n", "async def h(g) -> f:\n", "class C:\n", "@f\n", "def "),
    *("    return f\n", "    pass\n", "    yield\n", '    """D.\n\n    After: g\n    """\n'),
    *("if x:\n", "else:\n", "elif x:", "try:\n", "except:", "finally:\n", "# c\n", "#", "x = 1\n"),
    *("from m import *\n", "import a.b as c\n", "global x\n", "x += 1\n", "del x\n", "exec(x)\n"),
    *('"""Task."""\n', "After: f\n", "    Wait: 5 s after f\n", "Uses: a:1", "f", "x", " ", "1"),
)
# Most sequences of these compile.
STATEMENTS = (
    *("x = 1\n", "x = [\n1\n]\n", '"""Task."""\n', "s = '''\ndef f():\n'''\n", "x; f\r"),
    *("def f():\n    pass\n", "@f\n\n# c\n@g(\n1)\nasync def g(f, *, x=1):\n\treturn f\n"),
    *("if x:\n    pass\n", "if x: pass\n# c\nelif x: pass\nelse: x\n", "try:\n\tx\nfinally: x\n"),
    *("# c\n", "    # c\n", "\f", "\n", "\r", "\r\n", "\\\n", "  \t\n", "\f\n", "# (\\\n", "\r\r"),
    *("class C: x\n", "'a\\\nb' 'c'\r\n", "# '''\r"),
)


class Edit(NamedTuple):
    """A replacement, placed anywhere: `on` fits it into a text."""

    start: int
    length: int
    new: str

    def on(self, text: str) -> tuple[Span, str]:
        start = self.start % (len(text) + 1)
        return Span(start, min(start + self.length, len(text))), self.new


def texts(max_parts: int = 12) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(PARTS), max_size=max_parts).map("".join)


def programs() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(STATEMENTS), max_size=8).map("".join)


def edits() -> st.SearchStrategy[list[Edit]]:
    length = st.sampled_from((0, 0, 1, 2, 5, 20, 200))
    return st.lists(st.builds(Edit, st.integers(0, 200), length, texts(3)), max_size=5)


# Chosen for what stands at their top level: clauses, decorators, long tables, strings full of code.
MODULES = ("argparse", "dataclasses", "doctest", "enum", "this", "tokenize")


@cache
def module_text(name: str) -> str:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).read_text(encoding="utf-8")
