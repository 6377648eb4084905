"""Write code in the place of other code: what rules have in common when they propose an edit."""

import ast
from collections.abc import Iterable

from codeact_lsp.plan import Piece, Span
from codeact_lsp.plan.edits import TextEdit, minimal
from codeact_lsp.plan.edits.importing import imported
from codeact_lsp.repair.candidates import Candidate
from codeact_lsp.repair.scene import Part, Scene

# What binds less tightly than a call, a lookup or an operator around it.
_LOOSE = (
    ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda, ast.UnaryOp, ast.Await,
    ast.NamedExpr, ast.Starred, ast.Yield, ast.YieldFrom,
)  # fmt: skip
# What takes hold of the parts that stand in it.
_TIGHT = (
    ast.Attribute, ast.Await, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Starred,
    ast.UnaryOp,
)  # fmt: skip
_MOST_SHOWN = 60


def instead(  # noqa: PLR0913 - a place, and all that a candidate is.
    scene: Scene, node: Part, text: str, likely: float, title: str = "", *, hides: bool = False
) -> Candidate:
    """Something else for a part, in brackets where what is around it would tear it apart."""
    new = f"({text})" if _is_torn(scene, node, text) else text
    return Candidate(title or f"Write '{shown(text)}'", replaced(scene, node, new), likely, hides)


def replaced(scene: Scene, node: Part, text: str) -> TextEdit:
    """The edit that writes something else for a part, just as it is given.

    Only in a formatted text its quotes may have to be others: those of that text would end it.
    """
    around = next(scene.around(scene.parents.get(node), ast.JoinedStr), None)
    return TextEdit(scene.span(node), _within(scene.text(around), text) if around else text)


def _within(formatted: str, text: str) -> str:
    opening = formatted.lstrip("fFrR")[:1]
    other = "'" if opening == '"' else '"'
    return text if other in text else text.replace(opening, other)


def operand(scene: Scene, node: ast.expr) -> str:
    """A part as it can be written where something is called on it or looked up in it."""
    return f"({scene.text(node)})" if isinstance(node, _LOOSE) else scene.text(node)


def arguments(scene: Scene, call: ast.Call) -> list[str]:
    """The positional arguments of a call as they are written."""
    return [scene.text(each) for each in call.args]


def call_of(
    scene: Scene,
    call: ast.Call,
    given: Iterable[str],
    words: Iterable[str] | None = None,
) -> str:
    """The call with other positional arguments; also with other keywords, if they are given."""
    kept = [scene.text(word) for word in call.keywords] if words is None else words
    return f"{scene.text(call.func)}({', '.join([*given, *kept])})"


def line_before(scene: Scene, statement: ast.stmt, line: str) -> TextEdit:
    """A line above a statement, as far in as that is."""
    at = scene.piece.span(statement).start
    margin = scene.piece.text[:at].rpartition("\n")[2]
    where = Span(scene.start + at, scene.start + at)
    return TextEdit(where, f"{line}{_newline(scene.piece)}{margin}")


def importing(scene: Scene, line: str, name: str = "") -> list[TextEdit]:
    """The edit that imports something where the plan imports other things.

    Args:
        scene: The scene.
        line: The import statement.
        name: What it binds; nothing is imported if the plan binds that already.
    """
    if name in scene.plan.names:
        return []
    return [imported(scene.plan, [line], scene.start)]


def together(scene: Scene, *edits: TextEdit) -> TextEdit:
    """Several edits as one."""
    text = scene.plan.source.text
    for edit in sorted(edits, key=lambda each: -each.span.start):
        text = edit.apply(text)
    return minimal(scene.plan.source.text, text)


def quoted(scene: Scene, literal: ast.expr, new: str) -> str:
    """A literal of a text, in the quotes of another one."""
    quote = "'" if scene.text(literal).startswith("'") else '"'
    escaped = new.replace("\\", "\\\\").replace(quote, f"\\{quote}").replace("\t", "\\t")
    return f"{quote}{escaped}{quote}"


def _is_torn(scene: Scene, node: Part, text: str) -> bool:
    around = scene.parents.get(node)
    if (not isinstance(around, _TIGHT) and not _holds(around, node)) or _in_brackets(scene, node):
        return False
    try:
        return isinstance(ast.parse(text, mode="eval").body, _LOOSE)
    except SyntaxError:
        return False


def _in_brackets(scene: Scene, node: Part) -> bool:
    """Whether it stands in brackets of its own already."""
    span, text = scene.piece.span(node), scene.piece.text
    return text[: span.start].rstrip().endswith("(") and text[span.end :].lstrip().startswith(")")


def _holds(around: ast.AST | None, node: Part) -> bool:
    """Whether the part is what is called, or looked up in."""
    match around:
        case ast.Call(func=held) | ast.Subscript(value=held):
            return held is node
        case _:
            return False


def shown(text: str) -> str:
    """Code as a title has room for it."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST_SHOWN else f"{line[:_MOST_SHOWN]}..."


def _newline(piece: Piece) -> str:
    return "\r\n" if "\r\n" in piece.text else "\n"
