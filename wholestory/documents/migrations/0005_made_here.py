from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_looked_through")]

    operations = [
        migrations.AlterField(
            model_name="storedfile",
            name="screened",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Kept before files were looked through"),
                    ("whole", "Its name and all of its words were looked through"),
                    ("part", "Its name and a part of its words were looked through"),
                    ("name", "Only its name could be looked at"),
                    ("made", "Made here from what is kept here, so it was not looked through"),
                ],
                default="",
                max_length=6,
            ),
        ),
    ]
