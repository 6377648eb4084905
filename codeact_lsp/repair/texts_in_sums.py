"""Sums of texts and of what is none, mended in their parts and not at one of two sides."""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate
from codeact_lsp.repair.kinds_met import NUMBER_FIRST, TEXT_WANTED
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, replaced, together

_MARGIN = 0.02
_CERTAIN = 0.98


def all_as_texts(scene: Scene) -> Iterator[Candidate]:
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


def unconverted(scene: Scene) -> Iterator[Candidate]:
    """What is turned into a text within the operation, where no text is wanted."""
    for call in scene.inside(ast.Call):
        match call:
            case ast.Call(func=ast.Name("str"), args=[only], keywords=[]):
                # Where both could be texts, that may as well be what is wanted.
                is_text_wanted = scene.said(TEXT_WANTED) and not _is_counted(scene)
                likely = LIKELY - 0.05 if is_text_wanted else _CERTAIN
                yield instead(scene, call, scene.text(only), likely)
            case _:
                pass


def _is_counted(scene: Scene) -> bool:
    """Whether the failing sum begins with what was counted out right there: a text does not."""
    match scene.failed:
        case ast.BinOp(op=ast.Add(), left=ast.BinOp(op=ast.Mult() | ast.Div() | ast.Sub())):
            return bool(scene.said(NUMBER_FIRST))
        case _:
            return False


def written(scene: Scene) -> Iterator[Candidate]:
    """A number that is written as a text, where texts are only in the way."""
    for part in scene.inside(ast.Constant):
        if isinstance(part.value, str) and part.value.isdecimal():
            yield instead(scene, part, str(int(part.value)), SURE)
        elif isinstance(part.value, str) and len(part.value) == 1 and "ord(" in _around(scene):
            yield instead(scene, part, f"ord({scene.text(part)})", SURE)


def _around(scene: Scene) -> str:
    return ast.unparse(scene.statement) if scene.statement else ""
