"""A value that a call takes in one form only, and in which it is nearly written.

Answers ValueError and TypeError.

    path.with_suffix("json")        ->  path.with_suffix(".json")
    amount.quantize("0.01")         ->  amount.quantize(Decimal("0.01"))
    max(sizes, key=len), of numbers ->  max(sizes)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import (
    arguments,
    call_of,
    importing,
    instead,
    quoted,
    replaced,
    together,
)

_ORDERING = frozenset({"max", "min", "sorted"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The value in that form."""
    suffix = scene.said(r"Invalid suffix '([^'.]+)'")
    for call in scene.calls():
        match call:
            case ast.Call(args=[ast.Constant(value=str(value)) as written]) if suffix:
                yield instead(scene, written, quoted(scene, written, f".{value}"), SURE)
            case ast.Call(args=[given, *_]) if scene.said("from str to Decimal is not supported"):
                imports = importing(scene, "from decimal import Decimal", "Decimal")
                text = f"Decimal({scene.text(given)})"
                edit = together(scene, *imports, replaced(scene, given, text))
                yield Candidate(f"Write '{text}'", edit, SURE)
            case ast.Call(keywords=[*words]) if scene.said("of type '(?:int|float)' has no len"):
                kept = [word for word in words if not _is_length(word)]
                if called(call) in _ORDERING and len(kept) < len(words):
                    words_left = map(scene.text, kept)
                    text = call_of(scene, call, arguments(scene, call), words_left)
                    yield instead(scene, call, text, LIKELY + 0.05)
            case _:
                pass


def _is_length(word: ast.keyword) -> bool:
    return word.arg == "key" and ast.unparse(word.value) == "len"


RULE = rule("one-way", "ValueError TypeError", candidates)
