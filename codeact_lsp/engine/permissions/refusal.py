"""Whether nodes run at all: not where less is enforced than the user wants at least."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from codeact_lsp.engine.permissions.demands import A_PYTHON, Demand, unmet
from codeact_lsp.engine.permissions.proofs import proven
from codeact_lsp.engine.permissions.usable import fault_with, may_start
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.confinement import look_ahead
from codeact_lsp.sandbox.lasting import still_lost
from codeact_lsp.sandbox.levels import Policy
from codeact_lsp.sandbox.mechanisms import Mechanisms, WithholdError, mechanisms
from codeact_lsp.sandbox.proof import Promise, Proof
from codeact_lsp.sandbox.remedies import Lack, lacking
from codeact_lsp.sandbox.system import look
from codeact_lsp.sandbox.tiers import Tier, attainable

_ANOTHER_PYTHON = "The setting `interpreter`, or --interpreter, chooses another one."


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no node runs, and the way out, both in words.

    Attributes:
        why: What is enforced, what is wanted, and what stands between.
        remedy: What to do, with the exact command where there is one.
    """

    why: str
    remedy: str

    @property
    def message(self) -> str:
        """A sentence for where nodes were to run."""
        return f"Nodes do not run here: {self.why}."

    @property
    def text(self) -> str:
        """Both, for where they are read together."""
        return f"{self.message}\n{self.remedy}"


async def refused(
    interpreter: Interpreter, minimum: Tier, policies: Collection[Policy] = ()
) -> Refusal | None:
    """Why nodes must not run here; None if they may.

    Args:
        interpreter: The Python that they would run in.
        minimum: What has to be enforced at least.
        policies: What they may do.
    """
    if minimum is Tier.NONE:
        return None
    try:
        if gone := await asyncio.to_thread(_gone, minimum, policies):
            return gone
        if brought := await asyncio.to_thread(looked, interpreter, policies):
            return brought
        proof = await proven(interpreter)
        found = refusal(proof, minimum, policies)
        unusable = found and await asyncio.to_thread(_unusable, interpreter)
        return unusable or (found and blamed(interpreter, proof, found))
    except WithholdError as error:
        return _misspelt(error)


def blamed(interpreter: Interpreter, proof: Proof, refused: Refusal) -> Refusal:
    """The same refusal, with what to do if nothing is missing but what came with the workspace."""
    ran = any(each.ok for each in proof.evidence if each.promise is Promise.RUNS)
    if ran or proof.lacking_of(Tier.CONTAINED) or not interpreter.of_workspace:
        return refused
    why = f"The Python of the workspace, {interpreter.path}, may be what keeps them from it."
    return replace(refused, remedy=f"{why} {_ANOTHER_PYTHON}")


def foreseen(minimum: Tier, policies: Collection[Policy] = ()) -> tuple[Tier, Refusal | None]:
    """What should be enforced by the mechanisms that there are, and why nodes could not run then.

    No process of the workspace's is started for that. It takes some 30 ms once, in any thread.

    Args:
        minimum: What has to be enforced at least.
        policies: What they may do.
    """
    try:
        found = still_lost() or mechanisms()
    except WithholdError as error:
        return Tier.NONE, _misspelt(error)
    expected = attainable(found)
    return expected, refusal(_by_mechanisms(found), minimum, policies)


def refusal(proof: Proof, minimum: Tier, policies: Collection[Policy] = ()) -> Refusal | None:
    """Why nodes must not run; None if they may.

    Args:
        proof: What was shown.
        minimum: What has to be enforced at least; who wants nothing gets whatever there is.
        policies: What the nodes may do.
    """
    if not proof.tier.reaches(minimum):
        return _missed(proof, minimum)
    if minimum is not Tier.NONE and (demand := unmet(policies, proof.tier)):
        return _too_much(proof, demand)
    return None


def _by_mechanisms(found: Mechanisms) -> Proof:
    """What they should come to, with nothing tried."""
    expected = attainable(found)
    return Proof(expected, expected, (), lacking(found, look()))


def _gone(minimum: Tier, policies: Collection[Policy]) -> Refusal | None:
    """What a worker that did not start has shown to be missing by now."""
    now = still_lost()
    return refusal(_by_mechanisms(now), minimum, policies) if now else None


def looked(interpreter: Interpreter, policies: Collection[Policy]) -> Refusal | None:
    """Look at all that a worker's start has to know of this machine; it starts none.

    Args:
        interpreter: The Python that nodes would run in.
        policies: What they may do.

    Returns:
        Why that Python is not even started to see what holds it; None if it is.

    Raises:
        WithholdError: A mechanism is to be withheld that nobody knows.
    """
    found = mechanisms()
    look_ahead(policies, interpreter.path, found)
    return None if may_start(interpreter, found) else _too_much(_by_mechanisms(found), A_PYTHON)


def _missed(proof: Proof, minimum: Tier) -> Refusal:
    """Less is enforced than the user wants."""
    why, remedy = _obstacle(proof, minimum)
    return Refusal(
        why=f"{proof.tier} is enforced, {minimum} is wanted at least, and {why}",
        remedy="\n".join(filter(None, (remedy, _acceptance(proof.tier)))),
    )


def _too_much(proof: Proof, demand: Demand) -> Refusal:
    """The user wants no more, but what was granted takes more."""
    why, remedy = _obstacle(proof, demand.tier)
    return Refusal(
        why=f"{proof.tier} is enforced, and the right {demand.right} takes {demand.tier}, without "
        f"which {demand.beyond}; {why}",
        remedy="\n".join(filter(None, (remedy, demand.way_out))),
    )


def _unusable(interpreter: Interpreter) -> Refusal | None:
    """What is wrong with the interpreter itself, so that nothing could be shown with it."""
    fault = fault_with(interpreter)
    return Refusal(why=fault, remedy=_ANOTHER_PYTHON) if fault else None


def _misspelt(error: WithholdError) -> Refusal:
    return Refusal(why=str(error).rstrip("."), remedy="Correct the variable, or unset it.")


def _obstacle(proof: Proof, wanted: Tier) -> tuple[str, str]:
    """What stands between what is enforced and a tier, and how to get over it.

    All that is missing is told at once: who gets one thing should not learn of the next only then.
    """
    if lacks := proof.lacking_of(wanted):
        return _missing(lacks), "\n".join(dict.fromkeys(lack.remedy for lack in lacks))
    return next(_unseen(proof, wanted), (f"{wanted} is none of this system's", ""))


def _missing(lacks: Sequence[Lack]) -> str:
    if len(lacks) == 1:
        verb = "do" if "namespaces" in lacks[0].mechanism else "does"
        return f"{lacks[0].mechanism} {verb} not work ({lacks[0].found})"
    named = (f"{lack.mechanism} ({lack.found})" for lack in lacks)
    return f"these do not work: {', '.join(named)}"


def _unseen(proof: Proof, minimum: Tier) -> Iterator[tuple[str, str]]:
    for evidence in proof.evidence:
        if not evidence.ok and evidence.tier <= max(minimum, Tier.KERNEL):
            yield f"it was not seen that {evidence.promise} ({evidence.found})", evidence.remedy


def _acceptance(tier: Tier) -> str:
    if tier is Tier.NONE:
        return ""
    name = tier.name.lower()
    return (
        f'To accept what there is, set `minimum-tier = "{name}"` in your own configuration, '
        f"or pass --minimum-tier {name}."
    )
