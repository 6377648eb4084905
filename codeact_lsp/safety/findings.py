"""What of a plan's code deserves a look before it is run. It is advice: it proves nothing.

That nothing is found does not make a plan safe, and what is found does not make it dangerous.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from codeact_lsp.plan import Encoding, Plan, Position, Problem, Severity, Span
from codeact_lsp.plan.problems import imports
from codeact_lsp.plan.problems.import_rules import NO_RULES, ImportRules
from codeact_lsp.plan.syntax import BYTE_ORDER_MARK
from codeact_lsp.safety.ruff import BANNED, Remark, remarks, remarks_on_each
from codeact_lsp.safety.withheld import import_rules, members
from codeact_lsp.sandbox.levels import Level

# A generated plan can have thousands; nobody reads more.
_MOST = 500
_NOT_LINE_END = re.compile(r"[^\r\n]")
# No rule can know that.
_REASSURANCE = re.compile(r":? seems safe, but may be changed in the future; ")
_BANNED = re.compile(r"`([^`]+)` is banned: (\w+)")


def findings(
    plan: Plan, level: Level = Level.STRICT, rules: ImportRules = NO_RULES
) -> tuple[Problem, ...]:
    """All that is found in a plan: imports that are not allowed or of no use, and advice.

    Args:
        plan: The plan. What of it does not parse is passed over.
        level: The level that it is to run at.
        rules: Which modules may be imported at all.

    Raises:
        NoAdviceError: Ruff cannot be asked.
    """
    return (*imported(plan, level, rules), *_advice(plan, level))


def findings_in_each(
    plans: Sequence[Plan], level: Level, rules: ImportRules
) -> list[tuple[Problem, ...]]:
    """`findings` of several plans, for little more than the time of one.

    Raises:
        NoAdviceError: Ruff cannot be asked.
    """
    said = remarks_on_each([_asked_about(plan) for plan in plans], members(level))
    return [
        (*imported(plan, level, rules), *_worth_saying(plan, level, of_plan))
        for plan, of_plan in zip(plans, said, strict=True)
    ]


def imported(plan: Plan, level: Level, rules: ImportRules) -> tuple[Problem, ...]:
    """The imports that are not allowed, or of no use at a level."""
    return tuple(imports.problems(plan, import_rules(level).tightened(rules)))


def advice(plan: Plan, level: Level = Level.STRICT) -> tuple[Problem, ...]:
    """What to show of what ruff finds in a plan; it takes a process and some 10 ms.

    Raises:
        NoAdviceError: Ruff cannot be asked.
    """
    return _advice(plan, level)[:_MOST]


def added(before: Iterable[Problem], after: Iterable[Problem]) -> list[Problem]:
    """Those of `after` that an edit brought: more of a kind than there were."""
    known = Counter(map(_kind, before))
    new = []
    for problem in after:
        kind = _kind(problem)
        known[kind] -= 1
        if known[kind] < 0:
            new.append(problem)
    return new


def _advice(plan: Plan, level: Level) -> tuple[Problem, ...]:
    return _worth_saying(plan, level, remarks(_asked_about(plan), members(level)))


def _worth_saying(plan: Plan, level: Level, said: list[Remark]) -> tuple[Problem, ...]:
    marked = plan.source.text.startswith(BYTE_ORDER_MARK)
    asked = imports.asked_for(plan) if said else frozenset[str]()
    found = [
        problem
        for remark in said
        for problem in _problems(plan, level, remark, _span(plan, remark, marked=marked))
        if problem.data["right"] not in asked
    ]
    refused = {problem.span for problem in found if problem.data["right"]}
    return tuple(each for each in found if each.data["right"] or each.span not in refused)


def _asked_about(plan: Plan) -> str:
    """The plan's text with blanks for what does not parse, of which ruff would say only that."""
    text = plan.source.text
    if plan.document.broken:
        pieces = plan.document.pieces
        texts = (_NOT_LINE_END.sub(" ", one.text) if one.issue else one.text for one in pieces)
        text = "".join(texts)
    return text.removeprefix(BYTE_ORDER_MARK)


def _problems(plan: Plan, level: Level, remark: Remark, place: Span) -> Iterator[Problem]:
    if remark.rule != BANNED:
        message = f"Worth a look: {_REASSURANCE.sub(': ', remark.message).removesuffix('.')}."
        data = {"link": remark.link, "right": None}
        yield Problem(remark.rule, message, place, Severity.INFORMATION, data=data)
    elif match := _BANNED.match(remark.message):
        # `from os import system as s` is marked up to its end.
        last = match[1].rpartition(".")[2]
        if plan.source.text.startswith(last, place.start):
            place = Span(place.start, place.start + len(last))
        yield imports.withheld(match[1], match[2], level.value, place)


def _span(plan: Plan, remark: Remark, *, marked: bool) -> Span:
    return Span(_offset(plan, remark.start, marked), _offset(plan, remark.end, marked))


def _offset(plan: Plan, place: tuple[int, int], marked: bool) -> int:  # noqa: FBT001 - see `_span`.
    """An offset of the plan's text; ruff counts from 1, and does not count a byte order mark."""
    row, column = place
    shift = 0 if marked and row == 1 else 1
    return plan.source.offset(Position(row - 1, column - shift), Encoding.CODE_POINTS)


def _kind(problem: Problem) -> tuple[str, object]:
    return problem.code, problem.data.get("name")
