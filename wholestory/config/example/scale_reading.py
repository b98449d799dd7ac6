"""Lines of who read what: an access record as long as years of use leave it.

Every line is appended through the same door as all others, and its chain made by the database. The system is the
reader, because nobody made up here ever read anything.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from wholestory.access import acting
from wholestory.partners.models import Board

#: Lines appended in one transaction. A transaction stays in one lane, and each line makes a new version of the
#: lane's head; short transactions let PostgreSQL clear the old versions away as it goes.
AT_ONCE = 500

_APPEND = """
insert into ledger.line (board, verb, kind, record, ids, reason, writes)
select %s, 'example.read', 'assurance.return', r, '{}', 'made_up', false from unnest(%s::uuid[]) as r
"""


def append(board: Board, records: Sequence[UUID], how_many: int, chosen: random.Random) -> None:
    """Append ``how_many`` lines about some of ``records``."""
    done = 0
    while done < how_many:
        some = min(AT_ONCE, how_many - done)
        with acting.as_system(board, "founder"), connection.cursor() as cursor:
            cursor.execute(_APPEND, [board.id, chosen.choices(records, k=some)])
        done += some
