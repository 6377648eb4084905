"""An operator that the values on its two sides do not have, where another one has both.

Answers TypeError. Which types met is said by Python, in the order in which they stand.

    head - tail, of texts         ->  head + tail
    folder + "a.csv", of a path   ->  folder / "a.csv"
    end + start, of days          ->  end - start
    seen + more, of sets          ->  seen | more
    "%d of %d" / (n, m)           ->  "%d of %d" % (n, m)
    [0] + width                   ->  [0] * width
    b" " + missing                ->  b" " * missing, of a number
    had / sold, of two Counters   ->  had - sold
    [name] / count                ->  [name] * count
    end * pause, of a timedelta   ->  end + pause
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_SAID = (
    r"unsupported operand type\(s\) for [^:]+: '(?P<left>[\w.]+)' and '(?P<right>[\w.]+)'|"
    r"can only concatenate (?P<first>\w+) \(not \"(?P<second>[\w.]+)\"\)|"
    r"can't multiply sequence by non-int of type '(?P<times>\w+)'|"
    r"can't concat (?P<number>int) to bytes"
)
_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.BitOr: "|", ast.BitAnd: "&", ast.BitXor: "^", ast.Pow: "**",
}  # fmt: skip
_PATHS = frozenset({"PosixPath", "WindowsPath", "Path"})
_DAYS = frozenset({"date", "datetime", "Timestamp"})
_SETS = frozenset({"set", "frozenset"})
_ROWS = frozenset({"list", "tuple"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The operator that takes both."""
    said = scene.said(_SAID)
    match scene.failed:
        case ast.BinOp(left=left, op=op, right=right):
            sides = (left, right)
        case ast.AugAssign(target=ast.expr() as left, op=op, value=right):
            sides = (left, right)
        case _:
            return
    if said is None or type(op) not in _SIGNS:
        return
    kinds = [said["left"] or said["first"], said["right"] or said["second"]]
    if said["times"]:
        kinds = [said["times"], said["times"]]
    if said["number"]:
        kinds = ["bytes", "int"]
    one, other = ((each or "").rpartition(".")[2] for each in kinds)
    yield from _in_folder(scene, sides, one)
    for sign, likely in _meant(scene, sides, one, other):
        if sign != _SIGNS[type(op)]:
            yield _with(scene, sides, _SIGNS[type(op)], sign, likely)


def _in_folder(scene: Scene, sides: tuple[ast.expr, ast.expr], one: str) -> Iterator[Candidate]:
    """A name in a folder, without the slash: with that it would be at the root of the disk."""
    folder, name = sides
    text = scene.text(name)
    found = re.match(r"f?[\"']/+", text)
    if one in _PATHS and found and scene.failed is not None:
        rest = f"{text[: found.end()].rstrip('/')}{text[found.end() :]}"
        yield instead(scene, scene.failed, f"{scene.text(folder)} / {rest}", SURE + 0.02)


def _meant(
    scene: Scene, sides: tuple[ast.expr, ast.expr], one: str, other: str
) -> Iterator[tuple[str, float]]:
    """The operators that two types have, and how sure it is that they were meant."""
    text = sides[0].value if isinstance(sides[0], ast.Constant) else None
    if one == "str" and isinstance(text, str) and "%" in text:
        yield "%", SURE
    elif one == other == "str" and scene.said("can't multiply sequence"):
        # A text is repeated so often as a number says, which may still be a text.
        yield "+", POSSIBLE
    elif one == other == "str":
        # Of numbers that are texts the difference is meant, and not both one after the other.
        yield "+", POSSIBLE if any(_is_digits(scene, side) for side in sides) else SURE
    elif one == other and one in _ROWS:
        yield "+", LIKELY - 0.1  # Their difference, or one item with another, may be meant.
    elif one in _PATHS and other in _PATHS | {"str"} and not _is_ending(sides[1]):
        # What follows a name in a folder may be its ending.
        yield "/", LIKELY if isinstance(sides[0], ast.BinOp) else SURE
    elif one in _DAYS and other in _DAYS:
        yield "-", SURE
    elif one in _SETS and other in _SETS:
        yield "|", LIKELY
    elif other == "int" and (one == "bytes" or _is_filling(sides[0])):
        yield "*", SURE
    elif scene.said("unsupported"):
        yield from _of_others(sides[0], one, other)


def _of_others(side: ast.expr, one: str, other: str) -> Iterator[tuple[str, float]]:
    """Of what has more than one: what is left of something is asked for most, or what follows."""
    if one == other == "Counter":
        yield "-", POSSIBLE + 0.1
        yield "+", POSSIBLE
    elif other == "timedelta" and one in _DAYS | {"timedelta"}:
        yield "+", POSSIBLE + 0.1
        yield "-", POSSIBLE
    elif other == "int" and isinstance(side, ast.List):
        yield "*", LIKELY + 0.02  # It is written out to be repeated.


def _is_filling(side: ast.expr) -> bool:
    """Whether it is a list of one value that is written out, as one repeats it."""
    return isinstance(side, ast.List) and [type(each) for each in side.elts] == [ast.Constant]


def _is_ending(side: ast.expr) -> bool:
    """Whether it is the end of a file's name, which belongs to what stands before it."""
    return isinstance(side, ast.Constant) and str(side.value).startswith(".")


def _is_digits(scene: Scene, node: ast.expr) -> bool:
    """Whether a text is a number, or a day or a time."""
    seen = scene.value(node)
    return _is_number(scene, node) or (seen is not None and seen.value[1:2].isdigit())


def _is_number(scene: Scene, side: ast.expr) -> bool:
    """Whether a text was seen to be a number, or is not known."""
    if isinstance(side, ast.JoinedStr):
        return False
    if isinstance(side, ast.Constant):
        return str(side.value).strip().isdigit()
    seen = scene.value(side)
    return seen is not None and seen.value.strip("'\" +-").replace(".", "", 1).isdigit()


def _with(
    scene: Scene, sides: tuple[ast.expr, ast.expr], sign: str, other: str, likely: float
) -> Candidate:
    """The same with another sign in the place of the one between the two sides."""
    start, end = scene.span(sides[0]).end, scene.span(sides[1]).start
    at = scene.plan.source.text.index(sign, start, end)
    edit = TextEdit(Span(at, at + len(sign)), other)
    return Candidate(f"Write '{other}' for '{sign}'", edit, likely)


RULE = rule("operators", "TypeError", candidates)
