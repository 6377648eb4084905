"""Text of plans and names of files, made safe to show: nothing in it steers who shows it."""

import shlex

# What stands for bytes of 0x80 and more that are no text.
_BYTES = range(0xDC80, 0xDD00)
_LAST_SHORT = 0xFFFF


def visible(text: str) -> str:
    r"""The text with escapes for what has no shape: `\x1b`, `\n`, marks that turn the direction.

    A tab becomes one space, so that carets stand where they should.
    """
    text = text.replace("\t", " ")
    return text if text.isprintable() else "".join(map(_visible, text))


def visible_lines(text: str) -> str:
    """As `visible`, where lines and their indents are shown as such."""
    return "\n".join("\t".join(map(visible, line.split("\t"))) for line in text.split("\n"))


def unlinked(text: str) -> str:
    """As `visible_lines`, for a notification: there some editors know links, also to commands.

    VS Code shows `[name](command:...)` as a link in a message, though it knows no other Markdown
    there, and runs the command when it is clicked.
    """
    return visible_lines(text).replace("](", "] (")


def quoted(word: str) -> str:
    """A word of a command that people may copy, as shells take it; nothing in it steers anybody.

    A name with a line break in it would else begin a line of its own where it is shown, and an
    escape in its place would make another name of it.
    """
    if word.isprintable():
        return shlex.quote(word)
    return f"$'{''.join(map(_in_quotes, word))}'"


def _in_quotes(character: str) -> str:
    number = ord(character)
    if number in _BYTES:  # Of a name of a file that is no text.
        return f"\\x{number - _BYTES.start + 0x80:02x}"
    if character.isprintable():
        return f"\\{character}" if character in "\\'" else character
    if character.isascii():
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= _LAST_SHORT else f"\\U{number:08x}"


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")
