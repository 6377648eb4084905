# ruff: noqa: INP001, T201 - a script, not a package
"""Write what the client knows of the server's commands and settings: `generate.py [--check]`.

The server's tables are the source. From them come `src/generated/*.ts` and, in the extension's
manifest, the contributed commands and settings; what the manifest says besides is left as it is.
"""

import json
import re
import sys
from dataclasses import MISSING, Field, asdict, fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from codeact_lsp.server.commands import COMMANDS
from codeact_lsp.server.settings import _LAYERED, Settings, name_of

HERE = Path(__file__).parent
MANIFEST = HERE.parent / "package.json"
SECTION = "codeact"
CATEGORY = "CodeAct"
HEADER = "// Written by generate.py from the server's own tables. Do not edit.\n"
# The client can fill these in by itself, from the active editor and its caret.
FROM_THE_EDITOR = {"uri", "node"}
# A view of a plan has the focus as often as its text, and what it shows is what commands are about.
WITH_A_PLAN = r"codeact.isPlan || activeWebviewPanelId =~ /^codeact\.(graph|results)$/"
# A path, which a workspace must not decide about before it is trusted.
MACHINE = {"interpreter"}
# The server believes these where a session begins, and takes nothing but restrictions later on.
USERS_OWN = [name for name in _LAYERED if name != "safety"]
_WEIGHTS = ["error", "warning", "information", "hint", "off"]
# What is read by a function of its own; it says all that is wrong, so a rough form is enough here.
FORMS: dict[str, dict[str, Any]] = {
    "problems": {"type": "object", "additionalProperties": {"enum": _WEIGHTS}, "default": {}},
    "safety": {
        "type": "object",
        "default": {},
        "properties": {
            "allowedImports": {"type": "array", "items": {"type": "string"}},
            "bannedImports": {"type": "array", "items": {"type": "string"}},
        },
    },
    "sandbox": {
        "type": "object",
        "default": {},
        "properties": {
            "level": {"enum": ["strict", "standard", "write", "network", "off"]},
            "minimumTier": {"enum": ["none", "kernel", "contained", "isolated", "accounted"]},
            "allow": {"type": "array", "items": {"type": "string"}},
            "limits": {"type": "object"},
        },
    },
    "cache": {
        "type": ["object", "null"],
        "default": None,
        "properties": {"maxSize": {"type": "string"}},
    },
}


def main() -> int:
    """Write the files, or say which are not up to date."""
    files = {
        HERE / "src" / "generated" / "commands.ts": commands(),
        HERE / "src" / "generated" / "settings.ts": settings(),
        MANIFEST: manifest(json.loads(MANIFEST.read_text(encoding="utf-8"))),
    }
    stale = [path for path, text in files.items() if not _holds(path, text)]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path} is not up to date. Run: python vscode-client/generate.py")
        return bool(stale)
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(files[path], encoding="utf-8")
    return 0


def _holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def commands() -> str:
    """The commands with their requests, as TypeScript."""
    requests = {command.request.__name__: command.request for command in COMMANDS}
    parts = [HEADER, *(_interface(name, request) for name, request in requests.items())]
    pairs = (f'  readonly "{each.name}": {each.request.__name__};\n' for each in COMMANDS)
    parts.append(
        "/** Each command of the server, with the one argument that it takes. */\n"
        f"export interface Requests {{\n{''.join(pairs)}}}\n"
    )
    takes = {each.name: [field.name for field in fields(each.request)] for each in COMMANDS}
    needs = {each.name: _required(each.request) for each in COMMANDS}
    parts.append(_table("TAKES", "The parts of each one's argument.", takes))
    parts.append(_table("NEEDS", "Those that it cannot do without.", needs))
    return "\n".join(parts)


def _table(name: str, about: str, lists: dict[str, list[str]]) -> str:
    lines = (f"  {json.dumps(command)}: {json.dumps(said)},\n" for command, said in lists.items())
    kind = "{ readonly [Name in keyof Requests]: readonly string[] }"
    return f"/** {about} */\nexport const {name}: {kind} = {{\n{''.join(lines)}}};\n"


def settings() -> str:
    """The settings, as TypeScript."""
    lines = [
        f"  /** {_described()[each.name]} */\n  readonly {name_of(each)}: {_of_setting(each)};\n"
        for each in fields(Settings)
    ]
    names = json.dumps([name_of(each) for each in fields(Settings)])
    return (
        f"{HEADER}\n/** The server's settings, as the section `{SECTION}` holds them. */\n"
        f"export interface ServerSettings {{\n{''.join(lines)}}}\n\n"
        f"export const SERVER_SETTINGS: readonly (keyof ServerSettings)[] = {names};\n\n"
        "/** Those that count only as the user's own word, which is what begins a session. */\n"
        f"export const USERS_OWN: readonly (keyof ServerSettings)[] = {json.dumps(USERS_OWN)};\n"
    )


