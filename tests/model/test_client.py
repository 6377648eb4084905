"""A model is asked over real HTTP, by litellm in its own process, of a server that misbehaves."""

import asyncio
from dataclasses import replace

import pytest

from codeact_lsp.model import Account, Budget, Limits, Message, Model, ModelError, ModelSettings
from codeact_lsp.model.errors import (
    BadRequestError,
    BudgetError,
    EmptyError,
    ForeignError,
    NoKeyError,
    NotConfiguredError,
    PromptTooLongError,
    RateLimitedError,
    RefusedError,
    SlowError,
    TooMuchError,
    TruncatedError,
    UnauthorizedError,
    UnavailableError,
    UnknownModelError,
    UnreachableError,
)
from tests.openai_server.lasting import Lasting
from tests.openai_server.script import (
    Turn,
    Usage,
    breaks_off,
    does_not_take,
    drips,
    ends_early,
    fails,
    gushes,
    mumbles,
    refuses,
    says,
    says_and_stalls,
    shows_a_page,
    stalls,
    thinks,
)
from tests.openai_server.server import MODEL, OpenAIServer

pytestmark = pytest.mark.asyncio(loop_scope="session")
_DATE = "Fri, 01 Jan 2100 00:00:00 GMT"
ASK = [Message("system", "Answer in one word."), Message("user", "Which colour?")]


async def test_an_answer_comes_in_parts_with_what_it_took(
    model: Model, openai: OpenAIServer
) -> None:
    openai.script(says("The colour is green.", usage=Usage(prompt=30, answer=5)))
    account, heard = Account(), list[str]()
    reply = await model.complete(ASK, account=account, heard=heard.append)
    assert reply.text == "The colour is green."
    assert heard == ["The colour i", "s green."]
    assert (reply.tokens_in, reply.tokens_out, reply.cost) == (30, 5, None)
    assert str(account.spent) == "30 tokens in, 5 out, price unknown"
    (body,) = openai.bodies
    assert body["messages"] == [{"role": each.role, "content": each.content} for each in ASK]


async def test_a_character_that_is_cut_in_two_is_whole_and_half_a_one_can_be_sent_on(
    model: Model, openai: OpenAIServer
) -> None:
    openai.script(says("Eleven chars\ud83d\ude00, and a \ud800 half."[1:]))
    heard = list[str]()
    reply = await model.complete(ASK, account=Account(), heard=heard.append)
    assert reply.text == "leven chars\U0001f600, and a \ufffd half."
    assert heard[:2] == ["leven chars", "\U0001f600, and a \ufffd h"]
    again = [*ASK, Message("assistant", reply.text), Message("user", "Again.")]
    assert (await model.complete(again, account=Account())).text == reply.text


async def test_a_known_price_is_told(openai: OpenAIServer, side: Lasting) -> None:
    openai.script(says("green", usage=Usage(prompt=1_000_000, answer=0)))
    model = Model(ModelSettings("openai/gpt-4o-mini", openai.base_url), side=side)
    reply = await model.complete(ASK, account=Account())
    assert reply.cost == pytest.approx(0.15)


async def test_what_follows_the_end_mark_is_no_part_of_the_answer(
    model: Model, openai: OpenAIServer
) -> None:
    openai.script(says("green\n<<END>>\nI hope that helps!"))
    reply = await model.complete(ASK, account=Account(), end="<<END>>")
    assert reply.text == "green\n"


