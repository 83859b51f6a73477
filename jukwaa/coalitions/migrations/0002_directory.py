import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("coalitions", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index("coalition", Lower("name"), "id", name="organisation_by_name"),
        ),
        migrations.CreateModel(
            name="KeptApart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coalitions.organisation",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="coalitions.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "kept apart",
                "constraints": [
                    models.UniqueConstraint(fields=["first", "second"], name="two_are_kept_apart_once"),
                    models.CheckConstraint(
                        name="the_lower_of_two_kept_apart_comes_first", condition=Q(first__lt=F("second"))
                    ),
                ],
            },
        ),
    ]
