"""Texts among bytes, or bytes among texts: what both are asked for has to be of one kind.

Answers TypeError.

    head.startswith("PNG"), of bytes     ->  head.startswith(b"PNG")
    name.endswith(b".csv"), of a text    ->  name.endswith(".csv")
    data.find(mark), of bytes and a text ->  data.find(mark.encode())
    re.findall("a+", data), of bytes     ->  re.findall("a+", data.decode())
    data.startswith(mark)                ->  data.decode().startswith(mark)
    hmac.new(key, message, "sha256")     ->  hmac.new(key.encode(), message, "sha256")
    data.replace("a", "b"), of bytes     ->  data.replace(b"a", b"b")
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import call_of, instead, operand

_BYTES_WANTED = (
    r"first arg must be bytes or a tuple of bytes|"
    r"should be integer or bytes-like object, not '?str|"
    r"cannot use a string pattern on a bytes-like object|expected bytes or bytearray, but got 'str'"
)
_TEXT_WANTED = (
    r"first arg must be str or a tuple of str, not bytes|must be str, not bytes|"
    r"cannot use a bytes pattern on a string-like object|requires string as left operand, not bytes"
)
_SEVERAL = 2  # Of one alone another rule knows.
_ALL_BYTES = "a bytes-like object is required, not 'str'"
_UNPREFIXED = re.compile(r"^([rR]?)[bB]")
# A pattern reads as it is written; what bytes it finds, only a decoded text can be used as.
_MARGIN = 0.04


def candidates(scene: Scene) -> Iterator[Candidate]:
    """What is given in the kind of what it is given to; or that in the kind of what is given."""
    for call in scene.calls():
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if scene.said(_ALL_BYTES) and owner is not None and _is_bytes(scene, owner):
            yield from _all_of_bytes(scene, call) if len(call.args) >= _SEVERAL else ()
        elif scene.said(_BYTES_WANTED):
            yield from _of_bytes(scene, owner, call.args)
        elif scene.said(_TEXT_WANTED):
            yield from _of_text(scene, owner, call.args)


def _is_bytes(scene: Scene, owner: ast.expr) -> bool:
    """What bytes are asked for is to be in bytes; of files another rule knows."""
    return scene.kind(owner) in {"bytes", "bytearray"}


def _all_of_bytes(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """All texts that are given, since one alone would not do."""
    texts = [
        each for each in call.args
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value.isascii()
    ]  # fmt: skip
    if texts and len(texts) == len(call.args):
        text = call_of(scene, call, [f"b{scene.text(each)}" for each in texts])
        yield instead(scene, call, text, SURE)
    if isinstance(call.func, ast.Attribute):
        owner = call.func.value
        yield instead(scene, owner, f"{operand(scene, owner)}.decode()", LIKELY)


def _of_bytes(scene: Scene, owner: ast.expr | None, given: list[ast.expr]) -> Iterator[Candidate]:
    for part in (each for argument in given for each in _parts(argument)):
        match part:
            case ast.Constant(value=str(text)) if text.isascii():
                yield instead(scene, part, f"b{scene.text(part)}", LIKELY + _MARGIN)
            case ast.Constant():
                pass
            case _ if scene.kind(part) == "str":
                yield instead(scene, part, f"{operand(scene, part)}.encode()", LIKELY)
    for part in filter(None, (owner, *given)):
        if scene.kind(part) == "bytes" and not isinstance(part, ast.Constant):
            # What is looked for in it by words, is mostly read as words.
            is_words = owner is not None and ast.unparse(owner) == "re"
            likely = LIKELY + 2 * _MARGIN if is_words else LIKELY - _MARGIN
            yield instead(scene, part, f"{operand(scene, part)}.decode()", likely)


def _of_text(scene: Scene, owner: ast.expr | None, given: list[ast.expr]) -> Iterator[Candidate]:
    for part in (each for argument in given for each in _parts(argument)):
        match part:
            case ast.Constant(value=bytes(text)) if text.isascii():
                yield instead(scene, part, _UNPREFIXED.sub(r"\1", scene.text(part)), SURE)
            case _ if scene.kind(part) == "bytes":
                yield instead(scene, part, f"{operand(scene, part)}.decode()", LIKELY)
    if owner is not None and scene.kind(owner) == "bytes":
        yield instead(scene, owner, f"{operand(scene, owner)}.decode()", LIKELY)


def _parts(argument: ast.expr) -> list[ast.expr]:
    """What is asked for: one text, or each of a tuple."""
    return argument.elts if isinstance(argument, ast.Tuple) else [argument]


RULE = rule("in-bytes", "TypeError", candidates)
