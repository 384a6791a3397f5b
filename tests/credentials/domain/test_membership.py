"""Roles: given to members, described, ended at once; ties keep reviewers away."""

from __future__ import annotations

import pytest

from credentials import api
from credentials.data import Actor
from credentials.errors import Closed, Invalid, NotAllowed, NotFound
from credentials.models import AuditEntry, Membership, Review, Tie
from tests.factories import work
from tests.factories.people import TestLinks, make_member


def roles(actor: Actor) -> frozenset[str]:
    user = Membership.objects.filter(user_id=actor.user_id)[0].user
    found = api.actor_for(user=user, program_id=actor.program_id, links=TestLinks())
    return found.roles if found else frozenset()


def test_an_actor_has_every_role_of_the_program_they_act_in(program, other_program):
    ben = make_member(program, "Ben", "reviewer", "coach")
    make_member(other_program, "Ben", "administrator")
    assert roles(ben) == {"reviewer", "coach"}


def test_somebody_without_a_membership_is_no_actor(db, django_user_model):
    eve = django_user_model.objects.create_user(username="eve")
    assert api.actor_for(user=eve, program_id=None, links=TestLinks()) is None


def test_asking_for_a_program_of_others_gives_ones_own(cem: Actor, program, django_user_model):
    user = django_user_model.objects.get(pk=cem.user_id)
    found = api.actor_for(user=user, program_id=program.pk, links=TestLinks())
    assert found is not None
    assert found.program_id == cem.program_id


def test_letting_somebody_in_costs_one_query(
    ada: Actor, django_user_model, django_assert_num_queries
):
    user = django_user_model.objects.get(pk=ada.user_id)
    with django_assert_num_queries(1):
        api.actor_for(user=user, program_id=None, links=TestLinks())


def test_giving_a_role_twice_is_one_membership(dana: Actor, ben: Actor):
    api.give_role(dana, user_id=ben.user_id, role="administrator")
    api.give_role(dana, user_id=ben.user_id, role="administrator")
    assert roles(ben) == {"reviewer", "administrator"}
    assert AuditEntry.objects.filter(verb="membership.given").count() == 1


def test_a_stranger_cannot_be_given_a_role(dana: Actor, cem: Actor):
    with pytest.raises(NotFound):
        api.give_role(dana, user_id=cem.user_id, role="learner")


def test_ending_twice_ends_once_and_at_once(dana: Actor, ben: Actor):
    api.end_membership(dana, user_id=ben.user_id, role="reviewer")
    api.end_membership(dana, user_id=ben.user_id, role="reviewer")
    assert roles(ben) == frozenset()
    assert AuditEntry.objects.filter(verb="membership.ended").count() == 1


def test_a_reviewer_who_leaves_gives_back_their_claims(dana: Actor, ada: Actor, ben: Actor):
    made = work.submitted(ada)
    claimed = api.claim(ben, submission=made.uuid)
    api.end_membership(dana, user_id=ben.user_id, role="reviewer")
    review = Review.objects.get(uuid=claimed.uuid)
    assert (review.state, review.live) == ("released", None)


def test_the_last_administrator_stays(dana: Actor):
    with pytest.raises(Closed, match="last administrator"):
        api.end_membership(dana, user_id=dana.user_id, role="administrator")
    assert roles(dana) == {"administrator"}


def test_one_of_two_administrators_may_go(dana: Actor, ben: Actor):
    api.give_role(dana, user_id=ben.user_id, role="administrator")
    api.end_membership(dana, user_id=dana.user_id, role="administrator")
    assert roles(dana) == frozenset()


def test_somebody_who_left_can_be_given_the_role_again(dana: Actor, program):
    ben = make_member(program, "Ben", "reviewer", "coach")
    api.end_membership(dana, user_id=ben.user_id, role="reviewer")
    api.give_role(dana, user_id=ben.user_id, role="reviewer")
    assert roles(ben) == {"reviewer", "coach"}


