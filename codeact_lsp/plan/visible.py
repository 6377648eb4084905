"""Text of plans and names of files, made safe to show: nothing in it steers who shows it."""


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


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")
