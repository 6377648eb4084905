"""Each node of this plan fails. Where, is not written here: Python itself is asked."""

import asyncio
import collections
import contextlib
import dataclasses
import functools
import json
import operator
import re

import numpy as np
import pandas as pd

NOTHING = None
ÜBER = {"größe": 1, "𝛼": [1, 2]}


def division(): return 1 / 0


def name():
    return undefined_name + 1


def name_in_call():
    return len(undefined_name, 1)


def attribute():
    return NOTHING.strip().lower()


def attribute_of_a_call():
    return str(1).uper()


def method_that_fails():
    return "a,b".split(",").index("c")


def key():
    return ÜBER["größe"] + ÜBER["groesse"]


def item():
    return [1, 2, 3][1] + [1, 2][7]


def deep_item():
    return ÜBER["𝛼"][0] + {"x": {"y": [1]}}["x"]["y"][2]


def slice_step():
    return [1, 2, 3][::0]


def unary():
    return 1 + -"a"


def comparison():
    return 1 < 2 < "3"


def membership():
    return 1 in 2


def call_of_none():
    return (NOTHING)(1, 2)


def missing_argument():
    return _two(1)


def keyword_argument():
    return _two(1, c=3)


def star_argument():
    return _two(*5)


def double_star_argument():
    return _two(**[1])


def nested_calls():
    return abs(int(str(len("abc")) + "x"))


def multi_line():
    return (
        len("first")
        + len("second") / (
            1 - 1
        )
        + len("third")
    )


def multi_line_call():
    return max(
        [1, 2],
        key=lambda value:
            value / 0,
    )


def backslash():
    return 1 + \
        2 / \
        0


def non_ascii_left():
    größe = 0; return "äöü ß – ’" + str(10 / größe)


def astral_left():
    return "😀👩‍👩‍👧 𝛼𝛽" + ("𝛾" * 3 + 5 + "😀")


def non_ascii_name():
    naïve, ﬁne = 1, 0
    return "é" if naïve / ﬁne else 1


def combining_marks():
    return "e\u0301" "é" + "é" + [][0]


def line_separators_above():
    text = "one two" + "ab" + "cd" + "ef"
    return text + 1


def triple_quoted():
    return """ä
    ö
    ü""" + 5 * "x" + 1


def f_string():
    return f"größe: {ÜBER['größe']:>10} – {1 / 0:.2f} – {2}"


def f_string_format():
    return f"{'a'!r} 😀 {'text':d}"


def multi_line_f_string():
    value = 0
    return f"""
    ü {value}
    {10
      / value}
    """


def lambda_body():
    return (lambda x: x + 1 / (x - 1))(1)


def lambda_default():
    return (lambda x=1 / 0: x)()


def list_comprehension():
    return [10 / n for n in [2, 1, 0]]


def nested_comprehension():
    return [[a / b for a in range(1, 3)] for b in (2, 1, 0)]


def dict_comprehension():
    return {str(n): ÜBER[n] for n in "ab"}


def set_comprehension_condition():
    return {n for n in [1, "a"] if n > 0}


def generator():
    return sum(n / (n - 2) for n in range(4))


def comprehension_iterable():
    return [n for n in NOTHING]


def walrus():
    if (half := 10 / 2) and (rest := half / 0):
        return rest


def conditional():
    return 1 if NOTHING else 2 if NOTHING.x else 3


def boolean():
    return ÜBER and NOTHING and 1 or NOTHING.x


def assertion():
    assert len("abc") == 4, f"{len('abc')} is not 4"


def bare_raise():
    raise


def raised():
    raise ValueError(
        "too bad",
    )


def raised_from():
    try:
        int("x")
    except ValueError as error:
        raise RuntimeError("über") from error


def raised_in_except():
    try:
        1 / 0
    except ZeroDivisionError:
        return {}["nothing"]


def raised_in_finally():
    try:
        return 1
    finally:
        [].pop()


