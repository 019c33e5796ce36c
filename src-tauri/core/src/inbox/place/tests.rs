//! Every way into and out of Review, one row each.

use super::*;

const CONTACT: i64 = 100;

fn tool(state: &str, by: &str, fingerprint: &str) -> ToolRecord {
    ToolRecord {
        name: "t".into(),
        state: state.into(),
        decided_by: by.into(),
        fingerprint: fingerprint.into(),
        ..ToolRecord::default()
    }
}

fn pin(fingerprint: &str, state: &str) -> Pin {
    Pin { fingerprint: fingerprint.into(), state: state.into(), at: 200, kind: "decided".into() }
}

/// Seen at first contact as `a`, standing since then.
fn past() -> Past {
    Past { first_at: CONTACT, first_fingerprint: "a".into(), standing_from: Some(CONTACT), ..Past::default() }
}

fn group(tool: &ToolRecord, pin: Option<&Pin>, past: &Past) -> Option<ReviewGroup> {
    place(tool, Facts { pin, past: Some(past), contact_at: CONTACT }).group
}

#[test]
fn what_is_as_decided_on_does_not_wait() {
    for state in ["approved", "needs_approval", "do_not_use"] {
        assert_eq!(group(&tool(state, "scope", "a"), Some(&pin("a", state)), &past()), None, "{state}");
    }
}

#[test]
fn a_changed_tool_waits_by_what_it_may_do() {
    let table = [
        ("approved", ReviewGroup::ChangedAllowed),
        ("needs_approval", ReviewGroup::ChangedOtherwise),
        ("do_not_use", ReviewGroup::ChangedOtherwise),
        ("a_new_word", ReviewGroup::ChangedOtherwise),
    ];
    for (state, wanted) in table {
        assert_eq!(
            group(&tool(state, "scope", "b"), Some(&pin("a", state)), &past()),
            Some(wanted),
            "{state}"
        );
    }
    let place = place(
        &tool("approved", "scope", "b"),
        Facts { pin: Some(&pin("a", "approved")), past: Some(&past()), contact_at: CONTACT },
    );
    assert_eq!(place.base.as_deref(), Some("a"), "compared with what was decided on");
}

#[test]
fn a_decision_loosened_elsewhere_is_not_taken_over_in_silence() {
    let pinned = pin("a", "needs_approval");
    for by in ["scope", "preset"] {
        let facts = Facts { pin: Some(&pinned), past: Some(&past()), contact_at: CONTACT };
        let place = place(&tool("approved", by, "a"), facts);
        assert_eq!((place.group, place.noticed_at), (Some(ReviewGroup::Loosened), None), "{by}");
        assert_eq!(place.base.as_deref(), Some("a"), "what was decided is known");
    }
    assert_eq!(group(&tool("do_not_use", "team", "a"), Some(&pinned), &past()), None, "stricter is no worry");
}

#[test]
fn a_tool_that_came_back_waits_whatever_its_definition_is() {
    let back = Past { standing_from: Some(400), gone_at: Some(300), back_at: Some(400), ..past() };
    for now in ["a", "b"] {
        let tool = tool("approved", "scope", now);
        assert_eq!(group(&tool, Some(&pin("a", "approved")), &back), Some(ReviewGroup::CameBack), "{now}");
        assert_eq!(group(&tool, None, &back), Some(ReviewGroup::CameBack), "{now}, never pinned here");
    }
    let decided_since = Pin { at: 500, ..pin("a", "approved") };
    assert_eq!(group(&tool("approved", "scope", "a"), Some(&decided_since), &back), None);
    assert_eq!(group(&tool("needs_approval", "default", "a"), None, &back), None, "nobody decided on it");
}

#[test]
fn a_new_tool_waits_until_somebody_decides() {
    let new = Past { first_at: 150, standing_from: Some(150), ..past() };
    assert_eq!(group(&tool("approved", "preset", "a"), None, &new), Some(ReviewGroup::NewAllowed));
    assert_eq!(group(&tool("needs_approval", "default", "a"), None, &new), Some(ReviewGroup::New));
    assert_eq!(group(&tool("needs_approval", "scope", "a"), Some(&pin("a", "needs_approval")), &new), None);
}

