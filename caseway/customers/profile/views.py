"""One's own profile."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from caseway.accounts.access import signed_in_page
from caseway.accounts.models import Person
from caseway.accounts.requests import ViewerRequest, signed_in
from caseway.accounts.seats import seats_of
from caseway.accounts.second_factor.queries import has_second_factor, is_offered_to
from caseway.accounts.sign_in.homes import home_of
from caseway.accounts.sign_in.sessions import places_of, sign_out_elsewhere
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.customers.models import Contact

from .actions import change_profile, choose_mails, choose_owner_mails
from .forms import ContactMailsForm, OwnerMailsForm, ProfileForm
from .zones import zones_at


@dataclass(frozen=True)
class Forms:
    """The page's form: the person's own part, and one part for each contact and seat of theirs."""

    profile: ProfileForm
    contacts: list[ContactMailsForm]
    seats: list[OwnerMailsForm]

    @property
    def are_valid(self) -> bool:
        """Whether all of them can be taken."""
        asked = [one.is_valid() for one in (self.profile, *self.contacts, *self.seats)]
        return all(asked)  # each is asked, so that each shows what is wrong


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def profile(request: ViewerRequest) -> HttpResponse:
    """Name, language, time zone, mobile number, mails; where one is signed in."""
    person = signed_in(request)
    forms = _forms(request, person)
    if request.method == "POST" and forms.are_valid and _store(person, forms):
        messages.success(request, _("Saved."))
        return redirect("profile")
    context = {
        "forms": forms,
        "zones": zones_at(now()),
        "places": places_of(person, request),
        "home": home_of(person),
        "has_second_factor": has_second_factor(person),
        "is_offered": is_offered_to(person),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "customers/profile/profile.html", context, status=status)


@require_POST
@signed_in_page
def sessions(request: ViewerRequest) -> HttpResponse:
    """Sign out in one other browser (`session`), or in all."""
    asked = request.POST.get("session", "")
    key = int(asked) if asked.isdecimal() and len(asked) < 18 else None
    ended = sign_out_elsewhere(signed_in(request), request, key if asked else None)
    words = ngettext("Signed out in %(num)s other browser.", "Signed out in %(num)s other browsers.", ended)
    messages.success(request, words % {"num": ended})
    return redirect("profile")


def _forms(request: ViewerRequest, person: Person) -> Forms:
    data = request.POST if request.method == "POST" else None
    seats = list(seats_of(person))
    contacts = Contact.objects.filter(person=person, is_active=True).select_related("organisation")
    return Forms(
        ProfileForm(data, person=person, seat=seats[0] if seats else None),
        [ContactMailsForm(data, instance=c, prefix=f"contact-{c.pk}") for c in contacts.order_by("pk")],
        [OwnerMailsForm(data, instance=seat, prefix=f"seat-{seat.pk}") for seat in seats],
    )


def _store(person: Person, forms: Forms) -> bool:
    """Store what was chosen; False where the form holds what is wrong."""
    try:
        change_profile(person, **forms.profile.cleaned_data)
    except Invalid as invalid:
        forms.profile.add_error("name", invalid.message)
        return False
    for one in forms.contacts:
        typed = one.cleaned_data
        choose_mails(
            one.instance,
            creation=typed["told_of_creation"],
            answers=typed["told_of_answers"],
            closing=typed["told_of_closing"],
        )
    for seat in forms.seats:
        choose_owner_mails(seat.instance, told=seat.cleaned_data["told_as_owner"])
    return True
