"""What looks like a credential is not shown, whatever the name that it goes by."""

import re

MASK = "••••••"
_NAME = r"passw|secret|token|api_?key|credential|private_?key"
_SECRET_NAME = re.compile(_NAME, re.IGNORECASE)
# The forms in which well-known services hand out keys.
_KEY = (
    r"(?:sk|pk|rk)[-_][\w-]{16,}|gh[opsur]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|hf_\w{20,}"
    r"|xox[abeprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"
)
_SHAPES = re.compile(
    rf"\b(?:{_KEY})"
    r"|(?<=://)(?P<user>[^\s/:@'\"]{0,100}):[^\s/@'\"]{1,200}(?=@)"
    r"|(?P<scheme>\b(?:Bearer|Basic) )[\w.~+/=-]{8,}"
    # As objects and dictionaries write what they hold.
    rf"|(?P<member>(?i:{_NAME})\w{{0,40}}(?:=|['\"]: ?))(?:'[^']*'?|\"[^\"]*\"?)"
)


def is_secret(name: str) -> bool:
    """Whether what bears this name is likely to be a secret."""
    return _SECRET_NAME.search(name) is not None


def masked(text: str) -> str:
    """The text without the keys, tokens and passwords of addresses in it."""
    return _SHAPES.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    if found["user"] is not None:
        return f"{found['user']}:{MASK}"
    return f"{found['scheme'] or found['member'] or ''}{MASK}"
