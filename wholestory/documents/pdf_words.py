"""The words of a PDF, read in a process of its own: ``python -m wholestory.documents.pdf_words SECONDS CHARACTERS``.

The file comes in on standard input and its pages leave on standard output, a form feed between them. A file made to
keep a reader busy or to fill its memory ends this process and no other. Ends with 3 where it cannot be read.
"""

from __future__ import annotations

import io
import logging
import resource
import sys

_MOST_MEMORY = 1024 * 1024 * 1024
CANNOT_READ = 3


def main(argv: list[str]) -> int:
    """Read as far as the limits go; what was read until then is written."""
    seconds, characters = int(argv[0]), int(argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    logging.disable(logging.CRITICAL)
    try:
        from pypdf import PdfReader
    except ImportError:
        return CANNOT_READ
    out = sys.stdout.buffer
    # A damaged file breaks its reader in many ways; what was read until then is written all the same.
    for number, page in enumerate(PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages):
        text = page.extract_text()[:characters].replace("\f", "\n")
        characters -= len(text)
        out.write(("\f" if number else "").encode() + text.encode("utf-8", "replace"))
        if characters <= 0:
            break
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
