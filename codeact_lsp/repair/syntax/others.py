"""What Python 2, or another language, writes otherwise.

Answers whatever Python says of them.

print total            ->  print(total)
except IOError, error: ->  except IOError as error:
raise ValueError, "x"  ->  raise ValueError("x")
a <> b                 ->  a != b
a && b                 ->  a and b
else if a:             ->  elif a:
i++                    ->  i += 1
// note                ->  # note
"""

import re
from collections.abc import Iterator

from codeact_lsp.repair.syntax.broken import LIKELY, SURE, Broken, Change

_STATEMENT = r"(?:(?:return|raise|break|continue|pass)\b|[\w.]+\s*[-+]?=).*"
# What is written, what to write, and how sure that is where it then parses.
_WAYS: tuple[tuple[str, str, float], ...] = (
    (r"^(\s*)print\s+>>\s*([\w.]+)\s*,\s*(.+?)\s*$", r"\1print(\3, file=\2)", SURE),
    (r"^(\s*)print\s+(.+?),\s*$", r'\1print(\2, end=" ")', SURE),
    (r"^(.*?[:;]\s*|\s*)print\s+([^\s(=].*?|\(.*\).*?)\s*$", r"\1print(\2)", SURE),
    (r"^(\s*)exec\s+(.+?)\s*$", r"\1exec(\2)", SURE),
    (r"^(\s*except\s+[\w.]+|\s*except\s*\([^)]*\))\s*,\s*([a-z_]\w*)\s*:", r"\1 as \2:", SURE),
    (r"^(\s*except)\s+([\w.]+(?:\s*,\s*[A-Z][\w.]+)+)(\s+as\s+\w+)?\s*:", r"\1 (\2)\3:", SURE),
    (r"^(\s*raise\s+[\w.]+)\s*,\s*(.+?)\s*$", r"\1(\2)", SURE),
    (r"<>", "!=", SURE),
    (r"\b[uU][rR](?=[\"'])", "r", SURE),
    (r"(?<![\w.])0(\d+)\b", r"0o\1", LIKELY - 0.15),
    (r"(?<![\w.])0+([1-9]\d*)\b", r"\1", LIKELY - 0.15),
    (r"(?<=\d)[lL]\b", "", SURE),
    (r"\s*&&\s*", " and ", SURE),
    (r"\s*\|\|\s*", " or ", SURE),
    (r"(?<!\w)!\s*(?=[\w(])", "not ", LIKELY),
    (r"!==", "!=", SURE),
    (r"===", "==", SURE),
    (r"\belse\s*if\b", "elif", SURE),
    (r"^(\s*)(\w+)\+\+;?\s*$", r"\1\2 += 1", SURE),
    (r"^(\s*)(\w+)--;?\s*$", r"\1\2 -= 1", SURE),
    (r"^(\s*)(?:let|var|const|final)\s+(?=\w)", r"\1", SURE),
    (r"^(\s*)(?:function|func|fn|fun)\s+(?=\w+\s*\()", r"\1def ", LIKELY),
    (r"\s*(?:^|(?<!:))//\s*([^\W\d]\w*\s+\w.*)$", r"  # \1", SURE),
    (r"^(\s*)//\s*", r"\1# ", SURE),
    (rf"^(\s*)/\*+\s*({_STATEMENT}?)\s*\*+/\s*$", r"\1\2", LIKELY),
    (rf"^(\s*)//\s*({_STATEMENT})$", r"\1\2", LIKELY),
    (r"^\s*/\*+\s*(.*?)\s*\*+/\s*$", r"# \1", SURE),
    (r"([^?]+?)\s*\?\s*([^:?]+?)\s*:\s*(.+)$", r"\2 if \1 else \3", 0.6),
    (r"^(\s*import)\s+([\w.]+)\s+(?=[a-zA-Z_]\w*\s*$)(?!as\b)", r"\1 \2, ", LIKELY),
    (r"^(\s*from\s+[\w.]+\s+import\s+\w+)\s+(?!as\b)(\w+)\s*$", r"\1, \2", LIKELY),
    (r"^(\s*)import\s+(\w+)\s+from\s+([\w.]+)\s*$", r"\1from \3 import \2", SURE),
    (r"=\s*=|=\s+=", "==", LIKELY),
    (r"=\s*>", ">=", LIKELY - 0.1),
    (r"=\s*<", "<=", LIKELY - 0.1),
    (r"(?<=[\w)\]])\s*->\s*(?=\w+\s*\()", ".", LIKELY - 0.1),
)  # fmt: skip


def changes(broken: Broken) -> Iterator[Change]:
    """Each of the ways, where the line that Python complains of is written so."""
    for pattern, new, likely in _WAYS:
        line = re.sub(pattern, new, broken.written)
        if line != broken.written:
            title = f"Write '{_shown(line)}'"
            yield Change(title, broken.with_line(line), likely)
            # Whoever writes so once writes so wherever it comes up.
            rest = broken.text[broken.line.end :]
            everywhere = re.sub(f"(?m){pattern}", new, rest) if _is_of_a_line(pattern) else rest
            if everywhere != rest:
                text = broken.text[: broken.line.start] + line + everywhere
                yield Change(f"{title}, and its like below", text, likely)


def _is_of_a_line(pattern: str) -> bool:
    """Whether it is anchored: elsewhere it may stand in a text."""
    return pattern.startswith("^")


def _shown(line: str) -> str:
    most, text = 60, line.strip()
    return text if len(text) <= most else f"{text[:most]}..."
