"""A name that a library looks up and does not know, wherever in the plan it is written.

Answers ZoneInfoNotFoundError, LookupError, ValueError, TypeError, and the errors of `re`. Which
names there are, the libraries say; the message has the one that was asked for.

    ZONES = {"nyc": "America/New York"}; ZoneInfo(ZONES[city])  ->  "America/New_York"
    ZoneInfo("Berlin")                  ->  ZoneInfo("Europe/Berlin")
    FORM = "utf8-sg"; data.decode(FORM) ->  FORM = "utf-8-sig"
    data.decode(errors="ignor")         ->  data.decode(errors="ignore")
    hashlib.new("sah256")               ->  hashlib.new("sha256")
    TYPES = {"n": "in64"}; table.astype(TYPES)  ->  "int64"
    logger.setLevel("WARNIG")           ->  logger.setLevel("WARNING")
    strptime(day, "%Y-%m-%D")           ->  strptime(day, "%Y-%m-%d")
    strptime(time, "%Y-%m-%d %H:%m")    ->  strptime(time, "%Y-%m-%d %H:%M")
"""

import ast
import encodings
import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from encodings.aliases import aliases
from pkgutil import iter_modules
from zoneinfo import available_timezones

from codeact_lsp.repair.candidates import LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.rules.options import KINDS
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import quoted, replaced, shown, together

_HANDLERS = (
    "strict", "ignore", "replace", "backslashreplace", "namereplace", "xmlcharrefreplace",
    "surrogateescape", "surrogatepass",
)  # fmt: skip
_DTYPES = (
    *(f"{sign}int{size}" for sign in ("", "u") for size in (8, 16, 32, 64)),
    "float16", "float32", "float64", "int", "float", "bool", "complex", "object", "str", "string",
    "boolean", "category", "datetime64[ns]", "timedelta64[ns]", "Int64", "Float64",
)  # fmt: skip


def _encodings() -> list[str]:
    """As they are called, and otherwise with their number: short names are like too much."""
    own = {module.name for module in iter_modules(encodings.__path__)}
    numbered = {each for each in aliases if any(char.isdigit() for char in each)}
    return [each.replace("_", "-") for each in own | numbered]


def _zones() -> list[str]:
    """By places: three letters stand for whatever has them."""
    return [each for each in available_timezones() if "/" in each or each == "UTC"]