def test_a_qualification_is_kept_without_stray_spaces(dana: Actor, ben: Actor):
    api.set_qualification(dana, user_id=ben.user_id, qualification="  Principal,\n 12 years ")
    api.set_qualification(dana, user_id=ben.user_id, qualification="Principal, 12 years")
    assert Membership.objects.get(user_id=ben.user_id).qualification == "Principal, 12 years"


def test_a_qualification_that_is_too_long_is_refused(dana: Actor, ben: Actor):
    with pytest.raises(Invalid):
        api.set_qualification(dana, user_id=ben.user_id, qualification="x" * 201)


def test_only_reviewers_have_a_qualification(dana: Actor, ada: Actor):
    with pytest.raises(NotFound):
        api.set_qualification(dana, user_id=ada.user_id, qualification="Principal")


def test_a_tie_set_twice_is_one_and_keeps_the_reviewer_away(dana: Actor, ada: Actor, ben: Actor):
    made = work.submitted(ada)
    for _ in range(2):
        api.set_tie(dana, reviewer_id=ben.user_id, learner_id=ada.user_id, kind="supervisor")
    assert [(tie.reviewer, tie.kind) for tie in api.ties(dana)] == [("Ben Example", "supervisor")]
    with pytest.raises(NotFound):
        api.claim(ben, submission=made.uuid)


def test_a_tie_ended_twice_lets_the_reviewer_back(dana: Actor, ada: Actor, ben: Actor):
    made = work.submitted(ada)
    api.set_tie(dana, reviewer_id=ben.user_id, learner_id=ada.user_id, kind="same-school")
    (tie,) = api.ties(dana)
    api.end_tie(dana, tie=tie.id)
    api.end_tie(dana, tie=tie.id)
    assert api.ties(dana) == ()
    assert api.claim(ben, submission=made.uuid).state == "claimed"


def test_a_tie_needs_a_reviewer_a_learner_and_a_kind(
    dana: Actor, ada: Actor, ben: Actor, cem: Actor
):
    with pytest.raises(Invalid):
        api.set_tie(dana, reviewer_id=ben.user_id, learner_id=ada.user_id, kind="cousin")
    with pytest.raises(NotFound):
        api.set_tie(dana, reviewer_id=cem.user_id, learner_id=ada.user_id, kind="declared")
    with pytest.raises(NotFound):
        api.set_tie(dana, reviewer_id=ada.user_id, learner_id=ben.user_id, kind="declared")
    with pytest.raises(Invalid):
        api.set_tie(dana, reviewer_id=ben.user_id, learner_id=ben.user_id, kind="declared")


def test_cem_cannot_touch_members_or_ties_here(cem: Actor, dana: Actor, ada: Actor, ben: Actor):
    api.set_tie(dana, reviewer_id=ben.user_id, learner_id=ada.user_id, kind="declared")
    with pytest.raises(NotFound):
        api.set_qualification(cem, user_id=ben.user_id, qualification="x")
    with pytest.raises(NotFound):
        api.end_tie(cem, tie=Tie.objects.get().pk)
    api.end_membership(cem, user_id=ben.user_id, role="reviewer")
    assert roles(ben) == {"reviewer"}
    assert {member.name for member in api.members(cem)} == {"Cem Example"}


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_only_administrators_manage_people(who: str, request, al: Actor):
    person = request.getfixturevalue(who)
    for attempt in (
        lambda: api.members(person),
        lambda: api.ties(person),
        lambda: api.give_role(person, user_id=person.user_id, role="administrator"),
        lambda: api.end_membership(person, user_id=al.user_id, role="learner"),
        lambda: api.set_qualification(person, user_id=al.user_id, qualification="x"),
        lambda: api.set_tie(person, reviewer_id=1, learner_id=2, kind="declared"),
        lambda: api.end_tie(person, tie=1),
    ):
        with pytest.raises(NotAllowed):
            attempt()
