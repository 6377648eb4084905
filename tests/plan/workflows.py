"""Small plans whose nodes are tied to each other in every way, and edits that re-tie them."""

from hypothesis import strategies as st

NAMES = ("a", "b", "ab", "c", "list")
_TYPES = ("int", "str", "list[int]", "Shape", "C", "Any", "dict[str, int]")
_CONTEXT = (
    *(
        "import list\n",
        "from typing import Any\n",
        "Shape = int\n",
        "class C: pass\n",
        "RATE = 2\n",
    ),
    *(
        "print(RATE)\n",
        "class Shape(C): pass\n",
        "from x import *\n",
        "global a\n",
        "def _a(b): ...\n",
    ),
    *("from __future__ import annotations\n", "def a(:\n", "C = _a(RATE)\n", "RATE += 1\n"),
)


def _parameter() -> st.SearchStrategy[str]:
    parts = (st.sampled_from(NAMES), st.sampled_from(("", *_TYPES)), st.sampled_from(("", "1")))
    return st.tuples(*parts).map(_written)


def _written(parts: tuple[str, str, str]) -> str:
    name, annotation, default = parts
    return f"{name}{annotation and f': {annotation}'}{default and f' = {default}'}"


def _node() -> st.SearchStrategy[str]:
    return st.builds(
        _function,
        st.sampled_from((*NAMES, "_a", "_b")),
        st.lists(_parameter(), max_size=3, unique_by=lambda text: text[:2]),
        st.sampled_from(("", *(f" -> {kind}" for kind in _TYPES))),
        st.sampled_from(("", "After: a", "After: b, zz", "Wait: 1 s after c", "Uses: gpu:1")),
        st.sampled_from(("return a", "yield b", "return _a(b)", "return RATE", "list(a)", "...")),
        st.sampled_from(("def", "def", "async def", "@C\ndef")),
    )


def _function(  # noqa: PLR0917 - the parts of a function, in their order.
    name: str, parameters: list[str], returns: str, section: str, body: str, start: str
) -> str:
    doc = f'    """D.\n\n    {section}\n    """\n' if section else ""
    return f"{start} {name}({', '.join(parameters)}){returns}:\n{doc}    {body}\n\n"


def workflows() -> st.SearchStrategy[str]:
    """Texts of plans."""
    return st.lists(_node() | st.sampled_from(_CONTEXT), max_size=7).map("".join)


def words() -> st.SearchStrategy[str]:
    """What an edit writes: names, bits of nodes, or whole ones."""
    return st.sampled_from((*NAMES, *_TYPES, "", "x", "\n", " ", "_", '"""')) | _node()
