"""What is taken to the form of the forum: a page to copy from, text, Word and PDF, in the order of the form."""

import io
import json
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from jukwaa.core.documents.incoming import extract_text
from jukwaa.core.text_counts import measure_text_length
from jukwaa.proposals.actions import save_call_file, save_proposal_answer, start_proposal, submit_proposal
from jukwaa.proposals.call import CallFieldType
from jukwaa.proposals.call_files import get_shipped_calls_for_proposals
from jukwaa.proposals.models import Proposal, Submission
from jukwaa.proposals.proposal_export import build_proposal_data, render_proposal_text
from jukwaa.proposals.proposal_page import build_proposal_page
from jukwaa.proposals.subject import split_answer_lines
from tests.proposals.kinds import ProposalFactory
from tests.proposals.test_proposals import CALL_NAME, CALL_TOML, EMPTY_HASH, build_proposal_url

PNG_FILE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


@pytest.fixture
def proposal(coalition, coordinator):
    save_call_file(actor=coordinator, coalition=coalition, text=CALL_TOML)
    started = start_proposal(actor=coordinator, coalition=coalition, call_name=CALL_NAME, title="Session")
    return save_proposal_answer(
        actor=coordinator, proposal=started, field="description", answer="A <b>\nline", seen=EMPTY_HASH
    )


def build_longest_answer(field_name):
    """Return an answer that is as long as the field allows."""
    if field_name.options:
        return (
            list(field_name.options[: field_name.max or 1])
            if field_name.type is CallFieldType.CHOICES
            else field_name.options[0]
        )
    most = field_name.max or field_name.min or 3
    if field_name.type in (CallFieldType.PEOPLE, CallFieldType.CHOICES):
        lines = [f"Line {number}" for number in range(most)]
        return lines if field_name.type is CallFieldType.CHOICES else "\n".join(lines)
    return (
        " ".join(["word"] * most)
        if field_name.unit == "words"
        else "x" * (most if field_name.unit == "characters" else 5)
    )


@pytest.mark.parametrize("call_name", sorted(get_shipped_calls_for_proposals()))
def test_text_file_follows_form_and_limits_of_each_shipped_call(coalition, call_name):
    call = get_shipped_calls_for_proposals()[call_name]
    answers = {field.name: build_longest_answer(field) for field in call.fields}
    proposal = ProposalFactory(coalition=coalition, call_name=call_name, answers=answers)
    document = build_proposal_data(build_proposal_page(proposal, timezone.now()))
    parts = re.split(r"^## ", render_proposal_text(document), flags=re.MULTILINE)[1:]
    labels, texts = zip(*(part.partition("\n")[::2] for part in parts), strict=True) if parts else ((), ())

    assert list(labels) == [field.label for field in call.fields]
    assert [row["problems"] for row in document["fields"]] == [[]] * len(call.fields)
    for field, text in zip(call.fields, texts, strict=True):
        body = text.partition("\n== ")[0].strip()
        if field.unit in ("characters", "words") and field.max:
            assert measure_text_length(body, field.unit, field.counted).most == field.max
        elif field.max and field.type in (CallFieldType.PEOPLE, CallFieldType.CHOICES):
            assert len(split_answer_lines(body)) <= field.max


def test_copy_page_has_one_box_per_field(client, member, proposal):
    client.force_login(member)
    page = client.get(build_proposal_url("proposal_copy", proposal.pk)).text

    assert page.index("Title of the session") < page.index(">Theme<") < page.index(">Description<")
    boxes = re.findall(
        r'<textarea class="copy-box" readonly rows="(\d+)" aria-labelledby="label-([^"]*)"[^>]*>([^<]*)<', page
    )
    assert boxes == [("1", "title", "Session"), ("2", "description", "A &lt;b&gt;\nline")]
    assert all(f'id="label-{name}"' in page for _rows, name, _text in boxes)
    assert "2 of 4" in page or "Limit: at most 4 words" in page