FAULTS: dict[str, tuple[Turn, type[ModelError], str]] = {
    "no such field": (fails(400, "no such field"), BadRequestError, "no such field"),
    "too long": (
        fails(400, "This model's maximum context length is 9 tokens"),
        PromptTooLongError,
        "9 tokens",
    ),
    "unknown": (fails(404, "no model local"), UnknownModelError, "no model local"),
    "busy": (fails(429, "slow down"), RateLimitedError, "slow down"),
    "broken": (fails(500, "on fire"), UnavailableError, "on fire"),
    "away": (fails(503, "asleep"), UnavailableError, "asleep"),
    "out of tokens": (says("gree", finish="length"), TruncatedError, "most tokens"),
    "ends early": (ends_early("gree"), TruncatedError, "cut off"),
    "breaks off": (breaks_off("gree"), TruncatedError, "cut off"),
    "no JSON": (mumbles(b"{nope"), TruncatedError, "cut off"),
    "no mark": (says("I cannot say that."), TruncatedError, "begins 'I cannot say that.'"),
    "filtered": (says("gree", finish="content_filter"), RefusedError, "filter of the provider"),
    "refused": (refuses("I would rather not."), EmptyError, "refuses"),
    "empty": (says(""), EmptyError, "nothing"),
    "endless": (gushes("green " * 1000), TooMuchError, "longer than any"),
    "calls a tool": (says("", finish="tool_calls"), EmptyError, "called a tool"),
    "thinks only": (says("<think>green? <<END>>"), EmptyError, "nothing"),
    "no model": (shows_a_page("<h1>Log in</h1>"), ForeignError, r"sends text/html\. Is codeact"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_each_way_to_fail_has_its_own_error(
    model: Model, openai: OpenAIServer, fault: str
) -> None:
    turn, error, said = FAULTS[fault]
    openai.script(turn)
    with pytest.raises(error, match=said):
        await model.complete(ASK, account=Account(), end="<<END>>")


async def test_what_passes_is_tried_again_after_a_pause(model: Model, openai: OpenAIServer) -> None:
    openai.script(fails(429, retry_after="0.1"), fails(500), says("green"))
    account = Account()
    reply = await model.complete(ASK, account=account)
    assert reply.text == "green"
    assert reply.seconds >= 0.1
    assert account.spent.calls == len(openai.bodies) == 3


async def test_a_pause_that_is_too_long_is_not_waited_for(
    model: Model, openai: OpenAIServer
) -> None:
    openai.script(fails(429, "come back tomorrow", retry_after="86400"))
    with pytest.raises(RateLimitedError, match="come back tomorrow"):
        await model.complete(ASK, account=Account())
    assert len(openai.bodies) == 1


async def test_a_pause_may_be_told_as_a_date(model: Model, openai: OpenAIServer) -> None:
    openai.script(fails(429, "come back in the year 2100", retry_after=_DATE))
    with pytest.raises(RateLimitedError, match=r"Ask later\. It asks for a pause of [\d,]{9,} s"):
        await model.complete(ASK, account=Account())
    assert len(openai.bodies) == 1


@pytest.mark.parametrize("told", ["soon", "Fri, 32 Jan 2100 00:00:00 GMT", "-5", "nan"])
async def test_a_pause_that_is_none_is_not_heeded(
    model: Model, openai: OpenAIServer, told: str
) -> None:
    openai.script(fails(429, retry_after=told), says("green"))
    assert (await model.complete(ASK, account=Account())).text == "green"


@pytest.mark.parametrize(
    "thoughts",
    ["<think>green <<END>>, or red?</think>\n", " <thinking>\nhm\n</thinking>", "Hm.\n</think>\n"],
)
async def test_what_a_model_thinks_is_no_part_of_its_answer(
    model: Model, openai: OpenAIServer, thoughts: str
) -> None:
    openai.script(says(f"{thoughts}green<<END>>"))
    reply = await model.complete(ASK, account=Account(), end="<<END>>")
    assert reply.text == "green"


async def test_a_model_that_thinks_is_not_too_slow(openai: OpenAIServer, side: Lasting) -> None:
    openai.script(thinks("green or red? " * 20, "green", pause=0.2))
    model = Model(ModelSettings(MODEL, openai.base_url, Limits(first=3.0)), side=side)
    account = Account()
    reply = await model.complete(ASK, account=account)
    assert reply.text == "green"
    assert reply.seconds > 3.0
    assert account.spent.tokens_out > 50


async def test_what_fails_behind_the_end_mark_takes_no_answer_away(
    openai: OpenAIServer, side: Lasting
) -> None:
    openai.script(says_and_stalls("green<<END>>"))
    model = Model(ModelSettings(MODEL, openai.base_url, Limits(between=0.5)), side=side)
    reply = await model.complete(ASK, account=Account(), end="<<END>>")
    assert reply.text == "green"
    assert await asyncio.to_thread(openai.wait_until_hung_up)


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("max_tokens", "'max_tokens' is not supported. Use 'max_completion_tokens' instead."),
        ("stream_options", "Unknown parameter: stream_options"),
    ],
)
async def test_what_a_provider_does_not_take_is_left_out(
    model: Model, openai: OpenAIServer, field: str, message: str
) -> None:
    openai.script(does_not_take(field, message, "green"))
    assert (await model.complete(ASK, account=Account())).text == "green"
    first, second = openai.bodies
    assert field in first
    assert field not in second
    assert (second.get("max_completion_tokens") or second.get("max_tokens")) == first["max_tokens"]


