"""What the head of a column says that it holds, in the words of different countries."""

import pytest

from jukwaa.intake.reader.tables import parse_column_roles


@pytest.mark.parametrize(
    ("heads", "roles"),
    [
        (["Compromiso", "Punto focal", "Plazo"], ("what", "who", "due")),
        (["Action", "Points focaux", "Échéance"], ("what", "who", "due")),
        (["O quê", "Quem puxa", "Até quando", "Situação"], ("what", "who", "due", "status")),
        (["Action", "Qui fait", "Échéance"], ("what", "who", "due")),
        (["Nombre", "Quiénes asistieron", "País"], ("name", "", "country")),
        (["Nom", "Qui a assisté", "Pays"], ("name", "", "country")),
    ],
)
def test_heads_of_owners(heads, roles):
    assert parse_column_roles(heads) == roles
