"""Who is around a record, and access taken in an emergency."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"

FORGET_AROUND = """
drop policy own_kept on access_refusal; drop policy own_hidden on access_refusal;
drop function access_around(bigint, bigint);
"""
FORGET_EMERGENCY = """
drop function access_emergency_take(text, text, int); drop function access_emergency_find(text);
drop function access_emergency_doors(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_tokens")]

    operations = [
        migrations.RunSQL((SQL / "around.sql").read_text(), FORGET_AROUND),
        migrations.RunSQL((SQL / "emergency.sql").read_text(), FORGET_EMERGENCY),
    ]
