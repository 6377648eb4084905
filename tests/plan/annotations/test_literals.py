"""Expressions with the annotation that a person would write, and those with none."""

import ast

import pytest
from hypothesis import given

from codeact_lsp.plan.annotations import literal_type
from tests.plan.hostile import texts

TABLE = """
1                           int
-1                          int
1.5                         float
2j                          complex
True                        bool
None                        None
'a'                         str
b'a'                        bytes
f'{x}'                      str
not x                       bool
x is None                   bool
x in y                      bool
1 < 2 < len(x)              bool
1 + 2 * 3                   int
1 / 2                       float
len(x) / 2.5                float
len(x) // 2                 int
1 + 2j                      complex
'a' + 'b'                   str
'%d' % x                    str
1 if x else 2.5             float
'a' if x else None          str | None
None if x else None         None
(y := 3)                    int
str(x)                      str
len(x)                      int
isinstance(x, int)          bool
sorted(x)                   list
dict(a=1)                   dict
', '.join(x)                str
'a b'.split()               list[str]
str(x).strip().encode()     bytes
[]                          list
[1, 2]                      list[int]
[1, 2.5]                    list[float]
['a', None]                 list[str | None]
[1 if x else None, None]    list[int | None]
[[1], [2]]                  list[list[int]]
{1, 2}                      set[int]
{}                          dict
{'a': 1, 'b': 2}            dict[str, int]
{'a': [1.5]}                dict[str, list[float]]
()                          tuple[()]
(1, 'a')                    tuple[int, str]
[len(y) for y in x]         list[int]
[y for y in x]              list
{str(y) for y in x}         set[str]
{str(y): 1 for y in x}      dict[str, int]
{y: 1 for y in x}           dict
x                           -
x.y                         -
x[0]                        -
f(x)                        -
x + 1                       -
x < 1                       -
x == y                      -
-x                          -
'a' * x                     -
1 << 2                      -
2 ** x                      -
...                         -
1 or 'a'                    -
[1, 'a']                    -
[1, *x]                     -
[x]                         -
(1, x)                      -
{'a': x}                    -
{**x}                       -
{'a': 1, 'b': 'c'}          -
lambda: 1                   -
(y for y in x)              -
await x                     -
'a'.translate(x)            -
x.join('a')                 -
max(1, 2)                   -
"""


@pytest.mark.parametrize("row", TABLE.strip().splitlines())
def test_a_type_that_is_plain_to_see(row: str) -> None:
    expression, annotation = row[:28].strip(), row[28:].strip()
    assert (literal_type(_expression(expression)) or "-") == annotation


@pytest.mark.parametrize("text", ["str(x)", "f'{x}'", "['a']", "{'a': 1}"])
def test_a_name_that_the_plan_has_given_to_something_else_is_not_used(text: str) -> None:
    assert literal_type(_expression(text), {"str"}) is None


def test_what_is_nested_deeply_is_not_plain_to_see() -> None:
    assert literal_type(_expression("-" * 90 + "1")) is None
    assert literal_type(_expression(" + ".join(["1"] * 90))) is None


@given(texts())
def test_no_expression_is_too_odd(text: str) -> None:
    for expression in (text, f"[{text}]", f"({text}, 1)"):
        try:
            tree = _expression(expression)
        except (SyntaxError, ValueError):
            continue
        found = literal_type(tree)
        if found:
            _expression(found)


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body
