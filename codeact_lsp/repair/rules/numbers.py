"""A text that is no number as it stands.

Answers ValueError and TypeError of `int` and `float`, and decimal.InvalidOperation.

    float("1,200.50")      ->  float("1,200.50".replace(",", ""))
    Decimal("1,200")       ->  Decimal("1,200".replace(",", ""))
    Decimal(s.replace(".", ""))  ->  Decimal(s.replace(".", "").replace(",", "."))
    float("$12")           ->  float("$12".lstrip("$"))
    float(s.replace(".", ","))  ->  float(s.replace(",", "."))
    int("3.0")             ->  int(float("3.0"))
    int("3.5")             ->  float("3.5")
    int("0x1f")            ->  int("0x1f", 16)
    int("ff")              ->  int("ff", 16)
    int("1e3")             ->  int(float("1e3"))
    float("1/2")           ->  float(Fraction("1/2"))
    int("5 apples")        ->  int("5 apples".split()[0])
    float("")              ->  float("" or 0), stops the crash
"""

import ast
import re
from collections.abc import Iterator

from codeact_lsp.repair.candidates import GUESS, LIKELY, POSSIBLE, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import (
    arguments,
    call_of,
    importing,
    instead,
    operand,
    replaced,
    together,
)

_SEEN = (
    r"(?s)could not convert string to float: (?P<q>['\"])(?P<text>.*)(?P=q)$|"
    r"invalid literal for int\(\) with base 10: (?P<r>['\"])(?P<whole>.*)(?P=r)$"
)
_NOTHING = r"argument must be a .*not 'NoneType'"
_AFFIXES = re.compile(
    r"^\s*([^\d\s.,+-]{1,3})\s*[-+\d.,]+\s*$|^\s*[-+\d.,]+\s*([^\d\s.,]{1,3})\s*$"
)

