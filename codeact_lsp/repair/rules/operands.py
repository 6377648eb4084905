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

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand, replaced, together

_NUMBERS = frozenset(["int", "float", "Decimal", "Fraction", "int64", "float64", "bool"])
_NEUTRAL = {**dict.fromkeys(_NUMBERS, "0"), "str": '""'}
_LISTS = frozenset({"list", "tuple"})
# What has items, and can be added to none.
_ITEMS = frozenset(
    ["tuple", "set", "frozenset", "deque", "dict_keys", "dict_values", "dict_items", "range", "map",
     "filter", "zip", "enumerate", "reversed", "list_reverseiterator", "generator", "accumulate",
     "chain", "islice", "product", "permutations", "combinations", "pairwise", "takewhile"]
)  # fmt: skip
_COLUMNS = frozenset({"Series", "Index", "ndarray"})
_NUMBER = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)\s*")
_MARGIN = 0.02
_CERTAIN = 0.98
_PATHS = frozenset({"PosixPath", "WindowsPath", "Path"})
_NUMBER_FIRST = r"unsupported operand .*\+: '(?:int|float)' and 'str'"
_ADDED_TO_NUMPY = r"ufunc 'add' did not contain a loop .*<U\d"
_TEXT_WANTED = (
    r"can only concatenate str|must be str, not|unsupported operand .*\+: 'str' and|"
    rf"{_ADDED_TO_NUMPY}|"
    rf"{_NUMBER_FIRST}"
)


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
        yield from _unconverted(scene)
        yield from _multiplied(scene, sides)
        yield from _written(scene)
    yield from _both_numbers(scene, sides[0])
    if scene.said(r"concatenate tuple \(not \"str\""):
        yield instead(scene, sides[0][0], f"{operand(scene, sides[0][0])}[0]", LIKELY)
    if scene.said(rf"concatenate str \(not|{_NUMBER_FIRST}"):
        yield from _all_as_texts(scene)
    if scene.said("can't multiply sequence by non-int of type 'str'"):
        yield instead(scene, sides[0][1], f"int({scene.text(sides[0][1])})", LIKELY)
    yield from _as_arrays(scene, sides[0])
    yield from _put_together(scene)
    for node, other in sorted(sides, key=lambda pair: isinstance(pair[0], ast.Constant)):
        kind = scene.kind(node) or _in_order(scene, node)
        if scene.said(_ADDED_TO_NUMPY) and scene.kind(other) == "str":
            yield instead(scene, node, f"str({scene.text(node)})", LIKELY)
            continue
        met = scene.kind(other) or _in_order(scene, other) or _other_said(scene, node)
        if kind in _COLUMNS and scene.said(_TEXT_WANTED):
            yield instead(scene, node, f"{operand(scene, node)}.astype(str)", LIKELY)
            continue
        yield from _converted(scene, node, kind or _other_said(scene, other), met)


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


def _all_as_texts(scene: Scene) -> Iterator[Candidate]:
    """All parts of a long sum of texts that are none, not the first of them alone."""
    whole = scene.failed
    while isinstance(above := scene.parents.get(whole) if whole else None, ast.BinOp):
        whole = above
    parts = list(_parts(whole)) if isinstance(whole, ast.BinOp) else []
    texts = [part for part in parts if _is_text(scene, part)]
    others = [part for part in parts if part not in texts]
    if texts and len(others) > 1:
        edits = (replaced(scene, part, f"str({scene.text(part)})") for part in others)
        title = f"Write {len(others)} parts as texts"
        # A share is written with its fraction, which may not be meant.
        is_share = any(isinstance(node, ast.Div) for part in others for node in ast.walk(part))
        likely = POSSIBLE if is_share else LIKELY + _MARGIN
        yield Candidate(title, together(scene, *edits), likely)


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from _parts(left)
            yield right
        case _:
            yield node


def _is_text(scene: Scene, part: ast.expr) -> bool:
    return scene.kind(part) == "str" or ast.unparse(part).startswith("str(")


def _unconverted(scene: Scene) -> Iterator[Candidate]:
    """What is turned into a text within the operation, where no text is wanted."""
    for call in scene.inside(ast.Call):
        match call:
            case ast.Call(func=ast.Name("str"), args=[only], keywords=[]):
                # Where both could be texts, that may as well be what is wanted.
                is_text_wanted = scene.said(_TEXT_WANTED) and not _is_counted(scene)
                likely = LIKELY - 0.05 if is_text_wanted else _CERTAIN
                yield instead(scene, call, scene.text(only), likely)
            case _:
                pass


def _is_counted(scene: Scene) -> bool:
    """Whether the failing sum begins with what was counted out right there: a text does not."""
    match scene.failed:
        case ast.BinOp(op=ast.Add(), left=ast.BinOp(op=ast.Mult() | ast.Div() | ast.Sub())):
            return bool(scene.said(_NUMBER_FIRST))
        case _:
            return False


