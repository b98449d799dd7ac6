"""Links that a panel or a moderator cannot open: they lead into the network of whoever added them.

Source: domain notes on quality assurance, 6.2 item 28. Reserved and private names: RFC 6761, RFC 6762 (.local), RFC
8375 (home.arpa) and ICANN's private-use .internal; private addresses: RFC 1918, RFC 4193.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

ONLY_YOURS = (
    "Only people in your network can open this. Give the file itself, or a page that everybody can open."
)
MAY_ASK = "This may ask other people to sign in. Try it without being signed in, or give the file itself."

_PRIVATE_ENDS = (
    "local", "localhost", "internal", "intranet", "lan", "corp", "private", "home", "test", "invalid", "home.arpa",
)  # fmt: skip
_PRIVATE_STARTS = ("intranet.", "intra.", "sharepoint.", "staffnet.", "extranet.")
_BEHIND_SIGN_IN = (
    "sharepoint.com", "onedrive.live.com", "1drv.ms", "drive.google.com", "docs.google.com", "dropbox.com", "box.com",
    "egnyte.com", "huddle.com", "teams.microsoft.com",
)  # fmt: skip


def caution(url: str) -> str:
    """Why others may not be able to open ``url``, in a sentence empty when nothing speaks for it."""
    typed = url.strip()
    if typed.startswith(("\\\\", "/", "file:")) or typed[1:3] in {":\\", ":/"}:
        return ONLY_YOURS
    try:
        host = (urlsplit(typed if "://" in typed else f"https://{typed}").hostname or "").rstrip(".")
    except ValueError:
        return ONLY_YOURS
    if _is_private(host):
        return ONLY_YOURS
    if any(host == one or host.endswith(f".{one}") for one in _BEHIND_SIGN_IN):
        return MAY_ASK
    return ""


def _is_private(host: str) -> bool:
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        pass
    return (
        "." not in host
        or any(host.endswith(f".{end}") for end in _PRIVATE_ENDS)
        or host.startswith(_PRIVATE_STARTS)
    )
