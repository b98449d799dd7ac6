"""What stands in the ``type`` column, in all its spellings, as one plain kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "text": ("text", "string", "q string", "add text prompt"),
    "integer": ("integer", "int", "q int", "add integer prompt"),
    "decimal": ("decimal", "q decimal", "add decimal prompt"),
    "range": ("range",),
    "percentage": ("percentage",),
    "days 31": ("number of days in last month",),
    "days 183": ("number of days in last six months",),
    "days 365": ("number of days in last year",),
    "phone": ("phone number",),
    "note": ("note", "q note", "add note prompt"),
    "date": ("date", "q date", "add date prompt"),
    "time": ("time",),
    "datetime": ("datetime", "date time", "q date time", "q datetime", "add date time prompt", "add datetime prompt"),
    "calculate": ("calculate", "q calculate", "add calculate prompt"),
    "acknowledge": ("acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"),
    "file": ("file", "add file prompt"),
    "image": ("image", "photo", "q picture", "q image", "add image prompt", "add photo prompt"),
    "barcode": ("barcode", "q barcode", "add barcode prompt"),
    "set title": ("set form title",),
    "set id": ("set form id",),
}  # fmt: skip
KINDS = {spelled: kind for kind, all_of in _SPELLINGS.items() for spelled in all_of}

_PLACES = "a place on a map"
_DEVICE = "the telephone or tablet: nothing is asked of it here"
_SAID_BY_ITSELF = "who answered and when is noted here by itself"
#: Kinds XLSForm has and this form does not, with what to say of them.
NOT_OURS: dict[str, str] = {
    **dict.fromkeys(
        ("geopoint", "gps", "location", "q geopoint", "q location", "add location prompt", "geotrace", "geoshape",
         "q geotrace", "q geoshape", "start-geopoint"),
        _PLACES,
    ),
    **dict.fromkeys(
        ("start", "start time", "get start time", "end", "end time", "get end time", "today", "get today", "username",
         "email", "get user name", "audit"),
        _SAID_BY_ITSELF,
    ),
    **dict.fromkeys(
        ("deviceid", "imei", "device id", "get device id", "subscriberid", "subscriber id", "get subscriber id",
         "simserial", "sim id", "get sim id", "phonenumber", "get phone number", "uri:deviceid", "uri:subscriberid",
         "uri:simserial", "uri:phonenumber", "uri:username", "uri:email"),
        _DEVICE,
    ),
    "audio": "a sound recording", "q audio": "a sound recording", "add audio prompt": "a sound recording",
    "background-audio": "a sound recording", "video": "a film", "q video": "a film", "add video prompt": "a film",
    "hidden": "a value nobody sees", "rank": "putting choices in order", "xml-external": "another file",
    "csv-external": "another file", "osm": "a place on a map",
}  # fmt: skip

_SELECT = re.compile(
    "(?P<how>add select one prompt using|add select multiple prompt using|select all that apply from"
    "|select multiple from|select multiple using|select one from|select one using|select1|select_one|select one"
    "|select_multiple|select all that apply|select_one_external|select_one_from_file|select_multiple_from_file"
    "|select one from file|select multiple from file|rank|osm)"
    r" (?P<list>\S+)(?P<other> (?:or specify other|or_other|or other))?",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"(?P<end>begin|end)[ _]+(?P<what>group|repeat|loop|lgroup|looped group)(?: over (?P<list>\S+))?", re.IGNORECASE
)  # fmt: skip


@dataclass(frozen=True)
class Type:
    """A plain kind: a key of the spellings, ``select_one``, ``select_multiple``, ``begin``, ``end``, or ``not_ours``
    with what it is. ``list_name`` is the choice list, ``block`` group, repeat or loop."""

    kind: str
    list_name: str = ""
    or_other: bool = False
    block: str = ""
    about: str = ""


def read_type(text: str) -> Type | None:
    """The kind of a row; None when nobody knows such a type."""
    plain = " ".join(text.split())
    folded = plain.casefold()
    if folded in KINDS:
        return Type(KINDS[folded])
    if folded in NOT_OURS:
        return Type("not_ours", about=NOT_OURS[folded])
    block = _BLOCK.fullmatch(plain)
    if block is not None:
        what = {"group": "group", "loop": "loop"}.get(block["what"].lower(), "repeat")
        return Type(block["end"].lower(), block["list"] or "", block=what)
    select = _SELECT.fullmatch(plain)
    return _select(select) if select is not None else None


def _select(found: re.Match[str]) -> Type:
    how = found["how"].casefold()
    if "file" in how or "external" in how:
        return Type("not_ours", about="choices kept in another file")
    if how in ("rank", "osm"):
        return Type("not_ours", about=NOT_OURS[how])
    many = "multiple" in how or "all" in how
    return Type("select_multiple" if many else "select_one", found["list"], bool(found["other"]))


def nearest(text: str) -> str:
    """The type somebody may have meant; nothing when none is near."""
    from difflib import get_close_matches

    usual = ["text", "integer", "decimal", "range", "note", "date", "time", "dateTime", "calculate", "acknowledge",
             "file", "image", "begin_group", "end_group", "begin_repeat", "end_repeat"]  # fmt: skip
    first = text.split(" ")[0]
    if first.casefold().replace("_", "").startswith("select") and first.casefold() not in ("select_one",):
        return "select_one LIST or select_multiple LIST"
    found = get_close_matches(first, usual, n=1, cutoff=0.75)
    return found[0] if found else ""
