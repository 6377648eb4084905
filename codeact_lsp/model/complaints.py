"""What an exception of litellm means. The names of its classes are all that is relied on."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

_MOST_SAID = 300
_SERVER_FAULT = 500
_NOT_TAKEN = frozenset({400, 422})
# Classes that say more than the status of the answer does.
_KINDS = {
    "ContextWindowExceededError": "prompt-too-long",
    "ContentPolicyViolationError": "refused",
    "RejectedRequestError": "refused",
    "BudgetExceededError": "rate-limited",
    "MidStreamFallbackError": "truncated",
    "Timeout": "timeout",
    "APIConnectionError": "unreachable",
}
_STATUSES = {
    401: "unauthorized",
    402: "rate-limited",  # No credit left.
    403: "unauthorized",
    404: "unknown-model",
    408: "timeout",
    413: "prompt-too-long",
    429: "rate-limited",
}
# The names under which clients of HTTP say that nobody listens there.
_UNREACHABLE = frozenset({"ConnectError", "ClientConnectorError", "ConnectionRefusedError"})
_NO_KEY = re.compile(r"(?i)\b(?:missing|set) .*(?:api.?key|credentials)")
_PREFIX = re.compile(r"^(?:litellm\.\w+: |\w+Exception - |\w+Error: |Error code: \d+ - )+")


def complaint(error: Exception, key: str | None, missing: Sequence[str]) -> dict[str, Any]:
    """The kind of `ModelError` that an exception stands for, and what it says, without keys.

    Args:
        error: The exception.
        key: The key that was sent, if one was handed over.
        missing: The variables of the environment that would hold one, if they are not set.
    """
    kind = _kind(error)
    said = _PREFIX.sub("", str(error)).partition(" Original exception:")[0].strip()
    said = _without_keys(said.partition("\n")[0], key)
    if key is None and missing and (kind == "unauthorized" or _NO_KEY.search(said)):
        kind, said = "no-key", f"{' or '.join(missing)} is not set"
    return {"kind": kind, "said": said[:_MOST_SAID], "retry_after": _retry_after(error)}


def _kind(error: Exception) -> str:
    if "LLM Provider NOT provided" in str(error):
        return "unknown-model"
    names = [type(each).__name__ for each in _chain(error)]
    if names[0] != "MidStreamFallbackError" and _UNREACHABLE.intersection(names):
        return "unreachable"
    known = (_KINDS[each.__name__] for each in type(error).__mro__ if each.__name__ in _KINDS)
    return next(known, None) or _of_status(getattr(error, "status_code", None))


def _of_status(status: Any) -> str:
    if not isinstance(status, int):
        return "failed"
    return _STATUSES.get(status, "unavailable" if status >= _SERVER_FAULT else "bad-request")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception, and those that it came from."""
    seen: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in seen:
        seen.append(at)
        at = at.__cause__ or at.__context__
    return iter(seen)


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    told = headers.get("retry-after") or ""
    try:
        return max(float(told), 0.0)
    except ValueError:
        return _until(told)


def _until(date: str) -> float | None:
    """Seconds until a date as HTTP writes it; None if it is none."""
    try:
        at = parsedate_to_datetime(date)
    except ValueError:
        return None
    return max((at - datetime.now(UTC)).total_seconds(), 0.0) if at.tzinfo else None


def refused(error: Exception, arguments: Mapping[str, Any]) -> dict[str, Any] | None:
    """The arguments without what a provider would not take and can be spared; None if nothing can.

    Args:
        error: What the provider said.
        arguments: What it was asked with.
    """
    said = str(error)
    if getattr(error, "status_code", None) not in _NOT_TAKEN:
        return None
    if "stream_options" in said and "stream_options" in arguments:
        return {name: value for name, value in arguments.items() if name != "stream_options"}
    if "max_tokens" in said and "max_tokens" in arguments:
        others = {name: value for name, value in arguments.items() if name != "max_tokens"}
        # Newer models of OpenAI's take only the newer name.
        newer = {"max_completion_tokens": arguments["max_tokens"]}
        return others | newer if "max_completion_tokens" in said else None
    return None


def _without_keys(text: str, key: str | None) -> str:
    """What providers say may quote the key."""
    values = [value for name, value in os.environ.items() if re.search("KEY|TOKEN|SECRET", name)]
    for value in sorted({*values, key or ""}, key=len, reverse=True):
        if len(value) >= 6:  # noqa: PLR2004 - what is shorter is no key, and part of many words.
            text = text.replace(value, "••••••")
    return re.sub(r"\b(?:sk|pk|rk)-[\w*-]{6,}", "••••••", text)
