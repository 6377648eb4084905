"""A text that is read or written in an encoding that is not its own.

Answers UnicodeError and its kinds, LookupError, TypeError about an encoding, and KeyError where a
byte order mark hides the first column.

    open(path, encoding="utf-16")  ->  open(path, encoding="utf-8")
    open(path)                     ->  open(path, encoding="utf-8")
    open(path, encoding="uft-8")   ->  open(path, encoding="utf-8"), which nothing else is called
    raw.decode(8)                  ->  raw.decode("utf-8")
    raw.decode()                   ->  raw.decode("cp1252"), if it is not UTF-8
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, replaced

_OPENERS = frozenset(
    [
        "TextIOWrapper",
        "decode",
        "encode",
        "open",
        "read_csv",
        "read_json",
        "read_table",
        "read_text",
        "str",
        "to_csv",
        "write_text",
    ]
)
_BY_POSITION = frozenset({"decode", "encode"})
# UTF-8 rejects nearly all that is not UTF-8; Latin-1 rejects nothing and so comes last.
_ENCODINGS = (("utf-8", SURE), ("utf-8-sig", POSSIBLE), ("cp1252", POSSIBLE), ("latin-1", GUESS))


def candidates(scene: Scene) -> Iterator[Candidate]:
    """Another encoding, the likeliest first."""
    if scene.error.type == "KeyError":
        yield from _without_mark(scene)
        return
    if scene.error.type == "TypeError":
        yield from _in_none(scene)
        return
    said = scene.said("unknown (?:encoding|error handler)")
    for call in scene.nearby(ast.Call):
        if called(call) in _OPENERS:
            for encoding, likely in _ENCODINGS:
                # Which one was misspelt, another rule finds out.
                yield from _in(scene, call, encoding, min(likely, POSSIBLE) if said else likely)


def _in_none(scene: Scene) -> Iterator[Candidate]:
    """Where something stands for the encoding that is no text."""
    for call in scene.calls() if scene.said(r"argument 'encoding' must be str") else ():
        if called(call) in _OPENERS:
            for encoding, likely in _ENCODINGS:
                yield from _in(scene, call, encoding, min(likely, POSSIBLE))


def _without_mark(scene: Scene) -> Iterator[Candidate]:
    """In the functions that open files, if there is a key that begins with the mark of one."""
    fact = scene.error.fact
    if fact is None or not any(option.startswith("\ufeff") for option in fact.options):
        return
    for piece, start in zip(scene.plan.document.pieces, scene.plan.document.starts, strict=True):
        for call in (each for each in ast.walk(piece.tree) if isinstance(each, ast.Call)):
            if called(call) in _OPENERS - _BY_POSITION:
                span = piece.span(call).shifted(start)
                yield from _in(Scene(scene.plan, scene.error, span), call, "utf-8-sig", LIKELY)


def _in(scene: Scene, call: ast.Call, encoding: str, likely: float) -> Iterator[Candidate]:
    verb = "Write" if called(call) in {"encode", "write_text", "to_csv"} else "Read"
    title, literal = f"{verb} it as {encoding}", f'"{encoding}"'
    written = [word.value for word in call.keywords if word.arg == "encoding"]
    if called(call) in _BY_POSITION and call.args:
        written = call.args[:1]
    if written:
        if getattr(written[0], "value", None) != encoding:
            yield Candidate(title, replaced(scene, written[0], literal), likely)
    elif not _is_binary(call):
        new = literal if called(call) in _BY_POSITION else f"encoding={literal}"
        words = (scene.text(word) for word in call.keywords)
        text = call_of(scene, call, arguments(scene, call), [*words, new])
        yield instead(scene, call, text, likely, title)


def _is_binary(call: ast.Call) -> bool:
    modes = [*call.args[:2], *(word.value for word in call.keywords if word.arg == "mode")]
    found = [str(mode.value) for mode in modes if isinstance(mode, ast.Constant)]
    return any(mode in {"rb", "wb", "ab", "r+b", "w+b"} for mode in found)


RULE = rule(
    "encodings",
    "UnicodeDecodeError UnicodeEncodeError UnicodeError LookupError KeyError TypeError",
    candidates,
)
