"""The panel's side goes under the need-to-know rule. What was said, decided and released is history; a final analysis
and its lines are sealed."""

from django.db import migrations

from wholestory.records.append_only import AppendOnly
from wholestory.records.rls import Protect

_TABLES = (
    "review", "panelcomment", "paneldecision", "unmasking", "packpart", "kept", "pack", "analysis", "factor",
    "learningpoint", "recommendation", "minorityview",
)  # fmt: skip

#: The lines of an analysis, and what of them is sealed. The action a recommendation became may come later.
_LINES = {
    "factor": "id, analysis_id, place, edition, domain, code, text, grade, modifiable",
    "learningpoint": "id, analysis_id, place, text",
    "recommendation": "id, analysis_id, place, text, level, agency_id, owner_title, due_on",
    "minorityview": "id, analysis_id, place, role, about, category, text",
}

#: Who may see a row is set in its circle and office and may still change; whatever else it says may not.
SEAL = """
create function child_deaths_analysis_sealed() returns trigger language plpgsql as $$
begin
  if old.state = 'final' and (tg_op = 'DELETE'
      or to_jsonb(new) - '{circle_id,office_id}'::text[] <> to_jsonb(old) - '{circle_id,office_id}'::text[]) then
    raise exception 'a final analysis is never changed' using errcode = 'insufficient_privilege';
  end if;
  return coalesce(new, old);
end $$;
create trigger sealed before update or delete on child_deaths_analysis
  for each row execute function child_deaths_analysis_sealed();

-- Whoever cannot see the analysis finds no draft of it, and is refused too.
create function child_deaths_line_sealed() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and not exists
      (select from child_deaths_analysis a where a.id = old.analysis_id and a.state = 'draft') then
    raise exception 'a final analysis is never changed' using errcode = 'insufficient_privilege';
  end if;
  if tg_op <> 'DELETE' and not exists
      (select from child_deaths_analysis a where a.id = new.analysis_id and a.state = 'draft') then
    raise exception 'a final analysis is never changed' using errcode = 'insufficient_privilege';
  end if;
  return coalesce(new, old);
end $$;

-- Statistics count by the first review: it is set once.
create function child_deaths_first_review_stays() returns trigger language plpgsql as $$
begin
  if old.first_reviewed_on is not null and new.first_reviewed_on is distinct from old.first_reviewed_on then
    raise exception 'the day of the first review never moves' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger first_review_stays before update of first_reviewed_on on child_deaths_review
  for each row execute function child_deaths_first_review_stays();
"""
UNSEAL = """
drop trigger first_review_stays on child_deaths_review; drop function child_deaths_first_review_stays();
drop function child_deaths_line_sealed();
drop trigger sealed on child_deaths_analysis; drop function child_deaths_analysis_sealed();
"""


def _line(table: str, columns: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"create trigger sealed before insert or update of {columns} or delete on child_deaths_{table}"
        " for each row execute function child_deaths_line_sealed();",
        f"drop trigger sealed on child_deaths_{table};",
    )


class Migration(migrations.Migration):
    dependencies = [("child_deaths", "0008_review"), ("access", "0002_need_to_know")]

    operations = [
        *[Protect(f"child_deaths_{name}") for name in _TABLES],
        AppendOnly("child_deaths_panelcomment", ["id", "review_id", "person_id", "words", '"at"']),
        AppendOnly("child_deaths_unmasking", ["id", "review_id", "what", "reason", "by_id", '"at"']),
        AppendOnly(
            "child_deaths_paneldecision",
            [
                "id", "review_id", "outcome", "meeting_id", "item_id", "words", "again_on", "version", "as_decided",
                "quorum_words", "decided_on", "by_id", "on_word_of_id", "decision_id",
            ],
        ),
        AppendOnly(
            "child_deaths_pack", ["id", "review_id", "version", "facts", "parts", "released_by_id", "released_at"]
        ),
        migrations.RunSQL(SEAL, UNSEAL),
        *[_line(table, columns) for table, columns in _LINES.items()],
    ]  # fmt: skip
