"""A change of a piece as what comes in which place of it, so that it can be made once more."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Way = tuple[tuple[str, int], ...]
"""From a piece to a part of it: each step a field, and which of the parts that it has."""


@dataclass(frozen=True)
class Step:
    """What is written in one place.

    Attributes:
        way: To the first part that goes, or before which something comes; of statements, the last
            step may lead behind them all.
        gone: How many parts go.
        come: What comes in their place: one expression, or any number of statements.
    """

    way: Way
    gone: int
    come: tuple[ast.AST, ...]


def steps(before: ast.AST, after: ast.AST) -> list[Step] | None:
    """What was changed, each thing in the smallest place that holds it; None if that is not said.

    Args:
        before: The piece as it was.
        after: The piece as it is now.
    """
    return _between(before, after, ())


def part_at(tree: ast.AST, way: Way) -> ast.AST | None:
    """The part that a way leads to; None where there is none."""
    part: object = tree
    for field, at in way:
        value = getattr(part, field, None)
        part = value[at] if isinstance(value, list) and at < len(value) else value
    return part if isinstance(part, ast.AST) else None


def _between(one: ast.AST, other: ast.AST, way: Way) -> list[Step] | None:
    if ast.dump(one) == ast.dump(other):
        return []
    inside = _inside(one, other, way) if type(one) is type(other) else None
    if inside is not None:
        return inside
    return [Step(way, 1, (other,))] if way and _is_written_alone(one, other) else None


def _is_written_alone(one: ast.AST, other: ast.AST) -> bool:
    """Whether one can be written in the place of the other: expressions, or statements."""
    torn = (ast.FormattedValue, ast.Starred, ast.Slice)
    if isinstance(one, torn) or isinstance(other, torn):
        return False
    are_statements = isinstance(one, ast.stmt) and isinstance(other, ast.stmt)
    return are_statements or (isinstance(one, ast.expr) and isinstance(other, ast.expr))


def _inside(one: ast.AST, other: ast.AST, way: Way) -> list[Step] | None:
    """What was changed in the parts; None if that cannot be told of them one by one."""
    if isinstance(one, ast.JoinedStr):  # Python 3.11 does not know where its parts stand.
        return None
    found: list[Step] = []
    for field, value in ast.iter_fields(one):
        made = _of_field(value, getattr(other, field), field, way)
        if made is None:
            return None
        found += made
    return found


def _of_field(value: object, new: object, field: str, way: Way) -> list[Step] | None:
    if isinstance(value, ast.AST) and isinstance(new, ast.AST):
        return _between(value, new, (*way, (field, 0)))
    if not isinstance(value, list) or not isinstance(new, list):
        return [] if value == new else None
    if not all(isinstance(each, ast.AST) for each in [*value, *new]):
        return [] if value == new else None
    if len(value) == len(new):
        return _pairwise(value, new, field, way)
    # An empty block has no place yet, and what follows an `if` may be written as `elif`.
    is_block = field == "body" and value and all(isinstance(each, ast.stmt) for each in value)
    return _of_block(value, new, field, way) if is_block else None


def _pairwise(
    old: Sequence[ast.AST], new: Sequence[ast.AST], field: str, way: Way
) -> list[Step] | None:
    found: list[Step] = []
    for at, (one, other) in enumerate(zip(old, new, strict=True)):
        made = _between(one, other, (*way, (field, at)))
        if made is None:
            return None
        found += made
    return found


def _of_block(
    old: Sequence[ast.AST], new: Sequence[ast.AST], field: str, way: Way
) -> list[Step] | None:
    """Statements that were put in, taken out or changed."""
    matcher = SequenceMatcher(None, [*map(ast.dump, old)], [*map(ast.dump, new)], autojunk=False)
    found: list[Step] = []
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        # What was changed stands where it stood; what is left over has come, or is gone.
        common = min(last - first, end - start)
        for at in range(common):
            made = _between(old[first + at], new[start + at], (*way, (field, first + at)))
            if made is None:
                return None
            found += made
        if common < max(last - first, end - start):
            come = tuple(new[start + common : end])
            found.append(Step((*way, (field, first + common)), last - first - common, come))
    return found


def parts_of(steps: Sequence[Step]) -> Iterator[ast.AST]:
    """All that comes."""
    for step in steps:
        yield from step.come