#[test]
fn first_contact_says_what_was_decided_elsewhere_and_pins_nothing() {
    let table = [
        ("approved", "scope", Some(ReviewGroup::Unpinned)),
        ("approved", "preset", Some(ReviewGroup::Unpinned)),
        ("approved", "legacy", Some(ReviewGroup::Unpinned)),
        ("needs_approval", "scope", Some(ReviewGroup::Unpinned)),
        ("needs_approval", "legacy", None),
        ("needs_approval", "default", None),
        ("needs_approval", "team", None),
        ("do_not_use", "legacy", Some(ReviewGroup::Unpinned)),
        ("do_not_use", "rule", None),
    ];
    for (state, by, wanted) in table {
        assert_eq!(group(&tool(state, by, "a"), None, &past()), wanted, "{state} by {by}");
    }
}

#[test]
fn an_allowed_tool_nobody_pinned_here_is_compared_with_what_was_seen_first() {
    let facts = Facts { pin: None, past: Some(&past()), contact_at: CONTACT };
    let place = place(&tool("approved", "scope", "b"), facts);
    assert_eq!((place.group, place.base.as_deref()), (Some(ReviewGroup::ChangedAllowed), Some("a")));
}

#[test]
fn a_removed_tool_waits_until_it_is_noted_and_again_when_it_goes_again() {
    let gone = Past { standing_from: None, gone_at: Some(300), ..past() };
    let mut tool = tool("approved", "scope", "a");
    tool.removed_at = Some("2026-11-01T00:00:00Z".into());
    let pinned = pin("a", "approved");
    assert_eq!(group(&tool, Some(&pinned), &gone), Some(ReviewGroup::Removed));
    assert_eq!(group(&tool, None, &gone), None, "nothing was decided on");
    let noted = Past { removal_noted_at: Some(350), ..gone.clone() };
    assert_eq!(group(&tool, Some(&pinned), &noted), None);
    let again = Past { gone_at: Some(900), ..noted };
    assert_eq!(group(&tool, Some(&pinned), &again), Some(ReviewGroup::Removed));
}

#[test]
fn putting_off_holds_for_one_definition_only() {
    let mark = PutOff { fingerprint: "b".into(), group: Some(ReviewGroup::ChangedAllowed), at: 300 };
    let put_off = Past { later: Some(mark), ..past() };
    let pinned = pin("a", "approved");
    let later = |now: &str| {
        place(
            &tool("approved", "scope", now),
            Facts { pin: Some(&pinned), past: Some(&put_off), contact_at: CONTACT },
        )
        .later
    };
    assert!(later("b"), "it stays in the inbox, marked");
    assert!(!later("c"), "a further change brings it back");
}

#[test]
fn putting_off_ends_where_the_entry_is_louder() {
    use ReviewGroup::{CameBack, ChangedAllowed, ChangedOtherwise, New, NewAllowed, Removed};
    let holds = |then, now| {
        let mark = PutOff { fingerprint: "a".into(), group: then, at: 300 };
        holds(&mark, &tool("approved", "preset", "a"), now, (None, &past()))
    };
    for (then, now) in [(New, NewAllowed), (ChangedOtherwise, ChangedAllowed), (Removed, CameBack)] {
        assert!(!holds(Some(then), now), "{then:?} became {now:?}");
        assert!(holds(Some(now), then) && holds(Some(then), then), "{now:?} became {then:?}");
        assert!(!holds(None, now) && holds(None, then), "put off before the group was kept");
    }
}

#[test]
fn putting_off_ends_with_a_decision_and_with_what_is_noticed_after_it() {
    let mark = PutOff { fingerprint: "b".into(), group: Some(ReviewGroup::ChangedAllowed), at: 300 };
    let put_off = Past { later: Some(mark), ..past() };
    let later = |pin: &Pin, past: &Past| {
        place(
            &tool("approved", "scope", "b"),
            Facts { pin: Some(pin), past: Some(past), contact_at: CONTACT },
        )
    };
    assert!(later(&pin("a", "approved"), &put_off).later);
    let loosened = Pin { at: 400, ..pin("b", "do_not_use") };
    let place = later(&loosened, &put_off);
    assert_eq!((place.group, place.later), (Some(ReviewGroup::Loosened), false), "it was decided on since");
    let back = Past { standing_from: Some(500), gone_at: Some(450), back_at: Some(500), ..put_off };
    let place = later(&pin("b", "approved"), &back);
    assert_eq!((place.group, place.later), (Some(ReviewGroup::CameBack), false), "it came back since");
}

#[test]
fn a_tool_never_observed_has_no_place() {
    let facts = Facts { pin: None, past: None, contact_at: CONTACT };
    assert_eq!(place(&tool("approved", "scope", "a"), facts), Place::default());
}