def _written(scene: Scene) -> Iterator[Candidate]:
    """A number that is written as a text, where texts are only in the way."""
    for part in scene.inside(ast.Constant):
        if isinstance(part.value, str) and part.value.isdecimal():
            yield instead(scene, part, str(int(part.value)), SURE)
        elif isinstance(part.value, str) and len(part.value) == 1 and "ord(" in _around(scene):
            yield instead(scene, part, f"ord({scene.text(part)})", SURE)


def _around(scene: Scene) -> str:
    return ast.unparse(scene.statement) if scene.statement else ""


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
                        yield from _as_number(scene, factor)
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


def _in_order(scene: Scene, node: ast.expr) -> str:
    """The type of a side, by where the message names it."""
    said = scene.said(r"operand type\(s\) for .*: '([\w.]+)' and '([\w.]+)'$")
    match scene.failed:
        case ast.BinOp(left=left, right=right) if said:
            at = 1 if node is left else 2 if node is right else 0
        case _:
            at = 0
    return said[at].rpartition(".")[2] if said and at else ""


def _other_said(scene: Scene, node: ast.expr) -> str:
    """The type that the message tells beside that of a part."""
    said = scene.said(r"'([\w.]+)' and '([\w.]+)'|concatenate (\w+) \(not \"(\w+)\"\)")
    kinds = [each.rpartition(".")[2] for each in said.groups() if each] if said else []
    kind = scene.kind(node)
    if kind in kinds:
        kinds.remove(kind)
    return kinds[0] if kinds else ""


def _converted(scene: Scene, node: ast.expr, kind: str, met: str) -> Iterator[Candidate]:
    """A part of one type as what it has to be beside one of another type."""
    text = scene.text(node)
    match node:
        case ast.Call(func=ast.Name("str"), args=[number], keywords=[]) if met in _NUMBERS:
            yield instead(scene, node, scene.text(number), SURE)
            return
        case _:
            pass
    if kind == "NoneType" and met in _NEUTRAL:
        yield instead(scene, node, f"{text} or {_NEUTRAL[met]}", GUESS, hides=True)
    elif kind == "bytes" and met == "str":
        yield instead(scene, node, f"{operand(scene, node)}.decode()", SURE)
    elif kind in _PATHS and met == "str":
        yield instead(scene, node, f"str({text})", SURE)
        yield instead(scene, node, f"{operand(scene, node)}.name", LIKELY - 0.05)
    elif met == "str" and kind not in {"str", "NoneType", ""} and scene.said(_TEXT_WANTED):
        is_before = scene.said(_NUMBER_FIRST)
        yield instead(scene, node, f"str({text})", LIKELY - (_MARGIN if is_before else 0))
    elif kind == "str" and (met in _NUMBERS or scene.said("multiply sequence")):
        # So many times a text is a text as well: that is no number of which somebody thought.
        if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)):
            yield from _as_number(scene, node)
    elif {kind, met} == {"Decimal", "float"}:
        # As a float, too: where the function says that it gives such, that keeps its word.
        ways = {"float": (f"Decimal(str({text}))", LIKELY), "Decimal": (f"float({text})", POSSIBLE)}
        yield instead(scene, node, *ways[kind])
    elif met == "list":
        yield from _beside_list(scene, node, kind)


def _beside_list(scene: Scene, node: ast.expr, kind: str) -> Iterator[Candidate]:
    """One more of its items, or a list of what has some."""
    if kind in _NUMBERS | {"str", "dict"} and not scene.said("left operand"):
        # What a number is added to may have begun as a list by mistake.
        is_count = isinstance(node, ast.Constant) and (
            isinstance(scene.failed, ast.AugAssign) or node.value == 1
        )
        likely = POSSIBLE if is_count else LIKELY
        yield instead(scene, node, f"[{scene.text(node)}]", likely)
    elif kind in _ITEMS:
        yield instead(scene, node, f"list({scene.text(node)})", SURE)


def _as_number(scene: Scene, node: ast.expr) -> Iterator[Candidate]:
    """What the text looks like; where it was not seen, the number that takes more of them.

    What is made a text right there is no number any more because of that, and loses it instead.
    """
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "str":
        return
    seen, text = scene.value(node), scene.text(node)
    is_whole = seen is not None and seen.value.strip("'\" +-").isdigit()
    for name, likely in (("int", SURE), ("float", LIKELY)) if is_whole else (("float", SURE),):
        yield instead(scene, node, f"{name}({text})", likely)


RULE = rule("operands", "TypeError UFuncTypeError _UFuncNoLoopError", candidates)
