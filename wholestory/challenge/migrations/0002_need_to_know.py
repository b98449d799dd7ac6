"""Questions go under the need-to-know rule."""

from django.db import migrations

from wholestory.records.rls import Protect


class Migration(migrations.Migration):
    dependencies = [("challenge", "0001_initial"), ("access", "0002_need_to_know")]

    operations = [Protect("challenge_question", order="asked_on")]
