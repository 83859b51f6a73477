"""Labels and signs with which lines begin."""

import pytest

from jukwaa.intake.reader.line_labels import find_line_label


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Conclusion : the fee stays", "Conclusion"),
        ("- **Next step:** paint", "Next step"),
        ("AI-3: paint the gate", "AI"),
        ("Décision n° 4 - le budget", "Décision n°"),
        ("Acordo n.º 2. Pintar", "Acordo n.º"),
        ("☐ @Kossi keys", "☐"),
        ("AI ☐ Ana: keys (19 Oct)", "AI"),
        ("- [x] keys", "☐"),
        ("→ keys", "→"),
        ("At 10:30 the meeting ended", ""),
        ("See https://example.org for more", ""),
        ("The members, who had come in time: all of them agreed", ""),
        ("- paint the gate", ""),
        ("12. paint the gate", ""),
        ("In 2026. we met", "In"),
    ],
)
def test_label_of_line(line, label):
    found = find_line_label(line)

    assert (found.shown if found else "") == label
