"""The migration operation that makes a table append-only: history is read from it, so it is never edited."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.migrations.operations.special import RunSQL


class AppendOnly(RunSQL):
    """Refuse UPDATE (other than of the columns that say who may see the row) and DELETE on ``table``."""

    def __init__(self, table: str, facts: Sequence[str]) -> None:
        columns = ", ".join(facts)
        super().__init__(
            sql=f"""
            create function {table}_append_only() returns trigger language plpgsql as $$
            begin
              raise exception 'rows of {table} are history and are never changed'
                using errcode = 'insufficient_privilege';
            end $$;
            create trigger append_only before update of {columns} or delete on {table}
              for each row execute function {table}_append_only();
            """,
            reverse_sql=f"drop trigger append_only on {table}; drop function {table}_append_only();",
        )
        self._table, self._facts = table, list(facts)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return ("AppendOnly", [self._table, self._facts], {})

    def describe(self) -> str:
        return f"Make {self._table} append-only"
