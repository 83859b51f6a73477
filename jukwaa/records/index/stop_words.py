# ruff: noqa: RUF001 - words of many scripts are the matter here
"""Words so common that they tell nothing: left out of a query that has others. Facts of each language, folded."""

_STOP_WORDS_BY_LANGUAGE = {
    "ar": "في من على إلى عن أن ما هذا هذه التي الذي مع أو",
    "de": "der die das den dem des ein eine einer und oder in im von vom mit zu zum zur für auf ist sind nicht",
    "el": "ο η το οι τα τον την του της των και να σε με για από στο στη στην",
    "en": "a an the of and or in on at to for with by from is are was were be that this it as which what who how",
    "es": "el la los las un una unos unas de del y o en con por para que se su al es lo",
    "fr": "le la les un une des du de et ou en au aux dans par pour sur avec que qui est ce ces son sa d l",
    "he": "של את על עם או גם לא זה",
    "hi": "का की के को में से और है हैं पर ने यह वह",
    "it": "il lo la i gli le un una di del della dei e o in con per che da nel nella",
    "nl": "de het een en of van in op te met voor is dat die",
    "pt": "o a os as um uma de do da dos das e ou em no na nos nas com por para que se ao",
    "ru": "и в во на с со к по не что это из у за для от или о об как",
    "sw": "na ya wa za kwa ni la katika cha vya",
    "tr": "ve ile bir bu için da de ki olan",
}

STOP_WORDS = frozenset(word for words in _STOP_WORDS_BY_LANGUAGE.values() for word in words.split())
