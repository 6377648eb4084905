"""Who misspelt a key that is not there: the node that asks for it, or the one that wrote it."""

import ast
from collections.abc import Container, Iterable, Iterator
from difflib import SequenceMatcher

from codeact_lsp.engine.failures.errors import Blame, Fact
from codeact_lsp.engine.failures.written_keys import mentions, written_keys
from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.spelling import closest

_LEAST_LIKENESS = 0.7


def writer(plan: Plan, fact: Fact, makers: Iterable[str], above: Container[str]) -> Blame | None:
    """The node that writes a key otherwise than the one that asks for it.

    Args:
        plan: The plan that ran.
        fact: The key that was asked for.
        makers: Who made what was asked.
        above: The nodes that lead to the failed one.

    Returns:
        Where it is written so, if that is the one place of the plan and in a node that made what
        was asked, or led to it. How often others ask for the key says nothing, since they may all
        be wrong. It is the likely cause only if the same node writes the key as it was asked for
        too, and the two are too much alike to be two keys.
    """
    reached = {name for name in plan.graph.upstream(makers) if name in above}
    for option in _near(fact):
        places = list(_written(plan, option))
        node, place = places[0] if len(places) == 1 else (None, None)
        if node is not None and place is not None and node in reached:
            message = f"'{node}' writes the key '{option}' here, where '{fact.name}' is asked for."
            both = any(other == node for other, _ in _written(plan, fact.name))
            is_misspelt = closest(fact.name, [option]) is not None
            return Blame(node, place, message, likely=both and is_misspelt)
    return None


def unread(plan: Plan, name: str, makers: Iterable[str], above: Container[str]) -> Blame | None:
    """The node that writes a key which nothing in the plan asks for, where another is missing.

    Args:
        plan: The plan that ran.
        name: The key that was asked for.
        makers: Who made what was asked.
        above: The nodes that lead to the failed one.

    Returns:
        None if a node writes the key that was asked for, or if several write such a key.
    """
    reached = [node for node in plan.graph.upstream(makers) if node in above]
    written = {each for node in reached for each in written_keys(plan, node)}
    if any(each.key == name for each in written):
        return None
    met = mentions(plan)
    lone = sorted((each for each in written if met[each.key] == 1), key=lambda one: one.place.start)
    # Of several that are listed side by side any may be the one, but only there.
    if len({each.among for each in lone}) != 1:
        return None
    first, said = lone[0], " and ".join(f"'{each.key}'" for each in lone)
    message = (
        f"'{first.function}' writes the key {said} here, which nobody reads; '{name}' is asked for."
    )
    return Blame(first.function, first.place, message, likely=False)


def has_near(fact: Fact) -> bool:
    """Whether there is something that is spelt almost so."""
    return bool(_near(fact))


def _near(fact: Fact) -> tuple[str, ...]:
    """The closest of the keys that there are, if it is close."""
    return tuple(
        option
        for option in fact.options[:1]
        if SequenceMatcher(None, fact.name, option).ratio() >= _LEAST_LIKENESS
    )


def _written(plan: Plan, key: str) -> Iterator[tuple[str | None, Span]]:
    """Where the plan writes a text, and in which node."""
    names = {definition.piece: name for name, definition in plan.nodes.items()}
    for index, piece in enumerate(plan.document.pieces):
        if key in piece.text:
            for node in ast.walk(piece.tree):
                if isinstance(node, ast.Constant) and node.value == key:
                    start = plan.document.starts[index]
                    yield names.get(index), piece.span(node).shifted(start)
