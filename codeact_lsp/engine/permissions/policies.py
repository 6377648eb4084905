"""What each node of a plan may do: what it asks for, as far as the user granted it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from codeact_lsp.engine.permissions.consent import Consent
from codeact_lsp.engine.permissions.rights import (
    covers,
    give,
    grant_command,
    must_be_named,
    needs,
    surroundings,
)
from codeact_lsp.plan import Plan
from codeact_lsp.plan.docstrings.needs import Need
from codeact_lsp.plan.docstrings.quantities import size
from codeact_lsp.plan.problems.import_rules import NO_RULES, ImportRules
from codeact_lsp.sandbox.levels import Level, Policy, level_of, preset
from codeact_lsp.sandbox.needs import NeverGrantedError
from codeact_lsp.sandbox.protected import Surroundings
from codeact_lsp.sandbox.tiers import Tier

_MOST_NAMED = 3
# What a level gives of itself to all that ask.
_GIVEN_BY = {Level.WRITE: "write", Level.NETWORK: "network"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the nodes of a plan may do in a run.

    Attributes:
        consent: What the user allows.
        policies: The rights of each node; empty if nothing is confined.
        rights: What each node asked for and got, by its name.
        unasked: Rights that were allowed, and that no node asks for.
        notes: What was asked for and is not given, and why; in sentences.
        imports: Which modules the plan may import.
    """

    consent: Consent
    policies: Mapping[str, Policy] = field(default_factory=dict)
    rights: Mapping[str, tuple[Need, ...]] = field(default_factory=dict)
    unasked: tuple[Need, ...] = ()
    notes: tuple[str, ...] = ()
    imports: ImportRules = NO_RULES

    @property
    def granted_imports(self) -> frozenset[str]:
        """The modules that nodes asked for and may have, whatever lists say."""
        granted = set(self.consent.allowed) - set(self.unasked)
        return frozenset(need.what for need in granted if need.right == "import")

    @property
    def run_time(self) -> float | None:
        """Seconds that a run may take; it is no right, so it holds at every level."""
        return self.consent.capped(self.consent.limits).run_time

    @property
    def minimum_tier(self) -> Tier:
        """What the machine has to enforce at least; nothing where nothing is to be enforced."""
        return self.consent.minimum_tier if self.policies else Tier.NONE


def decide(plan: Plan, file: Path, workspace: Path, consent: Consent) -> Decision:
    """What the nodes of a plan may do.

    Args:
        plan: The plan.
        file: Its path.
        workspace: The folder whose files all nodes may read.
        consent: What the user allows.
    """
    if consent.level is Level.OFF:
        return Decision(consent, unasked=_unasked(plan, file, consent), notes=consent.notes)
    deciding = _Deciding(surroundings(file, workspace), consent)
    # Most nodes of most plans ask for nothing.
    policies: dict[str, Policy] = dict.fromkeys(plan.table.nodes, deciding.policy_of_all)
    policies |= {name: deciding.policy(name, plan) for name in _asking(plan)}
    return Decision(
        consent,
        policies,
        dict.fromkeys(plan.table.nodes, ()) | deciding.rights,
        unasked=_unasked(plan, file, consent),
        notes=(*consent.notes, *dict.fromkeys(deciding.notes), *deciding.asked_in_vain),
    )


def _asking(plan: Plan) -> Iterator[str]:
    for name, node in plan.table.nodes.items():
        if node.directives.needs or node.directives.memory is not None:
            yield name


def gives(consent: Consent, need: Need, folder: Path) -> bool:
    """Whether a node of a plan in `folder` gets a right if it asks for it."""
    if consent.level is Level.OFF:
        return True
    if _GIVEN_BY.get(consent.level) == need.right and not must_be_named(need):
        return True
    if need.right == "processes" and consent.level is not Level.STRICT:
        return True
    return any(covers(allowed, need, folder) for allowed in consent.allowed)


def carried_over(policies: Mapping[str, Policy], plan: Plan) -> dict[str, Policy]:
    """The rights of the nodes of a plan that was edited since they were decided.

    They are as they were, whatever its nodes ask for by now; those that were not there get the
    fewest that there are.
    """
    if not policies:
        return {}
    workspace = next(iter(policies.values())).workspace
    return {name: policies.get(name, preset(Level.STRICT, workspace)) for name in plan.nodes}


