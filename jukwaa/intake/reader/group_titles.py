"""Titles of groups inside a list of people: "Civil society", "Pouvoirs publics", "Invited experts (2)"."""

import re

_GROUP = (
    r"(?:civil society(?: organi[sz]ations?)?|industry|private sector|business(?: sector)?|companies|operators"
    r"|(?:other |national |international |inter-?governmental )?organi[sz]ations?|ngos?|technical community"
    r"|(?:public |national )?authorities|public sector|governments?|regulators?|law enforcement|academia"
    r"|academic community|researchers|youth|media|observers?|guests?|invited (?:experts?|guests?|speakers?)|experts?"
    r"|chair(?:person|man|woman)?|(?:the )?secretariat|coordination team"
    r"|société civile|secteur (?:privé|public)|industrie|entreprises|opérateurs|communauté technique"
    r"|(?:pouvoirs|organismes) publics|autorités(?: publiques| nationales)?|gouvernements?|régulateurs"
    r"|(?:monde|milieu|secteur) universitaire|universités|organisations(?: internationales)?|observateurs"
    r"|expert(?:e|es|s)?(?: invitée?s?)?|invitée?s|secrétariat|présidence|présidente?|jeunes(?:se)?|médias"
    r"|sociedad civil|sociedade civil|sec?tor (?:privado|público)|ind[uú]stria|empresas|operadores"
    r"|comunidad técnica|comunidade técnica|poderes públicos|autoridades(?: públicas| nacionales| nacionais)?"
    r"|gobiernos?|governos?|reguladores|organismos(?: internacionales| internacionais)|organizaciones|organizações"
    r"|person(?:a|as) expert(?:a|as) invitad(?:a|as)|expert[oa]s?(?: invitad[oa]s?)?|especialistas convidad[oa]s"
    r"|observador(?:as|es)|invitad[oa]s|convidad[oa]s|secretaría|secretariado|presidencia|presidência|juventud(?:e)?"
    r"|المجتمع المدني|القطاع (?:الخاص|العام)|الصناعة|الشركات|المجتمع التقني|السلطات(?: العامة)?"
    r"|الجهات (?:الحكومية|الرسمية)|الحكومات?|الهيئات التنظيمية|الأوساط الأكاديمية|الجامعات|المنظمات الدولية"
    r"|المراقبون|الضيوف|(?:خبير|خبيرة) (?:مدعو|مدعوة)|الخبراء(?: المدعوون)?|الأمانة(?: العامة)?|الرئاسة|الرئيسة?)"
)
GROUP_TITLE_PATTERN = re.compile(
    rf"\W*(?:(?:representatives? (?:of|from)|from|for|représentants?(?: de)?|representantes? (?:de|da|do)) )?"
    rf"(?:the |la |le |l[’']|les |el |a |o )?{_GROUP}(?:(?:, |/| / | and | & | et | y | e | و ?){_GROUP}){{0,3}}"
    r"\s*(?:\(\d{1,3}\))?\W*",
    re.IGNORECASE,
)
MAX_TITLE_LENGTH = 80


def is_group_title(line: str) -> bool:
    """Whether a line is only the title of a group, below which its people follow."""
    return len(line) <= MAX_TITLE_LENGTH and GROUP_TITLE_PATTERN.fullmatch(line) is not None
