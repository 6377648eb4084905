"""The job object of Windows: what the system is told. It has not run there."""

import ctypes

import pytest

from codeact_lsp.sandbox.job_object import (
    BasicLimits,
    ExtendedLimits,
    environment_block,
    limits_of,
)
from codeact_lsp.sandbox.levels import Limits


def test_the_structures_have_the_sizes_and_places_of_the_system() -> None:
    assert ctypes.sizeof(BasicLimits) == 64
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert BasicLimits.active_process_limit.offset == 40
    assert ExtendedLimits.process_memory_limit.offset == 112
    assert ExtendedLimits.job_memory_limit.offset == 120


def test_limits_are_told_with_the_flags_that_make_them_count() -> None:
    told = limits_of(Limits(memory=1 << 30, cpu=2.5, processes=7, together=3 << 30))
    assert told.basic.limit_flags == 0x2000 | 0x400 | 0x200 | 0x100 | 0x8 | 0x2
    assert told.process_memory_limit == 1 << 30
    assert told.job_memory_limit == 3 << 30
    assert told.basic.active_process_limit == 7
    assert told.basic.per_process_user_time_limit == 25_000_000


def test_what_is_not_limited_has_no_flag_and_all_ends_with_the_job_in_any_case() -> None:
    told = limits_of(Limits(memory=None, cpu=None))
    assert told.basic.limit_flags == 0x2000 | 0x400 | 0x8
    assert (told.process_memory_limit, told.job_memory_limit) == (0, 0)


def test_variables_are_sorted_and_each_ends_with_a_zero() -> None:
    block = environment_block({"b": "2", "A": "1=1", "C": ""})
    assert block == "A=1=1\0b=2\0C=\0\0"
    assert environment_block({}) == "\0"


@pytest.mark.parametrize(
    ("name", "value"), [("A", "1\0PATH=x"), ("A\0B", "1"), ("A=B", "1"), ("", "1")]
)
def test_no_variable_can_hold_another(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="cannot be a variable"):
        environment_block({name: value})
