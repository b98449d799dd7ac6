"""Letters and signs that the PDF's typeface does not have.

An accessible PDF may not show a character nobody can read, so the typesetter refuses the whole document for one emoji.
Whatever it cannot set is written out by its name in square brackets instead: nothing vanishes without a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import typst

_MISSING = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST_TRIES = 60


def set_in_type(make: Callable[[Any, bool], bytes], data: Any) -> bytes:
    """Call ``make(data, with_system_fonts)`` until everything can be set.

    The typefaces that come with the typesetter are tried first, so that a document looks the same everywhere; then
    those of the machine, which may know more scripts; then what is still missing is written out.
    """
    with_system_fonts = False
    for _try in range(MOST_TRIES):
        try:
            return make(data, with_system_fonts)
        except typst.TypstError as refused:
            missing = _missing_in(str(refused))
            if not missing:
                raise
            if with_system_fonts:
                data = _written_out(data, missing)
            with_system_fonts = True
    # Far more scripts than a board's form holds: keep what every typeface has.
    return make(_written_out(data, lambda sign: ord(sign) > 0x17F), False)


def name_of(sign: str) -> str:
    """``[thumbs up sign]``: the name of a character, in brackets."""
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


def _missing_in(message: str) -> Callable[[str], bool] | None:
    found = _MISSING.search(message)
    if found is None:
        return None
    text = _ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), found.group(1))
    signs = set(text) - set(" \n")
    # Letters of the same script are missing together: one try takes them all.
    scripts = {_script(sign) for sign in signs if sign.isalpha()}
    return lambda sign: sign in signs or (sign.isalpha() and _script(sign) in scripts)


def _script(sign: str) -> str:
    first = unicodedata.name(sign, "").partition(" ")[0]
    return "" if first in ("LATIN", "GREEK", "CYRILLIC", "MODIFIER", "") else first


def _written_out(data: Any, is_missing: Callable[[str], bool]) -> Any:
    if isinstance(data, str):
        return "".join(name_of(sign) if not sign.isspace() and is_missing(sign) else sign for sign in data)
    if isinstance(data, list | tuple):
        return [_written_out(each, is_missing) for each in data]
    if isinstance(data, dict):
        return {key: _written_out(value, is_missing) for key, value in data.items()}
    return data