# What is said of a name, and which ones there are.
_LOOKED_UP: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
    (r"No time zone found with key ([^']+)", _zones),
    (r"unknown encoding: (.+)", _encodings),
    (r"unknown error handler name '(.+)'", lambda: _HANDLERS),
    (r"unsupported hash type (.+)", lambda: hashlib.algorithms_guaranteed),
    (r"Unknown level: '(.+)'", logging.getLevelNamesMapping),
    (r"data type '(.+)' not understood", lambda: _DTYPES),
)
_BAD_SIGN = r"'(\w)' is a bad directive in format '(.+)'"
_TWO = r"redefinition of group name '([mM])' as group"
_BESIDE = {
    "m": [(r"(%[HI][^%]?)%m", r"\1%M")],
    "M": [(r"(%[Yy][^%]?)%M", r"\1%m"), (r"%M([^%]?%[dYy])", r"%m\1")],
}
# What other languages and programs write for what `strptime` calls otherwise, or has not at all.
_SIGNS = {
    "D": "%d", "e": "%d", "h": "%H", "k": "%H", "l": "%I", "s": "%S", "n": "%m", "N": "%f",
    "L": "%f", "P": "%p", "F": "%Y-%m-%d", "T": "%H:%M:%S", "R": "%H:%M",
}  # fmt: skip
_LOOK_ALIKE = str.maketrans("1i0", "llo")
_LEAST_ALIKE = 0.8
_MARGIN = 0.05
_MOST = 2


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The names that there are, or the sign, where the text is written."""
    if said := scene.said(_BAD_SIGN):
        form = re.sub(rf"(?<!%)((?:%%)*)%{said[1]}", rf"\1{_SIGNS.get(said[1], '')}", said[2])
        if said[1] in _SIGNS:
            yield from _written(scene, said[2], form, SURE)
    if said := scene.said(_TWO):
        yield from _twice(scene, said[1])
    for pattern, known in _LOOKED_UP:
        if said := scene.said(pattern):
            for option, likely in near(said[1], known()):
                yield from _written(scene, said[1], option, likely)
            if "/" in said[1]:
                yield from _all_in(scene, said[1], known())


def near(name: str, known: Iterable[str]) -> list[tuple[str, float]]:
    """Known names that a name may stand for, and how likely each is.

    Args:
        name: What was asked for.
        known: What there is.
    """
    if name.lower() in KINDS and "int64" in known:
        return [(KINDS[name.lower()], SURE)]
    options = _by_likeness(name, known)
    folded = _folded(name)
    same = [each for each in options if _folded(each) == folded]
    same = same or [each for each in options if _folded(each.rpartition("/")[2]) == folded]
    if same:
        return [(each, SURE if len(same) == 1 else POSSIBLE) for each in same[:_MOST]]
    if len(options) < _MOST:
        return []  # As of zones on a machine that has none.
    first, second = (_likeness(name, each) for each in options[:_MOST])
    is_alone = first - second > _MARGIN
    found = [(options[0], SURE if is_alone else POSSIBLE), (options[1], POSSIBLE)]
    return [pair for pair in found if _likeness(name, pair[0]) >= _LEAST_ALIKE]


def _by_likeness(name: str, known: Iterable[str]) -> list[str]:
    """What there is, what is spelt most like it first; of two forms of one name, the nearer."""
    ranked = sorted(sorted(known), key=lambda each: SequenceMatcher(None, name, each).ratio())
    forms = {_folded(each): each for each in ranked}
    return sorted(forms.values(), key=lambda each: -_likeness(name, each))


def _folded(name: str) -> str:
    """Without what is easily mistaken: case, signs between words, digits like letters."""
    return re.sub(r"[\s_-]", "", name).lower().translate(_LOOK_ALIKE)


def _likeness(name: str, other: str) -> float:
    return SequenceMatcher(None, _folded(name), _folded(other)).ratio()


def _all_in(scene: Scene, name: str, known: Iterable[str]) -> Iterator[Candidate]:
    """All that is wrong in the statement that has the name, where that is not the only one."""
    forms = {_folded(each): each for each in known if "/" in each}
    found = [
        (there, node, forms[_folded(node.value)])
        for there, node in scene.everywhere(ast.Constant)
        if isinstance(node.value, str) and _folded(node.value) in forms
    ]
    home = {there.start for there, node, _ in found if node.value == name}
    wrong = [each for each in found if each[1].value != each[2] and each[0].start in home]
    if len(wrong) > 1:
        edits = [replaced(there, node, quoted(there, node, new)) for there, node, new in wrong]
        title = f"Write {', '.join(sorted({new for _, _, new in wrong}))}"
        yield Candidate(title, together(scene, *edits), LIKELY)


def _twice(scene: Scene, sign: str) -> Iterator[Candidate]:
    """Months and minutes are told apart by what stands beside them."""
    forms = {node.value for _, node in scene.everywhere(ast.Constant)}
    for form in sorted(each for each in forms if isinstance(each, str)):
        for pattern, new in _BESIDE[sign] if form.count(f"%{sign}") == _MOST else ():
            yield from _written(scene, form, re.sub(pattern, new, form), LIKELY)


def _written(scene: Scene, name: str, option: str, likely: float) -> Iterator[Candidate]:
    """In each statement that has it, at once; that of the failure first."""
    found = dict[int, list[tuple[Scene, ast.Constant]]]()
    for there, node in scene.everywhere(ast.Constant):
        if node.value == name and there.text(node)[:1] in {"'", '"'}:
            found.setdefault(there.start, []).append((there, node))
    for start in sorted(found, key=lambda each: each != scene.start):
        edits = [replaced(there, node, quoted(there, node, option)) for there, node in found[start]]
        title = f"Write '{shown(quoted(*found[start][0], option))}'"
        yield Candidate(title, together(scene, *edits), likely)


RULE = rule(
    "known-names",
    "ZoneInfoNotFoundError LookupError ValueError TypeError error PatternError",
    candidates,
)
