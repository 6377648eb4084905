"""What a node reaches, against the truth: modules are run, in whole, in part, and after edits.

They are put together from statements that act on each other in every way that is claimed to be
followed: through names, aliases, containers, registries, and what they hand themselves to.
"""

from collections.abc import Callable
from types import CodeType
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from codeact_lsp.plan import Plan, Span

_DEFINED = """
A = 1
B = A + 1
L = [1]
M = L
N = [1]
D = {"k": 1}
def _h():
    return A
def _set():
    global A
    A = B
def _register(function):
    L.append(function())
    return function
class K:
    v = A
""".strip()

_NODES = """
def a(): return A
def b(): return B
def lists(): return L, M
def dicts(): return sorted(D.items())
def helped(): return _h()
def defaulted(): return _g()
def classes(): return K.v, sorted({part.__name__: part.w for part in K.__subclasses__()}.items())
def local(A=0): L = A; return L
def dynamic(): return eval("B")
def once(): return C
def starred(): return digits
"""

_STATEMENTS = r"""
A = {n}
A += {n}
B = A + {n}
B: int = {n}
L = [{n}]
M = L
M = [{n}, A]
M.append({n})
N.append({n})
C = A + {n}
C = L[:{n}]
C = N
C: list = [A, B]
L += [B, {n}]
L[:0] = M
D["a"] = {n}
D["n"] = N
D = {{"k": {n}}}
D.update(x=B)
D.update(D={n}, **D)
K.v = {n}
K.v += A
del D["k"]
del L[{n}:]
_set()
exec("B = {n}")
globals()["A"] = {n}
[A := n for n in L[:{n}]]
A, B = {n}, A
for A in range({n}): L.append(A)
if A > {n}: B = {n}
if L: from string import digits as C
try: D["n"].append({n})\nexcept KeyError: C = A
with open("/dev/null") as C: C = {n}
def _h(): return A + {n}
def _h(): return L[0] * {n}
def _g(x=A): return x + {n}
def _g(x=L, y={n}): return x[0] + y
def _set(): global B; B = {n}
def _set(): global C; from string import hexdigits as C
def _register(function): D[{n}] = function(); return function
@_register\ndef _(): return {n}
@_register\ndef _(): return A
class K: v = {n}
class K: w, v = {n}, B
class S(K): w = {n}
class T(K): w = A
match L:\n    case [A, *B]: B = {n}
from string import *
digits = {n}
from string import digits as B
"""


def _lines(block: str) -> list[str]:
    return [line.replace("\\n", "\n") for line in block.strip().splitlines()]


_statement = st.builds(
    lambda pattern, number: pattern.format(n=number),
    st.sampled_from(_lines(_STATEMENTS)),
    st.integers(1, 3),
)
_module = st.lists(_statement, max_size=8)
_Edit = Callable[[list[str]], list[str]]


def _replace(at: int, new: list[str], removed: int) -> _Edit:
    return lambda lines: [*lines[:at], *new, *lines[at + removed :]]


def _swap(at: int) -> _Edit:
    return lambda lines: [*lines[:at], *lines[at : at + 2][::-1], *lines[at + 2 :]]


_place = st.integers(0, 7)
_edit = st.builds(_swap, _place) | st.builds(
    _replace, _place, st.lists(_statement, max_size=1), st.integers(0, 1)
)


def _text(statements: list[str]) -> str:
    return "\n".join([_DEFINED, *statements, _NODES])


_PLAN = Plan.from_text(_text([]))


def _plan(text: str) -> Plan:
    # An edit of one plan, so that what all modules have in common is parsed once.
    return _PLAN.edited(Span(0, len(_PLAN.source.text)), text)


def _outcomes(text: str) -> dict[str, str]:
    """What each node returns or raises; nothing if the module itself fails."""
    code = compile(text, "<plan>", "exec")
    try:
        return {name: _outcome(code, name) for name in _PLAN.nodes}
    except Exception:  # noqa: BLE001 - whatever the statements raise.
        return {}


def _outcome(code: CodeType, name: str) -> str:
    module: dict[str, Any] = {"__name__": "plan"}
    exec(code, module)
    try:
        return repr(module[name]())
    except Exception as error:  # noqa: BLE001 - as above.
        return repr(error)


