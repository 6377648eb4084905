"""A list that is counted with as if it were an array, or containers joined by the wrong operator.

Answers TypeError. Where NumPy is imported, arrays are meant; see `operands`.

    values / top               ->  [each / top for each in values]
    prices * 1.2               ->  [each * 1.2 for each in prices]
    [0] * (n / 2)              ->  [0] * (n // 2)
    half = n / 2; [0] * half   ->  half = n // 2
    a - b, of lists            ->  [each for each in a if each not in b]
    a * b, of lists            ->  [x * y for x, y in zip(a, b)]
    a + b, of sets             ->  a | b
    a & b, of lists            ->  set(a) & set(b)
    a.keys() + b.keys()        ->  a.keys() | b.keys()
    range(3) + range(5)        ->  list(range(3)) + list(range(5))
    any(x > 3)                 ->  x > 3
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand, replaced, together

_NUMBERS = r"(?:int|float|complex|Decimal|Fraction)"
_LIST_AND_NUMBER = (
    rf"'(?:list|tuple)' and '{_NUMBERS}'|'{_NUMBERS}' and '(?:list|tuple)'|"
    r"can't multiply sequence by non-int of type 'float'|concatenate list \(not \"(?:int|float)\"\)"
)
_MARGIN = 0.04
_LISTS = frozenset({"list", "tuple"})
_SETS = r"'(?:set|frozenset|dict_keys)' and '(?:set|frozenset|dict_keys)'"
_READ_ONCE = r"(?:map|filter|zip|range|dict_items|dict_values|generator|reversed|enumerate|list)"
_SYMBOLS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**",
}  # fmt: skip


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Item by item, or by the operator that such containers have."""
    match scene.failed:
        case ast.BinOp() as node:
            yield from _of_operation(scene, node)
        case ast.Call(func=ast.Name("any" | "all"), args=[ast.Compare() | ast.BoolOp() as asked]):
            if scene.said("'bool' object is not iterable"):
                yield instead(scene, scene.failed, scene.text(asked), LIKELY)
        case _:
            return


def _of_operation(scene: Scene, node: ast.BinOp) -> Iterator[Candidate]:
    left, right = scene.text(node.left), scene.text(node.right)
    if scene.said(_SETS) and isinstance(node.op, ast.Add):
        yield instead(scene, node, f"{left} | {right}", SURE)
    elif scene.said(rf"\+: '{_READ_ONCE}' and '{_READ_ONCE}'|list \(not \"{_READ_ONCE}\"\)"):
        if not scene.said("'list' and 'list'"):
            yield _listed(scene, node)
    elif scene.said(_LIST_AND_NUMBER):
        yield from _each(scene, node)
    elif scene.said("'list' and 'list'|sequence by non-int of type 'list'"):
        yield from _of_lists(scene, node, left, right)


def _listed(scene: Scene, node: ast.BinOp) -> Candidate:
    """Both as lists."""
    sides = [each for each in (node.left, node.right) if scene.kind(each) != "list"]
    edits = (replaced(scene, each, f"list({scene.text(each)})") for each in sides)
    return Candidate("Put them together as lists", together(scene, *edits), SURE)


def _each(scene: Scene, node: ast.BinOp) -> Iterator[Candidate]:
    """The operation on each item; or a whole number of copies."""
    symbol = _SYMBOLS.get(type(node.op))
    if symbol is None:
        return
    if isinstance(node.op, ast.Mult):
        yield from _as_often(scene, node)
    is_left = scene.kind(node.left) in _LISTS or isinstance(node.left, ast.List | ast.ListComp)
    items, other = (node.left, node.right) if is_left else (node.right, node.left)
    if scene.kind(other) in {*_LISTS, "str"} or isinstance(other, ast.List):
        return
    name = next(each for each in ("value", "each", "item") if each not in scene.bound)
    sides = (name, operand(scene, other)) if is_left else (operand(scene, other), name)
    text = f"[{sides[0]} {symbol} {sides[1]} for {name} in {scene.text(items)}]"
    # What is added to a list is as often one more of its items.
    likely = POSSIBLE if isinstance(node.op, ast.Add) else LIKELY - 0.05
    yield instead(scene, node, text, likely)


def _as_often(scene: Scene, node: ast.BinOp) -> Iterator[Candidate]:
    """A list of so many equal items, of which there can be no half."""
    pairs = ((node.left, node.right), (node.right, node.left))
    for items, times in pairs:
        if isinstance(items, ast.List | ast.Constant) or scene.kind(items) == "str":
            match times:
                case ast.BinOp(left=one, op=ast.Div(), right=other) as share:
                    text = f"{scene.text(one)} // {scene.text(other)}"
                    yield instead(scene, share, text, SURE)
                case _:
                    yield from _made_whole(scene, times)
                    yield instead(scene, times, f"int({scene.text(times)})", LIKELY)


def _made_whole(scene: Scene, times: ast.expr) -> Iterator[Candidate]:
    """Where the variable that says how often was made, by a division."""
    for made in scene.nearby(ast.Assign):
        match made.value:
            case ast.BinOp(left=one, op=ast.Div(), right=other) as share:
                if [ast.unparse(each) for each in made.targets] == [ast.unparse(times)]:
                    text = f"{scene.text(one)} // {scene.text(other)}"
                    yield instead(scene, share, text, LIKELY + _MARGIN)
            case _:
                pass


def _of_lists(scene: Scene, node: ast.BinOp, left: str, right: str) -> Iterator[Candidate]:
    match node.op:
        case ast.Sub():
            text = f"[each for each in {left} if each not in {right}]"
            yield instead(scene, node, text, LIKELY - 0.1)
            yield instead(scene, node, f"[x - y for x, y in zip({left}, {right})]", POSSIBLE)
        case ast.Mult() | ast.Div() | ast.Pow():
            symbol = _SYMBOLS[type(node.op)]
            text = f"[x {symbol} y for x, y in zip({left}, {right})]"
            yield instead(scene, node, text, LIKELY - 0.05)
        case ast.BitAnd() | ast.BitOr() | ast.BitXor():
            edits = (
                replaced(scene, each, f"set({scene.text(each)})")
                for each in (node.left, node.right)
            )
            yield Candidate("Take both as sets", together(scene, *edits), LIKELY)
        case _:
            return


RULE = rule("elementwise", "TypeError", candidates)
