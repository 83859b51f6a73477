from datetime import date

import pytest
from django.urls import reverse

from jukwaa.coalitions import area_labels, area_schemes
from jukwaa.coalitions.actions import (
    add_area_of_work,
    add_area_scheme,
    add_coalition_name,
    change_coalition,
    remove_area_of_work,
    rename_area_of_work,
)
from jukwaa.coalitions.area_labels import SHIPPED_AREA_NAMES
from jukwaa.coalitions.models import Activity, AreaOfWork, CoalitionName
from jukwaa.core.refusals import ActionRefused
from tests.factories import DocumentFactory, OrganisationFactory


def test_former_coalition_name_is_kept_in_history(coalition, coordinator):
    changes = {"name": "The new name", "forum": "A forum"}
    for _time in range(2):
        change_coalition(actor=coordinator, coalition=coalition, changed_fields=changes, effective_on=date(2022, 1, 1))

    coalition.refresh_from_db()
    assert (coalition.name, coalition.forum) == ("The new name", "A forum")
    assert list(CoalitionName.objects.values_list("name", "ends_on")) == [("Our Coalition", date(2021, 12, 31))]
    assert list(Activity.objects.values_list("verb", "kind")) == [("changed", "coalition")]


def test_unknown_setting_raises_value_error(coalition, coordinator):
    with pytest.raises(ValueError, match="slug"):
        change_coalition(actor=coordinator, coalition=coalition, changed_fields={"slug": "stolen"})


def test_former_name_with_source_is_stored_once(coalition, coordinator):
    for _time in range(2):
        add_coalition_name(
            actor=coordinator, coalition=coalition, name="Before", acronym="B", source="https://example.org"
        )

    assert list(CoalitionName.objects.values_list("name", "acronym", "source")) == [
        ("Before", "B", "https://example.org")
    ]
    assert Activity.objects.count() == 1


def test_area_is_appended_and_renamed_everywhere(coalition, coordinator):
    first, second = (
        add_area_of_work(actor=coordinator, coalition=coalition, name=name) for name in ("Policy", "Awareness")
    )
    assert add_area_of_work(actor=coordinator, coalition=coalition, name="policy") == first
    rename_area_of_work(actor=coordinator, area=first, name="Policy making")
    rename_area_of_work(actor=coordinator, area=first, name="Policy making")
    with pytest.raises(ActionRefused, match="already"):
        rename_area_of_work(actor=coordinator, area=first, name="awareness")

    assert list(coalition.areas.values_list("pk", "name")) == [(first.pk, "Policy making"), (second.pk, "Awareness")]
    assert list(Activity.objects.values_list("verb", flat=True)) == ["added", "added", "renamed"]


def test_area_in_use_cannot_be_removed(coalition, coordinator):
    area = add_area_of_work(actor=coordinator, coalition=coalition, name="Policy")
    OrganisationFactory(coalition=coalition).areas.add(area)
    record = DocumentFactory(coalition=coalition)
    record.areas.add(area)

    with pytest.raises(ActionRefused, match="2 entries use"):
        remove_area_of_work(actor=coordinator, area_of_work=area)
    area.organisations.clear()
    record.areas.clear()
    remove_area_of_work(actor=coordinator, area_of_work=area)

    assert not AreaOfWork.objects.exists()


def test_itu_areas_and_audiences_are_added_once_with_source(coalition, coordinator):
    for _time in range(2):
        add_area_scheme(actor=coordinator, coalition=coalition, scheme_name="itu-cop")

    assert list(coalition.areas.values_list("scheme", "name")) == [
        ("audience", "Children"),
        ("audience", "Parents, Guardians and Educators"),
        ("audience", "Industry"),
        ("audience", "Policy Makers"),
        ("itu-cop", "Legal Measures"),
        ("itu-cop", "Technical & Procedural Measures"),
        ("itu-cop", "Organizational Structures"),
        ("itu-cop", "Capacity Building"),
        ("itu-cop", "International Cooperation"),
    ]
    assert all(source.startswith("ITU") for source in coalition.areas.values_list("source", flat=True))
    assert Activity.objects.count() == 1


def test_missing_scheme_is_not_found_and_invalid_scheme_is_named():
    with pytest.raises(LookupError):
        area_schemes.load_area_scheme("../secret")
    for text in ("parts = [", "source = 'x'", "source='x'\nyear=1\n[[parts]]\nscheme='none'\nnames=[]"):
        with pytest.raises(area_schemes.SchemeError, match=r"broken\.toml"):
            area_schemes.parse_area_scheme(text, "broken")


def test_itu_areas_are_offered_until_all_are_there(client, coalition, coordinator):
    client.force_login(coordinator)
    url, button = reverse("coalitions:areas", args=[coalition.slug]), "Add ITU areas and audiences"

    assert button in client.get(url).text
    add_area_scheme(actor=coordinator, coalition=coalition, scheme_name="itu-cop")
    assert button not in client.get(url).text


def test_labels_of_shipped_areas_are_all_in_the_catalogue():
    shipped = {name for part in area_schemes.load_area_scheme("itu-cop").parts for name in part.names}

    assert shipped == SHIPPED_AREA_NAMES


def test_label_of_shipped_area_is_translated_and_own_area_keeps_its_name(coalition, coordinator, monkeypatch):
    add_area_scheme(actor=coordinator, coalition=coalition, scheme_name="itu-cop")
    monkeypatch.setattr(area_labels, "gettext", str.upper)

    assert coalition.areas.get(name="Legal Measures").label == "LEGAL MEASURES"
    assert AreaOfWork(coalition=coalition, name="Law").label == "Law"
