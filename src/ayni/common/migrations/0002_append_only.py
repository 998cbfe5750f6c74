"""The record of changes is append-only: the database itself refuses to change or remove a row."""

from django.db import migrations

SQLITE = [
    f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON common_auditevent "
    "BEGIN SELECT RAISE(ABORT, 'the record of changes is append-only'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the record of changes is append-only' USING ERRCODE = '23000'; END $$",
    "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON common_auditevent "
    "FOR EACH ROW EXECUTE FUNCTION audit_append_only()",
]


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("common", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
