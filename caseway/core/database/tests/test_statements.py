"""Statements say what their queryset says, each time with the values given."""

from threading import Thread

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from caseway.accounts.models import Membership, Organisation, Person, Team
from caseway.core.database.statements import AnyOf, Slot, Statement, give_related
from caseway.demo.cast import Cast


def seats() -> QuerySet[Membership]:
    return Membership.objects.filter(person=Slot("person"), is_active=True).select_related(
        "organisation", "person"
    )


def test_each_asking_has_its_own_values(cast: Cast, django_assert_num_queries) -> None:
    statement = Statement(seats)
    for person in (cast.ana, cast.omar, cast.kim, cast.ana):
        with django_assert_num_queries(1):
            found = statement.rows(person=person.pk)
            names = [(seat.person.name, seat.organisation.name) for seat in found]
        wanted = Membership.objects.filter(person=person, is_active=True)
        assert found == list(wanted)
        assert names == [(seat.person.name, seat.organisation.name) for seat in wanted]


def test_it_is_composed_once(cast: Cast) -> None:
    composed = []

    @Statement
    def people() -> QuerySet[Person]:
        composed.append(1)
        return Person.objects.filter(pk=Slot("key"))

    assert [people.rows(key=one.pk) for one in (cast.ana, cast.ben)] == [[cast.ana], [cast.ben]]
    assert composed == [1]


def test_lists_of_any_length_fit_one_statement(cast: Cast) -> None:
    statement = Statement(lambda: Person.objects.filter(AnyOf("pk", Slot("keys"))).order_by("pk"))
    for people in ([], [cast.ana], [cast.ana, cast.ben, cast.kim]):
        keys = sorted(one.pk for one in people)
        assert [one.pk for one in statement.rows(keys=keys)] == keys


def test_annotations_and_deferred_fields_come_along(cast: Cast) -> None:
    seated = Exists(Membership.objects.filter(person=OuterRef("pk")))
    statement = Statement(lambda: Person.objects.filter(pk=Slot("key")).only("name").annotate(seated=seated))
    [ana], [kim] = statement.rows(key=cast.ana.pk), statement.rows(key=cast.kim.pk)
    assert (vars(ana)["seated"], vars(kim)["seated"]) == (True, False)
    assert ana.get_deferred_fields() >= {"email"}


def test_what_can_never_fit_is_not_asked(db: None, django_assert_num_queries) -> None:
    statement = Statement(lambda: Person.objects.filter(pk__in=[], name=Slot("name")))
    with django_assert_num_queries(0):
        assert statement.rows(name="Ana") == []


def test_a_forgotten_value_is_an_error(db: None) -> None:
    with pytest.raises(KeyError, match="person"):
        Statement(seats).rows()


def test_values_are_parameters_and_never_words_of_the_statement(cast: Cast) -> None:
    statement = Statement(lambda: Person.objects.filter(name=Slot("name")))
    assert statement.rows(name="' OR 1=1 --") == []
    assert statement.rows(name=cast.ana.name) == [cast.ana]


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_through_its_own_connection() -> None:
    person = Person.objects.create(email="one@somewhere.example", name="One")
    statement = Statement(lambda: Person.objects.filter(pk=Slot("key")))
    assert statement.rows(key=person.pk) == [person]
    found: list[list[Person]] = []

    def ask() -> None:
        with CaptureQueriesContext(connection) as seen:
            found.append(statement.rows(key=person.pk))
        found.append([person] * len(seen))
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [[person], [person]]


def test_related_rows_are_given_as_prefetching_gives_them(cast: Cast, django_assert_num_queries) -> None:
    organisations = list(Organisation.objects.all())
    give_related(organisations, "teams", Team.objects.all(), by="organisation_id")
    with django_assert_num_queries(0):
        given = [list(one.teams.all()) for one in organisations]
    assert any(given)
    assert given == [list(one.teams.all()) for one in Organisation.objects.all()]
