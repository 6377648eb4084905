"""The form of a value in a text, written in a way that Python does not read.

Answers ValueError and KeyError, and TypeError of None.

    f"{n:,2f}"                      ->  f"{n:,.2f}"
    f"{n:.2,f}"                     ->  f"{n:,.2f}"
    f"{n:$,.2f}"                    ->  f"${n:,.2f}"
    f"{n:.1f%}"                     ->  f"{n:.1f}%"
    '{"name": "{}"}'.format(name)   ->  '{{"name": "{}"}}'.format(name)
    f"{code:03d}", of a text        ->  f"{int(code):03d}"
    f"{n:.2f}", of None             ->  f"{n or 0:.2f}", stops the crash
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.plan import Span
from codeact_lsp.plan.edits import TextEdit
from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene
from codeact_lsp.repair.writing import instead

_SPEC = r"Invalid format specifier '([^']*)'"
_OF_TEXT = r"Unknown format code '(\w|%)' for object of type 'str'"
_WHOLE = "bcdoxX"
_NOTHING = "unsupported format string passed to NoneType"
_PLACE = re.compile(r"\{(\w*(?:[.\[][\w.\[\]]+)?(?:![rsa])?(?::[^{}\"']*)?)\}")
# How it is written, and what is meant: what stands before, in and behind the braces.
_FORMS = (
    (re.compile(r"()([<>^]?\d*),(\d+)([fe])()"), r"\1", r"\2,.\3\4", r"\5"),
    (re.compile(r"()([<>^]?\d*)\.(\d+),([fe])()"), r"\1", r"\2,.\3\4", r"\5"),
    (re.compile(r"([$€£])(,?\.?\d*[fd]?)"), r"\1", r"\2", ""),
    (re.compile(r"(,?\.\d+f) ?([%€$£a-zA-Z]{1,3})"), "", r"\1", r"\2"),
)


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The form as Python reads it."""
    said = scene.said(_SPEC)
    if said:
        yield from _read(scene, said[1])
    elif scene.error.type == "KeyError":
        yield from _braced(scene)
    elif scene.said(_NOTHING):
        yield from _of_nothing(scene)
    elif said := scene.said(_OF_TEXT):
        yield from _of_text(scene, "int" if said[1] in _WHOLE else "float")


def _read(scene: Scene, spec: str) -> Iterator[Candidate]:
    for pattern, before, within, behind in _FORMS:
        found = pattern.fullmatch(spec)
        for place in _places(scene, spec) if found else ():
            if found:
                new = f"{found.expand(before)}{{{{}}:{found.expand(within)}}}{found.expand(behind)}"
                start, end, value = place
                edit = TextEdit(Span(start, end), new.replace("{{}", f"{{{value}"))
                yield Candidate(f"Write '{found.expand(within)}'", edit, SURE)


def _places(scene: Scene, spec: str) -> Iterator[tuple[int, int, str]]:
    """Where a value stands in that form, in the text of the plan, and how it is written."""
    texts = [*scene.inside(ast.JoinedStr)]
    texts += [node for node in scene.inside(ast.Constant) if isinstance(node.value, str)]  # type: ignore[misc]
    for text in texts[:1]:
        start, written = scene.span(text).start, scene.text(text)
        for found in re.finditer(rf"\{{([^{{}}]*?):{re.escape(spec)}\}}", written):
            yield start + found.start(), start + found.end(), found[1]


def _braced(scene: Scene) -> Iterator[Candidate]:
    """Braces that are no places, written twice."""
    for call in scene.calls():
        match call.func:
            case ast.Attribute(value=ast.Constant(value=str()) as template, attr="format"):
                written = scene.text(template)
            case _:
                continue
        kept = [(each.start(), each.end()) for each in _PLACE.finditer(written)]
        inside = {at for start, end in kept for at in (start, end - 1)}
        new = "".join(
            char * 2 if char in "{}" and at not in inside else char
            for at, char in enumerate(written)
        )
        if new != written and "{{" not in written:
            yield instead(scene, template, new, SURE, "Write the braces of the text twice")


def _of_text(scene: Scene, kind: str) -> Iterator[Candidate]:
    """The number that a text is."""
    for part in scene.inside(ast.FormattedValue):
        if part.format_spec and scene.kind(part.value) == "str":
            text = f"{kind}({scene.text(part.value)})"
            is_digits = str(scene.literal(part.value)).strip().isdecimal()
            yield instead(scene, part.value, text, LIKELY if is_digits else POSSIBLE)


def _of_nothing(scene: Scene) -> Iterator[Candidate]:
    for text in scene.inside(ast.JoinedStr):
        written = scene.text(text)
        for part in text.values:
            if isinstance(part, ast.FormattedValue) and part.format_spec:
                value = ast.unparse(part.value)
                head = f"{{{value}:"
                if scene.kind(part.value) == "NoneType" and written.count(head) == 1:
                    new = written.replace(head, f"{{{value} or 0:")
                    yield instead(scene, text, new, GUESS, hides=True)


RULE = rule("format-specs", "ValueError KeyError TypeError", candidates)
