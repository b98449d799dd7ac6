"""PostgreSQL, with every outermost transaction stating who acts."""

from __future__ import annotations

from django.db.backends.postgresql import base

from wholestory.access import acting


class DatabaseWrapper(base.DatabaseWrapper):
    """The one place where a transaction begins, so the one place where the acting person is stated.

    Outside a transaction nobody acts, and protected tables show nothing.
    """

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)
        if not autocommit:
            who = acting.current()
            if who is not None:
                with self.cursor() as cursor:
                    acting.state(cursor, who)


__all__ = ["DatabaseWrapper"]
