"""The codes of all problems. They are stable: settings, comments and links name them."""

import re

CODES = frozenset(
    {
        "bad-section",
        "banned-import",
        "cycle",
        "dead-node",
        "duplicate-node",
        "edge-type",
        "generator-node",
        "missing-input",
        "module-side-effect",
        "risky-call",
        "shadowed-name",
        "syntax",
        "unknown-argument",
        "unknown-input",
        "unknown-node",
        "unreachable-node",
        "unused-ignore",
        "unused-input",
        "unused-setting",
        "variadic-input",
        "withheld-right",
    }
)
# What Python cannot compile cannot be talked away.
UNDENIABLE = "syntax"
# The rules of a security linter have codes of their own, and one that is for all of them.
RISKY_CALL = "risky-call"
# Of these a linter of its own may tell, later than the checks here.
_OF_THE_LINTER = frozenset({RISKY_CALL, "withheld-right"})
_RULE = re.compile(r"S\d{3,4}")


def codes_of(code: str) -> tuple[str, ...]:
    """The codes by which a problem can be meant, the narrowest first."""
    return (code, RISKY_CALL) if _RULE.fullmatch(code) else (code,)


def is_known(code: str) -> bool:
    """Whether a problem could have this code."""
    return not CODES.isdisjoint(codes_of(code))


def comes_late(code: str) -> bool:
    """Whether a problem with this code may be one that is not found yet."""
    return not _OF_THE_LINTER.isdisjoint(codes_of(code))
