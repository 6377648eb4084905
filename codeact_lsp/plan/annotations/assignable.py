"""Whether a value of one type may be given where another is wanted.

As the typing specification has it, and where that is a matter of opinion, or something is unknown,
the answer is yes: who is told no has to be able to see that it is so.
"""

from codeact_lsp.plan.annotations.library import INVARIANT, arguments, is_a, is_structural
from codeact_lsp.plan.annotations.terms import (
    Instance,
    LiteralOf,
    Term,
    TupleOf,
    UnionOf,
    Unknown,
)

_BOTH_BOOLS = frozenset({(bool, "True"), (bool, "False")})


def may_flow(source: Term, target: Term) -> bool:
    """Whether a value of type `source` may be given where `target` is wanted."""
    if isinstance(source, Unknown) or isinstance(target, Unknown) or _is_object(source, target):
        return True
    if isinstance(source, UnionOf):
        return all(may_flow(member, target) for member in source.members)
    if isinstance(source, LiteralOf) and len(source.values) > 1:
        values = (LiteralOf(frozenset({value})) for value in source.values)
        return all(may_flow(value, target) for value in values)
    if isinstance(target, UnionOf):
        return any(may_flow(source, member) for member in target.members)
    return _single(source, target)


def may_equal(one: Term, other: Term) -> bool:
    """Whether the two may be the same type, which is what a container that can change asks for."""
    if isinstance(one, Instance) and isinstance(other, Instance) and one.kind != other.kind:
        return False
    return may_flow(one, other) and may_flow(other, one)


def _is_object(source: Term, target: Term) -> bool:
    # Everything is an object; and people who return an `object` mean that it can be anything.
    return any(isinstance(term, Instance) and term.kind is object for term in (source, target))


def _single(source: Term, target: Term) -> bool:
    """`may_flow` of types that are no unions."""
    if isinstance(source, LiteralOf) or isinstance(target, LiteralOf):
        return _literal(source, target)
    if isinstance(source, TupleOf) or isinstance(target, TupleOf):
        return _tuple(source, target)
    return (
        isinstance(source, Instance) and isinstance(target, Instance) and _instance(source, target)
    )


def _literal(source: Term, target: Term) -> bool:
    match source, target:
        case LiteralOf(values), LiteralOf(wanted):
            return values <= wanted
        case LiteralOf(values), _:
            return all(_single(Instance(kind), target) for kind, _ in values)
        case Instance(kind=kind), LiteralOf(wanted):
            return kind is bool and wanted >= _BOTH_BOOLS
        case _:
            return False


def _tuple(source: Term, target: Term) -> bool:
    match source, target:
        case TupleOf(items), TupleOf(wanted):
            return len(items) == len(wanted) and all(map(may_flow, items, wanted))
        case TupleOf(items), Instance(args=args):
            fits = all(may_flow(item, wanted) for item in items for wanted in args[:1])
            return fits and _instance(Instance(tuple), target)
        case Instance(), TupleOf(wanted):
            # How long it is, the annotation does not say.
            tuples = (Instance(tuple), *(Instance(tuple, (item,)) for item in wanted))
            return all(_instance(source, each) for each in tuples)
        case _:
            return False


def _instance(source: Instance, target: Instance) -> bool:
    if source.kind == target.kind:
        return _holds(source, target)
    if isinstance(source.kind, str):
        if is_structural(target.kind):
            return True
        return any(may_flow(base, target) for base in source.bases)
    if isinstance(target.kind, str) or not is_a(source.kind, target.kind):
        return False
    return _holds(source, target)


def _holds(source: Instance, target: Instance) -> bool:
    """Whether what `source` holds is what `target` asks for."""
    held = arguments(source, target.kind)
    fits = may_equal if target.kind in INVARIANT else may_flow
    return all(fits(one, other) for one, other in zip(held, target.args, strict=False))
