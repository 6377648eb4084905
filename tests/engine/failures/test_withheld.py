"""Failures that came of what a node asked for and was not given, though no error says so."""

from pathlib import Path

import pytest

from codeact_lsp.engine.failures.denials import explained
from codeact_lsp.engine.failures.errors import CodeError, Linked
from codeact_lsp.engine.outcomes.outcome import Denied, Outcome, Read
from codeact_lsp.engine.values import Effect
from codeact_lsp.plan import Plan, Span
from codeact_lsp.sandbox.levels import UNCONFINED, Level, Policy, grant, preset

FILE = Path("/work/it.plan.py")
TEXT = 'import os\n\n\ndef a() -> str:\n    return os.getenv("CODE_URL") + "/x"\n'
PLAN = Plan.from_text(TEXT)
POLICY = preset(Level.STRICT, Path("/work"))


@pytest.fixture(autouse=True)
def _set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODE_URL", "https://example.com")


def told(
    error: CodeError, outcome: Outcome, policy: Policy = POLICY
) -> tuple[str, Denied | None, tuple[str, ...]]:
    found = explained(error, PLAN, FILE, policy, outcome)
    return found.category, found.denied, found.notes


def failure(kind: str, message: str, linked: tuple[Linked, ...] = ()) -> CodeError:
    start = TEXT.index("return") + len("return ")
    return CodeError("a", kind, message, "user", Span(start, len(TEXT) - 1), linked=linked)


def looked_up(*names: str) -> Outcome:
    return Outcome(reads=tuple(Read(name, what="variable") for name in names))


@pytest.mark.parametrize("message", ["'CODE_URL'", "b'CODE_URL'"])
def test_a_variable_that_is_set_for_the_user_alone_was_refused(message: str) -> None:
    category, denied, (note,) = told(failure("KeyError", message), looked_up("CODE_URL"))
    assert (category, denied) == ("denied", Denied("environment", "CODE_URL"))
    assert note == (
        "The variable CODE_URL is set for you. At level 'strict' this node may not see the "
        "variable CODE_URL. To allow it, add 'Needs: variable CODE_URL' to the docstring of 'a' "
        "and grant it: codeact grant /work/it.plan.py 'variable CODE_URL'"
    )


def test_a_variable_whose_lack_was_turned_into_another_error_was_refused() -> None:
    before = Linked("cause", "KeyError", "'CODE_URL'", None)
    error = failure("RuntimeError", "no settings", (before,))
    assert told(error, looked_up("CODE_URL"))[0] == "denied"


@pytest.mark.parametrize(
    "error",
    [
        failure("TypeError", "unsupported operand type(s) for +: 'NoneType' and 'str'"),
        failure("ValueError", "set CODE_URL, please"),
        failure("ValueError", "the plan names it where it failed"),
    ],
)
def test_where_it_may_be_a_variable_it_is_named(error: CodeError) -> None:
    category, denied, (note,) = told(error, looked_up("CODE_URL"))
    assert (category, denied) == ("user", Denied("environment", "CODE_URL"))
    assert note.startswith("The variable CODE_URL is set for you, and for this node it is not.")


@pytest.mark.parametrize(
    ("outcome", "policy"),
    [
        (looked_up("OTHER_URL"), POLICY),
        (looked_up(), POLICY),
        (looked_up("CODE_URL"), grant(POLICY, environment=["CODE_URL"])),
        (looked_up("CODE_URL"), UNCONFINED),
    ],
)
def test_nothing_is_said_of_a_variable_that_nobody_withheld(
    outcome: Outcome, policy: Policy
) -> None:
    assert told(failure("KeyError", "'CODE_URL'"), outcome, policy) == ("user", None, ())


def test_a_key_of_language_models_is_never_granted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "x")
    _, _, (note,) = told(failure("KeyError", "'OPENAI_API_KEY'"), looked_up("OPENAI_API_KEY"))
    assert note.endswith("it holds a key for language models, which no process of a plan is given.")


def asked_for(*hosts: str) -> Outcome:
    return Outcome(effects=tuple(Effect("network", host) for host in hosts))


def test_a_host_that_was_refused_before_is_told_of() -> None:
    error = failure("LookupError", "Resource 'punkt' not found.")
    category, denied, (note,) = told(error, asked_for("raw.example.com"))
    assert (category, denied) == ("user", Denied("network", "raw.example.com"))
    assert note.startswith(
        "Before that it asked for a host. At level 'strict' this node may not reach "
        "raw.example.com. To allow it, add 'Needs: network raw.example.com'"
    )


@pytest.mark.parametrize(
    ("outcome", "policy"),
    [
        (asked_for("raw.example.com"), grant(POLICY, hosts=["raw.example.com"])),
        (asked_for("raw.example.com"), UNCONFINED),
        (asked_for("machine", "localhost:80", "127.0.0.1:80", "::1"), POLICY),
    ],
)
def test_nothing_is_said_of_hosts_that_nobody_refused(outcome: Outcome, policy: Policy) -> None:
    assert told(failure("LookupError", "no"), outcome, policy) == ("user", None, ())


def test_what_failed_for_a_reason_of_its_own_is_left_alone() -> None:
    error = CodeError("a", "MemoryError", "", "memory", Span(0, 1))
    assert explained(error, PLAN, FILE, POLICY, asked_for("raw.example.com")).denied is None
