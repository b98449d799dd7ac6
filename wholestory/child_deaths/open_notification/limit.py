"""Against floods, without turning a nurse away.

The database counts what was sent of late, by address and overall (``sql/notify.sql``): from many on, a plain question
must be answered first; only in a flood is somebody asked to try again in a minute. A whole hospital may stand behind
one address, so the bounds are far above what any hospital sends. The address is kept as a digest that changes daily.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SALT = "wholestory.child_deaths.question"
ANSWERED_WITHIN_SECONDS = 30 * 60
#: The form with every box full is a fifth of this.
LARGEST_BODY = 200_000
_SITTING = re.compile(r"[0-9a-f]{32}")
_WORDS = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def visitor(address: str, on: date) -> str:
    """A digest that stands for a network address on one day."""
    return salted_hmac("wholestory.child_deaths.visitor", f"{on} {address}", algorithm="sha256").hexdigest()


def sitting(request: HttpRequest) -> str:
    """What stands for one sitting at the page: made when the page is opened, and carried by it, because the page has
    no cookie. A button pressed twice in one sitting is one message; another sitting is another sender."""
    carried = request.POST.get("sitting", "")
    return carried if _SITTING.fullmatch(carried) else secrets.token_hex(16)


@dataclass(frozen=True)
class Question:
    """A plain question and its signed token, which is good for one message."""

    words: str
    token: str


def question() -> Question:
    """A fresh plain question."""
    one, other = secrets.randbelow(5) + 1, secrets.randbelow(5) + 1
    token = signing.dumps([one, other, secrets.token_hex(8)], salt=SALT)
    return Question(f"What is {_WORDS[one]} and {_WORDS[other]} together?", token)


def answered(token: str, answer: str) -> str:
    """The key of a question that was answered rightly, in figures or as a word; empty when it was not."""
    try:
        one, other, key = signing.loads(token, salt=SALT, max_age=ANSWERED_WITHIN_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    said = answer.strip().lower().rstrip(".")
    return str(key) if said in {str(one + other), _WORDS[one + other]} else ""
