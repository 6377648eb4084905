"""The vocabulary of rules on system calls: which call is refused, and with what arguments."""

import errno
from dataclasses import dataclass
from enum import StrEnum

OWN_PROCESS = 0x7FFF_FFFE
"""Stands for the process that the rules hold for; `worker/confine/seccomp.py` puts its id there."""

LOW_HALF = 0xFFFF_FFFF
"""The bits of an argument that the kernel looks at, for most calls."""


class Test(StrEnum):
    """How an argument is compared with a value; arguments have 64 bits."""

    IS = "is"
    IS_NOT = "is not"
    IS_ABOVE = "is above"


@dataclass(frozen=True, slots=True)
class Condition:
    """Something about an argument.

    Attributes:
        argument: Its position, from 0.
        test: How it is compared.
        value: With what.
        mask: For `Test.IS`: the bits that count. The kernel drops the upper half of most arguments:
            if they counted, any bit there would make a forbidden value another one.
    """

    argument: int
    test: Test
    value: int
    mask: int = LOW_HALF


@dataclass(frozen=True, slots=True)
class Rule:
    """A call that is refused.

    Attributes:
        call: Its name.
        when: What must be true of an argument; None refuses it always.
        error: What the call answers.
        also: What must be true of another argument as well.
    """

    call: str
    when: Condition | None = None
    error: int = errno.EPERM
    also: Condition | None = None


def has_value(argument: int, value: int) -> Condition:
    """That an argument is a value."""
    return Condition(argument, Test.IS, value)


def has_flag(argument: int, flag: int) -> Condition:
    """That an argument has a flag, whatever else it has."""
    return Condition(argument, Test.IS, flag, flag)