# Points between thousands, and a comma before the fraction.
_WITH_COMMA = r"\d\.\d{3},\d|^[^\d,.]*\d+,\d{1,2}\D*$"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The number that was meant by the text."""
    said = scene.said(_SEEN)
    for call in scene.calls():
        if len(call.args) != 1:
            continue
        if scene.said("ConversionSyntax"):
            # Decimal does not say what it has read.
            text = scene.literal(call.args[0])
            yield from _cleaned(scene, call.args[0], text) if isinstance(text, str) else ()
            yield from _with_comma(scene, call.args[0])
        if scene.said(_NOTHING):
            yield _nothing(scene, call)
        elif said:
            yield from _of_text(scene, call, _unescaped(said))


def _unescaped(said: re.Match[str]) -> str:
    """The text that was read, of which the message shows how it would be written."""
    quote = said["q"] or said["r"]
    shown = said["text"] if said["whole"] is None else said["whole"]
    try:
        return str(ast.literal_eval(f"{quote}{shown}{quote}"))
    except (ValueError, SyntaxError):
        return shown


def _of_text(scene: Scene, call: ast.Call, seen: str) -> Iterator[Candidate]:
    if not seen.strip():
        yield _nothing(scene, call)
    elif re.fullmatch(r"\s*[-+]?\d*\.\d*\s*", seen):
        yield from _with_point(scene, call, seen)
    elif re.fullmatch(r"\s*0[xX][\da-fA-F]+\s*", seen):
        yield instead(scene, call, call_of(scene, call, [*arguments(scene, call), "16"]), SURE)
    else:
        yield from _cleaned(scene, call.args[0], seen)
        yield from _otherwise_written(scene, call, seen.strip())


def _otherwise_written(scene: Scene, call: ast.Call, seen: str) -> Iterator[Candidate]:
    """Numbers to another base, as powers of ten or as fractions; and numbers among words."""
    text, is_whole = operand(scene, call.args[0]), called(call) == "int"
    if is_whole and re.fullmatch(r"[\da-fA-F]*[a-fA-F][\da-fA-F]*", seen):
        # A word may be made of these letters as well.
        likely = LIKELY if re.search(r"\d|^(.)\1+$", seen) else POSSIBLE
        yield instead(scene, call, call_of(scene, call, [*arguments(scene, call), "16"]), likely)
    elif is_whole and re.fullmatch(r"[-+]?\d+(?:\.\d+)?[eE][+]?\d+", seen):
        yield instead(scene, call, f"int(float({text}))", SURE)
    elif re.fullmatch(r"\d+\s*/\s*\d+", seen) and not is_whole:
        imports = importing(scene, "from fractions import Fraction", "Fraction")
        edit = together(scene, *imports, replaced(scene, call.args[0], f"Fraction({text})"))
        yield Candidate(f"Write 'Fraction({text})'", edit, LIKELY)
    elif re.match(r"[-+]?[\d.]+\s+[^\W\d]{2}", seen):
        yield instead(scene, call.args[0], f"{text}.split()[0]", LIKELY - 0.11)
    elif re.fullmatch(r"[\u2212\u2013]\s*[\d.]+", seen):
        yield instead(scene, call.args[0], f'{text}.replace("{seen[0]}", "-")', SURE)
    elif re.fullmatch(r"(['\"])\s*[-+]?[\d.]+\s*\1", seen):
        mark = "'\\''" if seen[0] == "'" else "'\"'"
        yield instead(scene, call.args[0], f"{text}.strip({mark})", SURE)


def _with_point(scene: Scene, call: ast.Call, seen: str) -> Iterator[Candidate]:
    """A whole number may be written with a point; of any other a part would be lost."""
    is_whole = float(seen) == int(float(seen))
    text = scene.text(call.args[0])
    yield instead(scene, call, f"int(float({text}))", SURE if is_whole else LIKELY - 0.1)
    yield instead(scene, call, f"float({text})", LIKELY - 0.1 if is_whole else LIKELY)


def _cleaned(scene: Scene, argument: ast.expr, seen: str) -> Iterator[Candidate]:
    owner = operand(scene, argument)
    if re.fullmatch(r"\s*[-+]?\d+(?:\.\d+)?[,;:]\s*", seen):
        # What divides it from the next one.
        yield instead(scene, argument, f'{owner}.strip(" {seen.strip()[-1]}")', LIKELY)
    elif affix := _AFFIXES.search(seen):
        side, what = ("lstrip", affix[1]) if affix[1] else ("rstrip", affix[2])
        likely = POSSIBLE if what.isalpha() else LIKELY
        stripped = f'{owner}.{side}("{what}")'
        if re.search(_WITH_COMMA, seen):
            text = f'{stripped}.replace(".", "").replace(",", ".")'
            yield instead(scene, argument, text, likely)
        elif re.search(r"\d,\d", seen):
            yield instead(scene, argument, f'{stripped}.replace(",", "")', likely)
        else:
            yield instead(scene, argument, f'{owner}.{side}("{what}")', likely)
    elif turned := _turned(scene, argument):
        yield instead(scene, turned[0], turned[1], SURE)
    elif re.search(_WITH_COMMA, seen):
        text = f'{owner}.replace(".", "").replace(",", ".")'
        yield instead(scene, argument, text, LIKELY)
    elif re.search(r"\d[ ,_'\u2009\u00a0]\d", seen):
        mark = next(char for char in seen if char in " ,_'\u2009\u00a0")
        # What stands between other groups than thousands may as well divide two numbers.
        is_grouped = re.fullmatch(r"\D*\d{1,3}(?:[ ,_'\u2009\u00a0]\d{3})+(?:\.\d+)?\D*", seen)
        likely = SURE if is_grouped or mark == "_" else POSSIBLE
        yield instead(scene, argument, f'{owner}.replace("{mark}", "")', likely)


def _turned(scene: Scene, argument: ast.expr) -> tuple[ast.expr, str] | None:
    """The points that were written for commas, where it was to be the other way round."""
    for call in (each for each in ast.walk(argument) if isinstance(each, ast.Call)):
        match call:
            case ast.Call(
                func=ast.Attribute(attr="replace"),
                args=[ast.Constant(value=".") as point, ast.Constant(value=",") as comma],
            ):
                return call, call_of(scene, call, [scene.text(comma), scene.text(point)])
            case _:
                pass
    return None


def _with_comma(scene: Scene, argument: ast.expr) -> Iterator[Candidate]:
    """A comma as a point, where the points between thousands are left out already."""
    match argument:
        case ast.Call(
            func=ast.Attribute(attr="replace"),
            args=[ast.Constant(value="."), ast.Constant(value="")],
        ):
            yield instead(scene, argument, f'{scene.text(argument)}.replace(",", ".")', LIKELY)
        case _:
            return


def _nothing(scene: Scene, call: ast.Call) -> Candidate:
    text = f"{scene.text(call.func)}({operand(scene, call.args[0])} or 0)"
    return instead(scene, call, text, GUESS, hides=True)


RULE = rule("numbers", "ValueError TypeError InvalidOperation", candidates)
