//! What the ledger knows that Review needs: pins, pasts, marks, known findings.

use std::collections::{HashMap, HashSet};

use super::definitions::{IN_TIME, not_before_noticed, tool_id};
use super::ledger::{Ledger, Scope};
use super::open::StoreError;
use crate::view::ReviewGroup;

/// What was decided on.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Pin {
    /// The definition.
    pub fingerprint: String,
    /// The state that was decided.
    pub state: String,
    /// When, ms.
    pub at: i64,
    /// How it came: `decided`, `accepted`, `baseline`, `imported` or `undone`.
    pub kind: String,
}

/// When and as what a tool was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// First seen, ms.
    pub first_at: i64,
    /// The definition it had then.
    pub first_fingerprint: String,
    /// Since when the definition there now stands, ms; null while the tool is gone.
    pub standing_from: Option<i64>,
    /// When it was last noticed to be gone, ms: before what stands now, if anything does.
    pub gone_at: Option<i64>,
    /// When it was first seen again after that, ms.
    pub back_at: Option<i64>,
    /// What was put off.
    pub later: Option<PutOff>,
    /// When the person noted that it is gone, ms.
    pub removal_noted_at: Option<i64>,
    /// When the last observation ended, ms; null while it stands.
    pub ended: Option<i64>,
}

impl Past {
    /// It was gone and has been there again since `at` (ms) or later.
    #[must_use]
    pub fn came_back_after(&self, at: i64) -> bool {
        self.back_at.is_some_and(|back| back > at)
    }
}

/// An entry of Review that the person put off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutOff {
    /// The definition that was on screen.
    pub fingerprint: String,
    /// Where it waited; `None`: put off before this was kept.
    pub group: Option<ReviewGroup>,
    /// When, ms.
    pub at: i64,
}

/// Everything of one server that Review needs, by tool name.
#[derive(Clone, Debug, Default)]
pub struct ReviewFacts {
    /// Pins.
    pub pins: HashMap<String, Pin>,
    /// Pasts of all tools ever seen.
    pub pasts: HashMap<String, Past>,
    /// When the first tool of the server was seen, ms.
    pub contact_at: i64,
}

#[derive(sqlx::FromRow)]
struct Seen {
    name: String,
    fingerprint: String,
    from_at: i64,
    until_at: Option<i64>,
}

impl Ledger {
    /// Everything of one server that Review needs.
    pub async fn review_facts(&self, scope: &Scope, server_url: &str) -> Result<ReviewFacts, StoreError> {
        let pins: Vec<(String, String, String, i64, Option<String>)> = sqlx::query_as(
            "SELECT tool.name, pin.fingerprint, pin.state, pin.at, decision.kind FROM pin
             JOIN tool ON tool.id = pin.tool_id LEFT JOIN decision ON decision.id = pin.decision_id
             WHERE tool.scope_id = ? AND tool.server_url = ?",
        )
        .bind(scope.id)
        .bind(server_url)
        .fetch_all(&self.db.read)
        .await?;
        let pins = pins.into_iter().map(|(name, fingerprint, state, at, kind)| {
            (name, Pin { fingerprint, state, at, kind: kind.unwrap_or_else(|| "decided".to_owned()) })
        });
        let sql = format!(
            "SELECT tool.name, fingerprint, from_at, until_at FROM observation
             JOIN tool ON tool.id = observation.tool_id
             WHERE tool.scope_id = ? AND tool.server_url = ? ORDER BY {IN_TIME}"
        );
        let seen: Vec<Seen> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(scope.id)
            .bind(server_url)
            .fetch_all(&self.db.read)
            .await?;
        let contact_at = seen.iter().map(|seen| seen.from_at).min().unwrap_or_default();
        let mut pasts: HashMap<String, Past> = HashMap::new();
        for seen in seen {
            let past = pasts.entry(seen.name.clone()).or_insert_with(|| Past {
                first_at: seen.from_at,
                first_fingerprint: seen.fingerprint.clone(),
                ..Past::default()
            });
            past.saw(&seen);
        }
        pasts.values_mut().for_each(Past::settle);
        self.add_marks(scope, server_url, &mut pasts).await?;
        Ok(ReviewFacts { pins: pins.collect(), pasts, contact_at })
    }

    /// What one tool is compared with: its pin, and when it was first seen here, ms.
    pub async fn base_of(
        &self,
        scope: &Scope,
        server_url: &str,
        tool: &str,
    ) -> Result<(Option<Pin>, Option<i64>), StoreError> {
        let pin = sqlx::query_as(
            "SELECT pin.fingerprint, pin.state, pin.at, coalesce(decision.kind, 'decided') AS kind FROM tool
             JOIN pin ON pin.tool_id = tool.id LEFT JOIN decision ON decision.id = pin.decision_id
             WHERE tool.scope_id = ? AND tool.server_url = ? AND tool.name = ?",
        );
        let first = format!(
            "SELECT from_at FROM tool JOIN observation ON observation.tool_id = tool.id
             WHERE tool.scope_id = ? AND tool.server_url = ? AND tool.name = ? ORDER BY {IN_TIME} LIMIT 1"
        );
        let first = sqlx::query_scalar(sqlx::AssertSqlSafe(first));
        Ok((
            pin.bind(scope.id).bind(server_url).bind(tool).fetch_optional(&self.db.read).await?,
            first.bind(scope.id).bind(server_url).bind(tool).fetch_optional(&self.db.read).await?,
        ))
    }

