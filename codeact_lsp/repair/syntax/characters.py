"""Characters of another keyboard, or of a word processor.

Answers what Python calls an invalid character.

    print(\u201ctotal\u201d)   ->  print("total")
    a \u2013 b            ->  a - b
"""

from collections.abc import Iterator, Mapping

from codeact_lsp.repair.syntax.broken import LIKELY, SURE, Broken, Change

# By code point, as many of them look like their plain ones.
_PLAIN: Mapping[int, str] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x201C, 0x201D, 0x201E, 0x201F, 0xAB, 0xBB, 0x2033), '"'),
    **dict.fromkeys((0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0xB4), "'"),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), "-"),
    **dict.fromkeys((0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000), " "),
    **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), ""),
    0xD7: "*", 0xF7: "/", 0x2026: "...", 0x2260: "!=", 0x2264: "<=", 0x2265: ">=",
}  # fmt: skip
_TITLE = "Write plain characters"


def changes(broken: Broken) -> Iterator[Change]:
    """What looks like it on the keyboard: in that line, or wherever its like stands."""
    plain = _PLAIN.get(
        ord(broken.text[broken.issue.span.start : broken.issue.span.start + 1] or "0")
    )
    if plain is not None and broken.said("invalid character", "invalid non-printable"):
        yield Change(_TITLE, broken.with_line(broken.written.translate(_PLAIN)), SURE)
        like = {code: new for code, new in _PLAIN.items() if new == plain}
        yield Change(_TITLE, broken.text.translate(like), LIKELY)
