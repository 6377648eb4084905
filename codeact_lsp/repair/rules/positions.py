"""A position where a label is wanted, or the other way round.

Answers KeyError, TypeError and IndexError of pandas, which since version 3 takes a number in
brackets for a label only.

    row[0], of labels that are texts      ->  row.iloc[0]
    prices[-1]                            ->  prices.iloc[-1]
    table.loc[0], after a sort or filter  ->  table.iloc[0]
    table.loc[0, "n"]                     ->  table["n"].iloc[0]
    table.iloc["total"]                   ->  table.loc["total"]
    table.iloc[0, "n"]                    ->  table["n"].iloc[0]
    table.loc["price"], of a column       ->  table["price"]
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand

_NUMBER = r"^-?\d+$"
_LABEL = r"Cannot index by location index with a non-integer key|iLocIndexer|positional index"
_KINDS = frozenset({"Series", "DataFrame"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The way of looking that fits what is looked for."""
    match scene.failed:
        case ast.Subscript(value=ast.Attribute(value=owner, attr="loc"), slice=key):
            yield from _of_label(scene, owner, key)
        case ast.Subscript(value=ast.Attribute(value=owner, attr="iloc"), slice=key):
            match key:
                case ast.Tuple(elts=[row, ast.Constant(value=str()) as column]):
                    text = f"{operand(scene, owner)}[{scene.text(column)}].iloc[{scene.text(row)}]"
                    yield instead(scene, scene.failed, text, SURE)
                case _:
                    pass
            if scene.said(_LABEL):
                text = f"{operand(scene, owner)}.loc[{scene.text(key)}]"
                yield instead(scene, scene.failed, text, SURE)
        case ast.Subscript(value=owner, slice=key) if _is_of_pandas(scene, owner):
            if scene.error.type == "KeyError" and scene.said(_NUMBER):
                likely = SURE if scene.kind(owner) == "Series" else POSSIBLE
                text = f"{operand(scene, owner)}.iloc[{scene.text(key)}]"
                yield instead(scene, scene.failed, text, likely)
        case _:
            return


def _is_of_pandas(scene: Scene, owner: ast.expr) -> bool:
    """Whether it is a table or a column, as far as that is known."""
    kind = scene.kind(owner)
    return kind in _KINDS or (not kind and "pandas" in scene.imported.values())


def _of_label(scene: Scene, owner: ast.expr, key: ast.expr) -> Iterator[Candidate]:
    if scene.failed is None or scene.error.type != "KeyError":
        return
    text = operand(scene, owner)
    if scene.said(_NUMBER) and isinstance(key, ast.Tuple):
        # Of two, pandas takes a position and a label only one after the other.
        row, *columns = map(scene.text, key.elts)
        yield instead(scene, scene.failed, f"{text}[{', '.join(columns)}].iloc[{row}]", LIKELY)
    elif scene.said(_NUMBER):
        yield instead(scene, scene.failed, f"{text}.iloc[{scene.text(key)}]", LIKELY)
    else:
        yield instead(scene, scene.failed, f"{text}[{scene.text(key)}]", LIKELY)


RULE = rule("positions", "KeyError TypeError IndexError ValueError", candidates)
