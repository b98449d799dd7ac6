"""An address as a QR code: black squares as one path, with nothing a page may not hold (no style, no script)."""

from __future__ import annotations

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString

#: Light squares around the code: with fewer, telephones do not find it (ISO/IEC 18004: four).
QUIET = 4


def svg(address: str, says: str) -> SafeString:
    """The picture, as large as its place. ``says`` is read out instead of it."""
    # A quarter of the squares may be lost: paper on a wall is folded, stained and written on.
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=QUIET)
    code.add_data(address)
    code.make(fit=True)
    squares = code.get_matrix()
    path = "".join(
        f"M{across} {down}h{length}v1h-{length}z"
        for down, line in enumerate(squares)
        for across, length in _runs(line)
    )
    side = len(squares)
    return format_html(
        '<svg class="ws-qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-label="{}"'
        ' shape-rendering="crispEdges"><rect width="{}" height="{}" fill="#fff"/><path d="{}" fill="#000"/></svg>',
        side, side, says, side, side, path,
    )  # fmt: skip


def _runs(line: list[bool]) -> list[tuple[int, int]]:
    """Where dark squares begin in one line, and how many follow one another."""
    found: list[tuple[int, int]] = []
    for at, dark in enumerate(line):
        if dark and found and sum(found[-1]) == at:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((at, 1))
    return found
