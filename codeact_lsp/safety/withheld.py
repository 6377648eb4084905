"""What is of no use at a level: modules and functions that need a right which it withholds.

The standard library's are those whose audit events CPython's table of them names, and what is made
of these alone; of other packages those that ruff's rules S113, S507 and ASYNC210 know as clients.
This is no list of what is dangerous: what a node may do the sandbox decides, not its imports.
"""

from collections.abc import Mapping

from codeact_lsp.plan.problems.import_rules import ImportRules
from codeact_lsp.sandbox.levels import Level

# Modules that are of no use without the right.
_MODULES: Mapping[str, tuple[str, ...]] = {
    "network": (
        *("ftplib", "http.client", "imaplib", "nntplib", "poplib", "smtplib", "socket"),
        *("telnetlib", "urllib.request"),
        *("http.server", "socketserver", "xmlrpc.client", "xmlrpc.server"),
        *("httpx", "paramiko", "requests", "urllib3"),
    ),
    "processes": ("pty", "subprocess", "webbrowser"),
}
_VARIANTS = ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")
# Functions and classes that are of none, in modules that are of use without it.
_MEMBERS: Mapping[str, tuple[str, ...]] = {
    "network": (
        *("asyncio.open_connection", "asyncio.open_unix_connection"),
        *("asyncio.start_server", "asyncio.start_unix_server"),
    ),
    "processes": (
        *("os.fork", "os.forkpty", "os.popen", "os.posix_spawn", "os.posix_spawnp"),
        *("os.startfile", "os.system"),
        *(f"os.{start}{variant}" for start in ("exec", "spawn") for variant in _VARIANTS),
        *("asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell"),
        "concurrent.futures.ProcessPoolExecutor",
        *("multiprocessing.Manager", "multiprocessing.Pool", "multiprocessing.Process"),
        *("multiprocessing.pool.Pool", "multiprocessing.managers.BaseManager"),
    ),
}


def import_rules(level: Level = Level.STRICT) -> ImportRules:
    """The rules for imports that follow from a level alone: they advise, and forbid nothing."""
    withheld = {name: right for right in rights(level) for name in _MODULES[right]}
    return ImportRules(withheld=withheld, level=level.value)


def members(level: Level) -> Mapping[str, str]:
    """The functions and classes that are of no use at a level, each with the right it needs."""
    return {name: right for right in rights(level) for name in _MEMBERS[right]}


def rights(level: Level) -> tuple[str, ...]:
    """The rights that a level withholds, of those that a call can be seen to need."""
    match level:
        case Level.STRICT:
            return ("network", "processes")
        case Level.STANDARD | Level.WRITE:
            return ("network",)
        case Level.NETWORK | Level.OFF:
            return ()
