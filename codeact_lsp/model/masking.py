"""Keep secrets out of what is sent: keys, tokens and passwords, by their shapes and their names.

A secret is replaced by a name for it, the same one wherever it stands, so that code which holds one
can come back from a model and have it put in again.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from math import log2

_MARK = "MASKED_SECRET_"
_MARKED = re.compile(rf"{_MARK}\d+")

# The forms in which well-known services hand out keys, and in which keys are kept in files.
_KEYS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"  # A JSON web token.
    r"|\b(?:sk|pk|rk|whsec|r8|lin_api|shpat|shpss|dop_v1|glsa|nvapi|gsk|xai|pplx)[-_][\w-]{12,}"
    r"|\bgh[opsur]_\w{16,}|\bgithub_pat_\w{16,}|\bglpat-[\w-]{16,}|\bhf_\w{16,}|\bnpm_\w{16,}"
    r"|\bpypi-[\w-]{16,}|\bdckr_pat_[\w-]{16,}|\bxox[abeoprs]-[\w-]{10,}|\bxapp-[\w-]{10,}"
    r"|\b(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}\b|\bAIza[\w-]{30,}|\bya29\.[\w-]{20,}"
    r"|\bGOCSPX-[\w-]{20,}|\bSG\.[\w-]{16,}\.[\w-]{16,}|\b(?:SK|AC)[0-9a-f]{32}\b"
    r"|\bkey-[0-9a-f]{32}\b|\bsq0\w{3}-[\w-]{20,}|\bEAA[A-Za-z0-9]{30,}|\bATATT3[\w=-]{20,}"
    r"|\b\d{8,10}:[\w-]{35}\b|\b[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,}|\bage-secret-key-1\w{50,}"
    r"|hooks\.slack\.com/services/[\w/]+|discord(?:app)?\.com/api/webhooks/[\w/-]+",
    re.DOTALL | re.IGNORECASE,
)
# The password of an address, and what follows a scheme of HTTP.
_ADDRESSES = re.compile(
    r"(?<=://)[^\s/:@'\"]{0,100}:(?P<address>[^\s/'\"]{1,200})(?=@)"
    r"|\b(?:Bearer|Basic|Digest|Token) (?P<scheme>[\w.~+/=-]{8,})"
)
_NAME = (
    r"(?:passw(?:or)?d|passwd|passphrase|\bpass\b|pwd|\bpw\b|\bauth\b"
    r"|secret|token|api[-_ ]?key|access[-_ ]?key|account[-_ ]?key|shared[-_ ]?key|private[-_ ]?key"
    r"|encryption[-_ ]?key|signing[-_ ]?key"
    r"|credential|authorization|client[-_ ]?id|cookie|session[-_ ]?(?:id|key)|csrf|\bpin\b|\botp\b"
    r"|\bsas\b|\bsig\b|connection[-_ ]?string|license[-_ ]?key|mnemonic|seed[-_ ]?phrase)"
)
# `api_key = "..."`, `{"password": "..."}`, `connect(token='...')`: what stands in quotes.
_QUOTED = re.compile(
    rf"{_NAME}\w{{0,30}}['\"]?\]?(?:\s*:\s*\w+)?\s*(?:=|:|,|==|!=|is|was|of)?\s*"
    r"[rbuf]{0,2}(?:'(?P<one>[^'\n]{3,400})'|\"(?P<two>[^\"\n]{3,400})\")",
    re.IGNORECASE,
)
# `password=...`, `Password: ...`, `--token ...`: in text that is no code, also without quotes.
_BARE = re.compile(
    rf"{_NAME}\w{{0,30}}(?:\s*(?:=|:)\s*|\s+(?:is|was)\s+|(?<=\w)\s+(?=\S*\d)(?=\S{{8}}))"
    r"(?P<bare>(?![{%])[^\s'\",;&)}\]]{3,400})",
    re.IGNORECASE,
)
# What is text in code: literals and comments.
_LITERALS = re.compile(r'''"""(?:.*?)"""|\'{3}.*?\'{3}|"[^"\n]*"|'[^'\n]*'|\#[^\n]*''', re.DOTALL)
# What no word of a language looks like: long, and of letters and digits at random.
_RANDOM = re.compile(r"(?<![\w/+.-])[\w+/~-]{20,}={0,2}(?![\w/+])")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F-]{32,}")
_BITS = 3.7
_CHANGES = 4


# A word may be anything, such as the name of a column.
_WORD = re.compile(r"[A-Za-z_]{1,15}")
_SHORTEST = 6


def written(code: str) -> set[str]:
    """The secrets that are written into code, and can be nothing else where they turn up."""
    masker = Masker()
    masker.code(code)
    return {each for each in masker.secrets if len(each) >= _SHORTEST and not _WORD.fullmatch(each)}


class Masker:
    """Replaces secrets by names for them, and knows what each name stands for.

    Args:
        known: Texts that are known to be secret, whatever they look like and wherever they stand.
        said: Texts that are secret where something is said, and in code may be something else.
    """

    def __init__(self, known: Iterable[str] = (), said: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        self._in_code: set[str] = set()
        known = {*known}
        self._known = _any_of(known)
        self._said = _any_of(known.union(said))

    @property
    def secrets(self) -> frozenset[str]:
        """All that were found so far."""
        return frozenset(self._names)

    def code(self, text: str) -> str:
        """Source code without secrets: what stands in quotes, and what has the shape of one."""
        masked = self._applied(text, *self._known, _KEYS, _ADDRESSES, _QUOTED)
        masked = _LITERALS.sub(lambda found: _BARE.sub(self._replaced, found[0]), masked)
        self._in_code |= {found[0] for found in _MARKED.finditer(masked)}
        return masked

    def text(self, text: str) -> str:
        """Any other text without secrets: a message, a value, an output."""
        return self._applied(text, *self._said, _KEYS, _ADDRESSES, _QUOTED, _BARE)

    def restored(self, text: str) -> str:
        """Code with the secrets that it had before.

        Those of values stay masked: nobody may have them written into code.
        """
        known = {name: secret for secret, name in self._names.items() if name in self._in_code}
        return _MARKED.sub(lambda found: known.get(found[0], found[0]), text)

    def _applied(self, text: str, *patterns: re.Pattern[str]) -> str:
        for pattern in patterns:
            text = pattern.sub(self._replaced, text)
        return _RANDOM.sub(self._if_random, text)

    def _replaced(self, found: re.Match[str]) -> str:
        """The match with its secret masked: the group that took part, else all of it."""
        group = next((name for name, value in found.groupdict().items() if value), 0)
        secret = found[group]
        if _MARK in secret:
            return found[0]
        start, end = found.span(group)
        before, after = found[0][: start - found.start()], found[0][end - found.start() :]
        return f"{before}{self._name(secret)}{after}"

    def _if_random(self, found: re.Match[str]) -> str:
        text = found[0]
        is_key = _MARK not in text and (_HEXADECIMAL.fullmatch(text) or _is_random(text))
        return self._name(text) if is_key else text

    def _name(self, secret: str) -> str:
        return self._names.setdefault(secret, f"{_MARK}{len(self._names) + 1}")


def _any_of(texts: Iterable[str]) -> list[re.Pattern[str]]:
    longest_first = sorted(texts, key=len, reverse=True)
    return [re.compile("|".join(map(re.escape, longest_first)))] if longest_first else []


def _is_random(text: str) -> bool:
    """Whether letters and digits follow one another as in no name that people give."""
    kinds = [_kind(character) for character in text]
    changes = sum(one != other for one, other in pairwise(kinds))
    is_mixed = "digit" in kinds and len(set(kinds)) > 2  # noqa: PLR2004 - both cases of letters.
    return is_mixed and changes >= _CHANGES and _entropy(text) >= _BITS


def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    return "upper" if character.isupper() else "other"


def _entropy(text: str) -> float:
    """Bits for each character."""
    shares = [text.count(character) / len(text) for character in set(text)]
    return -sum(share * log2(share) for share in shares)
