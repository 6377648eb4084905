"""What is proposed for a failure, before anything of it is tried."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, zip_longest

from codeact_lsp.engine.failures.errors import CodeError
from codeact_lsp.plan import Plan, Span
from codeact_lsp.plan.edits.importing import is_line_of_import
from codeact_lsp.repair.candidates import Candidate, Source
from codeact_lsp.repair.memory.reached import reached
from codeact_lsp.repair.parted import parted
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.sooner import sooner
from codeact_lsp.repair.wider import asked

_MOST_OF_A_RULE = 5


def proposed(plan: Plan, error: CodeError) -> list[Candidate]:
    """What the rules propose; see `distinct`.

    Args:
        plan: The plan.
        error: What happened.
    """
    made = distinct(plan, (_placed(plan, error, each) for each in _by_rules(plan, error)))
    return _in_turn(made)


def _in_turn(made: Sequence[Candidate]) -> list[Candidate]:
    """The same, with what a rule has beyond its likeliest few behind what other rules have.

    Not all of it will be tried, and what one rule makes ten of is mostly none of them.
    """
    met = Counter[str]()
    early, late = list[Candidate](), list[Candidate]()
    for each in made:
        met[each.rule] += 1
        (early if met[each.rule] <= _MOST_OF_A_RULE else late).append(each)
    return sorted([*early, *late], key=lambda each: each.hides)


def guessed(plan: Plan, error: CodeError, most: int) -> list[Candidate]:
    """What is left to try where nothing else has worked: of each rule some, in turn.

    Args:
        plan: The plan.
        error: What happened.
        most: How many.
    """
    # As above.
    from codeact_lsp.repair.rules import LAST  # noqa: PLC0415

    scene = Scene(plan, error, error.span)
    passes_by = [scene.span(test) for test in asked(scene)]
    ranked = [distinct(plan, rule.candidates(scene)) for rule in LAST]
    in_turn = (each for row in zip_longest(*ranked) for each in row if each)
    made = distinct(plan, (_placed(plan, error, each) for each in islice(in_turn, most)))
    return [_judged(each, passes_by) for each in made]


def _judged(candidate: Candidate, passes_by: Sequence[Span]) -> Candidate:
    """The same; one that changes what the code refused something by only hides that."""
    is_inside = any(candidate.edit.span.overlaps(span) for span in passes_by)
    return replace(candidate, hides=candidate.hides or is_inside)


def recalled(plan: Plan, error: CodeError, sources: Sequence[Source]) -> list[Candidate]:
    """What others than the rules propose, where it failed and where the bad value may come from.

    Args:
        plan: The plan.
        error: What happened.
        sources: Who proposes.
    """
    scenes = list(reached(plan, error))
    made = (each for source in sources for scene in scenes for each in source(scene))
    return distinct(plan, (_placed(plan, error, each) for each in made))


def distinct(plan: Plan, made: Iterable[Candidate]) -> list[Candidate]:
    """Candidates without doubles, the likeliest first and what only hides a failure last."""
    known: dict[str, Candidate] = {}
    for candidate in sorted(made, key=lambda each: (each.hides, -each.likely)):
        text = candidate.edit.apply(plan.source.text)
        before = known.setdefault(text, candidate)
        if before.says_less and not candidate.says_less:
            known[text] = replace(candidate, likely=before.likely)
    known.pop(plan.source.text, None)
    return list(known.values())


def _placed(plan: Plan, error: CodeError, candidate: Candidate) -> Candidate:
    """The same; if it changes another node than the one that failed, its title says so."""
    for part in parted(plan.source.text, candidate.edit):
        if is_line_of_import(part.new):
            continue  # It stands above whatever the plan defines first.
        piece = plan.document.piece_at(part.span.start)
        names = [name for name, node in plan.nodes.items() if node.piece == piece]
        if names and error.node not in names and not candidate.title.startswith("In '"):
            return candidate.elsewhere(names[0])
    return candidate


def _by_rules(plan: Plan, error: CodeError) -> Iterator[Candidate]:
    """Where it failed, and where the bad value came from."""
    # Fifty files, for which no editor has to wait when it starts a server.
    from codeact_lsp.repair.rules import RULES, UPSTREAM  # noqa: PLC0415

    here = Scene(plan, error, error.span)
    for rule in RULES:
        yield from sooner(here, rule.candidates(here))
    for origin in error.origins:
        there = Scene(plan, error, origin.span)
        for rule in UPSTREAM:
            for candidate in rule.candidates(there):
                yield candidate.elsewhere(origin.node) if origin.node != error.node else candidate
