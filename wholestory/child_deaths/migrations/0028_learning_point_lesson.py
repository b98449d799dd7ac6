import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was learned may become a lesson, also once the analysis is final."""

    dependencies = [("child_deaths", "0027_newest_first"), ("records", "0002_need_to_know")]

    operations = [
        migrations.AddField(
            model_name="learningpoint",
            name="lesson",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.record",
            ),
        ),
    ]
