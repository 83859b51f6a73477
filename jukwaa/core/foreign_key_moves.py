"""Move everything that refers to one row to another row."""

from collections.abc import Iterator

from django.db import IntegrityError, models, transaction


def find_referencing_rows(
    model_row: models.Model,
) -> Iterator[tuple[type[models.Model], str, models.QuerySet[models.Model]]]:
    """Yield every foreign key of every app that refers to this row, hidden ones too: (model, field, rows)."""
    for relation in model_row._meta.get_fields(include_hidden=True):  # noqa: SLF001 - public by Django's word
        if isinstance(relation, models.ManyToOneRel):
            model = relation.related_model
            name = relation.field.name
            yield model, name, model._base_manager.filter(**{name: model_row.pk})  # noqa: SLF001 - as above


def repoint_foreign_keys(old_row: models.Model, new_row: models.Model) -> None:
    """Make every row of every app that holds `old_row` hold `new_row`. What would stand there twice then stands once.

    What hangs on the row that goes is kept, on the one that stays. A model of which only one may be valid at a time
    says in `GIVES_WAY` how a row becomes history.
    """
    for model, name, rows in find_referencing_rows(old_row):
        if try_moving_rows(rows, name, new_row):
            continue
        for row in rows.order_by("pk"):
            one = rows.filter(pk=row.pk)
            if try_moving_rows(one, name, new_row):
                continue
            if history := getattr(model, "GIVES_WAY", None):
                one.update(**history, **{name: new_row.pk})
                continue
            if twin := find_duplicate_row(row, name, new_row):
                repoint_foreign_keys(row, twin)
            row.delete()


def find_duplicate_row(model_row: models.Model, column_name: str, new_row: models.Model) -> models.Model | None:
    """Return the row that holds `new_row` already, by the rule that lets only one of them."""
    meta = model_row._meta  # noqa: SLF001 - as above
    rows: models.QuerySet[models.Model] = model_row.__class__._base_manager.exclude(pk=model_row.pk)  # noqa: SLF001 - as above
    if meta.get_field(column_name).unique:  # type: ignore[union-attr]  # a column
        return rows.filter(**{column_name: new_row.pk}).first()
    for rule in meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and column_name in rule.fields:
            columns = {field: meta.get_field(field).attname for field in rule.fields}  # type: ignore[union-attr]  # a column
            values = {field: getattr(model_row, column) for field, column in columns.items()} | {
                column_name: new_row.pk
            }
            if twin := rows.filter(rule.condition or models.Q(), **values).first():
                return twin
    return None


def try_moving_rows(moved_rows: models.QuerySet[models.Model], column_name: str, new_row: models.Model) -> bool:
    """Return False where a rule of the database forbids it: then nothing is moved."""
    try:
        with transaction.atomic():
            moved_rows.update(**{column_name: new_row.pk})
    except IntegrityError:
        return False
    return True
