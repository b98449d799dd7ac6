from django.db import migrations, models


class Migration(migrations.Migration):
    """A birth or a death of which only the month or the year is known."""

    dependencies = [("child_deaths", "0024_panel_report_protected")]

    operations = [
        migrations.AddField(
            model_name="child",
            name="born_part",
            field=models.CharField(blank=True, default="", max_length=7),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="case",
            name="died_part",
            field=models.CharField(
                blank=True,
                default="",
                help_text="2016-03 or 2016, where only the month or year of death is known",
                max_length=7,
            ),
            preserve_default=False,
        ),
    ]
