"""What a piece tells of itself: which names of the module it reaches, and which values differ."""

import sys

import pytest

from codeact_lsp.plan import Piece, Plan


def check_reached(before: str, after: str, *, reached: bool = True) -> None:
    """Whether the key of node `a` tells two modules apart."""
    keys = [Plan.from_text(text).code_keys["a"] for text in (before, after)]
    assert (keys[0] != keys[1]) is reached


@pytest.mark.parametrize("call", ["eval('A')", "exec('print(A)')", "globals()['A']", "_indirect()"])
def test_code_that_is_made_while_it_runs_reaches_all(call: str) -> None:
    module = f"A = 1\ndef _indirect(): return eval('A')\ndef a(): return {call}\ndef b(): ...\n"
    check_reached(module, module.replace("A = 1", "A = 2"))
    keys = Plan.from_text(module).code_keys
    other = Plan.from_text(module.replace("A = 1", "A = 2")).code_keys
    assert keys["b"] == other["b"]


@pytest.mark.parametrize(
    "local",
    [
        "def a(A): return A",
        "def a(*A): return A",
        "def a():\n    A = 1\n    return A",
        "def a():\n    import A\n    return A",
        "def a():\n    def A(): ...\n    return A",
        "def a():\n    for A in b: pass\n    return lambda: A",
        "def a(): return [A for A in b]",
        "def a():\n    with b as A: return A",
        "def a():\n    try: b()\n    except E as A: return A",
        "def a(): return (A := 1) + A",
        "def a():\n    match b:\n        case A: return A",
        "def a(): return b.A, c(A=1), 'A'",
    ],
)
def test_a_local_name_does_not_reach_the_module_s(local: str) -> None:
    check_reached(f"A = 1\n{local}\n", f"A = 2\n{local}\n", reached=False)


@pytest.mark.parametrize(
    "use",
    [
        "def a(): return lambda: [A for b in c]",
        "def a(b=A): ...",
        "def a(b: A): ...",
        "@A\ndef a(): ...",
        "def a():\n    global A\n    A = 1",
        "def a():\n    class C:\n        A = A",
        "def a():\n    class C:\n        def f(self): return A",
        "def a(): return f'{A}'",
        "def a():\n    def inner(B): return B(A)",
        "def a():\n    del b[A]",
        "async def a():\n    async with A: ...",
    ],
)
def test_any_use_of_a_global_name_reaches_it(use: str) -> None:
    check_reached(f"A = 1\n{use}\n", f"A = 2\n{use}\n")


def test_a_name_may_be_bound_by_an_import_in_a_function() -> None:
    module = "def _load():\n    global A\n    import {} as A\n_load()\ndef a(): return A\n"
    check_reached(module.format("x"), module.format("y"))


@pytest.mark.parametrize(
    "value", ["0x" + "f" * 5_000, "-0.0", "1e400", "1j", "b'\\xff'", "'\\ud800'", "..."]
)
def test_any_constant_has_a_key(value: str) -> None:
    check_reached("A = 1\ndef a(): return A\n", f"A = {value}\ndef a(): return A\n")


def test_equal_values_of_different_types_differ() -> None:
    module = "def a(): return {}\n"
    keys = {Plan.from_text(module.format(v)).code_keys["a"] for v in ("1", "1.0", "True", "'1'")}
    assert len(keys) == 4


def test_a_name_is_found_however_deep_the_caller_is() -> None:
    piece = Piece("X = A" + "+A" * 400 + "\n")
    assert piece.issue is None

    def descend(levels: int) -> frozenset[str]:
        return descend(levels - 1) if levels else piece.facts.refers

    assert "A" in descend(sys.getrecursionlimit() - 250)
