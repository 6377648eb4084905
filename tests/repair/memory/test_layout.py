"""Only what is changed is written anew."""

import pytest

from codeact_lsp.repair.memory.layout import kept


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ('row["ammount"]', "row['amount']", 'row["amount"]'),
        ("row['ammount']", "row['amount']", "row['amount']"),
        ('f( a,  "x" ).size()', "len(f(a, 'x'))", 'len(f( a,  "x" ))'),
        ("f(a,  # first\n  b)", "g(a, b)", "g(a,  # first\n  b)"),
        ("a\r\n  .b()", "a.c()", "a\r\n  .c()"),
        ("raw.split( ',' )", "raw.decode().split(',')", "raw.decode().split( ',' )"),
        ('d["a"]', "d['say \"hi\"']", "d['say \"hi\"']"),
        ("a ?", "b", "b"),
    ],
)
def test_what_stays_is_written_as_it_was(old: str, new: str, written: str) -> None:
    assert kept(old, new) == written
