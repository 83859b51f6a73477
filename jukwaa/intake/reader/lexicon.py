"""Words by what they do in minutes. Forms are written out: a stemmer would take 'meeting' for 'meet'."""

import re


def split_words(text: str) -> tuple[str, ...]:
    """The words of this text: a list that stays readable."""
    return tuple(text.split())


# Bodies that act as one. "Some applications decided" is no decision of a meeting; "the board decided" is.
COLLECTIVE_NOUNS = frozenset(
    split_words(
        "alliance assembly association attendees board caucus chairs coalition co-chairs cochairs "
        "collective commission committee committees community conference congregation congress "
        "consortium consultation council crowd delegates delegations directors editors everybody "
        "everyone executive federation forum foundation governors group groups leadership maintainers "
        "meeting meetings members membership network officers organisers organizers panel partners "
        "participants parties partnership plenary quorum secretariat session shareholders stakeholders "
        "steering subcommittee sub-committee subgroup sub-group taskforce force team teams trustees union we wg "
        "workshop"
    )
)
# Those who hold an office in a group, in the languages of the headings too.
OFFICER_NOUNS = frozenset(
    split_words(
        "chair clerk coordinator secretary treasurer "
        "secretario secretaria secretarios secretarias coordinador coordinadora coordinadores presidente presidenta "
        "tesorero tesorera vocales secretário secretária coordenador coordenadora tesoureiro tesoureira secrétaire "
        "trésorier trésorière coordinateur coordinatrice président présidente vorstand geschäftsstelle schriftführer"
    )
)
# Somebody with a role, where no name is given.
ROLE_NOUNS = (
    frozenset(
        split_words(
            "administrator adviser advisor ambassador analyst attorney auditor author chair chairman "
            "chairperson chairwoman clerk co-chair cochair colleague commissioner consultant contact "
            "convener convenor coordinator co-ordinator counsel delegate delegation developer director "
            "editor engineer expert facilitator founder governor host lawyer lead leader liaison librarian "
            "maintainer manager member mentor minister moderator officer official organiser organizer owner "
            "participant partner president presenter professor rapporteur representative representatives "
            "researcher reviewer scribe secretary speaker speakers spokesperson staff treasurer trustee "
            "vice-chair vice-president volunteer volunteers youth mayor observer school library town city "
            "ministry department university college company agency organisation organization institute "
            "institution government museum police centre center office hospital bank embassy church charity "
            "ngo court parliament senate village municipality district province region country state firm "
            "business hotline helpline foundation programme program industry society sector"
        )
    )
    | OFFICER_NOUNS
)
# People spoken of in general.
PEOPLE_NOUNS = frozenset(
    split_words(
        "countries states governments speakers people others some several many most few ministers "
        "officials experts companies schools teachers parents children youth users panellists panelists "
        "presenters respondents interventions developers contributors reviewers editors authors "
        "observers academics researchers businesses ngos regulators operators providers platforms "
        "everyone students citizens audience proponents opponents supporters"
    )
)
PERSONAL_PRONOUNS = frozenset({"i", "he", "she", "they", "somebody", "someone", "anyone"})
DETERMINERS = frozenset(
    split_words(
        "the a an all each both several some many most few other another various numerous our its their "
        "his her my your this that these those two three four five six seven eight ten any no"
    )
)
AUXILIARY_VERB_WORDS = frozenset(
    split_words(
        "has have had having is are was were be been being do does did will would shall should may might "
        "can could must to not n't also then again therefore thus hence now already still just later "
        "further subsequently finally only both all even never always once today yesterday however "
        "instead ever jointly briefly further formally hereby kindly first"
    )
)
# Words that start a sentence with a capital and name nobody.
NON_NAME_WORDS = frozenset(
    split_words(
        "quick agreed decided resolved approved proposed asked motion about above according additionally "
        "after all also although an and another any apart are as at "
        "because before below besides but by can could did do does due during each earlier finally first "
        "following for from further furthermore given had has have having he hence here how however if "
        "in indeed instead is it its last later like many may maybe more moreover most much must need "
        "neither next no none nor not nothing now of on once one only or other others otherwise our out "
        "over overall per perhaps please possible possibly presentation rather regarding responding same "
        "second secondly several shall she should similarly since so some something soon still such than "
        "thanks that the their then there therefore these they thirdly this those though through thus to "
        "today together tomorrow two under unfortunately until up upon us very was we were what when "
        "where whether which while who why will with within without would yes yesterday yet you your "
        "noting recalling stressing action actions note notes update info decision resolution proposal "
        "question discussion monday tuesday wednesday thursday friday saturday sunday january february "
        "march april june july august september october november december agenda item items motion "
        "minutes report topic summary background status ways plans need time ability options option goal "
        "aim chance request desire steps attempts efforts nothing great good everything there's it's "
        "that's let's what's draft final work voting registration feedback progress support comment "
        "comments issue issues"
    )
)
# Verbs with which a task begins: "Send the forms", "Ana sends the forms".
TASK_VERBS = frozenset(
    split_words(
        "abandon accept adapt add adjust advertise align allocate amend analyse analyze announce apply appoint "
        "approach archive arrange ask assess assign attach attend audit automate backport begin benchmark book "
        "brainstorm bring build bump buy call cancel capture change chase check choose circulate clarify clean "
        "close collaborate collect combine communicate compare compile complete conduct configure confirm connect "
        "consider consolidate consult contact continue convene convert coordinate copy create decide define deliver "
        "deploy deprecate describe design determine develop disable discuss distribute document draft drop edit "
        "email enable encourage engage enhance ensure escalate establish estimate evaluate examine execute expand "
        "experiment explain explore expose extend file fill finalise finalize find finish fix follow formalise "
        "formalize format forward fund gather generate get give handle have help hire hold host identify implement "
        "improve include incorporate inform initiate inspect install integrate interview introduce invest "
        "investigate invite issue join keep label launch learn let liaise link list locate look maintain make "
        "manage map measure mention merge migrate monitor move need negotiate nominate notify obtain offer onboard "
        "open optimise optimize organise organize outline package patch pay perform pick pin ping plan poll "
        "populate post postpone prepare present print prioritise prioritize process produce promote proofread propose "
        "prototype provide prune publish purchase pursue push put raise reach read rebase recommend reconcile "
        "record recruit redesign reduce refactor refine reflect register relaunch release remember remind remove "
        "rename renew reopen reorganise repair rephrase replace reply report reprint request reschedule research "
        "resend reserve reset resolve respond restock restructure retain retire retrieve return reuse revert review "
        "revise revisit rewrite run scan schedule scope seek select send set setup share sign sketch solicit solve "
        "sort source speak split standardise standardize start stop streamline strengthen structure study submit "
        "suggest summarise summarize supply support survey switch sync tag take talk tell test tidy track transfer "
        "translate triage trial trim try tweet unblock unify update upgrade upload use validate verify visit "
        "volunteer vote wait want watch welcome work write paint count plant mow mail phone bake cook wash hang"
    )
)
# Words before "to" or "will" that are nobody: "Hard to say", "Consensus to go on".
NO_OWNER_WORDS = frozenset(
    split_words(
        "hard easy difficult good ready able happy important reminder way eventually plan idea need thanks seems "
        "appears looks sounds consensus wanted reminded intend intends hopeful useful interested likely unlikely "
        "optional tentative urgent ongoing pending done high low medium wip ok okay useful great best better goal "
        "objective purpose potentially hopefully ideally currently trying going looking timezones pr prs rfc rfcs "
        "email emails link links everything anything whoever someone somebody anyone anybody nobody most people "
        "task tasks easier tough simpler harder faster safer cheaper asap eta tbd tbc tba wip due eod eow eom eoy cob "
        "website documentation docs readme priority database logo budget deadline due échéance délai plazo fecha prazo "
        "frist termin tenggat الموعد المهلة التاريخ "
        "mon tue tues wed thu thur thurs fri sat feb apr jun jul aug sep sept oct nov dec q1 q2 q3 q4 target focus "
        "users quorum needed caution signups hope hoping expect different unable waited key misc everyone's"
    )
)
NEGATION_PATTERN = re.compile(
    r"\b(?:not|never|no longer|neither|nor|without|unable|fail(?:ed|s)? to|declined to|refused to)\b|n't\b|"
    r"n’t\b"
)
SAYING_VERBS = frozenset(
    split_words(
        "said says stated states noted notes observed observes commented remarked added explained "
        "explains argued argues mentioned mentions stressed emphasized emphasised underlined underscored "
        "highlighted reiterated indicated clarified cautioned warned acknowledged recognized recognised "
        "believed believes thinks thought felt feels maintained affirmed asserted declared replied "
        "responded answered expressed agreed confirmed reported concluded recalled opined pointed"
    )
)
# What only a statement has, never the name of a matter.
FINITE_VERB_PATTERN = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|would|shall|should|can|could|may|might|must|do|does|did|"
    r"[a-z]+n[’']t|[a-z]{3,}ed|said|met|sent|"
    r"need|needs|want|wants)\b|\w[’'](?:s|re|ve|ll|m|d) [a-z]"
)
