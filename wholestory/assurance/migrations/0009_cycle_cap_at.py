"""The score to which a lowest score on a critical item holds its standard down."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assurance", "0008_figures_need_to_know")]

    operations = [
        migrations.AddField(
            model_name="cycle",
            name="cap_at",
            field=models.CharField(
                blank=True,
                help_text="The score a standard is held down to; empty: the second lowest",
                max_length=12,
            ),
        )
    ]
