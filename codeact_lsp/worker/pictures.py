"""Values as HTML and as PNG, where they know how to be shown like that."""

import base64
import contextlib
import io
import struct
from typing import Any

_MOST_HTML_BYTES = 64_000
_MOST_PNG_BYTES = 128_000
_MOST_ROWS = 20
_MOST_COLUMNS = 12
_DOTS_PER_INCH = 80
# How a picture begins, and then the numbers of its columns and rows.
_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_SIZE = struct.Struct("!II")
# Few bytes can be a picture of more dots than an editor has memory for.
_MOST_DOTS = 25_000_000


def pictures(value: Any) -> dict[str, str]:
    """`html` and `png` (base64) of a value; an empty text where there is none, or it is large."""
    return {"html": _html(value), "png": _png(value)}


def held(value: Any) -> dict[str, str]:
    """`png` (base64) of the bytes of a picture, none of which is code; empty for anything else."""
    return {"png": _encoded(value) if isinstance(value, bytes | bytearray) else ""}


def _html(value: Any) -> str:
    text = None
    with contextlib.suppress(Exception):  # What it says it can do, it may not be able to.
        if _has(value, "to_html") and hasattr(value, "columns"):
            text = value.to_html(max_rows=_MOST_ROWS, max_cols=_MOST_COLUMNS)
        elif _has(value, "_repr_html_"):
            text = value._repr_html_()
    fits = isinstance(text, str) and len(text.encode("utf-8", "replace")) <= _MOST_HTML_BYTES
    return str(text) if fits else ""


def _png(value: Any) -> str:
    data = value if isinstance(value, bytes | bytearray) else None
    with contextlib.suppress(Exception):
        if _has(value, "_repr_png_"):
            data = value._repr_png_()
        elif _has(value, "savefig"):
            data = _saved(value)
    return _encoded(data)


def _encoded(data: Any) -> str:
    if not isinstance(data, bytes | bytearray) or len(data) > _MOST_PNG_BYTES:
        return ""
    return base64.b64encode(data).decode() if _can_be_shown(data) else ""


def _can_be_shown(data: bytes | bytearray) -> bool:
    size = data[len(_PNG) : len(_PNG) + _SIZE.size]
    if not data.startswith(_PNG) or len(size) < _SIZE.size:
        return False
    columns, rows = _SIZE.unpack(size)
    return bool(0 < columns * rows <= _MOST_DOTS)


def _saved(figure: Any) -> bytes:
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=_DOTS_PER_INCH)
    return file.getvalue()


def _has(value: Any, method: str) -> bool:
    """Whether the value's type has it: some values answer to every name."""
    return not isinstance(value, type) and callable(getattr(type(value), method, None))
