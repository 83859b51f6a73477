"""Pages of the desk: what they show, what they cost, and whom they let in."""

import gzip

import pytest
from django.urls import reverse

from jukwaa.intake.models import Reading
from tests.factories import OrganisationFactory
from tests.intake.desk import REPORT, reading_of


def desk_url(reading: Reading) -> str:
    return reverse("intake:reading_detail", args=[reading.coalition.slug, reading.pk])


def test_the_desk_shows_each_sentence_and_what_it_suggests(client, coalition, rapporteur):
    reading = reading_of(coalition, rapporteur)
    client.force_login(rapporteur)

    response = client.get(desk_url(reading))

    print(response.text)
    assert response.status_code == 200
    assert response.text.count('<li id="s') == 7
