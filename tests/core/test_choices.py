"""The options of a select are written by hand: what stands in them is escaped all the same."""

from django.forms import ChoiceField, Form
from django.utils.safestring import SafeString


def test_choice_label_is_escaped_unless_marked_safe():
    class ChoiceForm(Form):
        it = ChoiceField(choices=[('a"b', "Trinidad & <Tobago>"), (3, SafeString("3 &lt; 4"))], initial='a"b')

    assert str(ChoiceForm()["it"]) == (
        '<select name="it" id="id_it"><option value="a&quot;b" selected>Trinidad &amp; &lt;Tobago&gt;</option>'
        '<option value="3">3 &lt; 4</option></select>'
    )