async def test_what_cannot_be_spared_is_not_left_out(model: Model, openai: OpenAIServer) -> None:
    openai.script(fails(400, "max_tokens is too large: 8000"))
    with pytest.raises(BadRequestError, match="too large: 8000"):
        await model.complete(ASK, account=Account())
    assert len(openai.bodies) == 1


async def test_a_provider_that_counts_below_nothing_gives_no_budget_back(
    model: Model, openai: OpenAIServer
) -> None:
    openai.script(says("green", usage=Usage(prompt=-9_000, answer=-9_000)))
    account = Account()
    await model.complete(ASK, account=account)
    assert account.spent.tokens_in > 0
    assert account.spent.tokens_out > 0


async def test_it_is_tried_again_a_few_times_only(model: Model, openai: OpenAIServer) -> None:
    openai.script(fails(500))
    with pytest.raises(UnavailableError):
        await model.complete(ASK, account=Account())
    assert len(openai.bodies) == 1 + model.settings.limits.retries


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refused_key_is_not_tried_again(
    openai: OpenAIServer, side: Lasting, status: int
) -> None:
    async def key() -> str:
        return "sk-of-the-user-0123456789"

    openai.script(fails(status, "no such key"))
    model = Model(ModelSettings(MODEL, openai.base_url), side=side.keyed_by(key))
    with pytest.raises(UnauthorizedError, match="no such key"):
        await model.complete(ASK, account=Account())
    await model.close()
    assert len(openai.bodies) == 1


async def test_an_answer_that_stalls_is_given_up(openai: OpenAIServer, side: Lasting) -> None:
    openai.script(stalls("gree"))
    model = Model(ModelSettings(MODEL, openai.base_url, Limits(between=0.5)), side=side)
    with pytest.raises(SlowError, match=r"nothing came for 0\.5 s\. Ask again, or another"):
        await model.complete(ASK, account=Account())
    assert await asyncio.to_thread(openai.wait_until_hung_up)


async def test_an_answer_that_drips_for_ever_ends_with_its_time(
    openai: OpenAIServer, side: Lasting
) -> None:
    openai.script(drips("green ", 0.02))
    limits = Limits(whole=0.3)
    model = Model(ModelSettings(MODEL, openai.base_url, limits), side=side)
    with pytest.raises(SlowError, match=r"not ended after 0\.3 s\. 'seconds' in"):
        await model.complete(ASK, account=Account())
    assert await asyncio.to_thread(openai.wait_until_hung_up)


async def test_a_part_that_was_shown_is_not_shown_again(model: Model, openai: OpenAIServer) -> None:
    openai.script(breaks_off("gree"), says("green"))
    heard = list[str]()
    with pytest.raises(TruncatedError):
        await model.complete(ASK, account=Account(), heard=heard.append)
    assert heard == ["gree"]


async def test_a_cancel_closes_the_connection(model: Model, openai: OpenAIServer) -> None:
    openai.script(stalls("gree"))
    begun = asyncio.Event()
    asking = asyncio.create_task(
        model.complete(ASK, account=Account(), heard=lambda _: begun.set())
    )
    await begun.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await asyncio.to_thread(openai.wait_until_hung_up)


async def test_several_are_asked_side_by_side(model: Model, openai: OpenAIServer) -> None:
    openai.script(says("red"), says("green"), says("blue"))
    account = Account()
    replies = await asyncio.gather(*(model.complete(ASK, account=account) for _ in range(3)))
    assert {reply.text for reply in replies} == {"red", "green", "blue"}
    assert account.spent.calls == 3


async def test_the_budget_is_kept(model: Model, openai: OpenAIServer) -> None:
    openai.script(says("green", usage=Usage(prompt=900, answer=99)))
    account = Account(Budget(tokens=1_000))
    await model.complete(ASK, account=account)
    with pytest.raises(BudgetError, match="1,000 tokens is spent"):
        await model.complete(ASK, account=account)
    assert len(openai.bodies) == 1


