"""Text of plans and names of files, made safe to print: nothing in it steers a terminal."""


def visible(text: str) -> str:
    r"""The text with escapes for what has no shape: `\x1b`, `\n`, marks that turn the direction.

    A tab becomes one space, so that carets stand where they should.
    """
    text = text.replace("\t", " ")
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")
