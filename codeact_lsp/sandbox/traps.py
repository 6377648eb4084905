"""Traps: what a canary is told to reach for, and how it is seen from outside whether it did."""

import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codeact_lsp.sandbox.levels import Limits

LIMITS = Limits(
    memory=64 << 20,
    processes=32,
    scratch=16 << 20,
    scratch_files=1024,
    together=128 << 20,
)
"""What canaries may use up: little, so that it is soon used up."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """The folders of a self-test: what the canaries' workspace is, and what lies outside of it."""

    workspace: Path
    outside: Path


@dataclass(frozen=True, slots=True)
class Trap:
    """What a canary is given, and what was seen.

    Attributes:
        arguments: Of the canary.
        sprung: Given all that the canary wrote, what got through, in words; empty if nothing did.
    """

    arguments: Mapping[str, Any]
    sprung: Callable[[str], str]


Setting = Callable[[Grounds], AbstractContextManager[Trap]]
"""Sets a trap, and takes it away again."""


def new_word() -> str:
    """A word that nobody can guess, so that who has it has it from here."""
    return secrets.token_hex(8)


def heard(word: str, why: str) -> Callable[[str], str]:
    """A trap that is sprung when a canary says a word."""
    return lambda said: why if word in said else ""
