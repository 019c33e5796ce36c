use super::*;

const SEEN: &str = "seen";
const OTHER: &str = "other";

fn server() -> ServerRecord {
    ServerRecord { id: "s".into(), url: "https://s.example/mcp".into(), is_owner: true, ..Default::default() }
}

fn tool(state: &str) -> ToolRecord {
    ToolRecord { name: "t".into(), state: state.into(), fingerprint: SEEN.into(), ..Default::default() }
}

fn pin(fingerprint: &str, state: &str) -> Option<StandingPin> {
    Some(StandingPin { tool: "t".into(), fingerprint: fingerprint.into(), state: state.into() })
}

#[test]
fn a_decision_is_planned_by_the_first_thing_that_speaks_against_it() {
    use Decision::{Approved, DoNotUse, NeedsApproval};
    let colleague = ServerRecord { shared: true, is_owner: false, ..server() };
    let locked = ToolRecord { locked: true, ..tool("needs_approval") };
    let slash = ToolRecord { name: "a/b".into(), ..tool("needs_approval") };
    let moved = ToolRecord { fingerprint: OTHER.into(), ..tool("needs_approval") };
    let moved_and_locked = ToolRecord { locked: true, ..moved.clone() };
    let capped = ToolRecord { team_state: Some("needs_approval".into()), ..tool("needs_approval") };
    let strange = ToolRecord { team_state: Some("of a later version".into()), ..tool("needs_approval") };
    for (server, tool, asked, pin, expected) in [
        (&server(), &tool("needs_approval"), Approved, None, PlanPart::Change),
        (&server(), &tool("needs_approval"), Approved, pin(SEEN, "needs_approval"), PlanPart::Change),
        (&server(), &tool("approved"), Approved, pin(SEEN, "approved"), PlanPart::Already),
        (&server(), &tool("approved"), Approved, None, PlanPart::Change),
        (&server(), &tool("approved"), Approved, pin(OTHER, "approved"), PlanPart::Change),
        (&server(), &tool("do_not_use"), DoNotUse, pin(SEEN, "approved"), PlanPart::Change),
        (&colleague, &tool("needs_approval"), DoNotUse, None, PlanPart::NotYours),
        (&server(), &locked, DoNotUse, None, PlanPart::Locked),
        (&server(), &slash, DoNotUse, None, PlanPart::NotAddressable),
        (&server(), &moved, DoNotUse, None, PlanPart::Moved),
        (&server(), &moved_and_locked, DoNotUse, None, PlanPart::Locked),
        (&server(), &capped, Approved, None, PlanPart::Ceiling),
        (&server(), &capped, DoNotUse, None, PlanPart::Change),
        (&server(), &strange, NeedsApproval, None, PlanPart::Ceiling),
        (&server(), &tool("of a later version"), DoNotUse, None, PlanPart::Change),
    ] {
        let part = decide_part(server, tool, asked, SEEN, pin.as_ref());
        assert_eq!(part, expected, "{tool:?} asked {asked:?}");
    }
}

fn done(before: &str, answered: Option<&str>) -> TakenBack {
    TakenBack {
        id: 1,
        server_url: server().url,
        server_id: None,
        tool: "t".into(),
        before: before.into(),
        before_by: "scope".into(),
        asked: "do_not_use".into(),
        answered: answered.map(str::to_owned),
        result: if answered.is_some() { "as_asked" } else { "unknown" }.into(),
        fingerprint_seen: SEEN.into(),
        moved_pin: true,
        newer: false,
    }
}

