"""A key or column that its maker spells otherwise than the rest of the plan does.

Answers KeyError and what pandas says of columns, and places the change where the value was made.
Which of two spellings is the wrong one is told by how often the plan uses them elsewhere, in code
and in words.

    row["regoin"] = ...; a node by_region reads row["region"]  ->  row["region"] = ...
    table.assign(totl=...)                                     ->  table.assign(total=...)
"""

import ast
import re
from collections.abc import Iterator
from difflib import get_close_matches

from codeact_lsp.plan import Piece, Plan, Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import LIKELY, Candidate, in_places, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import quoted, replaced, together

_MOST = 2
_LEAST_ALIKE = 0.7


def candidates(scene: Scene) -> Iterator[Candidate]:
    """To have the maker write what was asked for."""
    fact = scene.error.fact
    if fact is None or fact.kind != "key":
        return
    for option in get_close_matches(fact.name, fact.options, _MOST, _LEAST_ALIKE):
        edits = [_respelt(scene, node, fact.name) for node in _writing(scene.piece, option)]
        if edits and is_spelt_otherwise(scene.plan, fact.name, option, fact.span):
            title = f"Rename '{option}' to '{fact.name}'{in_places(len(edits))}"
            yield Candidate(title, together(scene, *edits), LIKELY)


def is_spelt_otherwise(plan: Plan, name: str, option: str, asked: Span) -> bool:
    """Whether whoever makes a key is the only one in the plan to spell it so.

    Args:
        plan: The plan.
        name: What was asked for.
        option: What there is.
        asked: Where it was asked for, which says nothing: it may be wrong there.
    """
    document = plan.document
    pieces = zip(document.pieces, document.starts, strict=True)
    others = [
        f"{piece.text[: asked.start - start]} {piece.text[asked.end - start :]}"
        if start <= asked.start < start + len(piece.text) else piece.text
        for piece, start in pieces if not any(_writing(piece, option))
    ]  # fmt: skip
    is_made = len(others) < len(document.pieces)
    return is_made and _count(others, name) > _count(others, option)


def _count(texts: list[str], word: str) -> int:
    """How often a word stands in texts, also as a part of a name: `region` in `by_region`."""
    whole = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", re.IGNORECASE)
    return sum(len(whole.findall(text)) for text in texts)


def _writing(piece: Piece, key: str) -> Iterator[ast.Constant | ast.keyword]:
    """Where a key is written: as a text, or as the name of an argument."""
    formatted = {id(part) for node in ast.walk(piece.tree) if isinstance(node, ast.JoinedStr)
                 for part in ast.walk(node)}  # fmt: skip
    for node in ast.walk(piece.tree):
        match node:
            case ast.Constant(value=str(text)) if text == key and id(node) not in formatted:
                yield node
            case ast.keyword(arg=str(name)) if name == key:
                yield node
            case _:
                pass


def _respelt(scene: Scene, node: ast.Constant | ast.keyword, name: str) -> TextEdit:
    if isinstance(node, ast.Constant):
        return replaced(scene, node, quoted(scene, node, name))
    start = scene.span(node).start
    return TextEdit(Span(start, start + len(node.arg or "")), name)


RULE = rule("respelt", "KeyError ValueError AttributeError IndexError", candidates)
