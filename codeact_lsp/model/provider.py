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

from codeact_lsp.model.complaints import complaint, refused
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
# No text has so many for each of its tokens: who sends more does not heed how many they may be.
_MOST_PER_TOKEN = 8
# For servers that ask for no key. The client that litellm uses refuses to be without one.
_NO_KEY = "none"
_MANY = 1_000
_TOO_DEAR = "what is left of the budget is too little for the prompt."

Event = dict[str, Any]


async def answers(request: dict[str, Any], key: str | None) -> AsyncGenerator[Event, None]:
    """Ask once, without retries, and tell of the answer as it comes.

    Args:
        request: `model`, `base_url`, `messages`, `prompt_tokens` (about how many those are),
            `tokens` (the most of the answer), `money` (US dollars, the most for both), and
            `seconds` (the most that it may take).
        key: The key that was handed over; without one litellm looks in the environment.

    Yields:
        `text` for each part and `thought` for what the model says to itself, then `done` with how
        it ended and what it took, or `failed` with the kind of a `ModelError` and what was said of
        the reason.
    """
    key = key or os.environ.get(KEY_VARIABLE)
    request = request | {"tokens": _affordable(request)}
    if request["tokens"] < 1:
        yield {"event": "failed", "kind": "budget", "said": _TOO_DEAR}
        return
    try:
        stream = await _begun(_arguments(request, key))
        async with aclosing(stream):
            async for event in _told(stream, request):
                yield event
    except Exception as error:  # noqa: BLE001 - providers fail in ways that nobody has listed.
        yield {"event": "failed", **complaint(error, key, _missing(request["model"]))}


def _affordable(request: dict[str, Any]) -> int:
    """How many tokens of an answer there is money for; of a model without a price all of them."""
    try:
        prices = litellm.cost_per_token(
            model=request["model"],
            prompt_tokens=request["prompt_tokens"],
            completion_tokens=_MANY,
        )
    except Exception:  # noqa: BLE001 - of a model without a price it raises what it likes.
        return int(request["tokens"])
    if not prices[1]:
        return int(request["tokens"]) if request["money"] >= prices[0] else 0
    paid = int((request["money"] - prices[0]) / prices[1] * _MANY)
    return min(int(request["tokens"]), paid)


async def _begun(arguments: dict[str, Any]) -> Any:
    """The answer's stream; what a provider does not take and can be spared is left out."""
    while True:
        try:
            return await litellm.acompletion(**arguments)
        except Exception as error:
            spared = refused(error, arguments)
            if spared is None:
                raise
            arguments = spared


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
    finish, usage, length, parts = None, None, 0, 0
    most = min(_MOST_CHARACTERS, request["tokens"] * _MOST_PER_TOKEN)
    async for chunk in stream:
        usage = getattr(chunk, "usage", None) or usage
        for choice in chunk.choices[:1]:
            finish = choice.finish_reason or finish
            parts += not choice.finish_reason
            if thought := getattr(choice.delta, "reasoning_content", None):
                length += len(thought)
                yield {"event": "thought", "length": len(thought)}
            if text := choice.delta.content:
                length += len(text)
                yield {"event": "text", "text": text}
        if length > most:
            finish = "endless"
            break
    if finish == "stop" and not parts and usage is None:
        yield {"event": "failed", "kind": "foreign", "said": _form(stream)}
        return
    done = {"event": "done", "finish": finish, "tokens": request["tokens"]}
    yield done | _taken(usage, request)


def _form(stream: Any) -> str:
    """What came in the place of an answer."""
    headers = (getattr(stream, "_hidden_params", None) or {}).get("additional_headers") or {}
    kind = str(headers.get("llm_provider-content-type") or "").partition(";")[0]
    return f"it sends {kind}" if kind else "it sends nothing"


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