def reraised():
    try:
        _divide(1, 0)
    except ZeroDivisionError:
        raise


def reraised_here():
    try:
        1 / 0
    except ZeroDivisionError:
        len("not here")
        raise


def cleaned_up():
    try:
        return [1, 2][3]
    finally:
        total = len("not here")
        total += 1


def raised_group():
    raise ExceptionGroup("several", [ValueError(1), TypeError(2)])


def except_star():
    try:
        raise ExceptionGroup("several", [ValueError(1), TypeError(2)])
    except* ValueError:
        pass


def unpacking():
    a, b = [1, 2, 3]


def star_unpacking():
    a, b, *c = [1]


def unpacking_of_none():
    (a, b), c = NOTHING, 1


def augmented():
    total = 5
    total += "x" + str(total)


def augmented_item():
    counts = {"a": 1}
    counts["a"] += 1; counts["b"] += 1


def item_store():
    (1, 2)[0] = 3


def item_store_of_a_call():
    tuple([1, 2])[len("a")] = 3


def attribute_store():
    (5).größe = 3


def slice_store():
    values = [1, 2, 3]
    values[::2] = [1]


def deletion():
    values = {"a": 1}
    del values["a"], values["b"]


def deleted_name():
    value = 1
    del value
    return value


def unbound():
    if NOTHING:
        value = 1
    return value


def annotated():
    value: int = int("größe")
    return value


def loop():
    for n in range(3):
        10 / (2 - n)


def loop_iterable():
    for n in 5:
        pass


def loop_target():
    for a, b in [(1, 2), (3,)]:
        pass


def while_condition():
    n = 3
    while 10 / n:
        n -= 1


def matched():
    match {"kind": "circle", "r": 0}:
        case {"kind": "circle", "r": r} if 1 / r:
            return r


def match_body():
    match [1, 2]:
        case [a, b]:
            return a / (b - 2)


def match_subject():
    match NOTHING.kind:
        case "x":
            return 1


def with_statement():
    with open("/nowhere/to/be/found") as file:
        return file.read()


def with_body():
    with contextlib.suppress(KeyError), contextlib.nullcontext(0) as zero:
        return 1 / zero


def with_exit():
    with _Leaves() as one:
        return one


def with_of_none():
    with contextlib.nullcontext(), NOTHING:
        pass


def import_inside():
    import json, nowhere_to_be_found
    return json


def import_from_inside():
    from json import loads, lods
    return loads, lods


def helper():
    return _divide(1, 0) + 1


def helper_of_helper():
    return [_average([1, 2]), _average([])]


def recursion():
    return _countdown(3)


def method():
    return _Account(10).withdraw(3).withdraw(8)


def property_access():
    return _Account(0).share + 1


def constructor():
    return _Account("ten")


def class_body():
    class Local:
        first = 1
        second = first / 0


def dataclass_field():
    return _Order("x", [1]).total()


def dunder():
    return _Account(1) + _Account(2) + 3


def repr_of():
    return f"{_Account(None)!r:>10}"


def nested_function():
    zero = 0

    def inner(n):
        return n / zero

    return inner(1)


def default_argument():
    def inner(n=len(5)):
        return n

    return inner()


def decorator():
    @functools.lru_cache(maxsize="many", typed=1 / 0)
    def inner():
        return 1

    return inner()


def _traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@_traced
def decorated():
    return "ü" + 1


@functools.cache
def cached():
    return [1].index(2)


def callback():
    return sorted([3, 1, 2], key=lambda n: n / (n - 2))


def partial():
    return functools.partial(_divide, b=0)(1)


def reduced():
    return functools.reduce(operator.truediv, [1, 0])


def library():
    return json.loads('{"größe": }')


def library_regex():
    return re.compile("(unclosed")


def library_calls_back():
    return json.dumps({1: {2}}, default=lambda value: value / 0)


def library_counter():
    return collections.Counter("aab").most_common("x")


