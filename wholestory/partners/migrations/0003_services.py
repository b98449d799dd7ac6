from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0002_doubles_and_setting_up'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='is_service',
            field=models.BooleanField(default=False, help_text='A computer system that acts by a token: never offered or listed as somebody'),
        ),
    ]
