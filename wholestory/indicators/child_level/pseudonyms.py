"""Other names for children while they are counted: nobody reads an id off a figure, and no two runs give the same."""

from __future__ import annotations

import secrets
from hashlib import blake2b


class Pseudonyms:
    """Ids as sent to names of 16 bytes, with a secret that is forgotten when the run ends.

    `keep` gives the same names for several files that are counted together: a census of two years, or a workbook and
    the return beside it. The sending authority is part of the name, because two councils use one number for two
    children.
    """

    def __init__(self, authority: str = "", *, keep: bytes | None = None) -> None:
        self._secret = keep or secrets.token_bytes(32)
        self._authority = authority.encode()

    def __call__(self, sent: str) -> bytes:
        """The name of an id. Blanks round it do not count, capitals do."""
        salt = b"\x00".join((self._authority, sent.strip().encode()))
        return blake2b(salt, digest_size=16, key=self._secret).digest()
