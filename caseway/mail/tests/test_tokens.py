"""Signed addresses: what they name, and that nothing else names it."""

from hypothesis import given
from hypothesis import strategies as st

from caseway.cases.types import Audience
from caseway.mail.tokens import (
    Conversation,
    bounce_address,
    conversation_in,
    delivery_id_in,
    is_tagged,
    reply_address,
    untagged,
)

MAILBOX = "support@larkfield.example"
IDS = st.integers(min_value=0, max_value=2**40)
CONVERSATIONS = st.builds(Conversation, IDS, st.integers(0, 2**20), st.sampled_from(Audience), IDS)


@given(CONVERSATIONS)
def test_an_address_names_its_conversation_in_whatever_case(conversation):
    address = reply_address(MAILBOX, conversation)
    assert len(address.partition("@")[0]) <= 64
    assert conversation_in(["somebody@else.example", address]) == conversation
    assert conversation_in([address.upper()]) == conversation
    assert untagged(address) == MAILBOX


@given(CONVERSATIONS, st.data())
def test_one_altered_character_names_nothing(conversation, data):
    address = reply_address(MAILBOX, conversation)
    start, end = address.index("+c.") + 3, address.index("@")
    place = data.draw(st.integers(start, end - 1))
    other = data.draw(st.sampled_from([c for c in "abcdefghijklmnopqrstuvwxyz234567" if c != address[place]]))
    altered = address[:place] + other + address[place + 1 :]
    assert conversation_in([altered]) is None


def test_a_token_of_one_use_is_none_of_the_other():
    bounce = bounce_address(MAILBOX, 77)
    assert delivery_id_in([bounce]) == 77
    assert conversation_in([bounce, bounce.replace("+b.", "+c.")]) is None
    reply = reply_address(MAILBOX, Conversation(1, 2, Audience.CUSTOMER, 3))
    assert delivery_id_in([reply, reply.replace("+c.", "+b.")]) is None


def test_a_token_dies_with_its_key(settings):
    address = reply_address(MAILBOX, Conversation(1, 2, Audience.CUSTOMER, 3))
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key of this installation, long enough"
    assert conversation_in([address]) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert conversation_in([address]) is not None


@given(st.text(max_size=80))
def test_any_text_is_taken_and_names_nothing(text):
    assert conversation_in([text, f"{text}@x.example", f"support+c.{text}@x.example"]) is None
    assert delivery_id_in([text, f"support+b.{text}@x.example"]) is None


def test_the_form_is_recognised_without_the_key():
    assert is_tagged("support+c.aaaaaaaaaaaaaaaaaaaaaaaa@larkfield.example")
    assert not is_tagged("support+sales@larkfield.example")
