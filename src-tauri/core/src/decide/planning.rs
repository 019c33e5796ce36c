//! Plans: what deciding on many tools would do. Nothing is sent, and nothing but memory holds them.

use std::collections::{HashMap, HashSet};

use tokio::time::Instant;

use super::plan::{Plan, Planned, decide_part, unseen_part};
use crate::inbox::group_of;
use crate::project::Project;
use crate::store::{ServerRecord, StandingPin, ToolQuery, ToolRecord};
use crate::view::{
    BatchItem, BatchKind, BatchPage, CommandError, Decision, ErrorCode, ItemResult, PlanPart, PlanView,
    ReviewGroup, SeenTool, Selection, ToolFilter,
};

/// Tools one selection may name.
const MOST: usize = 20_000;
/// Plans kept: older ones are made again when somebody still wants them.
const KEPT: usize = 10;
/// Rows in one window at most.
const WINDOW: u32 = 200;
/// Up to so many tools of a server are read one by one rather than all of them at once.
const FEW: usize = 8;

/// What is asked for one tool, for the definition somebody saw.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub(crate) tool: SeenTool,
    pub(crate) asked: Decision,
    /// The definition was seen by whoever decided; else it is asked for and not pinned, and never loosened.
    pub(crate) pin: bool,
}

/// A server and those of its tools a plan is about.
pub(super) struct Known {
    pub(super) server: ServerRecord,
    pub(super) tools: HashMap<String, ToolRecord>,
    pub(super) pins: HashMap<String, StandingPin>,
}

fn seen(tool: ToolRecord) -> SeenTool {
    SeenTool { server_id: tool.server_id, tool: tool.name, fingerprint: tool.fingerprint }
}

/// Not what was decided on, or back with its old decision.
fn has_changed(tool: &ToolRecord) -> bool {
    tool.changed || tool.review.and_then(group_of).is_some_and(ReviewGroup::is_loud)
}

impl Project {
    /// What deciding on these tools would do. Nothing is sent. Who decides on a whole server has not looked at what
    /// changed there: that is made stricter, but it is not pinned and stays in Review.
    ///
    /// # Errors
    /// `definition_moved` when the group on screen is not the one there now; `invalid` for more than 20,000 tools or a
    /// group without tools.
    pub async fn plan_decisions(
        &self,
        tools: Selection,
        decision: Decision,
    ) -> Result<PlanView, CommandError> {
        let wishes = match tools {
            Selection::Server { server_id, search, filter } => {
                let tools = self.of_server(&server_id, &search, filter).await?.into_iter();
                tools
                    .map(|tool| Wish { pin: !has_changed(&tool), tool: seen(tool), asked: decision })
                    .collect()
            }
            tools => {
                let seen = self.selected(tools).await?.into_iter();
                seen.map(|tool| Wish { tool, asked: decision, pin: true }).collect()
            }
        };
        self.plan_wishes(BatchKind::Decide, Some(decision), wishes).await
    }

    /// What these wishes would do. Nothing is sent.
    pub(crate) async fn plan_wishes(
        &self,
        kind: BatchKind,
        asked: Option<Decision>,
        wishes: Vec<Wish>,
    ) -> Result<PlanView, CommandError> {
        let items = self.classify(wishes).await?;
        Ok(self.keep_plan(Plan { id: 0, kind, asked, undoes: None, silent: false, items }))
    }

    pub(super) async fn classify(&self, wishes: Vec<Wish>) -> Result<Vec<Planned>, CommandError> {
        let known = self.known(wishes.iter().map(|wish| &wish.tool)).await?;
        let plan = |wish: Wish| {
            let Wish { tool: seen, asked, pin: may_pin } = wish;
            let found = known.get(&seen.server_id);
            let tool = found.and_then(|known| known.tools.get(&seen.tool));
            let part = match (found, tool) {
                (Some(known), Some(tool)) => {
                    let pin = known.pins.get(&seen.tool);
                    let part = decide_part(&known.server, tool, asked, &seen.fingerprint, pin);
                    if may_pin { part } else { unseen_part(part, asked, &tool.state) }
                }
                _ => PlanPart::Missing,
            };
            Planned {
                part,
                server_url: found.map(|known| known.server.url.clone()).unwrap_or_default(),
                server_id: seen.server_id,
                tool: seen.tool,
                asked: asked.as_str().to_owned(),
                before: tool.map(|tool| tool.state.clone()).unwrap_or_default(),
                before_by: tool.map(|tool| tool.decided_by.clone()).unwrap_or_default(),
                fingerprint: seen.fingerprint,
                pin: may_pin,
                undoes: None,
                keeps_over: None,
            }
        };
        Ok(wishes.into_iter().map(plan).collect())
    }

