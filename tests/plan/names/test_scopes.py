"""Scopes: who binds each name, by Python's own rules, and exactly where each is written."""

import symtable
import sys
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given

from codeact_lsp.plan import Piece, Plan
from codeact_lsp.plan.names.scopes import MODULE, Mention, Scope, ScopeKind, Scopes
from tests.carets import dedent, render, source_of
from tests.plan.hostile import MODULES, module_text, programs, texts


def drawn(text: str) -> str:
    """The text with each mention drawn under it: what it does, and who binds it."""
    scopes = Piece(text).scopes
    return render(text, [(one.span, label(text, scopes, one)) for one in scopes.mentions])


def label(text: str, scopes: Scopes, one: Mention) -> str:
    binder = scopes.scopes[one.binder]
    named = binder.name_span
    owner = text[named.start : named.end] if named else binder.kind.value
    return f"{one.role.value} {owner}" if one.exact else f"about here: {one.role.value} {owner}"


def check(drawing: str, newline: str = "\n") -> None:
    assert drawn(source_of(drawing, newline)) == dedent(drawing)


def test_a_function_binds_what_it_takes_and_assigns() -> None:
    check(
        """
        def growth(orders, *rest, month=orders):
            ^^^^^^ definition module
                   ^^^^^^ parameter growth
                            ^^^^ parameter growth
                                  ^^^^^ parameter growth
                                        ^^^^^^ read module
            total = sum(orders)
            ^^^^^ write growth
                    ^^^ read module
                        ^^^^^^ read growth
            total += month
            ^^^^^ update growth
                     ^^^^^ read growth
            return lambda rest=total: rest
                          ^^^^ parameter function
                               ^^^^^ read growth
                                      ^^^^ read function
        """
    )


def test_a_comprehension_binds_its_variables_and_takes_its_first_source_from_outside() -> None:
    check(
        """
        def f(x):
            ^ definition module
              ^ parameter f
            return [x for x in x if (y := x) for z in x], y
                    ^ read comprehension
                          ^ write comprehension
                               ^ read f
                                     ^ write f
                                          ^ read comprehension
                                                 ^ write comprehension
                                                      ^ read comprehension
                                                          ^ read f
        """
    )


def test_a_class_hides_what_it_binds_from_its_methods() -> None:
    check(
        """
        class C(B, key=x):
              ^ definition module
                ^ read module
                       ^ read module
            x: T = [x for _ in x]
            ^ write C
               ^ read module
                    ^ read module
                          ^ write comprehension
                               ^ read C
            def m(self, y=x): return x, __class__
                ^ definition C
                  ^^^^ parameter m
                        ^ parameter m
                          ^ read C
                                     ^ read module
                                        ^^^^^^^^^ read C
        """
    )


def test_declarations_lead_elsewhere() -> None:
    check(
        """
        def f(x):
            ^ definition module
              ^ parameter f
            global a, \\
                   ^ declaration module
              b  # global c
              ^ declaration module
            a = 1
            ^ write module
            def g():
                ^ definition f
                nonlocal x; x = a; del x
                         ^ declaration f
                            ^ write f
                                ^ read module
                                       ^ update f
        """
    )


def test_every_way_to_bind_a_name_has_its_place() -> None:
    check(
        """
        async def f(v):
                  ^ definition module
                    ^ parameter f
            import a.b, c as d
                   ^ import f
                             ^ import f
            from m import n, o as p
                          ^ import f
                                  ^ import f
            try: v
                 ^ read f
            except (E # as e
                    ^ read module
            ) as e: e
                 ^ write f
                    ^ read f
            async with v as w: pass
                       ^ read f
                            ^ write f
            match v:
                  ^ read f
                case [g, *h] | {"k": (1) as g, **h}: pass
                      ^ write f
                          ^ write f
                                            ^ write f
                                                 ^ write f
        """
    )