#[test]
fn only_what_nobody_else_touched_is_taken_back() {
    let blocked = || done("approved", Some("do_not_use"));
    let newer = TakenBack { newer: true, ..blocked() };
    let kept = TakenBack { moved_pin: false, ..done("approved", Some("approved")) };
    let only_pinned = TakenBack { asked: "approved".into(), ..done("approved", Some("approved")) };
    let strange = done("of a later version", Some("do_not_use"));
    let tightened = TakenBack { asked: "approved".into(), ..done("needs_approval", Some("approved")) };
    let locked = ToolRecord { locked: true, ..tool("do_not_use") };
    let capped = ToolRecord { team_state: Some("needs_approval".into()), ..tool("do_not_use") };
    let moved = |state| ToolRecord { fingerprint: OTHER.into(), ..tool(state) };
    for (tool, done, expected) in [
        (tool("do_not_use"), blocked(), PlanPart::Change),
        (tool("do_not_use"), done("approved", None), PlanPart::Change),
        (tool("approved"), TakenBack { moved_pin: false, ..done("approved", None) }, PlanPart::Already),
        (tool("needs_approval"), blocked(), PlanPart::Foreign),
        (tool("do_not_use"), newer.clone(), PlanPart::Foreign),
        (tool("approved"), newer, PlanPart::Already),
        (tool("approved"), kept, PlanPart::Already),
        (tool("approved"), only_pinned, PlanPart::Change),
        (locked, blocked(), PlanPart::Locked),
        (capped, blocked(), PlanPart::Ceiling),
        (tool("do_not_use"), strange, PlanPart::NotAddressable),
        (moved("do_not_use"), blocked(), PlanPart::Moved),
        (moved("approved"), tightened, PlanPart::Change),
    ] {
        assert_eq!(undo_part(&server(), &tool, &done), expected, "{tool:?} {done:?}");
    }
}

#[test]
fn what_asked_nobody_is_taken_back_unless_something_came_after_it() {
    let accepted = TakenBack { answered: None, result: "as_asked".into(), ..done("approved", None) };
    let locked = ToolRecord { locked: true, ..tool("do_not_use") };
    assert_eq!(undo_part(&server(), &locked, &accepted), PlanPart::Change);
    let newer = TakenBack { newer: true, ..accepted };
    assert_eq!(undo_part(&server(), &tool("approved"), &newer), PlanPart::Foreign);
}

#[test]
fn an_explicit_choice_stays_only_where_there_was_none_and_says_what_ruled_instead() {
    let by = |decided_by: &str| ToolRecord { decided_by: decided_by.into(), ..tool("do_not_use") };
    let keeps = |before_by: &str, now: &str| {
        let done = TakenBack { before_by: before_by.into(), ..done("approved", Some("do_not_use")) };
        done.keeps_over(&by(now))
    };
    for (before_by, now, expected) in [
        ("preset", "scope", Some(Ruled::ByTeam)),
        ("team", "scope", Some(Ruled::ByTeam)),
        ("default", "scope", Some(Ruled::ByDefault)),
        ("preset", "preset", None),
        ("default", "default", None),
        ("scope", "scope", None),
        ("legacy", "scope", None),
    ] {
        assert_eq!(keeps(before_by, now), expected, "{before_by} {now}");
    }
}

fn planned(part: PlanPart, before: &str, asked: &str) -> Planned {
    Planned {
        part,
        server_id: "s".into(),
        server_url: server().url,
        tool: "t".into(),
        asked: asked.into(),
        before: before.into(),
        before_by: "scope".into(),
        fingerprint: SEEN.into(),
        pin: true,
        undoes: None,
        keeps_over: None,
    }
}

#[test]
fn the_plan_counts_parts_states_and_what_becomes_looser() {
    let items = vec![
        planned(PlanPart::Change, "approved", "needs_approval"),
        planned(PlanPart::Change, "do_not_use", "needs_approval"),
        planned(PlanPart::Change, "of a later version", "do_not_use"),
        planned(PlanPart::Change, "approved", "approved"),
        planned(PlanPart::Locked, "do_not_use", "needs_approval"),
    ];
    let plan = Plan { id: 3, kind: BatchKind::Decide, asked: None, undoes: None, silent: false, items };
    let view = plan.view(|changes| changes * 10);
    let parts: Vec<_> = view.parts.iter().map(|count| (count.part, count.count)).collect();
    assert_eq!(parts, [(PlanPart::Change, 4), (PlanPart::Locked, 1)]);
    let from: Vec<_> = view.from.iter().map(|count| (count.state.as_str(), count.count)).collect();
    assert_eq!(from, [("approved", 1), ("do_not_use", 1), ("of a later version", 1)]);
    assert_eq!(
        (view.looser, view.only_pins, view.seconds),
        (2, 1, 40),
        "an unknown word is strictest: leaving it is looser"
    );
}
