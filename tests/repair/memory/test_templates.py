"""What is kept of a change: its shape, and nothing that was particular to its place."""

import ast

import pytest

from codeact_lsp.repair.memory import fitting, templates
from codeact_lsp.repair.memory.differences import differing
from codeact_lsp.repair.memory.makers import Part

KNOWN = frozenset({"json", "np"})


def change(before: str, after: str) -> tuple[str, str] | None:
    """The most general template of a change between two texts."""
    pairs = differing(ast.parse(before), ast.parse(after))
    found = (templates.generalised(*pair, KNOWN) for pair in pairs)
    return next((each for each in found if each), None)


def part(text: str) -> Part:
    """The expression or statement that a text is."""
    statement = ast.parse(text).body[0]
    return statement.value if isinstance(statement, ast.Expr) else statement


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("n = words.size()", "n = len(words)", ("_0_.size()", "len(_0_)")),
        ("f = open(p, encoding='ascii')", "f = open(p, encoding='utf-8')",
         ("open(_0_, encoding='ascii')", "open(_0_, encoding='utf-8')")),
        ("x = np.product(v)", "x = np.prod(v)", ("np.product", "np.prod")),
        ("t(x, '%Y-%m-%d')", "t(x, '%d.%m.%Y')",
         ("_0_(_1_, '%Y-%m-%d')", "_0_(_1_, '%d.%m.%Y')")),
        ("'n: ' + count", "'n: ' + str(count)", ("_0s_ + _0_", "_0s_ + str(_0_)")),
        ("for k in rows: pass", "for k in list(rows): pass",
         ("for _0_ in _1_:\n    pass", "for _0_ in list(_1_):\n    pass")),
    ],
)  # fmt: skip
def test_names_and_texts_become_holes(before: str, after: str, kept: tuple[str, str]) -> None:
    assert change(before, after) == kept


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("row['amount']", "row['Amount']"),  # A text that the old code does not have.
        ("f(orders)", "f(invoices)"),  # A name that it does not have.
        ("'got '", "'got '.encode()"),  # Any text would be made bytes.
        ("orders", "list(orders)"),  # Nothing of the old code is left but a hole.
        ("f(a)", "f(a)"),
    ],
)
def test_what_would_fit_anything_or_tell_too_much_is_no_template(before: str, after: str) -> None:
    assert change(before, after) is None


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("row['amount']", "row['Amount']", True),
        ("row['amount']", "'Ms Miller, 4 Elm Street, Springfield, telephone 555-0100'", False),
        ("row['a']", "row['pa$$word']", False),
        ("row['a']", "row['q1']", True),
        ("pay('a')", "pay('sk-live-51H8x2KQ9')", False),
        ("call(1)", "call(4111111111111111)", False),
        ("parse(x, '%Y-%m-%d')", "parse(x, '%d.%m.%Y %H:%M')", True),
        ("parse(x, '%Y')", "parse(x, '100% swordfish')", False),
        ("parse(x, '%Y')", "parse(x, '%sw%or%df%is%h0')", False),
        ("login('ada')", "login('ada', password='swordfish')", False),
        ("read(b'a')", "read(b'swordfish')", False),
    ],
)
def test_a_change_is_kept_as_it_is_only_if_its_texts_are_names(
    before: str, after: str, kept: bool
) -> None:
    assert (templates.as_it_is(part(before), part(after)) is not None) is kept


@pytest.mark.parametrize(
    ("template", "text", "found"),
    [
        ("_0_.size()", "rows.size()", {"_0_": "rows"}),
        ("_0_.size()", "rows[0].inner.size()", {"_0_": "rows[0].inner"}),
        ("_0_.size()", "rows.size", None),
        ("_0_ + _0_", "a + a", {"_0_": "a"}),
        ("_0_ + _0_", "a + b", None),
        ("_0_ + _0s_", "a + 'x'", {"_0_": "a", "_0s_": "'x'"}),
        ("_0_ + _0s_", "a + 1", None),
        ("[_0_ for _0_ in _1_]", "[a for a in b]", {"_0_": "a", "_1_": "b"}),
        ("[_0_ for _0_ in _1_]", "[b for a in b]", None),
        ("_0_.f(1)", "a.f(2)", None),
        ("_0_.f(1)", "a.f(True)", None),
    ],
)
def test_a_template_fits_what_is_like_it(
    template: str, text: str, found: dict[str, str] | None
) -> None:
    holes = fitting.matches(template, part(text))
    shown = None if holes is None else {hole: ast.unparse(node) for hole, node in holes.items()}
    assert shown == found