def test_what_changes_a_name_runs_behind_what_binds_it_first() -> None:
    module = "A = [1]\nB = 2\nC = 3\nA += [B]\ndel A, B.x\ndef b(): return B\n"
    assert Plan.from_text(module).program("b") == module.replace("C = 3", "")


@settings(max_examples=150)
@given(before=_module, edit=_edit)
def test_whatever_changes_a_value_changes_the_key(before: list[str], edit: _Edit) -> None:
    old, new = _text(before), _text(edit(before))
    was, now = _outcomes(old), _outcomes(new)
    assume(was and now)
    old_keys, new_keys = _plan(old).code_keys, _plan(new).code_keys
    changed = [name for name in was if was[name] != now[name]]
    assert [name for name in changed if old_keys[name] == new_keys[name]] == []


@settings(max_examples=80)
@given(statements=_module)
def test_what_runs_for_a_node_gives_what_the_whole_module_gives(statements: list[str]) -> None:
    text = _text(statements)
    outcomes = _outcomes(text)
    assume(outcomes)
    plan = _plan(text)
    for name, expected in outcomes.items():
        program = plan.program(name)
        assert program.count("\n") == text.count("\n")
        assert _outcome(compile(program, "<plan>", "exec"), name) == expected


_anywhere = st.integers(0, 70)
_edit_anywhere = st.builds(_swap, _anywhere) | st.builds(
    _replace,
    _anywhere,
    st.lists(_statement | st.sampled_from(_lines(_NODES)), max_size=2),
    st.integers(0, 3),
)


@settings(max_examples=150)
@given(statements=_module, made=st.lists(_edit_anywhere, min_size=1, max_size=4))
def test_after_edits_a_node_reaches_what_it_reaches_in_a_fresh_plan(
    statements: list[str], made: list[_Edit]
) -> None:
    lines = [*_lines(_DEFINED), *statements, *_lines(_NODES)]
    plan = _plan("\n".join(lines))
    for edit in made:
        assert plan.code_keys  # What they were is what they are made of.
        lines = edit(lines)
        text = "\n".join(lines)
        plan = plan.edited(Span(0, len(plan.source.text)), text)
        fresh = Plan.from_text(text)
        assert plan.code_keys == fresh.code_keys
        for name in fresh.nodes:
            assert [piece.text for piece in plan.reached(name)] == [
                piece.text for piece in fresh.reached(name)
            ]


_ABOVE = ("", "def above(): return 0\ndef higher(): return above()\n")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        pytest.param(
            "L = [1]\nM.append(2)\ndef lists(): return L\ndef a(): return 1\n",
            [("M.append", "M = L\nM.append")],
            id="a name that something acts on is bound",
        ),
        pytest.param(
            "L = [1]\nM = [2]\ndef _h(): return L.append(3)\n_h()\ndef a(): return M\n",
            [_ABOVE, ("L.append", "M.append")],
            id="what runs, moved down, acts on something else",
        ),
        pytest.param(
            "import sys\nsys.path.insert(0, 'x')\ndef a(): return 1\n",
            [_ABOVE],
            id="a node comes above what concerns all nodes",
        ),
        pytest.param(
            "def a(): return globals()\n",
            [("def a", "N = 1\ndef a"), ("N = 1\n", "")],
            id="a name comes and goes where all names are reached",
        ),
        pytest.param(
            "A = 1\ndef a(): return A\ndef b(): return a\n",
            [("def a", "A = 2\ndef a"), ("A = 1\n", ""), ("A = 2\n", "")],
            id="a name is bound anew, once, and not at all",
        ),
    ],
)
def test_an_edit_is_seen_by_all_whom_it_concerns(text: str, made: list[tuple[str, str]]) -> None:
    plan = Plan.from_text(text)
    for old, new in made:
        assert plan.code_keys
        start = plan.source.text.index(old)
        plan = plan.edited(Span(start, start + len(old)), new)
        assert plan.code_keys == Plan.from_text(plan.source.text).code_keys


def test_a_node_that_is_bound_anew_is_what_it_was_bound_to() -> None:
    text = "def _twice(f): return lambda: 2 * f()\n\ndef a(): return 1\n\na = _twice(a)\n"
    plan = Plan.from_text(text)
    assert plan.program("a") == text
    other = Plan.from_text(text.replace("2 * f", "3 * f"))
    assert other.code_keys["a"] != plan.code_keys["a"]