    async fn add_marks(
        &self,
        scope: &Scope,
        server_url: &str,
        pasts: &mut HashMap<String, Past>,
    ) -> Result<(), StoreError> {
        let marks: Vec<(String, String, String, i64, Option<ReviewGroup>)> = sqlx::query_as(
            "SELECT tool.name, what, fingerprint, at, review_group FROM mark JOIN tool ON tool.id = mark.tool_id
             WHERE tool.scope_id = ? AND tool.server_url = ?",
        )
        .bind(scope.id)
        .bind(server_url)
        .fetch_all(&self.db.read)
        .await?;
        for (name, what, fingerprint, at, group) in marks {
            let Some(past) = pasts.get_mut(&name) else { continue };
            if what == "later" {
                past.later = Some(PutOff { fingerprint, group, at });
            } else {
                past.removal_noted_at = Some(at);
            }
        }
        Ok(())
    }

    /// Puts a tool's entry of Review off, or brings it back.
    pub async fn put_off(
        &self,
        scope: &Scope,
        server_url: &str,
        tool: &str,
        mark: Option<PutOff>,
    ) -> Result<(), StoreError> {
        self.put_off_many(scope, &[(server_url, tool.to_owned(), mark)]).await
    }

    /// The same for many tools, each with the address of its server, in one step.
    pub async fn put_off_many(
        &self,
        scope: &Scope,
        marks: &[(&str, String, Option<PutOff>)],
    ) -> Result<(), StoreError> {
        let put = format!(
            "INSERT INTO mark (tool_id, what, fingerprint, at, review_group) VALUES (?1, 'later', ?2, {at}, ?4)
             ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, at = excluded.at,
                                       review_group = excluded.review_group",
            at = not_before_noticed("?3", "?1"),
        );
        let mut tx = self.db.write.begin().await?;
        for (server_url, tool, mark) in marks {
            let tool = tool_id(&mut *tx, scope, server_url, tool).await?;
            let query = match mark {
                Some(PutOff { fingerprint, group, at }) => sqlx::query(sqlx::AssertSqlSafe(put.as_str()))
                    .bind(tool)
                    .bind(fingerprint)
                    .bind(at)
                    .bind(group),
                None => sqlx::query("DELETE FROM mark WHERE tool_id = ? AND what = 'later'").bind(tool),
            };
            query.execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Ids of the findings the person knows at a tool.
    pub async fn known_findings(
        &self,
        scope: &Scope,
        server_url: &str,
        tool: &str,
    ) -> Result<HashSet<String>, StoreError> {
        let known: Vec<String> = sqlx::query_scalar(
            "SELECT finding FROM known_finding JOIN tool ON tool.id = known_finding.tool_id
             WHERE tool.scope_id = ? AND tool.server_url = ? AND tool.name = ?",
        )
        .bind(scope.id)
        .bind(server_url)
        .bind(tool)
        .fetch_all(&self.db.read)
        .await?;
        Ok(known.into_iter().collect())
    }

    /// Remembers that the person knows a finding, or forgets it.
    pub async fn set_known_finding(
        &self,
        scope: &Scope,
        server_url: &str,
        tool: &str,
        finding: &str,
        known: bool,
        now: i64,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.write.begin().await?;
        let tool = tool_id(&mut *tx, scope, server_url, tool).await?;
        let query = if known {
            sqlx::query(
                "INSERT INTO known_finding (tool_id, finding, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            )
            .bind(tool)
            .bind(finding)
            .bind(now)
        } else {
            sqlx::query("DELETE FROM known_finding WHERE tool_id = ? AND finding = ?")
                .bind(tool)
                .bind(finding)
        };
        query.execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A definition's title, description and schema, as they came.
    pub async fn definition(&self, fingerprint: &str) -> Result<Option<StoredDefinition>, StoreError> {
        Ok(sqlx::query_as("SELECT title, description, schema FROM definition WHERE fingerprint = ?")
            .bind(fingerprint)
            .fetch_optional(&self.db.read)
            .await?)
    }
}

/// A definition as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredDefinition {
    /// Title.
    pub title: String,
    /// Description.
    pub description: String,
    /// Input schema as JSON text.
    pub schema: String,
}

impl Past {
    /// Takes the next observation, in their order. A change ends one at the instant the next begins; only a gap means
    /// that the tool was gone.
    fn saw(&mut self, seen: &Seen) {
        if let Some(ended) = self.ended
            && seen.from_at > ended
        {
            (self.gone_at, self.back_at) = (Some(ended), Some(seen.from_at));
        }
        self.ended = seen.until_at;
        self.standing_from = seen.until_at.is_none().then_some(seen.from_at);
    }

    /// After the last observation: one that ended means that the tool is gone now.
    fn settle(&mut self) {
        if self.ended.is_some() {
            (self.gone_at, self.back_at) = (self.ended, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(observations: &[(&str, i64, Option<i64>)]) -> Past {
        let mut past = Past::default();
        for (fingerprint, from_at, until_at) in observations {
            past.saw(&Seen {
                name: "t".into(),
                fingerprint: (*fingerprint).into(),
                from_at: *from_at,
                until_at: *until_at,
            });
        }
        past.settle();
        past
    }

    #[test]
    fn a_change_is_not_an_absence() {
        let past = past(&[("a", 1, Some(5)), ("b", 5, None)]);
        assert_eq!((past.standing_from, past.gone_at, past.back_at), (Some(5), None, None));
    }

    #[test]
    fn a_gap_is_an_absence_and_stays_known_through_later_changes() {
        let past = past(&[("a", 1, Some(5)), ("a", 9, Some(12)), ("b", 12, None)]);
        assert_eq!((past.standing_from, past.gone_at, past.back_at), (Some(12), Some(5), Some(9)));
        assert!(past.came_back_after(8) && !past.came_back_after(9));
    }

    #[test]
    fn what_ended_last_is_gone_now() {
        let past = past(&[("a", 1, Some(5)), ("a", 9, Some(12))]);
        assert_eq!((past.standing_from, past.gone_at, past.back_at), (None, Some(12), None));
    }
}
