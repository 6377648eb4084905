"""Which broken promise explains a failure: the one whose broken part is the value that failed.

A promise is a return annotation. How a value breaks it was found out when its node ended; here it
is compared with what is wrong with the value that failed.
"""

import re
from collections import deque
from collections.abc import Mapping, Sequence

from codeact_lsp.engine.failures.classes import fields
from codeact_lsp.engine.failures.contents import holds, labels
from codeact_lsp.engine.failures.errors import Value
from codeact_lsp.engine.failures.passing import passed_on
from codeact_lsp.engine.failures.ways import Way
from codeact_lsp.engine.values import Result
from codeact_lsp.plan import Plan

# `[0]['b'] is None, declared float`
_BREACH = re.compile(r"(?:.* )?is (?P<shown>.*), declared (?P<declared>.*)", re.DOTALL)
_VAGUE = re.compile(
    r"\b(?:[Dd]ict|[Ll]ist|[Tt]uple|[Ss]et|DataFrame|Series|ndarray)\b(?!\[)|\bAny\b"
)
_CERTAIN = frozenset({"bool", "bytes", "float", "int", "str"})
# Classes of which nothing is one that is of another of these kinds.
_NO_TEXTS = frozenset({"Decimal", "Fraction", "Path", "date", "datetime", "time", "timedelta"})
_TEXTS = frozenset({"NoneType", "bytes", "str"})
_MOST_TEXT = 1_000


def explains(result: Result, value: Value) -> bool:
    """Whether what breaks a node's promise is of the type that is wrong with its value."""
    return bool(result.breach) and result.broke in {kind for kind, _ in value.bad}


def above(plan: Plan, way: Way, results: Mapping[str, Result]) -> str | None:
    """The nearest node above the maker whose promise is broken by what is wrong with the value."""
    seen, pending = {way.maker}, deque([way.maker])
    while pending:
        for node in _taken(plan, pending.popleft(), results):
            if node not in seen:
                if any(_is_made_of(look, results[node]) for look in way.value.bad):
                    return root(plan, node, results)
                seen.add(node)
                pending.append(node)
    return None


def root(plan: Plan, node: str, results: Mapping[str, Result]) -> str:
    """The node from which the part came that breaks the promise of `node`.

    A node that takes what breaks its own promise made nothing of it; be it that the input broke the
    same promise, or that the part was seen to be in the input already.
    """
    seen = {node}
    while (giver := _giver(plan, node, results)) and giver not in seen:
        seen.add(giver)
        node = giver
    return node


def earlier(plan: Plan, node: str, results: Mapping[str, Result]) -> str | None:
    """The first of the nodes above, one after another, that break a promise of whatever kind.

    What was made of something bad can be bad in another way, so it may be the cause of all.
    """
    seen = [node]
    while True:
        broken = [name for name in _taken(plan, seen[-1], results) if results[name].breach]
        if len(broken) != 1 or broken[0] in seen:
            return seen[-1] if len(seen) > 1 else _alike_above(plan, node, results)
        seen += broken


def _alike_above(plan: Plan, node: str, results: Mapping[str, Result]) -> str | None:
    """The one node further up that broke the same promise: others may have kept its value."""
    own = _read(results[node])
    above = [name for name in plan.graph.upstream([node]) if name in results and name != node]
    above = [name for name in above if results[name].broke == results[node].broke]
    found = {name: _read(results[name]) for name in above}
    alike = [name for name, it in found.items() if it and own and it["declared"] == own["declared"]]
    return alike[0] if len(alike) == 1 else None


def first(plan: Plan, node: str, results: Mapping[str, Result]) -> str | None:
    """The one node that leads to another and broke its promise before any other did."""
    broken = {name for name in plan.graph.upstream([node]) if name in results}
    broken = {name for name in broken if results[name].breach}
    roots = [name for name in broken if not broken & {*plan.graph.upstream([name])} - {name}]
    return roots[0] if len(roots) == 1 else None


def may_have_come(plan: Plan, node: str, results: Mapping[str, Result]) -> bool:
    """Whether what breaks a promise is in what a node took from others that promised nothing."""
    found = _read(results[node])
    shown = found["shown"].strip("'\"") if found else ""
    if any(_tells_nothing(plan, results[name]) for name in _taken(plan, node, results)):
        return True
    return any(
        "null" in results[name].preview.data
        if results[node].broke == "NoneType"
        else holds(results[name], shown)
        for name in _taken(plan, node, results)
        if _VAGUE.search(plan.nodes[name].node.returns or "Any")
    )


def labelled(plan: Plan, node: str, results: Mapping[str, Result]) -> str | None:
    """The first of the tables that led to a node which has the wrong key for a row's label."""
    found = _read(results[node])
    if found is None or not found[0].startswith("key "):
        return None
    first, label = None, found["shown"].strip("'\"")
    while True:
        taken = _taken(plan, first or node, results)
        having = [name for name in taken if label in labels(results[name])]
        if len(having) != 1:
            return first
        first = having[0]


def _tells_nothing(plan: Plan, result: Result) -> bool:
    """Whether a value is made of objects whose class does not declare what is in them."""
    return any(not fields(plan).get(name) for name in result.carries)


def is_misfit(plan: Plan, value: Value, values: Sequence[Value]) -> bool:
    """Whether a value is a field of an object whose class declares it to be of another type.

    Args:
        plan: The plan that ran.
        value: The value.
        values: All that were seen, with the object among them.
    """
    owner, _, name = value.text.rpartition(".")
    kinds = {each.type for each in values if each.text == owner}
    declared = fields(plan).get(kinds.pop() if len(kinds) == 1 else "", {}).get(name, value.type)
    is_whole = (declared, value.type) == ("float", "int")
    is_text = declared in _NO_TEXTS and value.type in _TEXTS
    return is_text or (declared in _CERTAIN and declared != value.type and not is_whole)


def vouches(plan: Plan, way: Way, results: Mapping[str, Result]) -> bool:
    """Whether the maker declared to return a value of this simple type, and did."""
    declared = plan.nodes[way.maker].node.returns
    kept = results[way.maker].breach is None
    return kept and way.value.input is not None and declared in _CERTAIN | _NO_TEXTS


def _giver(plan: Plan, node: str, results: Mapping[str, Result]) -> str | None:
    result = results[node]
    taken = _taken(plan, node, results)
    alike = [name for name in taken if _breaks_alike(results[name], result)]
    if len(alike) == 1:
        return alike[0]
    came_with = result.came_with if result.came_with in taken else None
    return came_with or passed_on(plan, node, results)


def _taken(plan: Plan, node: str, results: Mapping[str, Result]) -> list[str]:
    """The nodes whose values a node takes."""
    return [each.name for each in plan.nodes[node].node.parameters if each.name in results]


def _breaks_alike(upper: Result, lower: Result) -> bool:
    """Whether both promised the same, and what broke the one is in what broke the other."""
    one, other = _read(upper), _read(lower)
    if not one or not other or one["declared"] != other["declared"]:
        return False
    return _is_made_of((lower.broke, other["shown"]), upper)


def _is_made_of(look: tuple[str, str], upper: Result) -> bool:
    """Whether a value, by its type and looks, is what broke a promise, or holds its text."""
    found = _read(upper)
    kind, shown = look
    if not found or upper.broke != kind:
        return False
    text = found["shown"]
    inner = text.strip("'\"…")
    return text == shown or (kind == "str" and bool(inner) and inner in shown)


def _read(result: Result) -> re.Match[str] | None:
    """What broke a promise, and what it was; a worker can claim anything at any length."""
    return _BREACH.fullmatch((result.breach or "")[:_MOST_TEXT])
