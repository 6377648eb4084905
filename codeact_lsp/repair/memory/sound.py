"""Which patterns can be used at all: they may come from a file that somebody else has written."""

import ast
import math
from functools import lru_cache

from codeact_lsp.repair.memory import templates
from codeact_lsp.repair.memory.fitting import CALL
from codeact_lsp.repair.memory.imported import IMPORTS
from codeact_lsp.repair.memory.pattern import MOST_CHARACTERS, Pattern
from codeact_lsp.repair.memory.templates import is_any_call

_MOST_SAID = 300
_MOST_COUNTED = 1_000_000


@lru_cache(maxsize=1_000)
def is_sound(pattern: Pattern) -> bool:
    """Whether a pattern says what it fits, and what comes in the place of that.

    All that are learnt do. One that does not would end the search for repairs.
    """
    if len(pattern.before) + len(pattern.after) > MOST_CHARACTERS:
        return False
    is_named = all(part.isidentifier() for part in pattern.error.split("."))
    if not is_named or len(pattern.error) + len(pattern.message) > _MOST_SAID:
        return False
    before, after = _holes(pattern.before), _holes(pattern.after)
    return before is not None and after is not None and after <= before


def is_count(number: float) -> bool:
    """Whether a number may say how often something was."""
    return 0 <= number <= _MOST_COUNTED


def is_time(seconds: float) -> bool:
    """Whether a number may say when something was."""
    return math.isfinite(seconds) and seconds >= 0


def _holes(template: str) -> set[str] | None:
    """The holes of a template; None if it is not one statement behind the imports that it needs."""
    try:
        *heads, code = ast.parse(template).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if not all(isinstance(head, IMPORTS) for head in heads):
        return None
    names = {node.id for node in ast.walk(code) if isinstance(node, ast.Name)}
    names |= {node.arg for node in ast.walk(code) if isinstance(node, ast.arg)}
    is_call = any(isinstance(node, ast.Call) and is_any_call(node) for node in ast.walk(code))
    return {each for each in names if _is_hole(each)} | ({CALL} if is_call else set())


def _is_hole(name: str) -> bool:
    return bool(templates.HOLE.fullmatch(name) or templates.TEXT_HOLE.fullmatch(name))
