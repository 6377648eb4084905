"""A method or operator of texts that is given something which it does not take.

Answers TypeError and ValueError.

    name.endswith([".png", ".jpg"])    ->  name.endswith((".png", ".jpg"))
    isinstance(x, [int, float])        ->  isinstance(x, (int, float))
    text.count(vowels), of a list      ->  sum(text.count(each) for each in vowels)
    marks.count()                      ->  len(marks)
    words in text, of a list           ->  any(each in text for each in words)
    3 in text                          ->  str(3) in text
    ord(word)                          ->  sum(ord(char) for char in word)
    text.split([",", ";"])             ->  re.split("|".join(map(re.escape, [",", ";"])), text)
    "%d%" % share                      ->  "%d%%" % share
    n % 2 == 0, of a text              ->  int(n) % 2 == 0
    bytes("abc")                       ->  "abc".encode()
"""

import ast
import re
from collections.abc import Callable, Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import importing, instead, operand, replaced, together

_PERCENT = r"not enough arguments for format string|unsupported format character|incomplete format"
_NO_SIGN = re.compile(r"%(?![-+ #0]*(?:\d+|\*)?(?:\.\d+)?[diouxXeEfFgGcrsa%(])")

_BEHIND_NUMBER = re.compile(r"(?<=[dfgs\d])%(?=[\s).,;'\"])")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What texts take."""
    for call in scene.calls():
        for said, convert in _BY_MESSAGE:
            if scene.said(said):
                yield from convert(scene, call)
    match scene.failed:
        case ast.Compare(left=left, ops=[ast.In() | ast.NotIn() as asked], comparators=[text]):
            if scene.said("requires string as left operand"):
                yield from _within(scene, left, asked, text)
        case ast.BinOp(left=left, op=ast.Mod()):
            yield from _of_percent(scene, left)
        case _:
            return


def _as_tuple(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    for given in call.args:
        match given:
            case ast.List(elts=[_, _, *_]):
                yield instead(scene, given, f"({scene.text(given)[1:-1].rstrip(', ')})", SURE)
            case ast.Name() | ast.Attribute() | ast.List() if given is call.args[-1] or (
                called(call) in {"startswith", "endswith"}
            ):
                yield instead(scene, given, f"tuple({scene.text(given)})", SURE)
            case _:
                pass


def _of_each(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    match call:
        case ast.Call(func=ast.Attribute(attr="count"), args=[many]):
            method = scene.text(call.func)
            text = f"sum({method}(each) for each in {scene.text(many)})"
            yield instead(scene, call, text, LIKELY)
        case ast.Call(func=ast.Attribute(value=owner, attr="split"), args=[many]):
            text = f're.split("|".join(map(re.escape, {scene.text(many)})), {scene.text(owner)})'
            edits = (*importing(scene, "import re", "re"), replaced(scene, call, text))
            yield Candidate(f"Write '{text}'", together(scene, *edits), LIKELY)
        case ast.Call(func=ast.Attribute(attr="strip" | "lstrip" | "rstrip"), args=[many]):
            yield instead(scene, many, f'"".join({scene.text(many)})', LIKELY)
        case _:
            return


def _of_characters(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    for text in call.args:
        name = "char" if "char" not in scene.bound else "each"
        summed = f"sum(ord({name}) for {name} in {scene.text(text)})"
        yield instead(scene, call, summed, LIKELY - 0.11)
        listed = f"[ord({name}) for {name} in {scene.text(text)}]"
        yield instead(scene, call, listed, POSSIBLE)


def _within(scene: Scene, left: ast.expr, asked: ast.cmpop, text: ast.expr) -> Iterator[Candidate]:
    if scene.said("not (?:list|tuple|set|dict_keys)"):
        among = f"each in {scene.text(text)} for each in {scene.text(left)}"
        sign = "not any" if isinstance(asked, ast.NotIn) else "any"
        if scene.failed is not None:
            yield instead(scene, scene.failed, f"{sign}({among})", LIKELY - 0.11)
    elif scene.said("not (?:int|float)"):
        yield instead(scene, left, f"str({scene.text(left)})", SURE)


def _of_percent(scene: Scene, left: ast.expr) -> Iterator[Candidate]:
    """A sign that means itself twice; or the rest of a number that is still a text."""
    match left:
        case ast.Constant(value=str()):
            for sign in (_NO_SIGN, _BEHIND_NUMBER) if scene.said(_PERCENT) else ():
                new = sign.sub("%%", scene.text(left))
                if new != scene.text(left):
                    yield instead(scene, left, new, SURE)
        case _:
            if scene.said("not all arguments converted"):
                yield instead(scene, left, f"int({scene.text(left)})", SURE)


def _as_length(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    if isinstance(call.func, ast.Attribute) and called(call) == "count":
        yield instead(scene, call, f"len({scene.text(call.func.value)})", SURE)


def _as_bytes(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    if len(call.args) == 1:
        yield instead(scene, call, f"{operand(scene, call.args[0])}.encode()", SURE)


_BY_MESSAGE: tuple[tuple[str, Callable[[Scene, ast.Call], Iterator[Candidate]]], ...] = (
    (r"must be str or a tuple of str, not list|isinstance\(\) arg 2 must be a type", _as_tuple),
    (r"must be str(?: or None)?, not (?:list|tuple|set)", _of_each),
    (r"count\(\) takes exactly one argument \(0 given\)", _as_length),
    (r"ord\(\) expected a character, but string of length [^0]", _of_characters),
    ("string argument without an encoding", _as_bytes),
)
RULE = rule("text-methods", "TypeError ValueError", candidates)
