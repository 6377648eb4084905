"""How much each kind of problem weighs, as the user wants it: `{"cycle": "warning"}`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from codeact_lsp.plan.problems.codes import CODES, UNDENIABLE, codes_of, is_known
from codeact_lsp.plan.problems.problem import Problem, Severity
from codeact_lsp.plan.spelling import closest, did_you_mean

ALL = "all"
_OFF = "off"
# The weight of a code or of `all`; None switches it off.
Severities = Mapping[str, Severity | None]


def weighed(problems: Iterable[Problem], severities: Severities) -> Iterator[Problem]:
    """The problems that are switched on, each as severe as it is wanted.

    What is shown changes, and not what can be run: a run asks `check` itself.
    """
    for problem in problems:
        default = severities.get(ALL, problem.severity)
        names = (code for code in codes_of(problem.code) if code in severities)
        severity = severities.get(next(names, ALL), default)
        if problem.code == UNDENIABLE or not severities:
            yield problem
        elif severity is not None:
            yield replace(problem, severity=severity)


def read_severities(table: object) -> tuple[Severities, tuple[str, ...]]:
    """The severities in a table of settings, and what is wrong with it.

    Args:
        table: Plain data: `{code or "all": "error", "warning", "information", "hint" or "off"}`.

    Returns:
        What can be used, and a complaint about each entry that cannot.
    """
    if not isinstance(table, Mapping):
        return {}, (f"expected a table of codes and severities, not {table!r:.60}",)
    severities: dict[str, Severity | None] = {}
    complaints: list[str] = []
    for code, word in table.items():
        if complaint := _complaint(code, word):
            complaints.append(complaint)
        else:
            severities[code] = None if word == _OFF else Severity(word)
    return severities, tuple(complaints)


def _complaint(code: object, word: object) -> str | None:
    words = [*(severity.value for severity in Severity), _OFF]
    if not isinstance(code, str) or not (code == ALL or is_known(code)):
        near = did_you_mean(closest(str(code), sorted(CODES | {ALL})))
        return f"{code!r:.60} is no problem's code.{near}"
    if code == UNDENIABLE:
        return f"'{UNDENIABLE}' is always an error: such a plan cannot be read whole."
    if not isinstance(word, str) or word not in words:
        near = did_you_mean(closest(word, words) if isinstance(word, str) else None)
        return f"{code}: expected {', '.join(words[:-1])} or {words[-1]}, not {word!r:.60}.{near}"
    return None
