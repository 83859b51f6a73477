"""Whether numbers can be told, so that beside all that were told before nobody can work out what one country said.

The reasons stand in decision 19.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

MIN_COUNTRIES_PER_FIGURE = (
    5  # countries that answered; and of those by which a new table differs from one that was told
)

type CountryAnswers = Mapping[str, str]  # what each country says, by its code


def are_counts_publishable(current_answers: CountryAnswers, published_answers: Iterable[CountryAnswers]) -> bool:
    """Beside each table that was ever told, and by itself."""
    return len(current_answers) >= MIN_COUNTRIES_PER_FIGURE and all(
        _hides_each_answer(before, current_answers) for before in (current_answers, *published_answers)
    )


def _hides_each_answer(answers_before: CountryAnswers, current_answers: CountryAnswers) -> bool:
    """Also from a country that is counted, and knows what it said itself."""
    answer_changes = Counter(
        (answers_before.get(country, ""), current_answers.get(country, ""))
        for country in answers_before.keys() | current_answers.keys()
    )
    if 0 < sum(number for (said, says), number in answer_changes.items() if said != says) < MIN_COUNTRIES_PER_FIGURE:
        return False
    return all(_leaves_answers_ambiguous(answer_changes - Counter([own])) for own in answer_changes)


def _leaves_answers_ambiguous(answer_counts: Counter[tuple[str, str]]) -> bool:
    """Whether each country could have said at least two things.

    Two who stayed, two who went or two who came can have said each other's answer: both tables are the same then. So
    are they where one who went and one who came say the same, one who stayed says something else, and it was the other
    way round.
    """
    stayed = {said for said, says in answer_counts if said == says}
    went, came = ({step[side] for step in answer_counts if step[0] != step[1]} - {""} for side in (0, 1))
    three = any(one != other for one in went & came for other in stayed)
    return three or all(len(said) != 1 for said in (stayed, went, came))
