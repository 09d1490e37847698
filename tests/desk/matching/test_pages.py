"""The pages of links as browsers meet them: what they show, to whom, what they do."""

import re

import pytest
from django.urls import reverse
from tests.desk.matching.records import (
    CNIC,
    FATHER,
    NAME,
    REASON,
    SAME_NAME,
    Records,
    judgements,
    pair,
    proposals,
)

from rabta.core.words.vocabulary import Duty, Verdict
from rabta.desk.matching.models import Proposal

URDU = "گوہر قندیل والا"


def text(response) -> str:
    return response.content.decode()


def page(client, proposal: Proposal):
    return client.get(reverse("link", args=[proposal.public_id]))


def answer(client, proposal: Proposal, verdict: str, *, version: int | None = None, follow=False):
    now = proposals()[(proposal.left_id, proposal.right_id)].version
    return client.post(
        reverse("link-judge", args=[proposal.public_id]),
        {"verdict": verdict, "version": version or now},
        follow=follow,
    )


@pytest.fixture
def across(records: Records) -> Proposal:
    records.mine = records.person("circle_a", cnic=CNIC, father_name=FATHER)
    records.theirs = records.person(
        "post", SAME_NAME, cnic="42101-7654321-3", father_name=URDU, born="5 May 1961"
    )
    records.me = records.judge("circle_a")
    return records.propose(records.mine, records.theirs)


@pytest.fixture
def own(records: Records) -> Proposal:
    """A link between two records of one agency."""
    records.one = records.person("circle_a", cnic=CNIC)
    records.other = records.person("circle_a", URDU, cnic=CNIC)
    records.me = records.judge("circle_a")
    return records.propose(records.one, records.other)


SECRETS = (SAME_NAME, URDU, "42101-7654321-3", "1961", REASON, "The fathers' names differ",
           "have such a name", "cnic_same")  # fmt: skip


def test_of_a_far_end_every_page_shows_the_desk_and_nothing_of_the_record(
    records: Records, across: Proposal, browser
) -> None:
    client = browser(records.me)
    pages = [client.get(reverse("link-list")), page(client, across)]
    pages.append(answer(client, across, "same", follow=True))
    pages += [page(client, across), client.get(reverse("judgement-list"))]
    for response in pages:
        assert response.status_code == 200
        shown = text(response).replace("&#x27;", "'")
        assert [secret for secret in SECRETS if secret in shown] == []
        assert str(records.theirs.public_id) not in shown
    assert NAME in text(pages[0])
    assert "Railways" in text(pages[1])
    assert CNIC in text(pages[1])


def test_both_ends_of_ones_own_stand_side_by_side_with_reasons(
    records: Records, own: Proposal, browser
) -> None:
    shown = text(page(browser(records.me), own)).replace("&#x27;", "'")
    for said in (NAME, URDU, CNIC, REASON, "The fathers' names differ.", "About 10 people here"):
        assert said in shown
    for number, verdict in enumerate(Verdict, start=1):
        assert f'value="{verdict}" data-key="{number}"' in shown


def test_reasons_are_told_in_the_readers_language(records: Records, own: Proposal, browser) -> None:
    client = browser(records.me)
    client.cookies["rabta_language"] = "ur"
    shown = page(client, own)
    assert 'lang="ur" dir="rtl"' in text(shown)
    assert "<bdi>" + URDU in text(shown)


def test_answered_it_goes_on_to_the_next_and_offers_to_undo(
    records: Records, own: Proposal, browser
) -> None:
    following = records.propose(records.one, records.person("circle_a"), worth=10)
    client = browser(records.me)
    shown = answer(client, own, "different", follow=True)
    assert shown.redirect_chain == [(reverse("link", args=[following.public_id]), 302)]
    (said,) = judgements()
    undo = reverse("judgement-undo", args=[said.public_id])
    assert f'action="{undo}"' in text(shown)
    back = client.post(undo, follow=True)
    assert back.redirect_chain == [(reverse("link", args=[own.public_id]), 302)]
    assert proposals()[pair(records.one, records.other)].state == "open"


def test_the_filter_goes_from_the_list_to_the_next_link_and_back(
    records: Records, own: Proposal, across: Proposal, browser
) -> None:
    following = records.propose(records.one, records.person("circle_a"), worth=10)
    client = browser(records.me)
    kept = "?between=own"
    first = reverse("link", args=[own.public_id]) + kept
    assert f'href="{first}"' in text(client.get(reverse("link-list") + kept))
    shown = text(client.get(first))
    judge = reverse("link-judge", args=[own.public_id]) + kept
    assert f'action="{judge}"' in shown
    assert f'href="{reverse("link-list")}{kept}"' in shown
    said = {"verdict": "same", "version": own.version}
    went = client.post(judge, said, follow=True)
    last = reverse("link", args=[following.public_id]) + kept
    assert went.redirect_chain == [(last, 302)]
    undo = re.search(r'action="([^"]+/undo[^"]*)"', text(went))[1]
    assert undo.endswith(kept)
    assert client.post(undo)["Location"] == first
    version = proposals()[(own.left_id, own.right_id)].version
    client.post(judge, {"verdict": "same", "version": version})
    # The link between two agencies is open still, and worth more; it is not what was asked for.
    ended = client.post(reverse("link-judge", args=[following.public_id]) + kept, said)
    assert ended["Location"] == reverse("link-list") + kept