def test_word_and_pdf_contain_submission(client, coordinator, member, proposal):
    submit_proposal(actor=coordinator, proposal=proposal, reference="WS-7")
    Proposal.objects.update(answers={"description": "Something else"})
    client.force_login(member)
    word = client.get(build_proposal_url("proposal_paper", proposal.pk, "docx"))
    pdf = client.get(build_proposal_url("proposal_paper", proposal.pk, "pdf"))
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs]
    printed = extract_text(pdf.content, "proposal.pdf").text

    assert lines.index("Title of the session") < lines.index("Theme") < lines.index("Description")
    for text in ("\n".join(lines) + extract_table_text(word.content), printed):
        assert all(words in text for words in ("WS-7", coordinator.name, "A <b>", "Session"))
        assert "Something else" not in text
    assert b"/MarkInfo" in pdf.content or b"StructTreeRoot" in pdf.content
    assert client.get(build_proposal_url("proposal_paper", proposal.pk, "odt")).status_code == 404


def extract_table_text(file_content):
    tables = docx.Document(io.BytesIO(file_content)).tables
    return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)


def test_text_file_has_date_person_and_reference(client, coordinator, member, proposal):
    client.force_login(member)
    assert "Status: Draft, not submitted" in client.get(build_proposal_url("proposal_text", proposal.pk)).text
    submit_proposal(actor=coordinator, proposal=proposal, reference="WS-7")
    text = client.get(build_proposal_url("proposal_text", proposal.pk)).text

    assert f"Submitted by: {coordinator.name}\nReference number: WS-7" in text


def test_proof_of_submission_is_stored_and_shown(client, coordinator, proposal):
    client.force_login(coordinator)
    proof = SimpleUploadedFile("confirmation.png", PNG_FILE, "image/png")
    page = client.post(
        build_proposal_url("proposal_submit", proposal.pk), {"reference": "WS-7", "proof": proof}, follow=True
    ).text
    made = Submission.objects.get()

    assert made.proof.name == "confirmation.png"
    assert "Proof of submission" in page


def test_invalid_proof_prevents_submission(client, coordinator, proposal):
    client.force_login(coordinator)
    proof = SimpleUploadedFile("proof.exe", b"MZ\x90\x00" + bytes(200))
    answer = client.post(build_proposal_url("proposal_submit", proposal.pk), {"reference": "WS-7", "proof": proof})

    assert answer.status_code == 422
    assert "WS-7" in answer.text
    assert not Submission.objects.exists()


def test_late_text_is_marked_in_all_files(client, coalition, coordinator, proposal):
    save_call_file(
        actor=coordinator,
        coalition=coalition,
        text=CALL_TOML.replace("2027-05-01", "2020-05-01"),
        edited_call_name=CALL_NAME,
        version=1,
    )
    client.force_login(coordinator)
    sent = {
        "answer": "Late words",
        "seen": client.get(build_proposal_url("proposal_field", proposal.pk, "theme")).text and EMPTY_HASH,
    }
    client.post(build_proposal_url("proposal_field", proposal.pk, "tags"), {"answer": ["one"], "seen": EMPTY_HASH})
    answer = client.post(build_proposal_url("field_save", proposal.pk, "theme"), sent | {"answer": "Skills"})

    assert "so this text is marked “Changed after the deadline”" in answer.text
    assert (
        client.get(build_proposal_url("proposal_text", proposal.pk)).text.count("[Late: changed after the deadline.]")
        == 2
    )
    late = [
        row["name"]
        for row in json.loads(client.get(build_proposal_url("proposal_json", proposal.pk)).content)["fields"]
        if row["late"]
    ]
    assert late == ["theme", "tags"]
    word = client.get(build_proposal_url("proposal_paper", proposal.pk, "docx")).content
    assert "Late: changed after the deadline." in [each.text for each in docx.Document(io.BytesIO(word)).paragraphs]
