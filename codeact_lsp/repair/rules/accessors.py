"""A value that is asked for in the way of another kind of object.

Answers AttributeError and TypeError.

    row.price               ->  row["price"], of a dictionary
    item["price"]           ->  item.price, of an object that is no container
    df["city"].upper()      ->  df["city"].str.upper()
    number.zfill(5)         ->  str(number).zfill(5)
    df["day"].year          ->  df["day"].dt.year
    df["day"].dt.year       ->  pd.to_datetime(df["day"]).dt.year, of days that are texts
"""

import ast
from collections.abc import Iterator
from datetime import date, datetime

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import importing, instead, operand, replaced, together

_OF_DATES = frozenset({*dir(date), *dir(datetime), "dayofweek", "quarter", "normalize"})
_COLUMNS = frozenset({"Series", "Index"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The way of the object that was met."""
    match scene.failed:
        case ast.Attribute() as node if scene.said("Can only use .dt accessor"):
            yield _as_dates(scene, node)
        case ast.Attribute() as node:
            yield from _of_attribute(scene, node)
        case ast.Subscript(value=owner, slice=ast.Constant(value=str(name))) if name.isidentifier():
            said = scene.said(r"'(?:[\w.]+\.)?(\w+)' object is not subscriptable")
            if said and said[1] not in {"NoneType", "coroutine", "method", "function"}:
                yield instead(scene, scene.failed, f"{operand(scene, owner)}.{name}", SURE)
        case _:
            return


def _of_attribute(scene: Scene, node: ast.Attribute) -> Iterator[Candidate]:
    said = scene.said(r"'(?:[\w.]+\.)?(\w+)' object has no attribute")
    kind, owner = said[1] if said else "", operand(scene, node.value)
    if kind in {"dict", "defaultdict", "OrderedDict"}:
        if not isinstance(scene.parents.get(node), ast.Call):
            yield instead(scene, node, f'{owner}["{node.attr}"]', SURE)
    elif kind in _COLUMNS and node.attr in _OF_DATES:
        yield instead(scene, node, f"{owner}.dt.{node.attr}", SURE)
    elif kind in _COLUMNS and hasattr(str, node.attr):
        yield instead(scene, node, f"{owner}.str.{node.attr}", SURE)
    elif kind in {"int", "float"} and hasattr(str, node.attr):
        yield instead(scene, node.value, f"str({scene.text(node.value)})", SURE)
    elif kind == "bytes" and hasattr(str, node.attr):
        yield instead(scene, node, f"{owner}.decode().{node.attr}", LIKELY)


def _as_dates(scene: Scene, node: ast.Attribute) -> Candidate:
    owner = node.value if node.attr == "dt" else node
    text = f"pd.to_datetime({scene.text(owner)})"
    edit = together(
        scene, *importing(scene, "import pandas as pd", "pd"), replaced(scene, owner, text)
    )
    return Candidate(f"Write '{text}'", edit, LIKELY)


RULE = rule("accessors", "AttributeError TypeError", candidates)
