"""The access record's own work: an anchor every minute."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from wholestory.ledger import anchors, proving


@app.periodic(cron="* * * * *")
@app.task(name="ledger.anchor", queueing_lock="ledger.anchor", queue="keeping")
def anchor(timestamp: int) -> None:
    """Write the heads of all lanes outside the database. Run twice, the second finds nothing new."""
    with connection.cursor() as cursor:
        now = proving.heads(cursor)
    environment = settings.ENVIRONMENT
    anchors.write(anchors.folder_of(environment), anchors.key_of(environment.anchor_key), now, timezone.now())