class _Deciding:
    """Looks at each need once, however many nodes have it.

    Attributes:
        policy_of_all: The rights of a node that asks for none.
        rights: What the others asked for and got.
        notes: What is not given to them, and why.
    """

    def __init__(self, around: Surroundings, consent: Consent) -> None:
        self.rights: dict[str, tuple[Need, ...]] = {}
        self.notes: list[str] = []
        self._around = around
        self._consent = consent
        base = preset(consent.level, around.workspace)
        base = replace(base, level=level_of(base), limits=consent.capped(consent.limits))
        self.policy_of_all = base
        self._known: dict[tuple[Need, ...], Policy] = {(): base}
        self._refused: dict[Need, str] = {}
        self._ungranted: dict[Need, list[str]] = {}

    def policy(self, node: str, plan: Plan) -> Policy:
        """The rights of a node."""
        got: list[Need] = []
        asked = needs(plan, node)
        for need in asked:
            if not gives(self._consent, need, self._around.plan.parent):
                self._ungranted.setdefault(need, []).append(node)
                continue
            if why := self._withheld(need):
                self.notes.append(f"'{need}', which node '{node}' asks for, is not given: {why}.")
                continue
            got.append(need)
        self.rights[node] = tuple(got)
        policy = self._with(tuple(got))
        memory = self._memory(node, plan, asked)
        if memory == policy.limits.memory:
            return policy
        return replace(policy, limits=self._consent.capped(replace(policy.limits, memory=memory)))

    @property
    def asked_in_vain(self) -> Iterator[str]:
        """What nodes ask for that nobody has granted yet, and how to."""
        for need, nodes in self._ungranted.items():
            # A module can be imported without; memory is told of where it is too little.
            if need.right not in {"import", "memory"} and not self._withheld(need):
                others = f" and {len(nodes) - _MOST_NAMED} more" if nodes[_MOST_NAMED:] else ""
                names = ", ".join(f"'{node}'" for node in nodes[:_MOST_NAMED]) + others
                command = grant_command(need, self._around)
                yield f"{names} asked for '{need}', which is not granted. To grant it: {command}"

    def _with(self, rights: tuple[Need, ...]) -> Policy:
        """What all get, and these rights.

        Raises:
            NeverGrantedError: The last one is never given.
        """
        if rights not in self._known:
            *others, last = rights
            self._known[rights] = give(self._with(tuple(others)), last, self._around)
        return self._known[rights]

    def _withheld(self, need: Need) -> str:
        """Why a right that was granted is not given; empty if it is."""
        if need not in self._refused:
            self._refused[need] = self._reason(need)
        return self._refused[need]

    def _reason(self, need: Need) -> str:
        if not self._consent.permits(need.right):
            return f"{self._consent.ceiling_of} allows no more than level '{self._consent.ceiling}'"
        try:
            self._with((need,))
        except NeverGrantedError as error:
            return str(error)
        return ""

    def _memory(self, node: str, plan: Plan, asked: tuple[Need, ...]) -> int | None:
        """How much a node may use: what all may or, where that was granted, what it asks for."""
        limit, own = self._consent.limits.memory, plan.table.nodes[node].directives.memory
        if limit is None:
            return own
        granted = _largest(self._consent.allowed) if self._consent.permits("memory") else 0
        most = max(limit, min(granted, max(own or 0, _largest(asked))))
        if own and own > most:
            self.notes.append(
                f"Node '{node}' asks for {own / 1e9:,.1f} GB of memory and gets {most / 1e9:,.1f}. "
                f"To give it all, grant 'memory {own / 1e9:g} GB'."
            )
        return min(own or most, most)


def _unasked(plan: Plan, file: Path, consent: Consent) -> tuple[Need, ...]:
    if not consent.allowed:
        return ()
    asked = {need for node in plan.nodes for need in needs(plan, node)}
    folder = file.resolve().parent
    return tuple(
        allowed
        for allowed in consent.allowed
        if allowed.right != "memory" and not any(covers(allowed, need, folder) for need in asked)
    )


def _largest(rights: tuple[Need, ...]) -> int:
    return max((size(need.what) or 0 for need in rights if need.right == "memory"), default=0)
