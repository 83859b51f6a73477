from django.db import migrations

# The kinds that are dated by their date of issue, as `data/fields.toml` had them when this was written.
ISSUED_KINDS = ("guideline", "law-or-policy", "research", "toolkit", "training-material")
MAX_ISSUER_LENGTH = 300


def derive_issuers(apps, schema_editor):
    """Their date of issue was never asked for: it is not known."""
    items = apps.get_model("library", "Item").objects.filter(kind__in=ISSUED_KINDS)
    for item in items.only("pk", "details").iterator():
        item.is_issued = True
        item.issuer = str(item.details.get("issuing_body") or "")[:MAX_ISSUER_LENGTH]
        item.save(update_fields=["is_issued", "issuer"])


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0002_plain_labels"),
        ("records", "0015_who_issued_a_record_and_when"),
    ]

    operations = [migrations.RunPython(derive_issuers, migrations.RunPython.noop)]
