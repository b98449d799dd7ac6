"""Who acts, who is in, and the system's own actors."""

from pathlib import Path

from django.db import migrations

from wholestory.access.acting import SYSTEM_ACTORS
from wholestory.records.rls import Protect

SQL = Path(__file__).resolve().parents[1] / "sql" / "act_as.sql"

UNDO = """
drop policy deriving on access_grant; drop policy deriving on access_refusal;
revoke select on records_record, records_office from wholestory_ledger;
drop policy keeper on records_record;
drop policy derived on access_membership; drop policy own_or_shared on access_membership;
alter table access_membership disable row level security;
drop function access_act_as_system(uuid, uuid); drop function access_act_as(uuid, uuid);
"""


def name_the_system(apps, schema_editor):
    person = apps.get_model("partners", "Person")
    for key, name in SYSTEM_ACTORS.values():
        person.objects.create(id=key, full_name=name, is_system=True)
    assert person.objects.filter(is_system=True).count() == len(SYSTEM_ACTORS)


def unname(apps, schema_editor):
    apps.get_model("partners", "Person").objects.filter(is_system=True).delete()


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("records", "0002_need_to_know")]

    operations = [
        migrations.RunPython(name_the_system, unname),
        Protect("access_grant"),
        Protect("access_refusal", refusable=False),
        Protect("access_emergencyaccess"),
        migrations.RunSQL(SQL.read_text(), UNDO),
    ]
