"""References people can read over a telephone and that tell nothing.

They are random, not sequential: a running number would tell an outsider how many records there are.
"""

from __future__ import annotations

import secrets

#: Crockford's base 32: no I, L, O or U, so that nothing is misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new(prefix: str) -> str:
    """A fresh reference such as ``SA-7F3K9QXD``: forty random bits behind the prefix."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(8))


def tidy(typed: str) -> str:
    """A reference as typed by a person, with case, spaces and look-alike letters put right."""
    prefix, _, rest = typed.strip().upper().replace(" ", "").partition("-")
    return f"{prefix}-{rest.translate(str.maketrans('ILO', '110'))}" if rest else prefix
