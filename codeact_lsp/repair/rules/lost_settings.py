"""A value that was set in a copy: of a column, or of the rows that were chosen.

Answers KeyError, ValueError, TypeError and IntCastingNaNError, where such a statement stands before
the failure. Since version 3 of pandas it never changes the table itself.

    df[df["n"] > 1]["big"] = True           ->  df.loc[df["n"] > 1, "big"] = True
    df["n"].fillna(0, inplace=True)         ->  df["n"] = df["n"].fillna(0)
    df["n"].fillna(0)                       ->  df["n"] = df["n"].fillna(0)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import arguments, operand, replaced

_TABLES = frozenset({"DataFrame", "Series"})
_GIVES_A_NEW_ONE = frozenset(
    {"fillna", "replace", "astype", "ffill", "bfill", "clip", "round", "interpolate", "mask",
     "where", "map", "strip", "lower", "upper"}
)  # fmt: skip


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The table itself, where a copy of a part of it was changed."""
    for statement in scene.nearby(ast.stmt) if _is_of_tables(scene) else ():
        if statement.lineno > getattr(scene.statement, "lineno", 0):
            continue
        match statement:
            case ast.Assign(targets=[ast.Subscript(value=ast.Subscript() as part) as target]):
                yield from _set(scene, part, target)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Subscript())) as call):
                yield from _kept(scene, call)
            case _:
                pass


def _is_of_tables(scene: Scene) -> bool:
    return "pandas" in scene.imported.values() or any(
        value.type in _TABLES for value in scene.error.values
    )


def _set(scene: Scene, part: ast.Subscript, target: ast.Subscript) -> Iterator[Candidate]:
    """Rows and column at once: the one that is written as a text is the column."""
    for rows, column in ((part.slice, target.slice), (target.slice, part.slice)):
        is_column = isinstance(column, ast.Constant) and isinstance(column.value, str)
        if is_column and isinstance(rows, ast.Compare | ast.BinOp | ast.UnaryOp | ast.Call):
            text = f"{operand(scene, part.value)}.loc[{scene.text(rows)}, {scene.text(column)}]"
            yield Candidate(f"Set '{text}'", replaced(scene, target, text), SURE)


def _kept(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """The column as it was made anew."""
    if not isinstance(call.func, ast.Attribute):
        return
    words = [word for word in call.keywords if word.arg != "inplace"]
    is_in_place = len(words) < len(call.keywords)
    if is_in_place or call.func.attr in _GIVES_A_NEW_ONE:
        column = scene.text(call.func.value)
        given = ", ".join([*arguments(scene, call), *map(scene.text, words)])
        text = f"{column} = {column}.{call.func.attr}({given})"
        likely = SURE if is_in_place else LIKELY
        yield Candidate(f"Write '{text}'", replaced(scene, call, text), likely)


RULE = rule("lost-settings", "KeyError ValueError TypeError IntCastingNaNError", candidates)
