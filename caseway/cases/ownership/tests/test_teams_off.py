"""Teams that are switched off."""

import pytest
from django.test import Client
from django.urls import reverse

from caseway.accounts.models import Team
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.ownership.actions import give_to_team
from caseway.core.errors import Invalid
from caseway.demo.cast import Cast


def test_a_team_that_is_switched_off_gets_no_case(cast: Cast, client: Client):
    case = create(NewCase(subject="x", description="y"), by=cast.at_desk(cast.ana))
    team = Team.objects.create(organisation=cast.larkfield, name="Night shift", is_active=False)
    client.force_login(cast.ana)
    assert "Night shift" not in client.get(reverse("desk:team", args=[case.number])).content.decode()
    with pytest.raises(Invalid):
        give_to_team(case, by=cast.at_desk(cast.ana), team=team)
