"""Comments that switch a problem off where it stands: `# codeact: ignore[missing-input]`.

One on the line of a problem is about that line; one on the line of a `def` is about the whole node.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems.codes import CODES, UNDENIABLE, codes_of, comes_late, is_known
from codeact_lsp.plan.problems.problem import Problem, Severity
from codeact_lsp.plan.source import Encoding, Span
from codeact_lsp.plan.spelling import closest, did_you_mean

_MARK = "codeact:"
_COMMENT = re.compile(rf"#[ \t]*{_MARK}[ \t]*ignore\b(?:[ \t]*\[([^\]\r\n]*)\])?")
_LEXEME = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | \"\"\"(?:[^"\\]|\\[\s\S]|"(?!""))*(?:\"\"\"|\Z) | '''(?:[^'\\]|\\[\s\S]|'(?!''))*(?:'''|\Z)
  | "(?:[^"\\\r\n]|\\(?:\r\n|[\s\S]))*"?            | '(?:[^'\\\r\n]|\\(?:\r\n|[\s\S]))*'?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Ignore:
    """One such comment.

    Attributes:
        span: The comment, as a span of the document; others on its line do not belong to it.
        reach: What it is about: its line, or a node.
        codes: The codes that it names, each with its place; none if it is about all.
    """

    span: Span
    reach: Span
    codes: tuple[tuple[str, Span], ...] = ()

    def covers(self, problem: Problem) -> bool:
        """Whether the comment switches `problem` off."""
        named = not self.codes or any(code in codes_of(problem.code) for code, _ in self.codes)
        inside = problem.span.start in self.reach or problem.span.end in self.reach
        return named and problem.code != UNDENIABLE and inside


def without_ignored(
    plan: Plan, problems: Iterable[Problem], advice: Iterable[Problem] | None = ()
) -> list[Problem]:
    """The problems that no comment switches off, and one for each comment that is in vain.

    Args:
        plan: The plan.
        problems: What the checks found.
        advice: What a linter found, which a comment can be about too; None if it was not asked.
    """
    found = list(problems)
    comments = list(ignores(plan))
    if not comments:
        return found
    kept = uncovered(comments, found)
    every = [*found, *(advice or ())]
    for comment in comments:
        kept += _needless(comment, every, complete=advice is not None)
    return sorted(kept, key=lambda problem: (problem.span, problem.code))


def uncovered(comments: Iterable[Ignore], problems: Iterable[Problem]) -> list[Problem]:
    """The problems that none of some comments switches off."""
    return [each for each in problems if not any(part.covers(each) for part in comments)]


def ignores(plan: Plan) -> Iterator[Ignore]:
    """The comments of the plan that switch problems off, in the order of the text."""
    for index in plan.document.pieces_with(_MARK):
        piece, start = plan.document.pieces[index], plan.document.starts[index]
        yield from (_ignore(plan, match, start) for match in _comments(piece))


def can_comment(plan: Plan, offset: int) -> bool:
    """Whether what is written at `offset`, an end of a line, can be a comment."""
    index = plan.document.piece_at(offset)
    text, place = plan.document.pieces[index].text, offset - plan.document.starts[index]
    strings = (match for match in _LEXEME.finditer(text) if not match["comment"])
    is_inside = any(string.start() < place < string.end() for string in strings)
    return not is_inside and not text[:place].endswith("\\")


def _comments(piece: Piece) -> Iterator[re.Match[str]]:
    for lexeme in _LEXEME.finditer(piece.text):
        if lexeme["comment"]:
            yield from _COMMENT.finditer(piece.text, *lexeme.span())


def _ignore(plan: Plan, match: re.Match[str], start: int) -> Ignore:
    span = Span(*match.span()).shifted(start)
    names = re.finditer(r"[^,\s]+", match[1] or "")
    inner = start + match.start(1)
    codes = tuple((name[0], Span(*name.span()).shifted(inner)) for name in names)
    return Ignore(span, _reach(plan, span.start), codes)


def _reach(plan: Plan, offset: int) -> Span:
    line = plan.source.position(offset, Encoding.CODE_POINTS).line
    start = plan.source.line_starts[line]
    index = plan.document.piece_at(offset)
    origin = plan.document.starts[index]
    for node in plan.document.pieces[index].nodes:
        header = node.header.shifted(origin)
        if start <= header.end and header.start <= offset:
            span = node.span.shifted(origin)
            return Span(min(start, span.start), span.end)
    return Span(start, offset)


def _needless(comment: Ignore, problems: list[Problem], *, complete: bool) -> Iterator[Problem]:
    """What of a comment could go; one that may be about what is not found yet could not."""
    meant = (codes_of(problem.code) for problem in problems if comment.covers(problem))
    covered = {code for codes in meant for code in codes}
    if not comment.codes and not covered and complete:
        yield _problem("There is no problem to ignore here.", comment.span)
    for code, span in comment.codes:
        if not is_known(code):
            near = closest(code, sorted(CODES))
            yield _problem(f"'{code}' is no problem's code.{did_you_mean(near)}", span, near)
        elif code not in covered and (complete or not comes_late(code)):
            yield _problem(f"There is no problem '{code}' to ignore here.", span)


def _problem(message: str, span: Span, near: str | None = None) -> Problem:
    data = {"replacement": near} if near else {}
    return Problem("unused-ignore", message, span, Severity.HINT, data=data, unnecessary=True)
