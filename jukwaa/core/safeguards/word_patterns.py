r"""Words and shapes of which the signs are made, in the languages that Jukwaa reads.

Every repetition has an upper bound. `\d` is a digit of any script; what stands before and after Chinese is no edge of a
word, so that such parts go without one.
"""

# A child, and those near one. In the singular: what tells of children in general tells of nobody.
CHILD_WORDS = (
    r"(?:girls?|boys?|child|kid|daughter|son|pupil|student|minor|baby|toddler|teenager|niece|nephew|sister|brother"
    r"|lad|youngster|adolescent|fille|garçon|enfant|fillette|élève|niñ[oa]|chic[oa]|hij[oa]|alumn[oa]|adolescente"
    r"|menin[oa]"
    r"|garot[oa]|filh[oa]|mtoto|msichana|mvulana)"
)
CHILD_WORDS_RU = r"(?:мальчик|девочк|девушк|реб[её]н|подрост|сын|дочь|дочер|сестр|брат)\w{0,3}"
CHILD_WORDS_AR = r"(?:طفل|طفلة|فتاة|ولد|صبي|بنت|ابنة|ابن|أخت|أخ|شقيقة|شقيق)\w{0,2}"
CHILD_WORDS_ZH = r"(?:女孩|男孩|孩子|儿童|女童|男童|少女|少年|学生)"
CHILD_AGE = r"(?:1[0-7]|[1-9])"
AGE_IN_WORDS = (
    r"(?:four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|six|sept|huit"
    r"|neuf|dix"
    r"|onze|douze|treize|quatorze|quinze|seize|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|sete|oito"
    r"|nove|dez"
    r"|doze|treze|quinze)"
)

MONTH_NAME_PATTERN = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|mars|avr|mai|juin|juil|août|sept|déc"
    r"|ene|abr|ago|dic|okt|fev|set(?=embro)|out(?=ubro)|dez|mach|mei|des)[a-zéç]{0,7}\.?"
)
MONTH_RU = r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]{0,6}"
MONTH_AR = (
    r"(?:يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|شباط|آذار|نيسان|أيار|حزيران"
    r"|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول|كانون الثاني)"
)
ANY_MONTH = rf"(?:{MONTH_NAME_PATTERN}|{MONTH_RU}|{MONTH_AR})"
NUMERIC_DATE = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}年\d{1,2}月(?:\d{1,2}日)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|º|\.)? (?:de |of )?{ANY_MONTH},? (?:de )?\d{{4}}"
    rf"|{MONTH_NAME_PATTERN} \d{{1,2}},? \d{{4}})"
)

# A name as it is written in scripts that know capitals.
CAPITALIZED_NAME = r"(?:[A-ZÀ-Þ][\w'\u2019-]{1,30}|[А-ЯЁ][а-яё-]{1,30})"
# A sentence with one of these tells of one person.
SINGULAR_PRONOUNS = (
    r"(?:she|he|her|his|him|hers|elle|lui|sa|son|ella|él|su|ela|dela|dele|sua|seu|yake|wake|yeye|она|он|её|ее|его"
    r"|ей|ему"
    r"|mother|father|aunt|uncle|cousin|friend|neighbou?r|woman|man|everyone|everybody|tía?o?|mère|père|madre|padre"
    r"|mãe|pai"
    r"|who|qui|quien|quem|we met|rang us|told us)"
)
IDEOGRAPH_PATTERN = r"[\u4e00-\u9fff]"

# What follows an age that is somebody's, and no project's.
FOLLOWS_PERSON = (
    r"[.,;:!?)\"]|$| (?:was|is|were|who|whose|has|had|from|in|at|of|and|or|by|with|told|said|says|wrote|asked|called"
    r"|named|living)\b"
)
# Numbers in brackets after these count something.
NON_PERSON_WORDS = (
    r"(?:north|south|east|west|central|latin|northern|southern|eastern|western|new|united|saudi|sri|costa|el|cape|hong"
    r"|article|section|annex|chapter|table|figure|paragraph|recommendation|working|member|civil|private|technical"
    r"|group)"
)

# What a number that is dialled, an account, a day of birth and the number of a case are announced by.
PHONE_WORDS = (
    r"(?:phone|tel\.?|telephone|mobile|cell|call(?: [a-z]{2,4})?|ring|text(?:ed)?(?: [a-z]{2,4})?|diall?(?:ed)?"
    r"|whatsapp|zap(?: [a-z]{2,4})?|number|tél\.?"
    r"|téléphone|portable|numéro|móvil|teléfono|celular|llame al?|telefone|ligue(?: para)?|simu|namba|هاتف|الهاتف|اتصل"
    r"|телефон|звоните|手机|电话)"
)
NUMBER_WORDS = r"(?:no\.?|nr\.?|id|number|n°|nº|n\.º|núm\.?|numéro|número|#|№|رقم|namba(?:ri)?)"
CASE_WORDS = (
    r"(?:case|crime|court|file|docket|police (?:report|reference|file)|complaint|incident(?: report)?|dossier"
    r"|affaire|procès-verbal"
    r"|expediente|causa|denuncia|denúncia|processo|inquérito|boletim de ocorrência|ticket|b\.?o\.?|protocolo|caso"
    r"|kesi|jalada|материал проверки|(?:ال)?بلاغ|дел[оау]|заявлени[ея]"
    r"|(?:ال)?قضية|(?:ال)?ملف|(?:ال)?محضر|(?:ال)?دعوى)"
)
ONLINE_SERVICES = (
    r"(?:instagram|insta|snapchat|snap|tiktok|discord|telegram|roblox|minecraft|fortnite|kik|skype|facebook|twitch"
    r"|wechat"
    r"|vk|youtube|twitter|微信)"
)
ACCOUNT_WORDS = (
    r"(?:user ?name|nick(?:name)?|screen ?name|gamer ?tag|handle|login|account|pseudo|compte|usu[aá]ri[oa]|perfil"
    r"|cuenta"
    r"|conta|akaunti|ник|аккаунт|اسم المستخدم|حساب\w{0,3}|微信号|用户名|账号)"
)
BIRTH_PHRASES = (
    r"(?:date of birth|birth ?date|birthday|d\.?o\.?b\.?|born(?: on| in)?(?: the)?|turned \w{1,10} on|née? (?:le"
    r"|en)|date de naissance"
    r"|nacid[oa] (?:el|en|un)|nació (?:el|en|un)|fecha de nacimiento|nascid[oa] em|nasceu em|data de nascimento|nasc\."
    r"|родил(?:ся|ась)|дата рождения|(?:ali)?kuzaliwa|alizaliwa(?: tarehe)?|و\u064f?لدت?(?: في)?|تاريخ الميلاد"
    r"|出生于|生于|出生日期|出生)"
)