def numpy_shapes():
    return np.ones((2, 3)) + np.ones(3) @ np.ones(2)


def numpy_index():
    return np.arange(3)[1] + np.arange(3)[5]


def numpy_function():
    return np.linalg.inv(np.zeros((2, 2)))


def pandas_column():
    frame = pd.DataFrame({"größe": [1, 2]})
    return frame["größe"].sum() + frame["groesse"].sum()


def pandas_chain():
    return (
        pd.DataFrame({"a": [1, 2]})
        .assign(b=lambda frame: frame["a"] * 2)
        .groupby("c")
        .sum()
    )


def pandas_apply():
    return pd.Series([1, 2, 0]).apply(lambda n: 10 // int(n))


def pandas_attribute():
    return pd.DataFrame({"a": [1]}).b.sum()


def pandas_loc():
    frame = pd.DataFrame({"a": [1]}, index=["x"])
    return frame.loc["x", "a"] + frame.loc["y", "a"]


def pandas_merge():
    left = pd.DataFrame({"a": [1]})
    return left.merge(left.rename(columns={"a": "b"}), on="a")


async def awaited():
    return 1 + await _later(0)


async def gathered():
    return await asyncio.gather(_later(1), _later(0))


async def async_for():
    return [n async for n in _count()]


async def async_with():
    async with _Leaves() as one:
        return one


async def timed_out():
    async with asyncio.timeout(0.001):
        await asyncio.sleep(60)


async def await_of_none():
    return await NOTHING


async def task_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(_later(0))


def yielded():
    return list(_numbers())


def delegated():
    return list(_delegate())


def thrown():
    numbers = _numbers()
    next(numbers)
    return numbers.throw(ValueError("in there"))


def subscripted_call_chain():
    return ÜBER.get("𝛼").pop(0).bit_length().real["x"]


def many_on_one_line():
    a = 1; b = "ü"; c = a + a; d = b + b; e = c + d; f = 1


def keyword_value():
    return dict(a=1, b=2, größe=1 / 0, d=4)


def in_a_dict_display():
    return {"a": 1, "größe": 1 / 0, "c": 3}


def in_a_list_display():
    return ["😀", *range(3), *NOTHING]


def in_a_subscript():
    return [1, 2, 3][len("abc") - len("ü") + len([][0])]


def chained_comparison():
    return 1 < 2 < 3 < NOTHING < 5


def power():
    return 0 ** -1 + 2


def shift():
    return 1 << -len("ü")


def matrix():
    return [1] @ [2]


def percent():
    return "%d ü %s" % ("x", 1)


def format_method():
    return "{größe} {}".format(größe=1)


def global_state():
    global COUNTER
    COUNTER += 1


def _two(a, b):
    return a, b


def _divide(a, b):
    return a / b


def _average(values):
    total = sum(values)
    return total / len(values)


def _countdown(n):
    return 1 / n + _countdown(n - 1)


def _numbers():
    yield 1
    yield 2 / 0


def _delegate():
    yield 0
    yield from _numbers()


async def _later(n):
    await asyncio.sleep(0)
    return 1 / n


async def _count():
    yield 1
    await asyncio.sleep(0)
    yield [][1]


class _Leaves:
    def __enter__(self):
        return 1

    def __exit__(self, *_):
        return int("ü")

    async def __aenter__(self):
        return 1

    async def __aexit__(self, *_):
        return (await _later(1))["x"]


class _Account:
    def __init__(self, money):
        self.money = money + 0 if money is not None else None

    def withdraw(self, amount):
        if amount > self.money:
            raise ValueError(f"über {self.money}")
        return _Account(self.money - amount)

    @property
    def share(self):
        return 1 / self.money

    def __add__(self, other):
        return _Account(self.money + other.money)

    def __repr__(self):
        return "ü" + self.money


@dataclasses.dataclass
class _Order:
    region: str
    amounts: list

    def total(self):
        return sum(amount / 0 for amount in self.amounts)
