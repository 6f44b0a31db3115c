"""The cast is what the documentation says, and making it twice changes nothing."""

from django.apps import apps

from caseway.accounts.permissions import Permission
from caseway.cases.models import Category, Priority
from caseway.customers.viewers import desk_viewer_of, portal_viewer_of
from caseway.demo.cast import Cast, make_cast
from caseway.demo.password import PASSWORD


def rows() -> dict[str, int]:
    models = [m for m in apps.get_models() if m.__module__.startswith("caseway.")]
    return {m._meta.label: m._default_manager.count() for m in models}


def test_making_it_again_changes_nothing(cast: Cast) -> None:
    cast.ana.set_password("changed by Ana")
    cast.ana.save()
    before = rows()
    again = make_cast()
    assert rows() == before
    assert again.ana.check_password("changed by Ana")


def test_everyone_signs_in_with_the_documented_password(cast: Cast) -> None:
    assert all(p.check_password(PASSWORD) for p in (cast.ana, cast.omar, cast.kim, cast.root))
    assert [p.email for p in (cast.ana, cast.new_agent) if p.must_change_password] == [
        "new.agent@larkfield.example"
    ]


def test_each_sits_where_the_documentation_says(cast: Cast) -> None:
    assert desk_viewer_of(cast.lea).has(Permission.LEAD)
    assert not desk_viewer_of(cast.sam).has(Permission.ASSIGN)
    assert desk_viewer_of(cast.pia).organisation == cast.quillon
    assert portal_viewer_of(cast.kim).administers_account
    assert portal_viewer_of(cast.max).account_id == cast.fernwood.pk
    assert not desk_viewer_of(cast.kim).is_agent
    assert not portal_viewer_of(cast.ana).is_contact


def test_organisations_have_starting_lists(cast: Cast) -> None:
    default = Priority.objects.get(organisation=cast.larkfield, is_default=True)
    assert default.label == "Normal"
    items = Category.objects.filter(organisation=cast.larkfield, parent__isnull=False)
    assert items.count() > 10
    assert not Priority.objects.filter(organisation=cast.tamarack).exists()
