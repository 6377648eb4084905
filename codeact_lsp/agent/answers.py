"""What a model has written, as the text of a plan. An answer is data, and is read strictly."""

import re

from codeact_lsp.model.legible import is_legible

_BLOCK = re.compile(
    r"^(?P<fence>`{3,})[ \t]*(?P<language>\w*)[ \t]*\n(?P<code>.*?)^(?P=fence)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_OPENING = re.compile(r"^`{3,}[ \t]*\w*[ \t]*\n", re.MULTILINE)
_MOST_CHARACTERS = 200_000
_PYTHON = frozenset({"", "python", "py", "python3"})


class AnswerError(ValueError):
    """An answer that is not in the form that was asked for; the message says why, to the model."""


def code_of(answer: str) -> str:
    """The code in an answer.

    Raises:
        AnswerError: There is not exactly one block of Python code in it.
    """
    if len(answer) > _MOST_CHARACTERS:
        raise AnswerError(f"The answer is longer than {_MOST_CHARACTERS:,} characters.")
    text = answer.replace("\r\n", "\n")
    blocks = [each for each in _BLOCK.finditer(text) if each["language"].lower() in _PYTHON]
    if len(blocks) != 1:
        raise AnswerError(f"There have to be one code block, and there are {len(blocks)}.")
    code: str = blocks[0]["code"]
    if "\0" in code or not is_legible(code):
        raise AnswerError("The code holds characters that nobody can see.")
    return code


def code_so_far(answer: str) -> str:
    """The code in the part of an answer that has come, up to its last whole line."""
    text = answer.replace("\r\n", "\n")
    if not (opening := _OPENING.search(text)):
        return ""
    lines = text[opening.end() :].splitlines(keepends=True)
    code: list[str] = []
    for line in lines:
        if line.startswith("```") or not line.endswith("\n"):
            break
        code.append(line)
    return "".join(code)
