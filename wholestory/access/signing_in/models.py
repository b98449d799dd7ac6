"""What signing in has to remember.

Read before anybody is known, so outside row-level security, and free of case matter.
"""

from __future__ import annotations

from django.db import models

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy


class SignInCode(Base):
    """A code sent by e-mail. Only a keyed digest of it is kept; any that has not run out may be used, once."""

    account = models.ForeignKey("access.Account", models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    privacy = Privacy("working", ordinary="account digest expires_at")

    class Meta:
        indexes = [models.Index(fields=["account", "digest"], name="access_signincode_digest")]


class KeptText(Base):
    """What somebody sent after their time had run out: kept sealed for an hour, for the same person to send again.

    ``where`` is the page it was meant for; ``sealed`` holds the typed fields, encrypted with a key that is not in
    the database.
    """

    account = models.ForeignKey("access.Account", models.CASCADE, related_name="kept")
    where = models.CharField(max_length=500)
    sealed = models.TextField()
    expires_at = models.DateTimeField()

    privacy = Privacy("working", case="sealed", ordinary="account where expires_at")