def manifest(known: dict[str, Any]) -> str:
    """The manifest with the server's commands and settings in it, before the client's own."""
    contributes, menus = known["contributes"], known["contributes"]["menus"]
    contributes["commands"] = _merged(
        contributes["commands"],
        {each.name: {"title": each.title, "category": CATEGORY} for each in COMMANDS},
    )
    said = {entry["command"] for entry in menus["commandPalette"]}
    unsaid = [each for each in COMMANDS if each.name not in said]
    menus["commandPalette"] += [{"command": e.name, "when": _when(e.request)} for e in unsaid]
    contributes["configuration"][0]["properties"] = {
        f"{SECTION}.{name_of(each)}": _property(each) for each in fields(Settings)
    }
    return json.dumps(known, indent=2, ensure_ascii=False) + "\n"


def _merged(entries: list[dict[str, Any]], server: dict[str, Any]) -> list[dict[str, Any]]:
    """The contributed commands: the server's in its order and words, then the client's own."""
    known = {entry["command"]: entry for entry in entries}
    ours = [{**known.get(name, {}), "command": name, **said} for name, said in server.items()]
    return [*ours, *(entry for entry in entries if entry["command"] not in server)]


def _when(request: type) -> str:
    """When the palette offers a command: the client can fill in all that it needs."""
    return WITH_A_PLAN if set(_required(request)) <= FROM_THE_EDITOR else "false"


def _property(setting: "Field[Any]") -> dict[str, Any]:
    """A setting as VS Code's settings editor wants it described."""
    form = FORMS.get(setting.name) or {**_schema(_hints()[setting.name]), **_default(setting)}
    return {
        "markdownDescription": _described()[setting.name],
        **form,
        "scope": _scope(name_of(setting)),
    }


def _scope(name: str) -> str:
    """Who may say it. Of the sandbox a workspace may too: it can only take rights away."""
    if name in MACHINE:
        return "machine"
    return "application" if name in USERS_OWN and name != "sandbox" else "resource"


def _default(setting: "Field[Any]") -> dict[str, Any]:
    if setting.default is not MISSING:
        default = setting.default
    elif setting.name == "workers":  # As many as there are processors, wherever it runs.
        default = None
    else:
        default = setting.default_factory() if setting.default_factory is not MISSING else None
    plain = is_dataclass(default) and not isinstance(default, type)
    return {"default": asdict(default) if plain else default}


def _schema(kind: Any) -> dict[str, Any]:
    """A type as a JSON schema."""
    if is_dataclass(kind):
        parts = {name: _schema(each) for name, each in get_type_hints(kind).items()}
        return {"type": "object", "additionalProperties": False, "properties": parts}
    (inner, *_), origin = get_args(kind) or (None,), get_origin(kind)
    if isinstance(kind, UnionType):
        return {"type": [_schema(inner)["type"], "null"]}
    forms: dict[Any, dict[str, Any]] = {
        str: {"type": "string"},
        bool: {"type": "boolean"},
        int: {"type": ["integer", "null"]},  # Null leaves it to the server.
        float: {"type": "number"},
        Literal: {"enum": list(get_args(kind))},
        tuple: {"type": "array", "items": {"type": "string"}},
        dict: {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
    }
    return forms[origin or kind]


def _interface(name: str, request: type) -> str:
    hints, required = get_type_hints(request), _required(request)
    lines = (
        f"  readonly {each.name}{'' if each.name in required else '?'}: "
        f"{_typescript(hints[each.name])};\n"
        for each in fields(request)
    )
    return f"/** {_sentence(request.__doc__)} */\nexport interface {name} {{\n{''.join(lines)}}}\n"


def _of_setting(setting: "Field[Any]") -> str:
    return "object | null" if setting.name in FORMS else _typescript(_hints()[setting.name])


def _typescript(kind: Any) -> str:
    """A type as TypeScript."""
    if is_dataclass(kind):
        parts = (f"readonly {n}: {_typescript(t)}" for n, t in get_type_hints(kind).items())
        return f"{{ {'; '.join(parts)} }}"
    if get_origin(kind) is Literal:
        return " | ".join(json.dumps(each) for each in get_args(kind))
    inner = [_typescript(each) for each in get_args(kind) if each is not ...]
    if isinstance(kind, UnionType):
        return " | ".join(inner)
    if (origin := get_origin(kind)) is tuple:
        return f"readonly {inner[0]}[]"
    if origin is dict:
        return f"Readonly<Record<{', '.join(inner)}>>"
    plain = {str: "string", bool: "boolean", int: "number", float: "number", NoneType: "null"}
    return plain.get(kind, "unknown")


def _required(request: type) -> list[str]:
    return [
        each.name
        for each in fields(request)
        if each.default is MISSING and each.default_factory is MISSING
    ]


def _hints() -> dict[str, Any]:
    return get_type_hints(Settings)


def _described() -> dict[str, str]:
    """What the docstring says of each setting, by the name of its field."""
    told = (Settings.__doc__ or "").partition("Attributes:")[2]
    return {
        name: _sentence(text).replace("None", "null")
        for name, text in re.findall(r"(\w+): (.+(?:\n {12}.+)*)", told)
    }


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split())


if __name__ == "__main__":
    sys.exit(main())
