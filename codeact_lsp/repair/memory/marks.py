"""What stands for code that is not kept: marks of it, and texts that only that very code opens.

Both are made with the user's secret. So nobody who has the memory alone can try out what a mark may
stand for, and what was learnt of very code is of no use to anybody else.
"""

import hashlib
import hmac
from dataclasses import dataclass

_NONCE_BYTES = 16


@dataclass(frozen=True)
class Marks:
    """Makes marks with a secret."""

    secret: bytes

    def of(self, *texts: str) -> str:
        """The mark of some texts, which are told apart."""
        return self._keyed("mark", *texts).hexdigest()

    def sealed(self, text: str, code: str) -> str:
        """A text that nobody reads who has not the code."""
        nonce = self._nonce(text, code)
        return (nonce + self._turned(text.encode(), code, nonce)).hex()

    def opened(self, sealed: str, code: str) -> str:
        """A text that was sealed with the same code.

        Raises:
            ValueError: It was sealed with another one, or is damaged.
        """
        data = bytes.fromhex(sealed)
        nonce = data[:_NONCE_BYTES]
        text = self._turned(data[_NONCE_BYTES:], code, nonce).decode()
        if not hmac.compare_digest(nonce, self._nonce(text, code)):
            raise ValueError("it was sealed with other code, or is damaged")
        return text

    def _nonce(self, text: str, code: str) -> bytes:
        """What a text is sealed by; it also proves the text, as a synthetic IV does (RFC 5297).

        The same text is sealed alike each time, so that an answer is known again.
        """
        return self._keyed("nonce", code, text).digest()[:_NONCE_BYTES]

    def _turned(self, data: bytes, code: str, nonce: bytes) -> bytes:
        """Readable data made unreadable, or the other way round."""
        key = self._keyed("seal", code, nonce.hex()).digest()
        stream = hashlib.shake_256(key).digest(len(data))
        return bytes(one ^ other for one, other in zip(data, stream, strict=True))

    def _keyed(self, *texts: str) -> hmac.HMAC:
        whole = "".join(f"{len(text)}:{text}" for text in texts)
        return hmac.new(self.secret, whole.encode("utf-8", "surrogatepass"), "sha256")