    /// The tools of a selection, each once.
    pub(super) async fn selected(&self, tools: Selection) -> Result<Vec<SeenTool>, CommandError> {
        match tools {
            Selection::Tools { tools } => {
                if tools.len() > MOST {
                    return Err(ErrorCode::Invalid.at("tools"));
                }
                let mut met = HashSet::new();
                let first = |seen: &SeenTool| met.insert((seen.server_id.clone(), seen.tool.clone()));
                Ok(tools.into_iter().filter(first).collect())
            }
            Selection::Group { group: ReviewGroup::Connections, .. } => Err(ErrorCode::Invalid.at("group")),
            Selection::Group { group, revision } => {
                if revision != self.review_revision() {
                    return Err(ErrorCode::DefinitionMoved.plain());
                }
                self.group(group).await
            }
            Selection::Server { server_id, search, filter } => {
                let tools = self.of_server(&server_id, &search, filter).await?;
                Ok(tools.into_iter().map(seen).collect())
            }
        }
    }

    /// The tools of one server that a search and a filter leave.
    async fn of_server(
        &self,
        server_id: &str,
        search: &str,
        filter: ToolFilter,
    ) -> Result<Vec<ToolRecord>, CommandError> {
        self.server_record(server_id).await?;
        let query = ToolQuery { server_id, search, filter, offset: 0, limit: u32::MAX };
        Ok(self.cache.tools(&query).await?.0)
    }

    /// The tools of a group of Review that are not put off.
    pub(super) async fn group(&self, group: ReviewGroup) -> Result<Vec<SeenTool>, CommandError> {
        let tools = self.cache.tools_in_review(group as i64).await?;
        let seen = |(server_id, tool, fingerprint)| SeenTool { server_id, tool, fingerprint };
        Ok(tools.into_iter().map(seen).collect())
    }

    /// What is known about these tools, by server.
    pub(super) async fn known(
        &self,
        tools: impl Iterator<Item = &SeenTool>,
    ) -> Result<HashMap<String, Known>, CommandError> {
        let mut names: HashMap<&str, Vec<&str>> = HashMap::new();
        for seen in tools {
            names.entry(&seen.server_id).or_default().push(&seen.tool);
        }
        let mut known = HashMap::new();
        for (server_id, names) in names {
            let Some(server) = self.cache.server(server_id).await? else { continue };
            let mut tools = Vec::new();
            if names.len() > FEW {
                tools = self.cache.all_tools(server_id).await?;
            } else {
                for name in names {
                    tools.extend(self.cache.tool(server_id, name).await?);
                }
            }
            let tools = tools.into_iter().map(|tool| (tool.name.clone(), tool)).collect();
            let pins = self.ledger.standing_pins(&self.scope, &server.url).await?;
            known.insert(server_id.to_owned(), Known { server, tools, pins });
        }
        Ok(known)
    }

    /// Gives a plan its number and keeps it.
    pub(super) fn keep_plan(&self, mut plan: Plan) -> PlanView {
        let mut batches = self.batches();
        batches.last_plan += 1;
        plan.id = batches.last_plan;
        let now = Instant::now();
        let view = plan.view(|requests| batches.pace.seconds(requests, now));
        batches.plans.push_back(plan);
        if batches.plans.len() > KEPT {
            batches.plans.pop_front();
        }
        view
    }

    /// One window of one part of a plan. At most 200 rows.
    ///
    /// # Errors
    /// `not_found` for a plan that was applied or is older than the ten newest.
    pub async fn list_plan(
        &self,
        plan: i64,
        part: PlanPart,
        offset: u32,
        limit: u32,
    ) -> Result<BatchPage, CommandError> {
        let (window, total) = {
            let batches = self.batches();
            let plan = batches.plans.iter().find(|kept| kept.id == plan);
            let plan = plan.ok_or_else(|| ErrorCode::NotFound.plain())?;
            let of_part: Vec<&Planned> = plan.items.iter().filter(|item| item.part == part).collect();
            let window = of_part.iter().skip(offset as usize).take(limit.min(WINDOW) as usize);
            let window: Vec<Planned> = window.map(|item| (*item).clone()).collect();
            (window, u32::try_from(of_part.len()).unwrap_or(u32::MAX))
        };
        let mut items = Vec::with_capacity(window.len());
        for item in window {
            items.push(self.planned_item(item).await?);
        }
        Ok(BatchPage { items, total })
    }

    async fn planned_item(&self, item: Planned) -> Result<BatchItem, CommandError> {
        let shown = self.item_shown(&item.server_id, &item.server_url, &item.tool).await?;
        Ok(BatchItem {
            before: super::showing::state_word(&item.before),
            asked: super::showing::state_word(&item.asked),
            result: ItemResult::Waiting,
            answered: String::new(),
            problem: None,
            ..shown
        })
    }
}