async def test_requests_count_too_also_those_that_fail_and_those_under_way(
    openai: OpenAIServer, side: Lasting
) -> None:
    openai.script(fails(400, "not today"))
    model = Model(ModelSettings(MODEL, openai.base_url), side=side)
    account = Account(Budget(calls=2))
    asked = [model.complete(ASK, account=account) for _ in range(3)]
    failed = await asyncio.gather(*asked, return_exceptions=True)
    assert sorted(type(each).__name__ for each in failed) == [
        "BadRequestError", "BadRequestError", "BudgetError",
    ]  # fmt: skip
    with pytest.raises(BudgetError, match="budget of 2 requests is spent"):
        await model.complete(ASK, account=account)
    assert len(openai.bodies) == 2


async def test_money_counts_too(openai: OpenAIServer, side: Lasting) -> None:
    openai.script(says("green", usage=Usage(prompt=1_000_000, answer=0)))
    model = Model(ModelSettings("openai/gpt-4o-mini", openai.base_url), side=side)
    account = Account(Budget(tokens=10_000_000, money=0.1))
    await model.complete(ASK, account=account)
    with pytest.raises(BudgetError, match=r"\$0\.1 is spent"):
        await model.complete(ASK, account=account)


async def test_an_answer_may_take_no_more_than_is_left(model: Model, openai: OpenAIServer) -> None:
    openai.script(says("gree", finish="length", usage=Usage(prompt=10, answer=190)))
    account = Account(Budget(tokens=200))
    with pytest.raises(BudgetError, match="too little for an answer"):
        await model.complete(ASK, account=account)
    (body,) = openai.bodies
    assert 0 < body["max_tokens"] < 200
    assert account.spent.tokens <= 200


async def test_who_asks_side_by_side_stays_within_the_budget_together(
    model: Model, openai: OpenAIServer
) -> None:
    openai.script(says("green", usage=Usage(prompt=15, answer=5)))
    account = Account(Budget(tokens=9_000))
    asked = (model.complete(ASK, account=account) for _ in range(3))
    replies = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(body["max_tokens"] for body in openai.bodies) < 9_000
    assert [type(each) for each in replies if isinstance(each, BaseException)] == [BudgetError]


async def test_an_answer_may_cost_no_more_than_is_left(openai: OpenAIServer, side: Lasting) -> None:
    openai.script(says("green"))
    model = Model(ModelSettings("openai/gpt-4o-mini", openai.base_url), side=side)
    await model.complete(ASK, account=Account(Budget(money=0.0006)))
    with pytest.raises(BudgetError, match="too little for the prompt"):
        await model.complete(ASK, account=Account(Budget(money=0.000001)))
    (body,) = openai.bodies
    assert 900 < body["max_tokens"] < 1_000


async def test_who_heeds_no_limit_is_stopped(model: Model, openai: OpenAIServer) -> None:
    openai.script(says("green, or red; " * 500))
    with pytest.raises(TooMuchError):
        await model.complete(ASK, account=Account(Budget(tokens=500)))


async def test_nothing_is_asked_before_a_model_is_chosen(side: Lasting) -> None:
    with pytest.raises(NotConfiguredError, match="set codeact"):
        await Model(ModelSettings(), side=side).complete(ASK, account=Account())


async def test_nobody_listens(side: Lasting) -> None:
    limits = Limits(retries=0)
    model = Model(ModelSettings(MODEL, "http://127.0.0.1:9/v1", limits), side=side)
    with pytest.raises(UnreachableError, match="modelBaseUrl"):
        await model.complete(ASK, account=Account())


@pytest.mark.parametrize("name", ["openai/gpt-5", "anthropic/claude-sonnet-4-5"])
async def test_a_missing_key_is_named(name: str, side: Lasting) -> None:
    model = Model(replace(ModelSettings(name), limits=Limits(retries=0)), side=side)
    with pytest.raises(NoKeyError, match=r"_API_KEY is not set"):
        await model.complete(ASK, account=Account())


async def test_a_name_without_a_provider_is_told(side: Lasting) -> None:
    with pytest.raises(UnknownModelError):
        await Model(ModelSettings("nonsense"), side=side).complete(ASK, account=Account())


async def test_kinds_are_words_that_differ() -> None:
    kinds = [each.kind for each in ModelError.__subclasses__()]
    assert len(set(kinds)) == len(kinds)
