"""A column that has become the index of its table, or the index that has become a column.

Answers KeyError and AttributeError.

    table["id"], after set_index("id")       ->  table.reset_index()["id"]
    sums["region"], after groupby("region")  ->  sums.reset_index()["region"]
    sums.region                              ->  sums.reset_index()["region"]
    table[table["id"] == 3]                  ->  table[table.index == 3]
    for _, row in table.iterrows(): row["id"]  ->  table.reset_index().iterrows()
    left.merge(right, on="id")               ->  left.reset_index().merge(right, on="id")
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, operand

_TABLES = frozenset({"DataFrame", "Series"})
_INDEXING = frozenset({"set_index", "groupby", "pivot_table", "read_csv"})
_BY_COLUMN = frozenset({"merge", "groupby", "sort_values", "drop_duplicates", "pivot", "melt"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To have the index as a column again."""
    match scene.failed:
        case ast.Subscript(value=owner, slice=ast.Constant(value=str()) as key) as item:
            yield from _of_rows(scene, owner, key)
            if _is_choice(scene, item, owner):
                yield instead(scene, item, f"{operand(scene, owner)}.index", LIKELY - 0.05)
            if scene.kind(owner) in _TABLES or _is_indexed(owner):
                yield _with_column(scene, item, owner, scene.text(key), LIKELY)
        case ast.Attribute(value=owner, attr=name) as item if scene.kind(owner) in _TABLES:
            if scene.said("has no attribute"):
                yield _with_column(scene, item, owner, f'"{name}"', POSSIBLE)
        case ast.Call(func=ast.Attribute(value=owner)) as call if called(call) in _BY_COLUMN:
            yield from _called_on(scene, call, owner)
        case _:
            return


def _of_rows(scene: Scene, row: ast.expr, key: ast.Constant) -> Iterator[Candidate]:
    """Rows that are gone through one by one, with that column among what they have."""
    is_index = any(
        called(call) in _INDEXING and key.value in _texts(call)
        for _, call in scene.everywhere(ast.Call)
    )
    for loop in scene.loops if is_index else ():
        names = [node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)]
        match loop.iter:
            case ast.Call(func=ast.Attribute(value=table, attr="iterrows")):
                if names[-1:] == [ast.unparse(row)]:
                    text = f"{operand(scene, table)}.reset_index()"
                    yield instead(scene, table, text, LIKELY + 0.05)
            case _:
                pass


def _texts(call: ast.Call) -> set[object]:
    return {node.value for node in ast.walk(call) if isinstance(node, ast.Constant)}


def _is_choice(scene: Scene, item: ast.expr, owner: ast.expr) -> bool:
    """Whether rows of the table are chosen by it: a column made anew is of other rows."""
    compared = scene.parents.get(item)
    return isinstance(compared, ast.Compare) and any(
        around is not item
        and ast.unparse(around.value) in {ast.unparse(owner), f"{ast.unparse(owner)}.loc"}
        for around in scene.around(compared, ast.Subscript)
    )


def _is_indexed(owner: ast.expr) -> bool:
    """Whether something is made here that has columns as its index."""
    calls = [node for node in ast.walk(owner) if isinstance(node, ast.Call)]
    return any(called(call) in {"groupby", "set_index", "pivot_table"} for call in calls)


def _with_column(
    scene: Scene, item: ast.expr, owner: ast.expr, key: str, likely: float
) -> Candidate:
    return instead(scene, item, f"{operand(scene, owner)}.reset_index()[{key}]", likely)


def _called_on(scene: Scene, call: ast.Call, owner: ast.expr) -> Iterator[Candidate]:
    for table in (owner, *call.args[:1]) if scene.error.type == "KeyError" else ():
        if scene.kind(table) in _TABLES:
            text = f"{operand(scene, table)}.reset_index()"
            yield instead(scene, table, text, LIKELY)


RULE = rule("indexed", "KeyError AttributeError", candidates)
