"""The little Markdown messages are written in, as plain text and as simple HTML.

Paragraphs, "- " and "1. " lists, ``**bold**`` and web addresses. Everything else stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")
_POINT = re.compile(r"^[-*] +(.*)$")
_NUMBERED = re.compile(r"^\d{1,2}\. +(.*)$")


def as_text(body: str) -> str:
    """For programs that show no HTML, for copying, and for GOV.UK Notify."""
    tidy = body.replace("\r\n", "\n").replace("\r", "\n")
    return _BOLD.sub(r"\1", tidy).strip() + "\n"


def as_html(body: str) -> str:
    """A whole, small HTML document. What was typed can never become a tag."""
    blocks = "\n".join(_blocks(body.replace("\r\n", "\n").replace("\r", "\n")))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title></title></head>'
        f"<body>\n{blocks}\n</body></html>\n"
    )


def _blocks(body: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", body.strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        for tag, group in groupby(lines, key=_tag_of):
            texts = [_inline(_bare(tag, line)) for line in group]
            if tag == "p":
                yield f"<p>{'<br>'.join(texts)}</p>"
            else:
                yield f"<{tag}>{''.join(f'<li>{text}</li>' for text in texts)}</{tag}>"


def _tag_of(line: str) -> str:
    if _POINT.match(line):
        return "ul"
    return "ol" if _NUMBERED.match(line) else "p"


def _bare(tag: str, line: str) -> str:
    found = {"ul": _POINT, "ol": _NUMBERED}[tag].match(line) if tag != "p" else None
    return found.group(1) if found else line


def _inline(line: str) -> str:
    safe = escape(line, quote=False)
    linked = _ADDRESS.sub(lambda m: f'<a href="{m.group().replace(chr(34), "%22")}">{m.group()}</a>', safe)
    return _BOLD.sub(r"<strong>\1</strong>", linked)
