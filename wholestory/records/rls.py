"""The migration operation that puts a table under the database's need-to-know rule.

The shape was measured (a million rows, two hundred thousand circles): two integer columns compared with arrays
the transaction carries, and a restrictive policy for refusals. The obvious shapes (a sub-query, a function per
row, array overlap) hide the array from the planner and are hundreds of times slower.
"""

from __future__ import annotations

from django.db.migrations.operations.special import RunSQL

_IN_CIRCLE = "circle_id = any (nullif(current_setting('app.circles', true), '')::int[])"
_IN_OFFICE = "office_id = any (nullif(current_setting('app.offices', true), '')::int[])"
_REFUSED = "circle_id <> all (coalesce(nullif(current_setting('app.refused', true), ''), '{}')::int[])"
_READ_ONLY = "circle_id <> all (coalesce(nullif(current_setting('app.read_only', true), ''), '{}')::int[])"

#: Statement-level, so its cost does not grow with the rows: no change without a line in the access record.
NEEDS_A_LINE = """
create or replace function records_needs_a_line() returns trigger language plpgsql as $$
begin
  if current_setting('app.ledgered', true) is distinct from 'yes' then
    raise exception 'a change to % needs a line in the access record first', tg_table_name
      using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
"""


class Protect(RunSQL):
    """Force row-level security on ``table`` and refuse changes that no line answers for.

    ``order`` is the column lists are sorted by, indexed together with circle and office. ``refusable`` is False
    only for the table that holds the refusals themselves.
    """

    def __init__(self, table: str, order: str = "created_at", *, refusable: bool = True) -> None:
        restrictive = (
            f"create policy refused on {table} as restrictive using ({_REFUSED}) with check ({_REFUSED});"
            if refusable
            else ""
        )
        super().__init__(
            sql=f"""
            alter table {table} enable row level security;
            alter table {table} force row level security;
            create policy need_to_know on {table} using ({_IN_CIRCLE} or {_IN_OFFICE})
              with check ({_IN_CIRCLE} or {_IN_OFFICE});
            {restrictive}
            create policy read_only_insert on {table} as restrictive for insert with check ({_READ_ONLY});
            create policy read_only_update on {table} as restrictive for update using ({_READ_ONLY});
            create policy read_only_delete on {table} as restrictive for delete using ({_READ_ONLY});
            create index {table}_circle_order on {table} (circle_id, {order} desc);
            create index {table}_office_order on {table} (office_id, {order} desc);
            create trigger needs_a_line before insert or update or delete on {table}
              for each statement execute function records_needs_a_line();
            """,
            reverse_sql=f"""
            drop trigger needs_a_line on {table};
            drop index {table}_office_order; drop index {table}_circle_order;
            drop policy read_only_delete on {table}; drop policy read_only_update on {table};
            drop policy read_only_insert on {table};
            drop policy if exists refused on {table}; drop policy need_to_know on {table};
            alter table {table} no force row level security;
            alter table {table} disable row level security;
            """,
        )
        self._table, self._order, self._refusable = table, order, refusable

    def deconstruct(self) -> tuple[str, list[str], dict[str, str | bool]]:
        return ("Protect", [self._table], {"order": self._order, "refusable": self._refusable})

    def describe(self) -> str:
        return f"Put {self._table} under the need-to-know rule"
