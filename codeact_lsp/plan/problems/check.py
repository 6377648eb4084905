"""Run all checks over a plan, and over an edited one again where an answer may have changed."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

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
    imports,
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
from codeact_lsp.plan.problems.findings import Findings, Found
from codeact_lsp.plan.problems.import_rules import NO_RULES, ImportRules
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


@dataclass(frozen=True)
class Review:
    """All that the checks found in one snapshot of a plan.

    Attributes:
        given: Names of the inputs that have a value from outside the plan.
        names: What the names of the plan stand for in annotations.
        found: For each piece, what its own checks found.
        structure: What is wrong with how the definitions fit together.
        rules: Which modules may be imported.
    """

    plan: Plan
    given: frozenset[str]
    names: Names
    found: Findings
    structure: tuple[Problem, ...]
    rules: ImportRules = NO_RULES

    @classmethod
    def of(cls, plan: Plan, given: Collection[str] = (), rules: ImportRules = NO_RULES) -> "Review":
        """The review of a whole plan."""
        pieces = plan.document.pieces
        names = names_of(pieces)
        found = Findings.of(_found(plan, given, names, pieces))
        return cls(plan, frozenset(given), names, found, _structure(plan), rules)

    def edited(
        self, plan: Plan, given: Collection[str] = (), rules: ImportRules = NO_RULES
    ) -> "Review":
        """The review of an edited plan; what neither the edit nor an answer to it touched stays."""
        old, first, old_end, new_end = difference(self.plan.document, plan.document)
        gone, come = old[first:old_end], plan.document.pieces[first:new_end]
        names = self.names
        if not names.holds((*gone, *come)):
            names = names_of(plan.document.pieces)
        changed = self._changed(plan, given, (*gone, *come))
        if names is not self.names:
            changed.add(MEANINGS)
        found = self.found.replaced(first, old_end, _found(plan, given, names, come))
        if askers := list(found.asking(changed)):
            asking = [plan.document.pieces[index] for index in askers]
            again = _found(plan, given, names, asking)
            found = found.updated(dict(zip(askers, again, strict=True)))
        same = not changed and plan.graph is self.plan.graph and _are_bodies(gone, come)
        structure = () if same and not self.structure else _structure(plan)
        return Review(plan, frozenset(given), names, found, structure, rules)

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
        found += imports.problems(self.plan, self.rules)
        found += (
            problem.placed(starts[index], lambda name: nodes[name].start)
            for index, problem in self.found.problems
        )
        return tuple(sorted(found, key=lambda problem: (problem.span, problem.code)))


def check(plan: Plan, given: Collection[str] = (), rules: ImportRules = NO_RULES) -> list[Problem]:
    """All problems of `plan`, in the order of the text.

    Args:
        plan: The plan.
        given: Names of the inputs that have a value from outside the plan.
        rules: Which modules may be imported.
    """
    return list(Review.of(plan, given, rules).problems)


def _found(
    plan: Plan, given: Collection[str], names: Names, pieces: Sequence[Piece]
) -> list[Found]:
    table, broken = plan.table, plan.broken
    return [_of_piece(piece, Scope(table, given, broken, names)) for piece in pieces]


def _structure(plan: Plan) -> tuple[Problem, ...]:
    return tuple(problem for run in STRUCTURE_CHECKS for problem in run(plan))


def _are_bodies(gone: Sequence[Piece], come: Sequence[Piece]) -> bool:
    """Whether each piece is one definition of a node, and the edit changed bodies alone."""
    are_nodes = all(len(piece.tree.body) == len(piece.nodes) == 1 for piece in (*gone, *come))
    return are_nodes and [*map(_head, gone)] == [*map(_head, come)]


def _head(piece: Piece) -> str:
    """The decorators and the signature, which a check may look at besides the node's face."""
    return piece.text[: piece.nodes[0].header.end]


def _of_piece(piece: Piece, scope: Scope) -> Found:
    problems = [problem for look in PIECE_CHECKS for problem in look(piece)]
    problems += [found for node in piece.nodes for run in NODE_CHECKS for found in run(node, scope)]
    return Found(tuple(problems), frozenset(scope.asked))


def _face(node: Node | None) -> object:
    return node.face if node else None
