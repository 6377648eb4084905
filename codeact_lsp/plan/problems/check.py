"""Run all checks over a plan, and over an edited one again where an answer may have changed."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from codeact_lsp.plan.annotations.names import Names, names_of
from codeact_lsp.plan.document import difference
from codeact_lsp.plan.nodes import Node
from codeact_lsp.plan.piece import Piece
from codeact_lsp.plan.plan import Plan
from codeact_lsp.plan.problems import (
    arguments,
    cycle,
    dead,
    duplicate,
    edge_type,
    effects,
    inputs,
    order,
    references,
    sections,
    settings,
    shadow,
    syntax,
    unreachable,
    unsupported,
    unused,
)
from codeact_lsp.plan.problems.problem import Problem
from codeact_lsp.plan.problems.scope import ALL_NAMES, MEANINGS, Scope
from codeact_lsp.plan.table import defined

NodeCheck = Callable[[Node, Scope], Iterable[Problem]]
PieceCheck = Callable[[Piece], Iterable[Problem]]
PlanCheck = Callable[[Plan], Iterable[Problem]]

# What they find is relative to the node's piece, and holds until what they asked for changes.
NODE_CHECKS: tuple[NodeCheck, ...] = (
    sections.problems,
    references.problems,
    unsupported.problems,
    inputs.problems,
    arguments.problems,
    unused.problems,
    shadow.input_problems,
    edge_type.problems,
)
# What they find is relative to the piece, and follows from its text alone.
PIECE_CHECKS: tuple[PieceCheck, ...] = (effects.problems,)
# What they find follows from how the definitions, not their bodies, fit together.
STRUCTURE_CHECKS: tuple[PlanCheck, ...] = (
    order.problems,
    duplicate.problems,
    cycle.problems,
    unreachable.problems,
    dead.problems,
    shadow.node_problems,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What the checks of one piece and its nodes found, and the names that they asked about."""

    problems: tuple[Problem, ...]
    asked: frozenset[str]


# Read of each piece at every edit, where a loop of Python's own would be most of the work.
_PROBLEMS: Callable[[Found], tuple[Problem, ...]] = attrgetter("problems")
_ASKED: Callable[[Found], frozenset[str]] = attrgetter("asked")


@dataclass(frozen=True)
class Review:
    """All that the checks found in one snapshot of a plan.

    Attributes:
        given: Names of the inputs that have a value from outside the plan.
        names: What the names of the plan stand for in annotations.
        found: For each piece, what its own checks found.
        structure: What is wrong with how the definitions fit together.
    """

    plan: Plan
    given: frozenset[str]
    names: Names
    found: tuple[Found, ...]
    structure: tuple[Problem, ...]

    @classmethod
    def of(cls, plan: Plan, given: Collection[str] = ()) -> "Review":
        """The review of a whole plan."""
        pieces = plan.document.pieces
        names = names_of(pieces)
        found = tuple(_found(plan, given, names, pieces))
        return cls(plan, frozenset(given), names, found, _structure(plan))

    def edited(self, plan: Plan, given: Collection[str] = ()) -> "Review":
        """The review of an edited plan; what neither the edit nor an answer to it touched stays."""
        old, first, old_end, new_end = difference(self.plan.document, plan.document)
        gone, come = old[first:old_end], plan.document.pieces[first:new_end]
        names = self.names
        if not names.holds((*gone, *come)):
            names = names_of(plan.document.pieces)
        changed = self._changed(plan, given, (*gone, *come))
        if names is not self.names:
            changed.add(MEANINGS)
        kept = [*self.found[:first], *_found(plan, given, names, come), *self.found[old_end:]]
        for index in _askers(kept, changed):
            kept[index : index + 1] = _found(plan, given, names, (plan.document.pieces[index],))
        same = not changed and plan.graph is self.plan.graph and _are_bodies(gone, come)
        structure = () if same and not self.structure else _structure(plan)
        return Review(plan, frozenset(given), names, tuple(kept), structure)

    def _changed(self, plan: Plan, given: Collection[str], edited: Sequence[Piece]) -> set[str]:
        """The names about which a check would now be told something else."""
        before, after = self.plan.table.nodes, plan.table.nodes
        touched = {node.name for node in defined(edited)}
        changed = {name for name in touched if _face(before.get(name)) != _face(after.get(name))}
        if any((name in before) != (name in after) for name in touched):
            changed.add(ALL_NAMES)
        return changed | (self.given ^ frozenset(given)) | (self.plan.broken ^ plan.broken)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, in the order of the text."""
        starts, nodes = self.plan.document.starts, self.plan.nodes
        found = [*syntax.problems(self.plan), *self.structure]
        found += settings.problems(self.plan, self.given)
        for index, told in enumerate(map(_PROBLEMS, self.found)):
            for problem in told:
                found.append(problem.placed(starts[index], lambda name: nodes[name].start))
        return tuple(sorted(found, key=lambda problem: (problem.span, problem.code)))


def check(plan: Plan, given: Collection[str] = ()) -> list[Problem]:
    """All problems of `plan`, in the order of the text.

    Args:
        plan: The plan.
        given: Names of the inputs that have a value from outside the plan.
    """
    return list(Review.of(plan, given).problems)


def _found(
    plan: Plan, given: Collection[str], names: Names, pieces: Sequence[Piece]
) -> list[Found]:
    nodes, broken = plan.table.nodes, plan.broken
    return [_of_piece(piece, Scope(nodes, given, broken, names)) for piece in pieces]


def _structure(plan: Plan) -> tuple[Problem, ...]:
    return tuple(problem for run in STRUCTURE_CHECKS for problem in run(plan))


def _are_bodies(gone: Sequence[Piece], come: Sequence[Piece]) -> bool:
    """Whether as many pieces came as went, and each is one definition of a node."""
    return len(gone) == len(come) and all(
        len(piece.tree.body) == len(piece.nodes) == 1 for piece in (*gone, *come)
    )


def _of_piece(piece: Piece, scope: Scope) -> Found:
    problems = [problem for look in PIECE_CHECKS for problem in look(piece)]
    problems += [found for node in piece.nodes for run in NODE_CHECKS for found in run(node, scope)]
    return Found(tuple(problems), frozenset(scope.asked))


def _askers(found: Sequence[Found], changed: set[str]) -> list[int]:
    if not changed:
        return []
    spared = map(changed.isdisjoint, map(_ASKED, found))
    return [index for index, is_spared in enumerate(spared) if not is_spared]


def _face(node: Node | None) -> object:
    return node.face if node else None
