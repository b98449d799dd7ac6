from django.db import migrations, models


class Migration(migrations.Migration):
    """Keys of before are marked with nothing: the job writes them again."""

    dependencies = [("child_deaths", "0013_handover_protected")]

    operations = [
        migrations.AddField(
            model_name="matchkey",
            name="secret",
            field=models.CharField(
                db_index=True, default="", help_text="A mark of the secret it was made with", max_length=8
            ),
        ),
    ]
