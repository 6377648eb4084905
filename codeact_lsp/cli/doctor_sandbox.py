"""What `codeact doctor` says of the sandbox: level, tier, and the evidence for each promise."""

from collections.abc import Iterator
from dataclasses import replace

from codeact_lsp.cli.doctor_finding import Finding
from codeact_lsp.engine.permissions.consent import DEFAULT_LEVEL, Consent
from codeact_lsp.engine.permissions.demands import of_level
from codeact_lsp.engine.permissions.proofs import proven
from codeact_lsp.engine.permissions.refusal import refusal
from codeact_lsp.engine.workspace.interpreter import Interpreter
from codeact_lsp.sandbox.containers import version_of
from codeact_lsp.sandbox.mechanisms import Mechanisms, mechanisms
from codeact_lsp.sandbox.proof import Proof


async def sandbox(interpreter: Interpreter, consent: Consent) -> list[Finding]:
    """Run the self-test, whatever it came to before.

    Args:
        interpreter: The Python that nodes run in.
        consent: What the user says about all plans.
    """
    proof = await proven(interpreter, afresh=True)
    return findings(proof, consent, mechanisms())


def findings(proof: Proof, consent: Consent, found: Mechanisms) -> list[Finding]:
    """What a proof means to a user.

    Args:
        proof: What was shown.
        consent: What the user says about all plans.
        found: The mechanisms that there are.
    """
    return [
        _level(consent),
        _tier(proof, consent),
        *_working(found),
        *_missing(proof),
        *_promises(proof, consent),
    ]


def _working(found: Mechanisms) -> Iterator[Finding]:
    if found.bubblewrap:
        yield Finding("bubblewrap", f"{found.bubblewrap}, {version_of(found.bubblewrap)}")
    if found.landlock:
        yield Finding("Landlock", f"version {found.landlock} of its interface")
    if found.seccomp:
        yield Finding("seccomp", "the kernel filters, and libseccomp makes the filters")
    if found.cgroup:
        yield Finding("control group", str(found.cgroup))


def _level(consent: Consent) -> Finding:
    if consent.level == "off":
        remedy = "Remove `level` from your own configuration to have nodes confined."
        return Finding("level", "off: nodes have all your rights", remedy)
    return Finding("level", consent.level)


def _tier(proof: Proof, consent: Consent) -> Finding:
    """What is enforced, against what the default level needs and what the user wants at least."""
    about = {"tier": int(proof.tier), "minimum": int(consent.minimum_tier)}
    found = Finding("tier", str(proof.tier), about=about)
    for minimum, level in ((_DEFAULT, DEFAULT_LEVEL), (consent.minimum_tier, consent.level)):
        if refused := refusal(proof, minimum, of_level(level)):
            return replace(found, found=refused.why, remedy=refused.remedy)
    return found


def _missing(proof: Proof) -> Iterator[Finding]:
    """Mechanisms that do not work; beyond what the default level needs they are a gain."""
    for lack in proof.lacking:
        yield Finding(lack.mechanism, lack.found, lack.remedy, needed=lack.tier <= _DEFAULT)


def _promises(proof: Proof, consent: Consent) -> Iterator[Finding]:
    """The evidence; where a mechanism is missing, its remedy stands with that."""
    expected = max(proof.expected, consent.minimum_tier, _DEFAULT, _EVERYWHERE)
    for each in proof.evidence:
        needed = [lack for lack in proof.lacking if lack.tier <= each.tier]
        # What is not promised for want of several things takes all of them.
        lacks = [lack.mechanism for lack in needed if not each.ok]
        yield Finding(
            name=each.promise,
            found=f"by {each.mechanism}; {each.found}"
            if each.ok and each.mechanism
            else each.found,
            remedy=f"See {', '.join(lacks)} above." if lacks else each.remedy,
            needed=each.tier <= expected,
            about={"promised_from_tier": int(each.tier), "mechanism": each.mechanism},
        )


_DEFAULT = Consent().minimum_tier
# Whatever confines nodes, on whatever system, has to keep the promises of this tier.
_EVERYWHERE = 1
