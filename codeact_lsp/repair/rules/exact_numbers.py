"""A number of `decimal` or `fractions` that is given a float where it takes none.

Answers TypeError.

    price.quantize(0.01)      ->  price.quantize(Decimal("0.01"))
    price.compare(limit)      ->  price.compare(Decimal(str(limit)))
    Fraction("1/3", 2)        ->  Fraction("1/3") / 2
    Fraction(0.5, 2)          ->  Fraction(0.5) / 2
"""

import ast
from collections.abc import Iterator

from codeact_lsp.repair.candidates import LIKELY, SURE, Candidate, rule
from codeact_lsp.repair.scene import Scene, called
from codeact_lsp.repair.writing import importing, instead, operand, replaced, together

_NO_FLOAT = r"conversion from float to Decimal is not supported"
_NO_RATIO = r"both arguments should be Rational instances"


def candidates(scene: Scene) -> Iterator[Candidate]:
    """The float as such a number; a quotient where two of them were to be one."""
    for call in scene.calls():
        if scene.said(_NO_FLOAT):
            yield from _as_decimal(scene, call)
        elif scene.said(_NO_RATIO):
            match call.args:
                case [one, other] if called(call) == "Fraction":
                    name = scene.text(call.func)
                    text = f"{name}({scene.text(one)}) / {operand(scene, other)}"
                    yield instead(scene, call, text, LIKELY)
                case _:
                    pass


def _as_decimal(scene: Scene, call: ast.Call) -> Iterator[Candidate]:
    homes = {home: name for name, home in scene.imported.items()}
    name = f"{homes['decimal']}.Decimal" if "decimal" in homes else homes.get("decimal.Decimal")
    imports = [] if name else importing(scene, "from decimal import Decimal", "Decimal")
    for given in (*call.args, *(word.value for word in call.keywords)):
        match given:
            case ast.Constant(value=float()):
                text, likely = f'{name or "Decimal"}("{scene.text(given)}")', SURE
            case _ if scene.kind(given) == "float":
                text, likely = f"{name or 'Decimal'}(str({scene.text(given)}))", LIKELY
            case _:
                continue
        edit = together(scene, *imports, replaced(scene, given, text))
        yield Candidate(f"Write '{text}'", edit, likely)


RULE = rule("exact-numbers", "TypeError", candidates)
