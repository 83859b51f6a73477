"""Decide which owners of commitments count as confirmed: those whom a public source names already.

Public sources are a published document that everyone can read, and a session report that was published here. All other
owners are asked to confirm. Their names are taken out of the text, of its versions and of the index; the text with the
name is kept beside it for members. The clock adds these entries to the index again (`meetings/jobs.py`).
"""

import re

from django.db import migrations

MEMBER = {"en": "a member", "fr": "un membre", "es": "un miembro", "ar": "أحد الأعضاء"}
TITLE_LENGTH = 250


def propose_owners(apps, schema_editor):
    commitments = apps.get_model("meetings", "Commitment").objects.exclude(owner=None)
    rows = commitments.filter(owner__person=None).select_related("entry", "owner__organisation")
    public = find_entries_with_public_source(apps)
    for commitment in rows.exclude(entry__in=public).iterator(500):
        propose_owner(apps, commitment)


def find_entries_with_public_source(apps):
    clear = {"label": "TLP:CLEAR", "state": "published"}
    documents = apps.get_model("records", "Document").objects.filter(**clear)
    cited = apps.get_model("records", "Source").objects.filter(document__in=documents.values("pk"))
    reports = apps.get_model("meetings", "Report").objects.filter(
        published_at__isnull=False, meeting__label="TLP:CLEAR", meeting__state="published"
    )
    entries = apps.get_model("meetings", "Entry").objects
    by_document = set(entries.filter(pk__in=cited.values("record")).values_list("pk", flat=True))
    reported = entries.filter(meeting__in=reports.values("meeting"), label="TLP:CLEAR", state="published")
    return by_document | set(reported.values_list("pk", flat=True))


def propose_owner(apps, commitment):
    entry, owner = commitment.entry, commitment.owner
    pattern = build_pattern(apps, owner)
    member = MEMBER.get(entry.language.partition("-")[0], MEMBER["en"])

    def without_name(text):
        return pattern.sub(lambda match: capitalised(member) if starts_sentence(text, match.start()) else member, text)

    title, text = without_name(entry.title)[:TITLE_LENGTH], without_name(entry.text)
    if (title, text) != (entry.title, entry.text):
        commitment.withheld_title, commitment.withheld_text = entry.title, entry.text
        entry.title, entry.text = title, text
        entry.save()
    commitment.proposed_name, commitment.proposed_organisation = owner.name, owner.organisation
    commitment.due_text, commitment.closing_note = without_name(commitment.due_text), without_name(commitment.closing_note)
    commitment.owner_spoke = withhold_speakers(entry, owner)
    commitment.owner = None
    commitment.save()
    rewrite_versions(apps, entry, owner, without_name)
    apps.get_model("records", "Passage").objects.filter(record=entry.pk).delete()


def build_pattern(apps, owner):
    organisation = owner.organisation
    names = {owner.name}
    if organisation is not None:
        rows = apps.get_model("coalitions", "OrganisationName").objects.filter(organisation=organisation)
        names |= {organisation.name, organisation.acronym, *rows.values_list("name", flat=True)}
    longest_first = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    return re.compile(rf"(?:\b[Tt]he )?(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?![A-Za-z0-9])")


def starts_sentence(text, at):
    return re.search(r"(?:^|[.!?…:]\s)\s*$", text[:at]) is not None


def capitalised(member):
    return member[:1].upper() + member[1:]


def withhold_speakers(entry, owner):
    same = {"organisation": owner.organisation} if owner.organisation_id else {"name": owner.name}
    speakers = list(entry.speakers.filter(**same))
    entry.speakers.remove(*speakers)
    return bool(speakers)


def rewrite_versions(apps, entry, owner, without_name):
    """As when a name is taken out of a record: the digest no longer fits a version that has changed."""
    for version in apps.get_model("records", "Version").objects.filter(record=entry.pk):
        content = dict(version.content)
        for name in ("title", "text", "due_text"):
            if isinstance(content.get(name), str):
                content[name] = without_name(content[name])
        if content.get("owner_id") == owner.pk:
            content["owner_id"] = None
        if content != version.content:
            version.content, version.salt = content, ""
            version.save(update_fields=["content", "salt"])


class Migration(migrations.Migration):
    dependencies = [
        ("coalitions", "0002_seats_are_found_by_person"),
        ("meetings", "0007_commitments_have_owners_who_confirm"),
        ("records", "0008_narrowed_records"),
    ]

    operations = [migrations.RunPython(propose_owners, migrations.RunPython.noop)]
