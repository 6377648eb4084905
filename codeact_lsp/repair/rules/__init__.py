"""Repairs by rule: one module a rule.

The order is that of a tie: of rules that are as sure, those come first that go by what exists, then
those that go by what Python says, then conversions and what only keeps a failure from showing.
"""

from codeact_lsp.repair.candidates import Rule
from codeact_lsp.repair.rules import (
    accessors,
    aggregates,
    arity,
    arrays,
    awaits,
    bounds,
    builtin_names,
    changed_meanwhile,
    closed_file,
    column_types,
    counted,
    dataclass_fields,
    dates,
    empties,
    encodings,
    endless,
    factories,
    first_values,
    folders,
    forgotten,
    formats,
    given,
    guards,
    imports,
    in_place,
    indexed,
    iterated,
    json_dialects,
    key_types,
    keywords,
    lambdas,
    lengths,
    lone_commas,
    misspelt,
    modes,
    months,
    moved,
    nested,
    not_callable,
    numbers,
    numeric_only,
    operands,
    other_languages,
    overflows,
    paths,
    patterns,
    positional,
    positions,
    recursion,
    removed_keywords,
    returned,
    searches,
    selfless,
    super_init,
    swapped_indexes,
    tables,
    truths,
    tuple_keys,
    unassigned,
    uncalled,
    unchangeable,
    unhashable,
    unimported,
    unordered,
    unpacking,
    unread,
    unserialisable,
    zones,
)

_BY_WHAT_EXISTS = (
    misspelt, imports, unimported, paths, keywords, moved, selfless, super_init, unread,
)  # fmt: skip
_BY_WHAT_IS_SAID = (
    other_languages, removed_keywords, positional, accessors, uncalled, not_callable, in_place,
    awaits, lambdas, unassigned, changed_meanwhile, closed_file, dataclass_fields, unchangeable,
    builtin_names, unserialisable, folders, encodings, json_dialects, patterns, formats, truths,
    unordered, unhashable, unpacking, arity, iterated, guards, lengths, bounds, swapped_indexes,
    tuple_keys, first_values, recursion, modes, nested, arrays, positions, indexed, numeric_only,
    column_types, tables, zones, searches, forgotten, endless, factories, lone_commas,
)  # fmt: skip
_BY_CONVERSION = (
    dates, months, numbers, overflows, counted, operands, given, key_types, aggregates, empties,
)  # fmt: skip

RULES: tuple[Rule, ...] = tuple(
    module.RULE for module in (*_BY_WHAT_EXISTS, *_BY_WHAT_IS_SAID, *_BY_CONVERSION)
)
UPSTREAM: tuple[Rule, ...] = (returned.RULE,)
"""Rules for the place where a bad value was made."""
