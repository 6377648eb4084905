"""A key that is there, but of another type or spelt with other blanks or capitals.

Answers KeyError. Which of these it is, the key itself tells; that it is there then, the trial.

    names[3], of keys from JSON          ->  names[str(3)]
    ages[row["id"]], of texts            ->  ages[int(row["id"])]
    prices[name], of "tea "              ->  prices[name.strip()]
    codes[city], of "OSLO"               ->  codes[city.lower()]
    totals[day], of days as texts        ->  totals[str(day)]
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead, operand

_WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"-?\d+", ("str({0})",)),
    (r"-?\d+\.0", ("int({0})", "str(int({0}))")),
    (r"'-?\d+'", ("int({0})",)),
    (r"'\s.*'|'.*\s'", ("{1}.strip()", "{1}.strip().lower()")),
    (r"'.*[A-Z].*'", ("{1}.lower()", "{1}.title()", "{1}.upper()")),
    (r"'.*[a-z].*'", ("{1}.upper()", "{1}.title()")),
    (r"datetime\.date(?:time)?\(.*\)", ("str({0})", "{1}.isoformat()")),
    (r"datetime\.datetime\(.*\)", ("{1}.date()",)),
    (r"PosixPath\(.*\)", ("str({0})", "{1}.name")),
)
# Of several ways, the first is the likeliest.
_STEP = 0.02


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The key as it may be kept."""
    match scene.failed:
        case ast.Subscript(slice=key) if not isinstance(key, ast.Tuple | ast.Slice):
            ways = [way for shape, some in _WAYS if _is(scene, shape) for way in some]
        case _:
            return
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        # That is written as it is meant; one that is spelt like it has a rule of its own.
        return
    for rank, way in enumerate(dict.fromkeys(ways)):
        text = way.format(scene.text(key), operand(scene, key))
        yield instead(scene, key, text, LIKELY - _STEP * rank)


def _is(scene: Scene, shape: str) -> bool:
    return re.fullmatch(shape, scene.error.message) is not None


RULE = rule("key-types", "KeyError", candidates)
