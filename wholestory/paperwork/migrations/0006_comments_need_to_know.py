"""Comments go under the need-to-know rule. Their doors differ from their form's: fewer people read them."""

from django.db import migrations

from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("paperwork", "0005_comments"), ("access", "0002_need_to_know")]

    operations = [Protect("paperwork_comment", order="said_at")]
