"""Labels that a table does not have, or has otherwise than what it is asked by.

Answers KeyError, IndexingError and ValueError of pandas.

    prices.loc[names], one of them absent  ->  prices.reindex(names)
    prices.loc[names]                      ->  prices.loc[prices.index.intersection(names)]
    df[names], one of them absent          ->  df.reindex(columns=names)
    df[mask], of another table's rows      ->  df[mask.to_numpy()]
    table.columns = names, one too many    ->  table = table.reset_index() before it, of groups
    table.columns = names, one too few     ->  table.columns = [*names, *table.columns[2:]]
    pd.cut(n, [0, 18], labels=[a, b])      ->  pd.cut(n, [0, 18, float("inf")], labels=[a, b])
    prices.reindex(days), of doubles       ->  prices.groupby(level=0).first().reindex(days)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import instead, line_before, operand, replaced, together

_MARGIN = 0.06
_MISMATCH = r"Length mismatch: Expected axis has (\d+) elements, new values have (\d+) elements"
_DOUBLES = "cannot reindex on an axis with duplicate labels"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What there is of them, or as many as there are."""
    match scene.failed:
        case ast.Subscript(value=owner, slice=key) if scene.said(r"not in index"):
            yield from _of_absent(scene, owner, key)
        case ast.Subscript(value=owner, slice=mask) if scene.said("Unalignable boolean Series"):
            yield from _by_place(scene, owner, mask)
        case ast.Call(func=ast.Attribute(value=owner)) if scene.said(_DOUBLES):
            yield from _of_doubles(scene, owner)
        case _ if said := scene.said(_MISMATCH):
            yield from _named(scene, int(said[1]), int(said[2]))
        case ast.Call() as call if scene.said("Bin labels must be one fewer"):
            yield from _with_bounds(scene, call)
        case _:
            return


def _of_absent(scene: Scene, owner: ast.expr, key: ast.expr) -> Iterator[Candidate]:
    if scene.failed is None:
        return
    wanted = scene.text(key)
    match owner:
        case ast.Attribute(value=table, attr="loc") if not isinstance(key, ast.Tuple):
            text = operand(scene, table)
            ways = (
                f"{text}.reindex({wanted})",
                f"{text}.loc[{text}.index.intersection({wanted})]",
            )
        case _ if scene.kind(owner) == "DataFrame":
            text = operand(scene, owner)
            ways = (
                f"{text}.reindex(columns={wanted})",
                f"{text}[{text}.columns.intersection({wanted})]",
            )
        case _:
            return
    for rank, way in enumerate(ways):
        yield instead(scene, scene.failed, way, POSSIBLE - rank * _MARGIN)


def _by_place(scene: Scene, owner: ast.expr, mask: ast.expr) -> Iterator[Candidate]:
    """Row by row; or of the table that the choice was made by."""
    asked = mask.elts[0] if isinstance(mask, ast.Tuple) else mask
    yield instead(scene, asked, f"{operand(scene, asked)}.to_numpy()", LIKELY)
    made = _made_of(scene, asked)
    if made and made != ast.unparse(owner) and isinstance(owner, ast.Name):
        yield instead(scene, owner, made, LIKELY - _MARGIN)


def _made_of(scene: Scene, mask: ast.expr) -> str:
    """The table of which a choice compares a column."""
    if isinstance(mask, ast.Name):
        values = (node.value for node in scene.nearby(ast.Assign)
                  if [ast.unparse(each) for each in node.targets] == [mask.id])  # fmt: skip
        mask = next(values, mask)
    columns = (node.value for node in ast.walk(mask) if isinstance(node, ast.Subscript))
    names = {node.id for node in columns if isinstance(node, ast.Name)}
    return names.pop() if len(names) == 1 else ""


def _of_doubles(scene: Scene, owner: ast.expr) -> Iterator[Candidate]:
    """One of each; which one, nothing tells."""
    text = operand(scene, owner)
    for rank, how in enumerate(("first", "last", "sum")):
        yield instead(scene, owner, f"{text}.groupby(level=0).{how}()", POSSIBLE - rank * _MARGIN)


def _named(scene: Scene, wanted: int, given: int) -> Iterator[Candidate]:
    """Names for what was the index as well; or for the first columns only."""
    match scene.statement:
        case ast.Assign(targets=[ast.Attribute(value=table, attr="columns")], value=names):
            owner = scene.text(table)
        case _:
            return
    if given == wanted + 1 and _is_grouped(scene, table):
        line = f"{owner} = {owner}.reset_index()"
        edit = line_before(scene, scene.statement, line)
        yield Candidate(f"Write '{line}' first", edit, SURE)
    if given > wanted and isinstance(names, ast.List):
        kept = ", ".join(scene.text(each) for each in names.elts[given - wanted :])
        yield instead(scene, names, f"[{kept}]", POSSIBLE)
    if given < wanted:
        kept = f"[*{operand(scene, names)}, *{owner}.columns[{given}:]]"
        if isinstance(names, ast.List):
            kept = f"{scene.text(names)[:-1]}, *{owner}.columns[{given}:]]"
        yield instead(scene, names, kept, POSSIBLE)


def _is_grouped(scene: Scene, table: ast.expr) -> bool:
    """Whether the table has its groups as the index."""
    name = ast.unparse(table)
    made = [node.value for node in scene.nearby(ast.Assign)
            if [ast.unparse(each) for each in node.targets] == [name]]  # fmt: skip
    calls = [node for value in made for node in ast.walk(value) if isinstance(node, ast.Call)]
    return any(called(call) in {"groupby", "pivot_table", "set_index", "pivot"} for call in calls)


def _with_bounds(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """Open ends, of which one or both were forgotten."""
    words = {word.arg: word.value for word in call.keywords}
    bins = words.get("bins") or next(iter(call.args[1:2]), None)
    labels = words.get("labels") or next(iter(call.args[3:4]), None)
    match bins, labels:
        case ast.List(elts=[*edges]), ast.List(elts=[*names]) if edges and names:
            written = [scene.text(edge) for edge in edges]
        case _:
            return
    above, below = 'float("inf")', '-float("inf")'
    if len(names) == len(edges):
        yield _between(scene, bins, [*written, above], LIKELY)
        yield _between(scene, bins, [below, *written], POSSIBLE)
    elif len(names) == len(edges) + 1:
        yield _between(scene, bins, [below, *written, above], SURE)
    elif len(names) == len(edges) - 2:
        yield _between(scene, bins, written[:-1], POSSIBLE)
        yield _between(scene, bins, written[1:], POSSIBLE - _MARGIN)


def _between(scene: Scene, bins: ast.expr, edges: list[str], likely: float) -> Candidate:
    text = f"[{', '.join(edges)}]"
    return Candidate(f"Write '{text}'", together(scene, replaced(scene, bins, text)), likely)


RULE = rule("labels", "KeyError IndexingError ValueError", candidates)
