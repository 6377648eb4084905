"""An argument of one type where the function wants another that can be had from it.

Answers TypeError, AttributeError and their kinds.

    ", ".join([1, 2])            ->  ", ".join(map(str, [1, 2]))
    ", ".join(n * n for n in ns) ->  ", ".join(str(n * n) for n in ns)
    " ".join((("x", "y"), 2))    ->  " ".join((("x", "y"), 2)[0])
    line.rstrip(10)              ->  line.rstrip()
    range(n / 2)                 ->  range(n // 2)
    rows.most_common("2")        ->  rows.most_common(2)
    time.sleep("3")              ->  time.sleep(float("3"))
    file.write(b"x")             ->  file.write(b"x".decode())
    hashlib.md5("x")             ->  hashlib.md5("x".encode())
    json.loads(file)             ->  json.load(file)
    json.loads({"a": 1})         ->  {"a": 1}
    json.loads(file.readlines()) ->  json.loads(file.read())
    file.write(rows)             ->  file.write(json.dumps(rows)), where JSON is imported
    statistics.mean(texts)       ->  statistics.mean(list(map(float, texts)))
    random.sample(9, 3)          ->  random.sample(range(9), 3)
    random.sample({1, 2}, 1)     ->  random.sample(sorted({1, 2}), 1)
    math.sqrt(x * x for x in xs) ->  math.sqrt(sum(x * x for x in xs))
    json.load("a.json")          ->  json.load(open("a.json"))
    len(prices.mean())           ->  prices.mean()
    round("3.14", 1)             ->  round(float("3.14"), 1)
    int(re.search(p, text))      ->  int(re.search(p, text).group())
    pool.submit(work(3))         ->  pool.submit(work, 3)
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.numbers_given import BY_MESSAGE, Convert
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.wider import answering
from codeact_lsp.repair.writing import arguments, call_of, instead, operand

_TEXT_WANTED = (
    r"(?<!keys )must be str|expected str(?! instance)|expected string|decoding to str|"
    r"argument: must be a string|argument 1 must be str|quote_from_bytes\(\) expected bytes"
)

_WORKERS = frozenset({"submit", "run_in_executor", "apply_async", "to_thread"})
# Nobody means the text of one of these.
_NO_TEXT = r"got '(?:[\w.]+\.)?(?:function|method|builtin_function_or_method|partial|type)'"
_HOLDERS = frozenset({"list", "dict", "tuple", "set"})


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The argument in the type that is wanted."""
    if scene.said("object is not callable"):
        for call in scene.nearby(ast.Call):
            yield from _handed(scene, call)
    for call in scene.calls():
        for said, convert in _BY_MESSAGE:
            if scene.said(said):
                yield from convert(scene, call)


