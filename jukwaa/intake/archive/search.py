"""Searching the archive of the mailing list. Posts are no records, so they are not in the index of the record; the
search of the record shows the first of them beside its results (`search_results.py`).

A post is found only by words that its reader can read: the text without addresses, names and signatures decides, or a
search could tell whether a name or a number stands in a post.
"""

from collections.abc import Sequence

from django.db.models import Q

from jukwaa.coalitions.standing import Standing
from jukwaa.intake.archive.display import ShownPost, build_shown_posts
from jukwaa.records.index.analyser import split_text_words
from jukwaa.updates.models import ListPost
from jukwaa.updates.models.list_posts import ListPostQuerySet

MAX_SEARCH_WORDS = 10
MAX_SEARCHED_POSTS = 200  # the newest that have the words somewhere
MAX_FOUND_POSTS = 50


def find_list_posts(post_queryset: ListPostQuerySet, viewer_standing: Standing, search_query: str) -> list[ShownPost]:
    """Return the newest of these posts whose subject and text, as this viewer reads them, have all the words."""
    words = split_text_words(search_query)[:MAX_SEARCH_WORDS]
    if not words:
        return []
    for word in words:
        post_queryset = post_queryset.filter(_build_word_condition(word))
    found = list(post_queryset.select_related("person").order_by("-posted_at", "-pk")[:MAX_SEARCHED_POSTS])
    shown = build_shown_posts(found, viewer_standing, _find_posts_of_threads(found, viewer_standing))
    return [each for each in shown if _has_all_words(each, words)][:MAX_FOUND_POSTS]


def _find_posts_of_threads(found_posts: Sequence[ListPost], viewer_standing: Standing) -> ListPostQuerySet:
    """Return all posts of these threads, since their pages remove the names of everybody who wrote in them."""
    threads = {post.thread for post in found_posts}
    rows = ListPost.objects.filter(coalition=viewer_standing.coalition, thread__in=threads)
    return rows.defer("body").select_related("person")


def _build_word_condition(word: str) -> Q:
    condition = Q()
    for spelling in {word, word.title(), word.upper()}:  # SQLite folds no letters beyond ASCII
        condition |= Q(subject__icontains=spelling) | Q(body__icontains=spelling)
    return condition


def _has_all_words(shown_post: ShownPost, words: list[str]) -> bool:
    text = "\n".join([shown_post.subject, *(part for _is_quoted, part in shown_post.parts)]).casefold()
    return all(word.casefold() in text for word in words)
