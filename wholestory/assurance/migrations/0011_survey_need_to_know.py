"""Surveys go under the need-to-know rule, and the open page gets its two functions and nothing else."""

from pathlib import Path

from django.db import migrations

from wholestory.records.rls import Protect

SQL = Path(__file__).parents[1] / "sql" / "survey.sql"
UNDO = """
alter table assurance_surveyreply drop constraint assurance_surveyreply_same_doors;
alter table assurance_survey drop constraint assurance_survey_doors;
alter table assurance_surveyreply drop constraint assurance_surveyreply_has_no_time;
drop policy sealed_until_closed on assurance_surveyreply;
grant select, insert, update, delete on assurance_surveyreply to wholestory_web, wholestory_worker;
drop function assurance_survey_unseal(uuid), assurance_survey_count(uuid),
  assurance_survey_answer(text, uuid, uuid, text, jsonb, text), assurance_survey_shown(text),
  assurance_survey_done(text[]), assurance_survey_before(), assurance_survey_behind(text);
"""


class Migration(migrations.Migration):
    dependencies = [("assurance", "0010_survey"), ("access", "0002_need_to_know")]

    operations = [
        *[Protect(f"assurance_{name}") for name in ("survey", "surveylink", "surveyreply", "surveyresult")],
        migrations.RunSQL(SQL.read_text(), UNDO),
    ]
