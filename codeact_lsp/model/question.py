"""One question, and what came of it: text, an end, and what it took."""

import re
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from codeact_lsp.model.account import Spent
from codeact_lsp.model.errors import BudgetError, failure
from codeact_lsp.model.messages import Message, Reply, estimated_tokens

# Ways in which a provider says that an answer ended before its end.
_ENDINGS = {
    "length": ("truncated", "it reached the most tokens that it may have"),
    "content_filter": ("refused", "a filter of the provider stopped it"),
    "endless": ("too-much", "it is longer than any that is of use"),
    "tool_calls": ("empty", "it called a tool, and it was given none"),
}
# What some models write before they answer; where a server puts its beginning into the prompt, only
# the end of it comes.
_THOUGHTS = re.compile(r"\A\s*<(think(?:ing)?)>.*?(?:</\1>\s*|\Z)|\A.*?</think>[ \t]*\n", re.DOTALL)
_MOST_SHOWN = 80


def _halves() -> IncrementalDecoder:
    """What puts halves of characters together, and something that can be sent for lone ones."""
    return getincrementaldecoder("utf-16-le")("replace")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Attributes:
        tokens: The most of the answer.
        end: The mark that the model was told to end with. Providers report a stream that breaks off
            as a whole one, so an answer without the mark counts as cut off.
        heard: Called with each part of the answer as it comes.
    """

    messages: Sequence[Message]
    tokens: int
    end: str = ""
    heard: Callable[[str], None] | None = None

    @property
    def prompt_tokens(self) -> int:
        """About how many tokens it has."""
        return sum(estimated_tokens(message.content) for message in self.messages)


@dataclass(slots=True)
class Answer:
    """What has come of an answer so far; `done` is empty until it has ended.

    Attributes:
        thought: How many characters of it were thoughts, which are no part of it.
    """

    parts: list[str] = field(default_factory=list)
    done: dict[str, Any] = field(default_factory=dict)
    thought: int = 0
    _halves: IncrementalDecoder = field(default_factory=_halves)

    def take(self, text: str) -> str:
        """Add a part, and return it as it can be kept and sent.

        JSON may hold half a character, and some providers cut one in two between parts.
        """
        part = self._halves.decode(text.encode("utf-16-le", "surrogatepass"))
        self.parts.append(part)
        return part

    @property
    def has_begun(self) -> bool:
        """Whether anything has come."""
        return bool(self.parts or self.thought)

    @property
    def text(self) -> str:
        """What was said, without what was thought before."""
        return _THOUGHTS.sub("", "".join(self.parts), count=1)

    def is_whole(self, question: Question) -> bool:
        """Whether it has come to its end mark, whatever else comes."""
        return bool(question.end) and question.end in self.text

    def spent(self, question: Question) -> Spent:
        """What it took, by the provider's count; where that did not come, by an estimate."""
        if not self.has_begun and not self.done:
            return Spent(calls=1)
        cost = self.done.get("cost")
        # A provider that counts below nothing would give back what the budget has lost.
        told = [max(self.done.get(name) or 0, 0) for name in ("tokens_in", "tokens_out")]
        return Spent(
            told[0] or question.prompt_tokens,
            told[1] or estimated_tokens("".join(self.parts) + "." * self.thought),
            max(cost or 0.0, 0.0),
            calls=1,
            is_priced=cost is not None,
        )

    def reply(self, question: Question, model: str, seconds: float) -> Reply:
        """The answer, if it is a whole one.

        Raises:
            ModelError: It is not.
        """
        text = self.text
        if self.done.get("finish") == "length" and self.done.get("tokens", 0) < question.tokens:
            raise BudgetError(f"what is left of the budget, {self.done['tokens']:,} tokens, is too "
                              "little for an answer.")  # fmt: skip
        if ended := _ENDINGS.get(self.done.get("finish") or ""):
            kind, said = ended
            raise failure(kind, model, said)
        if not text.strip():
            # What a model says in the field for refusals does not come through litellm's streams.
            raise failure("empty", model, "it may be that it refuses to answer")
        if question.end not in text:
            raise failure("truncated", model, f"it has no end mark, but begins {_start(text)!r}")
        spent = self.spent(question)
        return Reply(
            text.partition(question.end)[0] if question.end else text,
            spent.tokens_in,
            spent.tokens_out,
            spent.cost if spent.is_priced else None,
            model,
            seconds,
        )


def _start(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_SHOWN else f"{line[:_MOST_SHOWN]}…"