@pytest.mark.parametrize(
    ("template", "text", "filled"),
    [
        ("len(_0_)", "a + b", "len(a + b)"),
        ("_0_.decode()", "a + b", "(a + b).decode()"),
        ("_0_ * 2", "a if b else c", "(a if b else c) * 2"),
        ("x = _0_", "a + b", "x = a + b"),
    ],
)
def test_what_is_put_in_gets_brackets_where_it_needs_them(
    template: str, text: str, filled: str
) -> None:
    node = part(text)
    assert isinstance(node, ast.expr)
    assert fitting.filled(template, {"_0_": node}, {"_0_": text}) == filled


@pytest.mark.parametrize(
    ("template", "text", "found"),
    [
        ("lambda _0_: _0_.size()", "lambda row: row.size()", {"_0_": "row"}),
        ("lambda _0_: _0_.size()", "lambda row: rows.size()", None),
        ("lambda _0_, _1_: _1_", "lambda größe, n: n", {"_0_": "größe", "_1_": "n"}),
        ("def f(_0_):\n    return _0_.a", "def f(row):\n    return row.a", {"_0_": "row"}),
        # What is written by the template would have no annotation.
        ("def f(_0_):\n    return _0_.a", "def f(row: Row):\n    return row.a", None),
    ],
)
def test_a_parameter_is_found_as_the_name_that_it_binds(
    template: str, text: str, found: dict[str, str] | None
) -> None:
    holes = fitting.matches(template, part(text))
    shown = None if holes is None else {
        hole: ast.get_source_segment(text, node) for hole, node in holes.items()
    }  # fmt: skip
    assert shown == found


def test_a_parameter_keeps_its_name_in_what_is_written() -> None:
    text = "lambda größe: größe.size()"
    holes = fitting.matches("lambda _0_: _0_.size()", part(text))
    assert holes is not None
    written = {hole: ast.get_source_segment(text, node) or "" for hole, node in holes.items()}
    assert fitting.filled("lambda _0_: len(_0_)", holes, written) == "lambda größe: len(größe)"


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("n = rows[0].parts.size()", "n = len(rows[0].parts)", ("_0_.size()", "len(_0_)")),
        ("(low + high) / 2", "(low + high) // 2", ("_0_ / 2", "_0_ // 2")),
        ("float(row['n'])", "float(row['n'].replace(',', ''))",
         ("float(_0_)", "float(_0_.replace(',', ''))")),
        ("np.product(v[1:])", "np.prod(v[1:])", ("np.product", "np.prod")),
        ("np.load('a', m[0], m[-1])", "np.load('a', span=(m[0], m[-1]))",
         ("np.load(_0_, _1_, _2_)", "np.load(_0_, span=(_1_, _2_))")),
        ("send(to=name)", "send(path=f(name))", None),
        ("np.load(a, 1)", "np.load(a, 1).data", ("np.load(...)", "np.load(...).data")),
        ("web.get(a)", "web.get(a).data", ("_0_.get(...)", "_0_.get(...).data")),
        ("f(a)", "f(a).data", None),  # Nothing but holes would say what is called.
    ],
)  # fmt: skip
def test_all_that_a_change_leaves_as_it_is_may_be_a_hole(
    before: str, after: str, kept: tuple[str, str] | None
) -> None:
    pairs = differing(ast.parse(before), ast.parse(after))
    found = (templates.widened(*pair, KNOWN) for pair in pairs)
    assert next((each for each in found if each), None) == kept


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("row['amount']", "row['Amount']"),  # Any key would be made that one.
        ("f(a)", "f(a, 'Ms Miller, 4 Elm Street, telephone 555-0100')"),
        ("rows[0]", "list(rows[0])"),  # Nothing of the old code is left but a hole.
    ],
)
def test_what_would_fit_too_much_is_not_widened(before: str, after: str) -> None:
    pairs = differing(ast.parse(before), ast.parse(after))
    assert not any(templates.widened(*pair, KNOWN) for pair in pairs)
