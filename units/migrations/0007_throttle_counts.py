"""The table in which Django's database cache counts the requests of the API."""

from django.core.management import call_command
from django.db import migrations

TABLE = "throttle_counts"


def create(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("units", "0006_answered_request")]

    operations = [migrations.RunPython(create, drop)]
