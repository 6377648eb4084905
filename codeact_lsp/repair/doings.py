"""What a function does besides giving a value, as far as its text tells.

A sandbox holds a node to its rights whatever it does. Where there is none, at the level `off`, a
change that has a function do what it never did is dropped unread. Libraries are known by the verbs
that all of them use, and it is meant to find rather too much: what is dropped costs an offer.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

_WRITES, _DELETES, _RUNS, _SENDS = "writes", "deletes", "runs programs", "sends"
_UNKNOWN = "calls what a text names"

_VERBS = {
    _WRITES: r"write(lines|rows?|str|header|_\w+)?|save(z|txt|fig|mat|_\w+)?|dump(_\w+)?|tofile"
    r"|(export|upload)(_\w+)?|persist|touch|mkdirs?|makedirs|mkfifo|symlink\w*|hardlink\w*"
    r"|ch(mod|own|flags)|utime|commit|execute(many|script)?|\w*FileHandler|(?!Dict)\w+Writer",
    _DELETES: r"unlink\w*|rmdir|rmtree|removedirs|truncate|delete_\w+|purge",
    _RUNS: r"popen\d?|Popen|startfile|spawn\w*|exec[lv]\w*|fork\w*|kill(pg)?|terminate"
    r"|check_(call|output)|get(status)?output|create_subprocess_\w+|send_signal",
    _SENDS: r"url(open|retrieve)|send(_\w+|all|to|mail|msg|file)?|post|request|connect(_\w+)?"
    r"|create_connection|publish",
}
_KNOWN = {kind: re.compile(verbs) for kind, verbs in _VERBS.items()}
# Of what is imported from there, functions at least; what only looks is named below.
_MODULES = {
    _WRITES: "os shutil tempfile",
    _RUNS: "subprocess multiprocessing pty ctypes cffi runpy",
    _SENDS: "socket ssl urllib.request urllib3 http.client ftplib smtplib imaplib poplib nntplib"
    " telnetlib xmlrpc requests httpx aiohttp websockets paramiko boto3 webbrowser",
}
_PROGRAMS = frozenset({"os.system", "os.popen"})
_OF_MODULE = {module: kind for kind, modules in _MODULES.items() for module in modules.split()}
_LOOKS = frozenset(
    ["os.path", "os.environ", "os.getenv", "os.getcwd", "os.listdir", "os.walk", "os.scandir",
     "os.stat", "os.lstat", "os.access", "os.sep", "os.altsep", "os.pathsep", "os.linesep",
     "os.extsep", "os.curdir", "os.pardir", "os.name", "os.fspath", "os.fsencode", "os.fsdecode",
     "os.PathLike", "os.cpu_count", "os.getpid", "os.urandom", "os.strerror", "shutil.which",
     "shutil.disk_usage", "shutil.get_terminal_size", "tempfile.gettempdir"]
)  # fmt: skip
# A table, an array or a number as another value; all else that is made by `to_...` is a file.
_VALUES = frozenset(
    ["datetime", "numeric", "timedelta", "list", "dict", "dicts", "numpy", "frame", "series",
     "string", "array", "period", "timestamp", "records", "pydatetime", "pylist", "pandas",
     "arrow", "bytes", "pydict", "flat_index", "xarray", "offset", "struct", "physical",
     "titlecase", "lowercase", "uppercase", "date", "time", "decimal", "integer", "dummies",
     "integral_value", "eng_string", "julian_date", "ordinal", "tuple", "set", "str", "dense"]
)  # fmt: skip
_TARGET = re.compile(r"path\w*|\w*buf|con|fname|\w*file\w*|\w*writer")
_MODE = re.compile(r"(?=.*[wax+])[rwaxbt+]{1,3}")
_WRITERS = re.compile(r"write(lines|rows?)?")
_OPENS = re.compile(r"\w*open|\w*File|fdopen|memmap")
_URL = re.compile(r"(?!file:)[a-z][a-z0-9+]+://\S+")
_MOVES = frozenset({"replace", "rename", "copy", "copy_into", "move", "move_into"})
_PLACE = re.compile(r"path|file|folder|dir(?!ect)|dest|backup", re.IGNORECASE)
_BY_TEXT = frozenset({"getattr", "attrgetter", "methodcaller"})
_OUTPUT = frozenset({"sys.stderr", "sys.stdout"})


def begun(before: Iterable[ast.AST], after: Iterable[ast.AST], modules: Iterable[ast.AST]) -> str:
    """What functions do that they did not, in words; empty if that is nothing.

    Args:
        before: The functions.
        after: The same, changed.
        modules: What has the imports that the change rests on.
    """
    names = MappingProxyType(dict(each for tree in modules for each in _imports(tree)))
    had = {kind for tree in before for kind in _doings(tree, names)}
    return next((kind for tree in after for kind in _doings(tree, names) if kind not in had), "")


def _doings(tree: ast.AST, names: Mapping[str, str]) -> Iterator[str]:
    names = {**names, **dict(_imports(tree))}
    in_memory = set(_writing_to_memory(tree))
    for node in ast.walk(tree):
        if node in in_memory or getattr(node, "func", None) in in_memory:
            continue
        match node:
            case ast.Call():
                yield from _called(node, names)
            case ast.Attribute(attr=attr, ctx=ast.Load()):
                yield from _by_verb(attr)
                # Classes and constants say nothing; that they are called does.
                yield from _by_module(_whole(node, names)) if attr[:1].islower() else ()
            case ast.Constant(value=str(text)) if _URL.fullmatch(text):
                yield _SENDS
            case _:
                pass


def _writing_to_memory(tree: ast.AST) -> Iterator[ast.expr]:
    """What is called to write to a text or to bytes that lie nowhere but in the function."""
    made = [node for node in ast.walk(tree) if isinstance(node, ast.Assign | ast.withitem)]
    held = {name for node in made if (name := _buffer(node))}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr) as func) if (
                name in held and _WRITERS.fullmatch(attr)
            ):
                yield func
            case ast.Call(func=func, args=[_, ast.Name(id=name), *_]) if (
                name in held and ast.unparse(func).endswith("dump")
            ):
                yield func
            case _:
                pass


def _buffer(made: ast.Assign | ast.withitem) -> str:
    """The name that a buffer in memory is given; empty if it is something else."""
    match made:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=func)):
            pass
        case ast.withitem(context_expr=ast.Call(func=func), optional_vars=ast.Name(id=name)):
            pass
        case _:
            return ""
    return name if ast.unparse(func).endswith(("StringIO", "BytesIO")) else ""


def _called(call: ast.Call, names: Mapping[str, str]) -> Iterator[str]:
    whole = _whole(call.func, names)
    name = whole.rpartition(".")[2]
    yield from _by_verb(name)
    yield from _by_module(whole)
    if name in _BY_TEXT:
        yield from _by_name_in_text(call.args[1:2] if name == "getattr" else call.args[:1])
    if _OPENS.fullmatch(name) and _is_to_write(call, names):
        yield _WRITES
    if name.startswith("to_") and name[3:] not in _VALUES and _has_target(call):
        yield _WRITES
    if name in _MOVES and _is_move(call):
        yield _WRITES
    if name == "print":
        yield from (_WRITES for each in call.keywords if each.arg == "file" and _is_file(each))


def _by_verb(name: str) -> Iterator[str]:
    yield from (kind for kind, verbs in _KNOWN.items() if verbs.fullmatch(name))


def _by_module(whole: str) -> Iterator[str]:
    parts = whole.split(".")
    ways = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
    if whole in _PROGRAMS:
        yield _RUNS
    elif not _LOOKS.intersection(ways):
        yield from (_OF_MODULE[way] for way in ways[:-1] if way in _OF_MODULE)


def _by_name_in_text(named: Iterable[ast.expr]) -> Iterator[str]:
    for each in named:
        if isinstance(each, ast.Constant):
            yield from _by_verb(str(each.value))
        else:
            yield _UNKNOWN


def _is_to_write(call: ast.Call, names: Mapping[str, str]) -> bool:
    """Whether the mode says so, or is one that cannot be read here."""
    # A function has the file first, a path's method the mode, an archive's the name of a file.
    root = call.func
    while isinstance(root, ast.Attribute):
        root = root.value
    is_method = isinstance(call.func, ast.Attribute) and getattr(root, "id", "") not in names
    named = [each.value for each in call.keywords if each.arg == "mode"]
    modes = [*(call.args if is_method else call.args[1:]), *named]
    said = [each.value for each in modes if isinstance(each, ast.Constant)]
    unread = [*named, *(() if is_method else call.args[1:2])]
    return any(isinstance(each, str) and _MODE.fullmatch(each) for each in said) or not all(
        isinstance(each, ast.Constant) for each in unread
    )


def _has_target(call: ast.Call) -> bool:
    return bool(call.args) or any(_TARGET.fullmatch(each.arg or "") for each in call.keywords)


def _is_move(call: ast.Call) -> bool:
    """Whether it is a file that is put elsewhere: texts and tables have methods of that name."""
    return len(call.args) == 1 and any(
        _PLACE.search(getattr(node, "id", getattr(node, "attr", ""))) for node in ast.walk(call)
    )


def _is_file(given: ast.keyword) -> bool:
    return ast.unparse(given.value) not in _OUTPUT


def _whole(node: ast.expr, names: Mapping[str, str]) -> str:
    """What is named, with the module that it is from as far as that can be told."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    root = names.get(node.id, node.id) if isinstance(node, ast.Name) else ""
    return ".".join([root, *reversed(parts)])


def _imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """The names that imports bind, and what they stand for."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for each in names:
                    first = each.name.partition(".")[0]
                    yield (each.asname, each.name) if each.asname else (first, first)
            case ast.ImportFrom(module=str(module), names=names):
                yield from ((each.asname or each.name, f"{module}.{each.name}") for each in names)
            case _:
                pass
