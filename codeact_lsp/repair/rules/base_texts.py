"""Base64 without the signs that fill it up, in its other alphabet, or as bytes where texts go.

Answers Error, which is that of `binascii`, and TypeError of `json`. What tokens and addresses carry
has no `=` at its end, and `-` and `_` for `+` and `/`, which `b64decode` passes over.

    b64decode(part)                       ->  b64decode(part + "=" * (-len(part) % 4))
    b64decode(token.split(".")[1])        ->  b64decode(token.split(".")[1] + "==")
    b64decode("_-8="), of `-` and `_`     ->  urlsafe_b64decode("_-8=")
    json.dumps({"key": b64encode(data)})  ->  json.dumps({"key": b64encode(data).decode()})
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import importing, instead, operand, replaced, shown, together

_PLAIN = frozenset({"b64decode", "standard_b64decode"})
_SAFE = "urlsafe_b64decode"
_ENCODED = frozenset(
    {"b64encode", "standard_b64encode", "urlsafe_b64encode", "b32encode", "b16encode",
     "b85encode", "hexlify"}
)  # fmt: skip
_NOT_FULL = r"Incorrect padding|number of data characters \(\d+\) cannot be 1 more than a multiple"
_OTHER_SIGNS = r"Only base64 data is allowed"
_OF_TOKENS = re.compile(r"[-_]")
_QUARTET = 4
_MARGIN = 0.1


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What is read as it was written, or what was made as a text."""
    if scene.said("Object of type bytes is not JSON serializable"):
        yield from _as_texts(scene)
    elif scene.said(f"{_NOT_FULL}|{_OTHER_SIGNS}"):
        for call in scene.calls():
            if called(call) in {*_PLAIN, _SAFE} and call.args:
                yield from _read(scene, call, call.args[0])


def _read(scene: Scene, call: ast.Call, given: ast.expr) -> Iterator[Candidate]:
    """By what the text was seen to have; without a look at it, filled up first."""
    seen = given.value if isinstance(given, ast.Constant) else scene.literal(given)
    text = seen.decode("latin-1") if isinstance(seen, bytes) else seen
    if not isinstance(text, str):
        # It may have the other alphabet as well, which is passed over without a word.
        yield from _filled(scene, given, SURE if called(call) == _SAFE else POSSIBLE + _MARGIN)
    elif not _OF_TOKENS.search(text):
        yield from _filled(scene, given) if len(text) % _QUARTET else ()
    elif called(call) in _PLAIN:
        is_whole = len(text) % _QUARTET == 0
        yield _in_other_signs(scene, call, scene.text(given) if is_whole else _full(scene, given))
    else:
        yield from _filled(scene, given)


def _filled(scene: Scene, given: ast.expr, likely: float = SURE) -> Iterator[Candidate]:
    yield instead(scene, given, _full(scene, given), likely)
    if scene.kind(given) is None:
        yield instead(scene, given, _full(scene, given, "b"), POSSIBLE)


def _full(scene: Scene, given: ast.expr, prefix: str = "") -> str:
    """With what is missing; where that is long to count, with the most: too much is passed over."""
    prefix = "b" if scene.kind(given) in {"bytes", "bytearray"} else prefix
    text = operand(scene, given)
    if isinstance(given, ast.Name):
        return f'{text} + {prefix}"=" * (-len({text}) % 4)'
    return f'{text} + {prefix}"=="'


def _in_other_signs(scene: Scene, call: ast.Call, given: str) -> Candidate:
    """By the function for the alphabet of addresses, which takes nothing but the text."""
    if isinstance(call.func, ast.Attribute):
        name, imports = f"{scene.text(call.func.value)}.{_SAFE}", []
    else:
        name, imports = _SAFE, importing(scene, f"from base64 import {_SAFE}", _SAFE)
    text = f"{name}({given})"
    edit = together(scene, *imports, replaced(scene, call, text))
    return Candidate(f"Write '{shown(text)}'", edit, SURE)


def _as_texts(scene: Scene) -> Iterator[Candidate]:
    """Where bytes of letters alone were made, in this function or before."""
    for there, call in scene.everywhere(ast.Call):
        if called(call) in _ENCODED and not isinstance(there.parents[call], ast.Attribute):
            likely = SURE if there.piece == scene.piece else POSSIBLE
            yield instead(there, call, f"{there.text(call)}.decode()", likely)


RULE = rule("base-texts", "Error TypeError", candidates)
