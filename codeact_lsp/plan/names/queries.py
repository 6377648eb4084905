"""Names of variables in texts: queries of pandas and DuckDB take values from the code around them.

orders.query("amount > @least")              # `least`: behind the sign of pandas
duckdb.sql("select * from orders")           # `orders`: where SQL names a table
"""

import ast
import re
from collections.abc import Iterator

_VARIABLE = re.compile(r"(?<!\w)@(\w+)")
_SQL = re.compile(r"\bselect\b", re.IGNORECASE)
_TABLES = re.compile(r"\b(?:from|join)\s+(\w+(?:\s*,\s*\w+)*)", re.IGNORECASE)


def queried(tree: ast.AST) -> Iterator[tuple[str, ast.Constant]]:
    """The names in the texts of `tree`, docstrings left out, each with the text that holds it."""
    pending = [tree]
    while pending:
        match pending.pop():
            case ast.Expr(value=ast.Constant()):
                pass
            case ast.Constant(value=str(text)) as constant:
                yield from ((name, constant) for name in _names(text))
            case part:
                pending += ast.iter_child_nodes(part)


def _names(text: str) -> Iterator[str]:
    yield from _VARIABLE.findall(text)
    if _SQL.search(text):
        for tables in _TABLES.findall(text):
            yield from re.split(r"\s*,\s*", tables)
