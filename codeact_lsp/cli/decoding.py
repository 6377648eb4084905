"""The encoding of a plan file, as Python itself finds it: by a byte order mark or a comment."""

import io
from tokenize import detect_encoding

from codeact_lsp.cli.exits import UsageError


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file without its byte order mark, and the encoding that gives `data` back.

    Args:
        data: The content of the file.
        name: How messages call the file.

    Raises:
        UsageError: The file is not in the encoding that it declares, or none is known by that
            name; the message names the line.
    """
    encoding = _encoding(data, name)
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise _undecodable(error, encoding, name) from error
    except (LookupError, ValueError) as error:  # `rot13` is a codec, but not one of text.
        raise _undeclarable(data, name, f"{encoding} is no encoding of text") from error


def _encoding(data: bytes, name: str) -> str:
    try:
        return detect_encoding(io.BytesIO(data).readline)[0]
    except SyntaxError as error:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return "utf-8-sig"  # Decoding fails again, and says at which byte.
        raise _undeclarable(data, name, error.msg) from error


def _undecodable(error: UnicodeDecodeError, encoding: str, name: str) -> UsageError:
    line = error.object[: error.start].count(b"\n") + 1
    shown = "UTF-8" if encoding in {"utf-8", "utf-8-sig"} else encoding
    return UsageError(
        f"{name}:{line}: byte {error.object[error.start]:#04x} is not {shown}. "
        f"Save the file with the encoding {shown}."
    )


def _undeclarable(data: bytes, name: str, why: str) -> UsageError:
    line = 1 if b"coding" in data.partition(b"\n")[0] else 2
    return UsageError(f"{name}:{line}: {why}. Save the file with the encoding UTF-8 and say so.")
