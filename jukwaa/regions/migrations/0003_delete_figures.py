"""Delete the figures that the worker counted ahead: pages count them now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_links")]

    operations = [
        migrations.RemoveConstraint(model_name="figures", name="figures_stand_once"),
        migrations.DeleteModel(name="Figures"),
    ]
