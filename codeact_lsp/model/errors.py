"""Why there is no answer: one class a reason, each with the way out."""

from typing import ClassVar


class ModelError(Exception):
    """There is no usable answer; the message is a sentence for people.

    Attributes:
        kind: The reason as a word, for tapes and JSON.
        is_passing: Whether the same request may succeed a little later.
        retry_after: Seconds that the provider asks to wait; None if it says nothing.
    """

    kind: ClassVar[str] = "failed"
    is_passing: ClassVar[bool] = False
    # What to say; `{model}` is what was asked, `{said}` what the provider said.
    form: ClassVar[str] = "The model '{model}' gave no answer: {said}"

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotConfiguredError(ModelError):
    """No model was chosen."""

    kind = "not-configured"
    form = "No model is configured: set codeact.model or CODEACT_MODEL, such as 'openai/gpt-5'."


class NotInstalledError(ModelError):
    """litellm is not there, or does not load."""

    kind = "not-installed"
    form = (
        "Asking a model takes litellm, which is not usable here ({said}). "
        "Install it with: pip install 'codeact-lsp[model]'"
    )


class NoKeyError(ModelError):
    """The provider wants a key, and nobody has given one."""

    kind = "no-key"
    form = (
        "There is no key for '{model}': {said}. "
        "Set it in the environment of the editor or terminal, or give it to the editor."
    )


class UnauthorizedError(ModelError):
    """The key is not accepted (401, 403)."""

    kind = "unauthorized"
    form = "The provider of '{model}' does not accept the key: {said}. Give another."


class RateLimitedError(ModelError):
    """Too many requests, or no credit left (429)."""

    kind = "rate-limited"
    is_passing = True
    form = "The provider of '{model}' takes no more requests for now: {said}. Ask later.{pause}"


class UnavailableError(ModelError):
    """The provider failed (5xx)."""

    kind = "unavailable"
    is_passing = True
    form = "The provider of '{model}' failed: {said}. Ask again later.{pause}"


class UnreachableError(ModelError):
    """No connection to the provider."""

    kind = "unreachable"
    is_passing = True
    form = "The provider of '{model}' cannot be reached: {said}. Is codeact.modelBaseUrl right?"


class ForeignError(ModelError):
    """What answers there is no model: a page to log in, say."""

    kind = "foreign"
    form = (
        "What is found at the address of '{model}' does not answer as a model does: {said}. "
        "Is codeact.modelBaseUrl right?"
    )


class UnknownModelError(ModelError):
    """The provider has no such model (404)."""

    kind = "unknown-model"
    form = (
        "There is no model '{model}' at its provider: {said}. Its name has the provider in front, "
        "such as 'openai/gpt-5'. Is codeact.modelBaseUrl right?"
    )


class BadRequestError(ModelError):
    """The provider does not understand the request (400)."""

    kind = "bad-request"
    form = "The provider of '{model}' does not take the request: {said}. Another may."


class PromptTooLongError(ModelError):
    """The prompt does not fit into the model."""

    kind = "prompt-too-long"
    form = (
        "The prompt is longer than '{model}' takes: {said}. "
        "Lower 'prompt' in codeact.modelLimits, or split the function."
    )


class RefusedError(ModelError):
    """The model, or a filter of its provider, would rather not answer."""

    kind = "refused"
    form = "The model '{model}' refuses to answer: {said}. Another may."


class TruncatedError(ModelError):
    """The answer stops before its end."""

    kind = "truncated"
    form = "The answer of '{model}' is cut off: {said}. Ask again."


class EmptyError(ModelError):
    """The answer holds nothing."""

    kind = "empty"
    form = "The model '{model}' answered nothing: {said}. Another may."


class TooMuchError(ModelError):
    """The answer does not end."""

    kind = "too-much"
    form = "The answer of '{model}' was stopped: {said}. Ask again."


class SlowError(ModelError):
    """The answer does not come in time."""

    kind = "timeout"
    form = "The model '{model}' is too slow: {said}. 'seconds' in codeact.modelLimits allows more."


class BudgetError(ModelError):
    """The answers so far have taken what was allowed."""

    kind = "budget"

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(f"The model is not asked again: {message}", retry_after)


class StalledError(SlowError):
    """Nothing comes any more, or nothing at all; more time for the whole would not help."""

    kind = "stalled"
    form = "Nothing comes from the model '{model}': {said}. Ask again, or another."


class LostError(ModelError):
    """Our process that talks to the provider has ended."""

    kind = "lost"
    is_passing = True
    form = "The process that asks '{model}' ended before it had an answer."


_KINDS: dict[str, type[ModelError]] = {
    kind.kind: kind
    for kind in (
        NotConfiguredError, NotInstalledError, NoKeyError, UnauthorizedError, RateLimitedError,
        UnavailableError, UnreachableError, UnknownModelError, BadRequestError, PromptTooLongError,
        RefusedError, TruncatedError, EmptyError, TooMuchError, SlowError, StalledError, LostError,
        ForeignError, ModelError,
    )
}  # fmt: skip


def failure(
    kind: str, model: str | None, said: str = "", retry_after: float | None = None
) -> ModelError:
    """The error of a kind; of one that is not known the general one."""
    if kind == BudgetError.kind:
        return BudgetError(said)
    error = _KINDS.get(kind, ModelError)
    pause = f" It asks for a pause of {retry_after:,.0f} s." if retry_after else ""
    why = (said or "nothing is said of why").rstrip(". ")
    return error(error.form.format(model=model, said=why, pause=pause), retry_after)
