"""The table rate limits are counted in, shared by all processes: part of the schema, so that no start forgets it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0006_accounts")]

    operations = [
        migrations.RunSQL(
            """
            create table if not exists shared_cache (
              cache_key varchar(255) primary key,
              value text not null,
              expires timestamptz not null
            );
            create index if not exists shared_cache_expires on shared_cache (expires);
            """,
            "drop table shared_cache",
        )
    ]
