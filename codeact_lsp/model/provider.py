"""Ask a provider: the one file that imports litellm. Only the side process imports this file."""

import os
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

# Before the import: otherwise it fetches a list of prices and reads a `.env` file of anybody's.
os.environ.update(
    LITELLM_LOCAL_MODEL_COST_MAP="True",
    LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS="True",
    LITELLM_LOCAL_BLOG_POSTS="True",
    LITELLM_OFFLINE_MODE="true",
    LITELLM_MODE="PRODUCTION",
    LITELLM_LOG="CRITICAL",
    LITELLM_DONT_SHOW_FEEDBACK_BOX="True",
)

import litellm

from codeact_lsp.model.complaints import complaint
from codeact_lsp.model.settings import KEY_VARIABLE

litellm.suppress_debug_info = True
litellm.disable_hf_tokenizer_download = True
litellm.telemetry = False
litellm.turn_off_message_logging = True
# What a model does not know of is left out, and is no error.
litellm.drop_params = True
for _called in ("callbacks", "input_callback", "success_callback", "failure_callback"):
    setattr(litellm, _called, [])

# More than any answer that is of use here; who sends more does not mean to end.
_MOST_CHARACTERS = 400_000
# For servers that ask for no key. The client that litellm uses refuses to be without one.
_NO_KEY = "none"

Event = dict[str, Any]


async def answers(request: dict[str, Any], key: str | None) -> AsyncGenerator[Event, None]:
    """Ask once, without retries, and tell of the answer as it comes.

    Args:
        request: `model`, `base_url`, `messages`, `tokens` (the most of the answer), and
            `seconds` (the most that it may take).
        key: The key that was handed over; without one litellm looks in the environment.

    Yields:
        `text` for each part, then `done` with how it ended and what it took, or `failed` with the
        kind of a `ModelError` and what was said of the reason.
    """
    key = key or os.environ.get(KEY_VARIABLE)
    try:
        stream = await litellm.acompletion(**_arguments(request, key))
        async with aclosing(stream):
            async for event in _told(stream, request):
                yield event
    except Exception as error:  # noqa: BLE001 - providers fail in ways that nobody has listed.
        yield {"event": "failed", **complaint(error, key, _missing(request["model"]))}


def _arguments(request: dict[str, Any], key: str | None) -> dict[str, Any]:
    base_url = request.get("base_url")
    arguments = {
        "model": request["model"],
        "messages": request["messages"],
        "max_tokens": request["tokens"],
        "timeout": request["seconds"],
        "api_base": base_url,
        "api_key": key or (_NO_KEY if base_url and _missing(request["model"]) else None),
    }
    given = {name: value for name, value in arguments.items() if value is not None}
    # Retries are ours: those of litellm are made unseen, and multiply the time.
    settled = {"max_retries": 0, "num_retries": 0, "stream": True}
    return given | settled | {"stream_options": {"include_usage": True}}


def _missing(model: str) -> list[str]:
    """The variables that would hold the key of a model, if none of them is set."""
    checked = litellm.validate_environment(model)
    return [] if checked["keys_in_environment"] else list(checked["missing_keys"])


async def _told(stream: Any, request: dict[str, Any]) -> AsyncIterator[Event]:
    finish, usage, length = None, None, 0
    async for chunk in stream:
        usage = getattr(chunk, "usage", None) or usage
        for choice in chunk.choices[:1]:
            finish = choice.finish_reason or finish
            if text := choice.delta.content:
                length += len(text)
                yield {"event": "text", "text": text}
        if length > _MOST_CHARACTERS:
            finish = "endless"
            break
    yield {"event": "done", "finish": finish, **_taken(usage, request)}


def _taken(usage: Any, request: dict[str, Any]) -> dict[str, Any]:
    """What it took, as far as the provider says so and the price is known."""
    if usage is None:
        return {}
    counts = {"prompt_tokens": usage.prompt_tokens, "completion_tokens": usage.completion_tokens}
    try:
        cost = sum(litellm.cost_per_token(model=request["model"], **counts))
    except Exception:  # noqa: BLE001 - of a model without a price it raises what it likes.
        cost = None
    taken = {"tokens_in": usage.prompt_tokens, "tokens_out": usage.completion_tokens}
    return {**taken, "cost": cost}