def test_links_that_can_be_compared_stand_first(
    records: Records, own: Proposal, across: Proposal, browser
) -> None:
    shown = text(browser(records.me).get(reverse("link-list")))
    rows = shown.split("<tr")[2:]
    assert [str(own.public_id) in rows[0], str(across.public_id) in rows[1]] == [True, True]
    assert "you can compare" in rows[0]
    assert "ask first" in rows[1]


def test_a_judgement_leads_to_its_link_and_says_which_namesakes(
    records: Records, own: Proposal, browser
) -> None:
    third = records.person("circle_a")
    records.say(records.me, records.one, records.other, Verdict.SAME)
    records.say(records.me, records.one, third, Verdict.UNSURE)
    shown = text(browser(records.me).get(reverse("judgement-list")))
    unproposed, judged = shown.split("<tr")[2:]
    assert judged.count(f'href="{reverse("link", args=[own.public_id])}"') == 2
    assert f'href="{reverse("person", args=[third.public_id])}"' in unproposed
    for row, numbers in ((judged, ("1/2020", "2/2020")), (unproposed, ("1/2020", "3/2020"))):
        for number in numbers:
            assert f'<bdi class="code">{number}</bdi>' in row
        assert "Federal" in row


def test_the_last_one_answered_leads_to_the_list(records: Records, own: Proposal, browser) -> None:
    shown = answer(browser(records.me), own, "unsure", follow=True)
    assert shown.redirect_chain == [(reverse("link-list"), 302)]
    assert "There is no link to be judged." in text(shown)


def test_an_answer_to_what_has_changed_is_not_taken(
    records: Records, own: Proposal, browser
) -> None:
    looked_at = proposals()[pair(records.one, records.other)].version
    records.say(records.judge("circle_b"), records.one, records.other, Verdict.SAME)
    refused = answer(browser(records.me), own, "different", version=looked_at)
    assert refused.status_code == 409
    assert "Your answer was not taken down" in text(refused)
    assert [said.verdict for said in judgements()] == ["same"]


def test_no_answer_that_is_none_of_the_four(records: Records, own: Proposal, browser) -> None:
    assert answer(browser(records.me), own, "merge").status_code == 400
    assert judgements() == []


def test_a_contradiction_is_shown_at_once(records: Records, own: Proposal, browser) -> None:
    third = records.person("circle_a")
    records.say(records.me, records.one, third, Verdict.SAME)
    records.say(records.me, third, records.other, Verdict.SAME)
    shown = answer(browser(records.me), own, "different", follow=True)
    assert shown.redirect_chain == [(reverse("judgement-list"), 302)]
    assert "Judgements that cannot all be true" in text(shown)


@pytest.mark.parametrize(
    ("unit", "duty", "lists", "opens"),
    [
        ("circle_a", Duty.INVESTIGATOR, 200, 200),
        ("hq", Duty.ANALYST, 200, 200),
        ("post", Duty.SUPERVISOR, 200, 200),
        ("house", Duty.SUPERVISOR, 200, 404),
        ("circle_a", Duty.CLERK, 403, 403),
        ("house", Duty.CASE_WORKER, 403, 403),
        ("hq", Duty.STEWARD, 403, 403),
        ("hq", Duty.OBSERVER, 403, 403),
    ],
)
def test_who_opens_what(
    records: Records, across: Proposal, browser, unit: str, duty: Duty, lists: int, opens: int
) -> None:
    client = browser(records.judge(unit, duty))
    assert client.get(reverse("link-list")).status_code == lists
    assert client.get(reverse("judgement-list")).status_code == lists
    assert page(client, across).status_code == opens
    assert answer(client, across, "unsure").status_code == (302 if opens == 200 else opens)
    assert len(judgements()) == (opens == 200)


def test_another_agency_cannot_undo_by_address(records: Records, across: Proposal, browser) -> None:
    said = records.say(records.me, records.mine, records.theirs, Verdict.SAME)
    undo = reverse("judgement-undo", args=[said.public_id])
    assert browser(records.judge("post")).post(undo).status_code == 403
    assert browser(records.judge("house", Duty.SUPERVISOR)).post(undo).status_code == 404
    assert judgements()[0].undone_at is None


def test_a_filter_that_is_not_understood_filters_nothing(
    records: Records, across: Proposal, browser
) -> None:
    client = browser(records.me)
    for query in ("strength=none", "after=no", "between=x&before=1"):
        assert NAME in text(client.get(reverse("link-list") + f"?{query}"))


def test_a_page_takes_as_many_questions_however_long_the_list(
    records: Records, own: Proposal, browser, django_assert_max_num_queries
) -> None:
    client = browser(records.me)
    client.get(reverse("link-list"))
    for number in range(12):
        records.propose(records.one, records.person("circle_a"), worth=number)
    with django_assert_max_num_queries(16):
        client.get(reverse("link-list"))
