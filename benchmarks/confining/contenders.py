"""Who is measured: our engine with the sandbox and without, and what else isolates a function."""

from benchmarks.running import contenders as others
from benchmarks.running.contenders import Contender

STRICT = others.OURS
"""As users have it: the default level is the strictest one."""
OFF = Contender(
    "codeact, level off", "benchmarks.running.drive_codeact", "off", package="codeact-lsp"
)
STANDARD = Contender("codeact, level standard", "", "", package="codeact-lsp")
"""Only in a server: nodes that may start processes."""
FORKS = others.FORKS
FRESH = Contender("fresh python", "benchmarks.confining.drive_fresh", "python")
BWRAP = Contender("fresh bwrap python", "benchmarks.confining.drive_fresh", "bwrap")
PROXY = Contender("the proxy of nodes", "benchmarks.confining.drive_proxy", "proxy")

TASKS: dict[str, tuple[Contender, ...]] = {
    "isolated": (STRICT, OFF, FORKS, FRESH, BWRAP),
    "passing": (STRICT, OFF),
    "proof": (STRICT,),
    "transfer": (PROXY,),
}
