"""A file that is opened in another mode, or divided by another mark, than what is done with it.

Answers TypeError, KeyError, UnsupportedOperation and Error, which is that of `csv`.

    open(path, "rb"), then text is read     ->  open(path, "r")
    open(path, "w"), then bytes are written ->  open(path, "wb")
    open(path), then written                ->  open(path, "w"), or open(path, "a")
    csv.DictReader(file), of name;price     ->  csv.DictReader(file, delimiter=";")
    pd.read_csv(path), of name;price        ->  pd.read_csv(path, sep=";")
    csv.reader(file), then row["name"]      ->  csv.DictReader(file)
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import arguments, call_of, instead, quoted, replaced

_BYTES_WRITTEN = r"must be str, not bytes"
# What Python says, and what the mode then lacks, or has too much of.
_MODES = (
    (r"opened in text mode|a bytes-like object is required, not 'str'", "b", "", SURE),
    (_BYTES_WRITTEN, "", "b", LIKELY),
    (r"not readable", "wax", "r", SURE),
    (r"not writable", "r", "w", LIKELY),
)
# Of a file that is called so, bytes are texts that were made bytes too early.
_OF_TEXT = re.compile(r"(?i)\.(?:txt|csv|tsv|json|jsonl|md|html?|xml|ya?ml|toml|ini|log|py|sql)\b")
_DIVIDED = {"DictReader": "delimiter", "reader": "delimiter", "read_csv": "sep"}
_MARKS = (";", "\t", "|", ",")


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The mode, or the mark, that the file is read with."""
    if scene.error.type == "KeyError":
        yield from _divided(scene)
        return
    if scene.said("list indices must be integers or slices, not str"):
        yield from _by_names(scene)
    for said, less, more, likely in _MODES:
        if scene.said(said):
            for call in scene.nearby(ast.Call):
                if called(call) == "open":
                    is_text = said != _BYTES_WRITTEN or _OF_TEXT.search(scene.text(call))
                    yield from _in_mode(scene, call, less, more, likely if is_text else SURE)


def _by_names(scene: Scene) -> Iterator[Candidate]:
    """Rows whose columns have the names that stand in the first of them."""
    for call in scene.nearby(ast.Call):
        if called(call) == "reader":
            text = scene.text(call.func).removesuffix("reader") + "DictReader"
            yield Candidate(f"Write '{text}'", replaced(scene, call.func, text), SURE)


def _in_mode(
    scene: Scene, call: ast.Call, less: str, more: str, likely: float
) -> Iterator[Candidate]:
    is_method = isinstance(call.func, ast.Attribute)
    places = [*call.args[0 if is_method else 1 :][:1]]
    places += [word.value for word in call.keywords if word.arg == "mode"]
    if more == "w":
        yield from _kept(scene, call, places)
        return
    for node in places:
        match node:
            case ast.Constant(value=str(mode)):
                new = more + "".join(char for char in mode if char not in less + more)
                new = new if more != "b" else new[1:] + "b"
                if new != mode:
                    yield instead(scene, node, quoted(scene, node, new or "r"), likely)
            case _:
                pass
    if not places and more:
        given = [*arguments(scene, call), f'"{more if more != "b" else "rb"}"']
        yield instead(scene, call, call_of(scene, call, given), likely)


def _kept(scene: Scene, call: ast.Call, places: list[ast.expr]) -> Iterator[Candidate]:
    """What is written instead of what the file has, or behind it: it is there already."""
    name = getattr(scene.function(scene.first), "name", "")
    is_more = re.search(r"append|add|log|history|record", f"{name} {scene.text(call)}".lower())
    for mode, likely in (("a", LIKELY if is_more else POSSIBLE), ("w", POSSIBLE + 0.1)):
        for place in places:
            yield instead(scene, place, f'"{mode}"', likely)
        if not places:
            text = call_of(scene, call, [*arguments(scene, call), f'"{mode}"'])
            yield instead(scene, call, text, likely)


def _divided(scene: Scene) -> Iterator[Candidate]:
    """The mark that stands in the one column that there seems to be."""
    match scene.failed:
        case ast.Subscript(value=owner, slice=ast.Constant(value=str(name))):
            fact, row = scene.error.fact, scene.literal(owner)
            options = [*(fact.options if fact else ()), *(row if isinstance(row, dict) else ())]
        case _:
            return
    marks = [
        mark for mark in _MARKS for option in map(str, options)
        if mark in option and name in option.split(mark)
    ]  # fmt: skip
    for mark in dict.fromkeys(marks):
        for piece, start in zip(
            scene.plan.document.pieces, scene.plan.document.starts, strict=True
        ):
            for call in (each for each in ast.walk(piece.tree) if isinstance(each, ast.Call)):
                if word := _DIVIDED.get(called(call)):
                    there = Scene(scene.plan, scene.error, piece.span(call).shifted(start))
                    yield _with(there, call, word, mark)


def _with(scene: Scene, call: ast.Call, word: str, mark: str) -> Candidate:
    written = "\\t" if mark == "\t" else mark
    kept = [scene.text(each) for each in call.keywords if each.arg not in {"sep", "delimiter"}]
    text = call_of(scene, call, arguments(scene, call), [*kept, f'{word}="{written}"'])
    return instead(scene, call, text, SURE, f"Divide it at '{written}'")


RULE = rule("modes", "TypeError KeyError UnsupportedOperation Error", candidates)
