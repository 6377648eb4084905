"""Two values that cannot be added, compared or joined, while one can be had in the other's type.

Answers TypeError, and that of NumPy. Which types met is said by Python; what each side was, by the
worker.

    "n: " + 3              ->  "n: " + str(3)
    row["price"] * 2.5     ->  float(row["price"]) * 2.5
    "a " + n + ", " + m    ->  "a " + str(n) + ", " + str(m)
    b"x" + "y"             ->  b"x".decode() + "y"
    rows + row             ->  rows + [row]
    accumulate(ns) + [0]   ->  list(accumulate(ns)) + [0]
    path + ".txt"          ->  str(path) + ".txt"
    total - str(n)         ->  total - n
    end - start, of texts  ->  float(end) - float(start)
    total - 8 * str(n)     ->  total - 8 * n
    total += price * n     ->  total += float(price) * n, of a text and a number
    ord(char) - "a"        ->  ord(char) - ord("a")
    n + sums.get(k, "0")   ->  n + sums.get(k, 0)
    one - other            ->  np.array(one) - np.array(other), of lists, where NumPy is imported
    total + None           ->  total + (None or 0), stops the crash
    "Dear " + None         ->  "Dear " + (None or ""), stops the crash
    "n: " + table["n"]     ->  "n: " + table["n"].astype(str), of a column
    one + other            ->  {**one, **other}, of dictionaries
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.conversions import as_number, converted
from codeact_lsp.repair.kinds_met import (
    ADDED_TO_NUMPY,
    NUMBER_FIRST,
    TEXT_WANTED,
    kind_of_side,
    other_said,
)
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.texts_in_sums import all_as_texts, unconverted, written
from codeact_lsp.repair.writing import instead, operand, replaced, together

_LISTS = frozenset({"list", "tuple"})
_COLUMNS = frozenset({"Series", "Index", "ndarray"})
_NUMBER = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)\s*")
_MARGIN = 0.02


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Conversions of what the failing operation was done to."""
    match scene.failed:
        case ast.BinOp(left=left, right=right) | ast.Compare(left=left, comparators=[right]):
            sides = [(left, right), (right, left)]
        case ast.AugAssign(target=ast.expr() as target, value=value):
            sides = [(value, target)]
        case _:
            return
    if scene.said(r"\bstr\b"):
        yield from unconverted(scene)
        yield from _multiplied(scene, sides)
        yield from written(scene)
    yield from _both_numbers(scene, sides[0])
    if scene.said(r"concatenate tuple \(not \"str\""):
        yield instead(scene, sides[0][0], f"{operand(scene, sides[0][0])}[0]", LIKELY)
    if scene.said(rf"concatenate str \(not|{NUMBER_FIRST}"):
        yield from all_as_texts(scene)
    if scene.said("can't multiply sequence by non-int of type 'str'"):
        yield instead(scene, sides[0][1], f"int({scene.text(sides[0][1])})", LIKELY)
    yield from _as_arrays(scene, sides[0])
    yield from _put_together(scene)
    for node, other in sorted(sides, key=lambda pair: isinstance(pair[0], ast.Constant)):
        yield from _beside(scene, node, other)


def _beside(scene: Scene, node: ast.expr, other: ast.expr) -> Iterator[Candidate]:
    """One side as what it has to be beside the other one."""
    kind = kind_of_side(scene, node)
    if scene.said(ADDED_TO_NUMPY) and scene.kind(other) == "str":
        yield instead(scene, node, f"str({scene.text(node)})", LIKELY)
    elif kind in _COLUMNS and scene.said(TEXT_WANTED):
        yield instead(scene, node, f"{operand(scene, node)}.astype(str)", LIKELY)
    else:
        beside = kind_of_side(scene, other) or other_said(scene, node)
        yield from converted(scene, node, kind or other_said(scene, other), beside)


def _both_numbers(scene: Scene, sides: tuple[ast.expr, ast.expr]) -> Iterator[Candidate]:
    """Two texts that both are numbers, where only numbers can be meant."""
    if not scene.said("'str' and 'str'|by non-int of type 'str'"):
        return
    seen = [scene.literal(node) for node in sides]
    if all(isinstance(text, str) and _NUMBER.fullmatch(text) for text in seen):
        is_whole = all(str(text).strip().lstrip("+-").isdigit() for text in seen)
        name = "int" if is_whole else "float"
        edits = (replaced(scene, node, f"{name}({scene.text(node)})") for node in sides)
        title = f"Count with both as '{name}'"
        yield Candidate(
            title, together(scene, *edits), LIKELY - 0.11
        )  # That they follow one another may be meant.


def _put_together(scene: Scene) -> Iterator[Candidate]:
    """Two dictionaries as one, in which the second has the last word."""
    match scene.failed:
        case ast.BinOp(op=ast.Add(), left=left, right=right) as both:
            if scene.said("'dict' and 'dict'"):
                text = f"{{**{operand(scene, left)}, **{operand(scene, right)}}}"
                yield instead(scene, both, text, SURE)
        case _:
            return


def _multiplied(scene: Scene, sides: list[tuple[ast.expr, ast.expr]]) -> Iterator[Candidate]:
    """The factor that is a text: so many times a text is one as well."""
    for node, _ in sides:
        match node:
            case ast.BinOp(op=ast.Mult(), left=left, right=right):
                for factor in (left, right):
                    if scene.kind(factor) == "str":
                        yield from as_number(scene, factor)
                    elif scene.kind(factor) is None and not _is_number(factor):
                        text = f"float({scene.text(factor)})"
                        yield instead(scene, factor, text, LIKELY - _MARGIN)
            case _:
                pass


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and not isinstance(node.value, str)


def _as_arrays(scene: Scene, sides: tuple[ast.expr, ast.expr]) -> Iterator[Candidate]:
    """Lists that are counted with, as arrays."""
    names = [name for name, home in scene.imported.items() if home == "numpy"]
    lists = [node for node in sides if scene.kind(node) in _LISTS]
    if names and lists and scene.said(r"'(?:list|tuple)'|multiply sequence"):
        edits = (replaced(scene, node, f"{names[0]}.array({scene.text(node)})") for node in lists)
        title = f"Count with it as '{names[0]}.array'"
        yield Candidate(title, together(scene, *edits), LIKELY + _MARGIN)


RULE = rule("operands", "TypeError UFuncTypeError _UFuncNoLoopError", candidates)
