"""Texts that are split at another mark than the one that was meant, or once too often."""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import call_of, instead, quoted

_SEPARATORS = (",", ";", "\t", "|", ":", "=", " ", "-")
# Surer than that the values are to be gone through.
_MARGIN = 0.02


def split_otherwise(scene: Scene, source: ast.Call, wanted: int) -> Iterator[Candidate]:
    """At the first or the last of the marks, at those within the parts, or at others.

    Args:
        scene: The scene of the call.
        source: The call of `split`.
        wanted: How many parts are wanted.
    """
    sep = source.args[0]
    if not source.args[1:] and isinstance(source.func, ast.Attribute):
        most = str(max(wanted - 1, 1))
        text = call_of(scene, source, [scene.text(sep), most])
        yield instead(scene, source, text, LIKELY if _is_first(sep) else POSSIBLE)
        if _is_last(sep):
            tail = f"{scene.text(source.func.value)}.rsplit({scene.text(sep)}, {most})"
            yield instead(scene, source, tail, LIKELY - 0.05)
        yield from _split_again(scene, source)
    if isinstance(source.func, ast.Attribute):
        yield from _asked_mark(scene, source.func.value, sep)
    yield from _other_separators(scene, sep)


def _asked_mark(scene: Scene, text: ast.expr, sep: ast.expr) -> Iterator[Candidate]:
    """The mark that the condition around has found in the text."""
    for around in scene.around(sep, ast.If):
        for part in ast.walk(around.test):
            match part:
                case ast.Compare(
                    left=ast.Constant(value=str(mark)), ops=[ast.In()], comparators=[within]
                ) if ast.unparse(within) == ast.unparse(text):
                    literal = quoted(scene, sep, mark)
                    yield instead(scene, sep, literal, SURE + _MARGIN, f"Split at {literal}")
                case _:
                    pass


def _split_again(scene: Scene, source: ast.Call) -> Iterator[Candidate]:
    """Each of the parts in two, where all have a mark of another kind once."""
    owner = source.func.value if isinstance(source.func, ast.Attribute) else None
    text, mark = scene.literal(owner) if owner else None, getattr(source.args[0], "value", None)
    is_gone_through = any(source is each.iter for each in scene.loops)
    if not (is_gone_through and isinstance(mark, str) and mark):
        return
    # Where the text was not seen, only what divides keys and values as a rule.
    marks = ("=", ":") if text is None else _SEPARATORS
    for other in marks:
        if text is None or all(part.count(other) == 1 for part in str(text).split(mark)):
            halves = f'(part.split("{other}") for part in {scene.text(source)})'
            likely = LIKELY if text is None else SURE
            title = f"Split each part at '{other}'"
            if other != mark:
                yield instead(scene, source, halves, likely, title)


def _is_first(written: ast.expr) -> bool:
    """Whether only the first of such marks divides, as a rule; of others each one does."""
    return isinstance(written, ast.Constant) and str(written.value).strip() in {"=", ":", "->", ""}


def _is_last(written: ast.expr) -> bool:
    """Whether it is the last of such marks that divides, as before the ending of a name."""
    return isinstance(written, ast.Constant) and written.value in {".", "/"}


def _other_separators(scene: Scene, written: ast.expr) -> Iterator[Candidate]:
    if not (isinstance(written, ast.Constant) and isinstance(written.value, str)):
        return
    call = scene.parents.get(written)
    if not written.value.strip() and isinstance(call, ast.Call) and call.args == [written]:
        # Between words there may be any number of blanks.
        yield instead(scene, call, call_of(scene, call, []), LIKELY)
    for separator in _SEPARATORS:
        if separator != written.value:
            literal = quoted(scene, written, separator)
            yield instead(scene, written, literal, LIKELY, f"Split at {literal}")
