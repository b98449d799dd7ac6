"""How often something may be tried, counted across all processes in the shared cache.

No limit here closes an account: whoever tries too often from one place waits, and the person whose address they
typed can still sign in from another. What is counted is kept under a keyed digest, never as an address.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Limit:
    """At most ``most`` in ``seconds``, for each key apart."""

    name: str
    most: int
    seconds: int

    def _key(self, of: str) -> str:
        return f"limit:{self.name}:{salted_hmac('wholestory.limits', of, algorithm='sha256').hexdigest()}"

    def _now(self, of: str) -> tuple[int, float]:
        """How many so far, and when the running period ends."""
        count, until = cache.get(self._key(of), (0, 0.0))
        return (count, until) if until > time.time() else (0, time.time() + self.seconds)

    def count(self, of: str) -> int:
        """How many there were in the running period."""
        return self._now(of)[0]

    def note(self, of: str) -> int:
        """Count one more; the period begins with the first."""
        count, until = self._now(of)
        # Not cache.incr: the shared cache in the database forgets the period's own end when it adds one.
        cache.set(self._key(of), (count + 1, until), max(1, int(until - time.time())))
        return count + 1

    def passed(self, of: str) -> bool:
        """Whether no more are allowed now."""
        return self.count(of) >= self.most


def digest(text: str) -> str:
    """A plain digest of something random, for a look-up column."""
    return sha256(text.encode()).hexdigest()


#: Generous, because a whole council or hospital may sit behind one network address.
CODES_ASKED = Limit("codes_asked", 120, 60 * 60)
WRONG_CODES = Limit("wrong_codes", 120, 60 * 60)
#: Wrong codes for one account from anywhere: beyond these its codes get longer; the account is never closed.
WRONG_FOR_ACCOUNT = Limit("wrong_for_account", 30, 24 * 60 * 60)
#: Ways begun to an organisation's own sign-in from one network: each has this site ask the provider first.
SIGN_ON_BEGUN = Limit("sign_on_begun", 600, 60 * 60)
#: Messages that lead somebody to their organisation's own sign-in.
LED_AWAY = Limit("led_away", 3, 60 * 60)
#: Wrong second factors within one sign-in; then the sign-in starts again, with a new code by e-mail.
WRONG_SECOND = Limit("wrong_second", 10, 60 * 60)
#: Wrong codes of one account's app in a day. Only somebody who reads its mail gets this far; then the app rests,
#: and passkeys and recovery codes, which cannot be guessed, still open.
WRONG_APP_CODES = Limit("wrong_app_codes", 50, 24 * 60 * 60)
#: Pages asked for that are not there or not theirs: enough for honest mistakes, too few to try references out.
NOT_FOUND = Limit("not_found", 60, 10 * 60)
