"""The base of every table: keys made in Python, so that insert-only tables need no read-back."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from wholestory.kernel.privacy import Privacy


class Base(models.Model):
    """A row with a key that says nothing about how many rows there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    privacy: Privacy

    class Meta:
        abstract = True