def test_an_annotation_may_be_quoted() -> None:
    check(
        '''
        def f(a: "list[T]", b: Literal["T"], c: Annotated["T", "T"]) -> r"""T""":
            ^ definition module
              ^ parameter f
                  ^^^^ read module
                       ^ read module
                            ^ parameter f
                               ^^^^^^^ read module
                                             ^ parameter f
                                                ^^^^^^^^^ read module
                                                           ^ read module
                                                                            ^ read module
            b: "T" "" = "T"
            ^ write f
               ^^^^^^ about here: read module
        '''
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_names_in_f_strings_have_their_own_places(newline: str) -> None:
    check(
        '''
        def f(x):
            ^ definition module
              ^ parameter f
            return "{x}" f"𐎠{x!r:>{x}}{{x}} \\N{DIGIT ONE}{x=}" rF"""\\{x
                             ^ read f
                                   ^ read f
                                                          ^ read f
                                                                      ^ read f
            + x:{'x'}}{[x for x in f'{x}'][0] != x}"""
              ^ read f
                        ^ read comprehension
                              ^ write comprehension
                                      ^ read f
                                                 ^ read f
        ''',
        newline,
    )


def test_names_are_as_python_reads_them() -> None:
    piece = Piece("class C:\n    def f(self, ﬁ, Å): return fi, Å, self.__x, __x\n")
    assert [one.name for one in piece.scopes.mentions[-4:]] == ["fi", "Å", "self", "_C__x"]
    assert [one.exact for one in piece.scopes.mentions[-4:]] == [True, True, True, False]


def test_type_parameters_are_bound_around_the_function() -> None:
    piece = Piece("def f[T: B, *Ts, **P](x: T = T) -> T: return T, Ts, P\ntype A[T] = T\n")
    binders = [(one.name, piece.scopes.scopes[one.binder].kind) for one in piece.scopes.mentions]
    own, module = ScopeKind.TYPE_PARAMETERS, ScopeKind.MODULE
    # Python 3.11 does not know them, and such a piece does not parse.
    expected = {own: 6, module: 1} if sys.version_info >= (3, 12) else {}
    assert Counter(binder for name, binder in binders if name == "T") == expected


@pytest.mark.parametrize("name", MODULES)
def test_the_compiler_agrees_about_real_code(name: str) -> None:
    text = module_text(name)
    assert disagreements(Piece(text)) == []


@given(programs())
def test_the_compiler_agrees_about_odd_code(text: str) -> None:
    assert disagreements(Piece(text)) == []


@given(texts())
def test_any_text_has_scopes_and_every_place_is_the_name(text: str) -> None:
    plan = Plan.from_text(text)
    for piece in plan.document.pieces:
        for one in piece.scopes.mentions:
            written = piece.text[one.span.start : one.span.end]
            assert not one.exact or unicodedata.normalize("NFKC", written) == one.name
            assert one.span in [found.span for found in piece.scopes.within(one.span)]


def test_deep_code_is_read_too() -> None:
    piece = Piece("x = " + "+".join(["a"] * 900) + "\n")
    assert len(piece.scopes.mentions) == 901


def disagreements(piece: Piece) -> list[str]:
    """Names about which the compiler's own symbol table says something else."""
    if piece.issue:
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = symtable.symtable(piece.text, "<piece>", "exec")
    return [*_compared(piece, MODULE, table)]


def _compared(piece: Piece, scope: int, table: symtable.SymbolTable) -> Iterator[str]:
    scopes = piece.scopes
    # Since Python 3.12, what a comprehension binds stands in the table of the function around it.
    inlined = {
        name
        for opened in scopes.scopes
        if opened.parent == scope and opened.kind is ScopeKind.COMPREHENSION
        for name in opened.binds
    }
    for symbol in table.get_symbols() if scope else ():
        name = symbol.get_name()
        mentions = [one for one in scopes.named(name) if one.scope == scope and not one.quoted]
        for binder in {one.binder for one in mentions if name not in inlined}:
            own, outer = binder == scope, binder not in {scope, MODULE}
            if (own, outer) != (symbol.is_local(), symbol.is_free()):
                yield f"{table.get_name()}.{name}"
    # Scopes of the same name in the same scope cannot be told apart in the compiler's table.
    theirs = Counter(child.get_name() for child in table.get_children())
    for child in table.get_children():
        ours = [
            index
            for index, opened in enumerate(scopes.scopes)
            if index and opened.parent == scope and _name(piece.text, opened) == child.get_name()
        ]
        if len(ours) == theirs[child.get_name()] == 1:
            yield from _compared(piece, ours[0], child)


def _name(text: str, scope: Scope) -> str:
    named = scope.name_span
    return text[named.start : named.end] if named else "lambda"
