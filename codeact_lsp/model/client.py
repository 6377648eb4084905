"""Ask a model: within limits of time and means, and again where that may help."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import replace
from time import monotonic
from typing import Unpack

from codeact_lsp.model.account import Account
from codeact_lsp.model.completing import How
from codeact_lsp.model.errors import ModelError, UnauthorizedError, failure
from codeact_lsp.model.messages import Message, Reply
from codeact_lsp.model.question import Answer, Question
from codeact_lsp.model.settings import ModelSettings
from codeact_lsp.model.side_process import Asked, Event, KeySource, SideProcess

# Loading litellm takes seconds, and on a busy machine many. They are no fault of the provider's.
_LOADING_SECONDS = 120.0


class Model:
    """One model of one provider. Nothing is started before the first question.

    Args:
        settings: Which model, and its limits.
        key: Asked for the user's key when the side process starts; without it, or where it returns
            None, the key comes from the environment.
        side: The process, if others use it too; it knows by itself where keys come from.
    """

    def __init__(
        self,
        settings: ModelSettings,
        key: KeySource | None = None,
        side: SideProcess | None = None,
    ) -> None:
        self.settings = settings
        self._side = side or SideProcess(key)

    @property
    def pid(self) -> int | None:
        """The number of the side process while it lives."""
        return self._side.pid

    async def complete(
        self, messages: Sequence[Message], *, account: Account, **how: Unpack[How]
    ) -> Reply:
        """Ask, and wait for the whole answer: see `Completes`.

        Raises:
            ModelError: There is no usable answer; the class says why.
        """
        if self.settings.model is None:
            raise failure("not-configured", None)
        limits = self.settings.limits
        question = Question(messages, limits.tokens, **how)
        account.check(question.prompt_tokens)
        await self._load()
        return await self._persist(question, account, monotonic() + limits.whole)

    async def close(self) -> None:
        """End the side process, and with it every question."""
        await self._side.close()

    async def _load(self) -> None:
        """Start the side process, unless it runs, and wait until it can ask."""
        asked = await self._ask({"do": "load"})
        try:
            said = "it takes too long to load litellm"
            event = await self._next(asked, _LOADING_SECONDS, "stalled", said)
        finally:
            self._side.finish(asked)
        if event["event"] != "done":
            raise self._failed(event)

    async def _persist(self, question: Question, account: Account, deadline: float) -> Reply:
        """Ask, and ask again while that may help and the deadline allows it."""
        started, attempt = monotonic(), 0
        while True:
            answer = Answer()
            tokens = min(question.tokens, account.check(question.prompt_tokens))
            try:
                with account.holding(question.prompt_tokens + tokens):
                    request = self._request(replace(question, tokens=tokens), account.money)
                    await self._attempt(question, request, answer, deadline)
                return answer.reply(question, self.settings.model or "", monotonic() - started)
            except ModelError as error:
                pause = self._pause(error, attempt)
                is_heard = question.heard is not None and answer.parts
                if pause is None or is_heard or monotonic() + pause > deadline:
                    raise
            finally:
                account.add(answer.spent(question))
            attempt += 1
            await asyncio.sleep(pause)

    async def _attempt(
        self, question: Question, request: Event, answer: Answer, deadline: float
    ) -> None:
        """Ask once, and put what comes into the answer."""
        asked = await self._ask(request)
        try:
            while not answer.done:
                self._take(
                    await self._next(asked, *self._patience(answer, deadline)), question, answer
                )
        except ModelError:
            # What fails behind the end mark takes nothing away.
            if not answer.is_whole(question):
                raise
        finally:
            self._side.finish(asked)

    def _take(self, event: Event, question: Question, answer: Answer) -> None:
        match event["event"]:
            case "done":
                answer.done = event
            case "text":
                part = answer.take(event["text"])
                if question.heard:
                    question.heard(part)
            case "thought":
                answer.thought += event["length"]
            case _:
                raise self._failed(event)

    def _request(self, question: Question, money: float) -> Event:
        return {
            "do": "complete",
            "model": self.settings.model,
            "base_url": self.settings.base_url,
            "messages": [{"role": m.role, "content": m.content} for m in question.messages],
            "prompt_tokens": question.prompt_tokens,
            "tokens": question.tokens,
            "money": money,
            "seconds": self.settings.limits.whole,
        }

    def _patience(self, answer: Answer, deadline: float) -> tuple[float, str, str]:
        """Seconds until the next event has to come, and what is wrong if it does not, in words."""
        limits, left = self.settings.limits, deadline - monotonic()
        patience = limits.between if answer.has_begun else limits.first
        if left < patience:
            return left, "timeout", f"it has not ended after {limits.whole:g} s"
        return patience, "stalled", f"nothing came for {patience:g} s"

    async def _ask(self, request: Event) -> Asked:
        try:
            return await self._side.ask(request)
        except OSError as error:
            raise failure("not-installed", self.settings.model, str(error)) from error

    async def _next(self, asked: Asked, seconds: float, kind: str, said: str) -> Event:
        """The next event; `kind` and `said` are what is wrong if none comes in that time."""
        try:
            async with asyncio.timeout(max(seconds, 0.0)):
                return await asked.events.get()
        except TimeoutError:
            raise failure(kind, self.settings.model, said) from None

    def _failed(self, event: Event) -> ModelError:
        said, after = event.get("said", ""), event.get("retry_after")
        error = failure(event.get("kind", "lost"), self.settings.model, said, after)
        if isinstance(error, UnauthorizedError):
            self._side.forget_key()  # The user may give another one meanwhile.
        return error

    def _pause(self, error: ModelError, attempt: int) -> float | None:
        """Seconds to wait before the question is asked again; None if it is not."""
        limits = self.settings.limits
        if not error.is_passing or attempt >= limits.retries:
            return None
        # At random, so that who asked side by side does not come back side by side.
        own: float = limits.pause * 2**attempt * random.uniform(0.5, 1.5)  # noqa: S311 - no secret.
        return max(own, error.retry_after or 0.0)
