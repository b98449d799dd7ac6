"""PostgreSQL, with every outermost transaction stating who acts."""

from __future__ import annotations

from django.db.backends.postgresql import base
from django.db.utils import Error

from wholestory.access import acting


class DatabaseWrapper(base.DatabaseWrapper):
    """The one place where a transaction begins, so the one place where the acting person is stated.

    Outside a transaction nobody acts, and protected tables show nothing.
    """

    def set_autocommit(
        self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False
    ) -> None:
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        who = acting.current()
        if autocommit or who is None:
            return
        try:
            with self.cursor() as cursor:
                acting.state(cursor, who)
        except Error:
            # Leave no half-begun transaction behind in which nobody, or somebody else, would act.
            self.rollback()
            super().set_autocommit(True)
            raise


__all__ = ["DatabaseWrapper"]