def _joined(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    if called(call) == "join" and len(call.args) == 1:
        text = f"map(str, {scene.text(call.args[0])})"
        is_number = scene.said("(?:int|float) found")
        if scene.said("method"):
            return
        likely = SURE if is_number else POSSIBLE
        if (place := _texts_in(scene.literal(call.args[0]))) is not None:
            first = f"{operand(scene, call.args[0])}[{place}]"
            yield instead(scene, call.args[0], first, LIKELY)
        match call.args[0]:
            case ast.GeneratorExp(elt=item) | ast.ListComp(elt=item) | ast.SetComp(elt=item):
                yield instead(scene, item, f"str({scene.text(item)})", likely)
                return
            case _:
                pass
        yield instead(scene, call.args[0], text, likely)


def _texts_in(many: object) -> int | None:
    """Which item of a tuple is the texts that were meant, if that is one: a group and its count."""
    items = many if isinstance(many, tuple) else ()
    found = [
        place for place, item in enumerate(items)
        if isinstance(item, list | tuple) and all(isinstance(each, str) for each in item)
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _left_out(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """Nothing is enough."""
    title = f"Leave out '{', '.join(arguments(scene, call))}'"
    yield instead(scene, call, call_of(scene, call, []), POSSIBLE, title)


def _text(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    if scene.said(r"got 're\.Match'"):
        yield from _of_matches(scene, call)
        return
    for argument in call.args if not scene.said(_NO_TEXT) else ():
        is_written = isinstance(argument, ast.List | ast.Dict | ast.Tuple)
        is_many = is_written or scene.kind(argument) in _HOLDERS
        if any(_gives_nothing(scene, argument)):
            continue  # Its text would be that of None.
        if scene.kind(argument) == "bytes" or scene.said("not bytes"):
            yield instead(scene, argument, f"{operand(scene, argument)}.decode()", SURE)
        elif is_many and "json" in scene.imported:
            yield instead(scene, argument, f"json.dumps({scene.text(argument)})", SURE)
        elif scene.kind(argument) not in {"str", "NoneType"}:
            # Of a number that is written out, nobody knows what text it stands for.
            is_written = is_many or isinstance(argument, ast.Constant)
            likely = (GUESS if is_many else POSSIBLE) if is_written else LIKELY
            yield instead(scene, argument, f"str({scene.text(argument)})", likely)


def _gives_nothing(scene: Scene, argument: ast.expr) -> Iterator[bool]:
    """Whether a function of the plan is called for a value, of each that never returns one."""
    there = Scene(scene.plan, scene.error, scene.span(argument))
    for _, function in answering(there) if isinstance(argument, ast.Call) else ():
        yield not any(isinstance(node, ast.Return) and node.value for node in ast.walk(function))


def _of_matches(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """What was found; the text of the match as an object is of no use to anybody."""
    for argument in (each for each in call.args if scene.kind(each) == "Match"):
        owner = operand(scene, argument)
        calls = [ast.unparse(each) for each in scene.nearby(ast.Call)]
        groups = ["", "1", "2"]
        free = [each for each in groups if f"{owner}.group({each})" not in calls]
        # Where one is asked for by its number, the others are, too.
        ranked = sorted(free, key=lambda each: len(free) < len(groups) and not each)
        for number, group in enumerate(ranked):
            yield instead(scene, argument, f"{owner}.group({group})", POSSIBLE + 0.1 - number / 20)


def _bytes(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """In bytes: the argument; or in texts: what it is called on, if that is no file."""
    if isinstance(call.func, ast.Attribute) and called(call) not in {"write", "writelines"}:
        owner = call.func.value
        yield instead(scene, owner, f"{operand(scene, owner)}.decode()", LIKELY)
    for argument in call.args:
        if scene.kind(argument) in {"str", None}:
            text = f"{operand(scene, argument)}.encode()"
            yield instead(scene, argument, text, SURE if called(call) == "write" else LIKELY - 0.05)


def _encoded(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    for argument in call.args:
        yield instead(scene, argument, f"{operand(scene, argument)}.encode()", SURE)


def _read(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """What `json.loads` and `json.load` are given in each other's place."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    module, given = scene.text(owner) if owner else "json", arguments(scene, call)
    if not given:
        return
    if scene.said("not TextIOWrapper|not BufferedReader|not StringIO"):
        yield instead(scene, call, f"{module}.load({', '.join(given)})", SURE)
    elif scene.said("not (?:Posix)?Path"):
        yield instead(scene, call.args[0], f"{operand(scene, call.args[0])}.read_text()", SURE)
    elif given[0].endswith(".readlines()"):
        text = given[0].removesuffix(".readlines()")
        yield instead(scene, call.args[0], f"{text}.read()", SURE)
    elif scene.said("not (?:dict|list)"):
        yield instead(scene, call, given[0], SURE)
    elif scene.said("has no attribute 'read'") and called(call) == "load":
        yield instead(scene, call, f"{module}.loads({', '.join(given)})", LIKELY)
        opened = f"{module}.load({', '.join([f'open({given[0]})', *given[1:]])})"
        yield instead(scene, call, opened, LIKELY)


def _sequence(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """As Python says itself."""
    for argument in call.args[:1]:
        is_count = scene.kind(argument) == "int"
        how = "range" if is_count else "sorted"
        yield instead(scene, argument, f"{how}({scene.text(argument)})", SURE)


def _handed(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    """A function and what it is to be given, where the call of it was handed on."""
    match call.args:
        case [ast.Call(func=function, keywords=[]) as made, *rest] if called(call) in _WORKERS:
            given = [scene.text(function), *map(scene.text, made.args), *map(scene.text, rest)]
            yield instead(scene, call, call_of(scene, call, given), SURE)
        case _:
            return


_BY_MESSAGE: tuple[tuple[str, Convert], ...] = (
    (r"sequence item \d+: expected str instance", _joined),
    (r"strip arg must be None or str", _left_out),
    (_TEXT_WANTED, _text),
    (r"bytes-like object is required, not 'str'", _bytes),
    (r"must be encoded", _encoded),
    (r"JSON object must be str|has no attribute 'read'", _read),
    (r"Population must be a sequence", _sequence),
    *BY_MESSAGE,
)
RULE = rule("given", "TypeError AttributeError", candidates)
