"""A text that is no number as it stands.

Answers ValueError and TypeError of `int` and `float`, and decimal.InvalidOperation.

    float("1,200.50")      ->  float("1,200.50".replace(",", ""))
    float("$12")           ->  float("$12".lstrip("$"))
    int("3.0")             ->  int(float("3.0"))
    int("3.5")             ->  float("3.5")
    int("0x1f")            ->  int("0x1f", 16)
    float("")              ->  float("" or 0), stops the crash
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import arguments, call_of, instead, operand

_SEEN = (
    r"(?s)could not convert string to float: (?P<q>['\"])(?P<text>.*)(?P=q)$|"
    r"invalid literal for int\(\) with base 10: (?P<r>['\"])(?P<whole>.*)(?P=r)$"
)
_NOTHING = r"argument must be a .*not 'NoneType'"
_AFFIXES = re.compile(
    r"^\s*([^\d\s.,+-]{1,3})\s*[-+\d.,]+\s*$|^\s*[-+\d.,]+\s*([^\d\s.,]{1,3})\s*$"
)

# Points between thousands, and a comma before the fraction.
_WITH_COMMA = r"\d\.\d{3},\d|^[^\d,.]*\d+,\d{1,2}\D*$"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The number that was meant by the text."""
    said = scene.said(_SEEN)
    for call in scene.calls():
        if len(call.args) != 1:
            continue
        if scene.said(_NOTHING):
            yield _nothing(scene, call)
        elif said:
            seen = said["text"] if said["whole"] is None else said["whole"]
            yield from _of_text(scene, call, seen)


def _of_text(scene: Scene, call: ast.Call, seen: str) -> Iterator[Candidate]:
    if not seen.strip():
        yield _nothing(scene, call)
    elif re.fullmatch(r"\s*[-+]?\d*\.\d*\s*", seen):
        yield from _with_point(scene, call, seen)
    elif re.fullmatch(r"\s*0[xX][\da-fA-F]+\s*", seen):
        yield instead(scene, call, call_of(scene, call, [*arguments(scene, call), "16"]), SURE)
    else:
        yield from _cleaned(scene, call.args[0], seen)


def _with_point(scene: Scene, call: ast.Call, seen: str) -> Iterator[Candidate]:
    """A whole number may be written with a point; of any other a part would be lost."""
    is_whole = float(seen) == int(float(seen))
    text = scene.text(call.args[0])
    yield instead(scene, call, f"int(float({text}))", SURE if is_whole else LIKELY - 0.1)
    yield instead(scene, call, f"float({text})", LIKELY - 0.1 if is_whole else LIKELY)


def _cleaned(scene: Scene, argument: ast.expr, seen: str) -> Iterator[Candidate]:
    owner = operand(scene, argument)
    if affix := _AFFIXES.search(seen):
        side, what = ("lstrip", affix[1]) if affix[1] else ("rstrip", affix[2])
        likely = POSSIBLE if what.isalpha() else LIKELY
        stripped = f'{owner}.{side}("{what}")'
        if re.search(_WITH_COMMA, seen):
            text = f'{stripped}.replace(".", "").replace(",", ".")'
            yield instead(scene, argument, text, likely)
        elif re.search(r"\d,\d", seen):
            yield instead(scene, argument, f'{stripped}.replace(",", "")', likely)
        else:
            yield instead(scene, argument, f'{owner}.{side}("{what}")', likely)
    elif re.search(_WITH_COMMA, seen):
        text = f'{owner}.replace(".", "").replace(",", ".")'
        yield instead(scene, argument, text, LIKELY)
    elif re.search(r"\d[ ,_'\u2009\u00a0]\d", seen):
        mark = next(char for char in seen if char in " ,_'\u2009\u00a0")
        yield instead(scene, argument, f'{owner}.replace("{mark}", "")', SURE)


def _nothing(scene: Scene, call: ast.Call) -> Candidate:
    text = f"{scene.text(call.func)}({operand(scene, call.args[0])} or 0)"
    return instead(scene, call, text, GUESS, hides=True)


RULE = rule("numbers", "ValueError TypeError", candidates)
