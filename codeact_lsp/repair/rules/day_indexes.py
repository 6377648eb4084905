"""Rows that are to be counted by days, and whose days are texts, or no index.

Answers TypeError, ValueError and AttributeError of pandas.

    df.resample("W"), of texts             ->  df.index = pd.to_datetime(df.index) before it
    df.resample("D", on="day"), of texts   ->  df["day"] = pd.to_datetime(df["day"]) before it
    pd.read_csv(p, index_col="day")        ->  pd.read_csv(p, index_col="day", parse_dates=True)
    df.resample("D"), of numbered rows     ->  df.set_index(pd.to_datetime(df["day"])).resample("D")
    df.index.month, of texts               ->  pd.to_datetime(df.index).month
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import (
    arguments,
    call_of,
    importing,
    instead,
    line_before,
    operand,
    replaced,
    together,
)

_NO_DAYS = (
    r"Only valid with DatetimeIndex.*instance of '(?P<resampled>\w+)'|"
    r"only works on Series or DataFrames with a (?P<weighed>DatetimeIndex)|"
    r"DataFrames? with a (?P<timed>DatetimeIndex)|"
    r"Index must be (?P<ruled>DatetimeIndex)|"
    r"window must be an integer (?P<rolled>\d+) or greater|"
    r"^'(?P<asked>Index)' object has no attribute"
)
_READERS = frozenset({"read_csv", "read_table"})
_OF_DAYS = re.compile(r"(?i)date|day|time|when|month|stamp")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The index or the column as days."""
    said, table = scene.said(_NO_DAYS), _table(scene)
    if said is None or table is None:
        return
    if said["asked"]:
        if isinstance(scene.failed, ast.Attribute) and scene.failed.attr in _PARTS:
            yield _read(scene, scene.failed.value)
        return
    column = next((word.value for call in scene.calls() for word in call.keywords
                   if word.arg == "on"), None)  # fmt: skip
    if column is not None:
        owner = f"{operand(scene, table)}[{scene.text(column)}]"
        yield from _line(scene, f"{owner} = {{pd}}.to_datetime({owner})")
    elif said["resampled"] == "RangeIndex":
        yield from _by_column(scene, table)
    else:
        yield from _where_it_is_read(scene, table)
        owner = scene.text(table)
        yield from _line(scene, f"{owner}.index = {{pd}}.to_datetime({owner}.index)")


_PARTS = frozenset(
    {"year", "month", "day", "hour", "minute", "dayofweek", "weekday", "quarter", "date",
     "month_name", "day_name", "strftime", "to_period", "normalize", "tz_localize"}
)  # fmt: skip


def _table(scene: Scene) -> ast.expr | None:
    """What is resampled: the table, of which it may only be a column."""
    match scene.failed:
        case ast.Call(func=ast.Attribute(value=owner)) | ast.Attribute(value=owner):
            return owner.value if isinstance(owner, ast.Subscript) else owner
        case _:
            return None


def _pandas(scene: Scene) -> str:
    return next((name for name, home in scene.imported.items() if home == "pandas"), "pd")


def _read(scene: Scene, index: ast.expr) -> Candidate:
    pandas = _pandas(scene)
    text = f"{pandas}.to_datetime({scene.text(index)})"
    edits = importing(scene, "import pandas as pd", pandas)
    edit = together(scene, *edits, replaced(scene, index, text))
    return Candidate(f"Write '{text}'", edit, SURE)


def _line(scene: Scene, pattern: str) -> Iterator[Candidate]:
    """A line before the statement that failed."""
    if scene.statement is None:
        return
    pandas = _pandas(scene)
    line = pattern.replace("{pd}", pandas)
    edits = importing(scene, "import pandas as pd", pandas)
    edit = together(scene, *edits, line_before(scene, scene.statement, line))
    yield Candidate(f"Write '{line}' first", edit, SURE)


def _where_it_is_read(scene: Scene, table: ast.expr) -> Iterator[Candidate]:
    for node in scene.nearby(ast.Assign):
        match node:
            case ast.Assign(targets=[target], value=ast.Call() as call) if called(
                call
            ) in _READERS and ast.unparse(target) == ast.unparse(table):
                words = {word.arg: scene.text(word) for word in call.keywords}
                if "index_col" in words and "parse_dates" not in words:
                    given = [*words.values(), "parse_dates=True"]
                    text = call_of(scene, call, arguments(scene, call), given)
                    yield instead(scene, call, text, SURE)
            case _:
                pass


def _by_column(scene: Scene, table: ast.expr) -> Iterator[Candidate]:
    """By the one column whose name speaks of days."""
    seen, owner, pandas = scene.value(table), operand(scene, table), _pandas(scene)
    names = seen.value.partition(": ")[2].split(", ") if seen else []
    for name in [each for each in names if _OF_DAYS.search(each)]:
        text = f'{owner}.set_index({pandas}.to_datetime({owner}["{name}"]))'
        yield instead(scene, table, text, LIKELY)


RULE = rule("day-indexes", "TypeError ValueError AttributeError", candidates)
