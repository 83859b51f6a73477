from django.db import migrations, models
from django.db.models.functions import Lower


def find_new_names(rows):
    """Return new names by the number of the term, for those that differ from an older one by their case alone.

    "Hotline" becomes "Hotline (2)", or the next number that no other term has. `rows` are (pk, coalition, language,
    name), oldest first.
    """
    taken = {(coalition, language, name.lower()) for _pk, coalition, language, name in rows}
    seen, new_names = set(), {}
    for pk, coalition, language, name in rows:
        if (coalition, language, name.lower()) not in seen:
            seen.add((coalition, language, name.lower()))
            continue
        number = 2
        while (coalition, language, (free := f"{name[:110]} ({number})").lower()) in taken:
            number += 1
        taken.add((coalition, language, free.lower()))
        new_names[pk] = free
    return new_names


def rename_duplicates(apps, _schema_editor):
    terms = apps.get_model("drafting", "Term").objects
    rows = list(terms.order_by("pk").values_list("pk", "coalition", "language", "name"))
    for pk, name in find_new_names(rows).items():
        terms.filter(pk=pk).update(name=name)


class Migration(migrations.Migration):

    dependencies = [("drafting", "0003_parts")]

    operations = [
        migrations.RunPython(rename_duplicates, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="term", name="a_word_is_defined_once"),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.UniqueConstraint(
                "coalition", "language", Lower("name"), name="a_term_is_unique_in_any_case"
            ),
        ),
    ]
