"""`wholestory ledger verify | anchor`: proves the access record, or anchors it now."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.utils import timezone

from wholestory.ledger import anchors, proving

#: Roles that may prove the record, the least first. The web role is not one: it may only append.
ROLES = ("worker", "backup", "owner")
WHOLE, BROKEN, CANNOT = 0, 1, 2


def main(argv: list[str]) -> int:
    """Returns 0 when everything holds, 1 when a line or an anchor does not, 2 when that cannot be told."""
    parser = argparse.ArgumentParser(
        prog="wholestory ledger", description="Proves the access record, or anchors it."
    )
    parser.add_argument(
        "what", choices=["verify", "anchor"], help="prove lanes and anchors, or write an anchor now"
    )
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    chosen = parser.parse_args(argv)
    environment = settings.ENVIRONMENT
    if not environment.anchor_key:
        print(
            "WHOLESTORY_ANCHOR_KEY is not set: anchors cannot be written or proved without it.",
            file=sys.stderr,
        )
        return CANNOT
    folder, key = anchors.folder_of(environment), anchors.key_of(environment.anchor_key)
    try:
        with _cursor(environment.database_urls) as cursor:
            if chosen.what == "anchor":
                return _anchor(cursor, folder, key, as_json=chosen.json)
            return report(proving.prove(cursor, folder, key), timezone.now(), as_json=chosen.json)
    except (psycopg.Error, OSError) as problem:
        print(f"The access record could not be read: {problem}", file=sys.stderr)
        return CANNOT


@contextmanager
def _cursor(urls: dict[str, str]) -> Iterator[psycopg.Cursor]:
    url = next((urls[role] for role in ROLES if role in urls), None)
    if url is None:
        raise OSError("set DATABASE_URL_WORKER, DATABASE_URL_BACKUP or DATABASE_URL_OWNER for this command")
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        yield cursor


def _anchor(cursor: psycopg.Cursor, folder: Path, key: bytes, *, as_json: bool) -> int:
    try:
        wrote = anchors.write(folder, key, proving.heads(cursor), timezone.now())
    except anchors.AnchorsBroken as broken:
        print(f"The anchors do not hold: {broken}.", file=sys.stderr)
        return BROKEN
    print(
        json.dumps({"anchored": wrote}) if as_json else ("Anchored." if wrote else "Nothing new to anchor.")
    )
    return WHOLE


def report(proof: proving.Proof, now: datetime, *, as_json: bool) -> int:
    """Print what was found. Returns the exit status."""
    if as_json:
        told = {
            "whole": proof.whole,
            "lines": proof.lines,
            "lanes": proof.lanes,
            "broken": [vars(one) for one in proof.broken],
            "anchors": proof.anchors,
            "last_anchor_at": proof.last_anchor_at.isoformat() if proof.last_anchor_at else None,
            "anchors_broken": proof.anchors_broken,
        }
        print(json.dumps(told, indent=2))
        return WHOLE if proof.whole else BROKEN
    for one in proof.broken:
        print(f"Broken: lane {one.lane}, line {one.number}: {one.why}.")
    if proof.anchors_broken:
        print(f"Broken: anchors: {proof.anchors_broken}.")
    print(f"{proof.lines:,} lines in {proof.lanes} lanes; {proof.anchors:,} anchors{_last(proof, now)}.")
    print("The access record is whole." if proof.whole else "The access record does NOT hold.")
    return WHOLE if proof.whole else BROKEN


def _last(proof: proving.Proof, now: datetime) -> str:
    if proof.last_anchor_at is None:
        return ". Without an anchor, lines cut from the end do not show"
    minutes = int((now - proof.last_anchor_at).total_seconds() // 60)
    return f", the last {minutes} minutes ago"
