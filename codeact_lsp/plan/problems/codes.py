"""The codes of all problems. They are stable: settings, comments and links name them."""

CODES = frozenset(
    {
        "bad-section",
        "cycle",
        "dead-node",
        "duplicate-node",
        "edge-type",
        "generator-node",
        "missing-input",
        "module-side-effect",
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
    }
)
# What Python cannot compile cannot be talked away.
UNDENIABLE = "syntax"
