//! Changing what an MCP server offers. PostHog's copy learns of it with the next sync.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::generated;
use super::{Complaint, Done, Outcome};
use crate::app::App;
use crate::model::{Server, UpstreamTool};

/// The names of the tools a call changed.
type Named = Result<Json<Value>, Complaint>;

fn named(names: &[String]) -> Named {
    Ok(Json(json!({ "ok": true, "names": names })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tools {
    tools: Vec<UpstreamTool>,
}

pub(super) async fn set(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Tools>,
) -> Outcome {
    let mut world = app.world();
    let server = world.server_mut(&slug).ok_or_else(|| Complaint::unknown("server", &slug))?;
    server.tools = body.tools;
    server.withdrawn.clear();
    Ok(Done)
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    One(OneTool),
    More(Tools),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OneTool {
    tool: UpstreamTool,
}

/// Adds tools, or rewrites the ones of those names.
pub(super) async fn put(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<OneOrMore>,
) -> Outcome {
    let mut world = app.world();
    let server = world.server_mut(&slug).ok_or_else(|| Complaint::unknown("server", &slug))?;
    let tools = match body {
        OneOrMore::One(one) => vec![one.tool],
        OneOrMore::More(more) => more.tools,
    };
    for tool in tools {
        server.put(tool);
    }
    Ok(Done)
}

/// Which of a server's tools a call is about: exactly one of the three.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub(super) enum Which {
    Name(String),
    Names(Vec<String>),
    /// From 0 to 1, spread evenly over the list.
    Share(f64),
}

impl Which {
    /// The places in the list, in ascending order.
    fn among(&self, tools: &[UpstreamTool]) -> Result<Vec<usize>, Complaint> {
        let place = |name: &String| {
            let place = tools.iter().position(|tool| tool.name == *name);
            place.ok_or_else(|| Complaint::unknown("tool", name))
        };
        match self {
            Self::Name(name) => Ok(vec![place(name)?]),
            Self::Names(names) => {
                let mut places = names.iter().map(place).collect::<Result<Vec<_>, _>>()?;
                places.sort_unstable();
                places.dedup();
                Ok(places)
            }
            Self::Share(share) if (0.0..=1.0).contains(share) => {
                let before = |place: usize| (place as f64 * share).round() as usize;
                Ok((0..tools.len()).filter(|place| before(place + 1) > before(*place)).collect())
            }
            Self::Share(_) => Err(Complaint::bad("share must be from 0 to 1")),
        }
    }
}

/// Moves the chosen ones of a list to the end of another.
fn transfer(which: &Which, from: &mut Vec<UpstreamTool>, to: &mut Vec<UpstreamTool>) -> Named {
    let places = which.among(from)?;
    let names: Vec<String> = places.iter().map(|place| from[*place].name.clone()).collect();
    let (moved, kept) = std::mem::take(from)
        .into_iter()
        .enumerate()
        .partition::<Vec<_>, _>(|(place, _)| places.binary_search(place).is_ok());
    from.extend(kept.into_iter().map(|(_, tool)| tool));
    to.extend(moved.into_iter().map(|(_, tool)| tool));
    named(&names)
}

pub(super) async fn remove(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(which): Json<Which>,
) -> Named {
    let mut world = app.world();
    let server = world.server_mut(&slug).ok_or_else(|| Complaint::unknown("server", &slug))?;
    transfer(&which, &mut server.tools, &mut server.withdrawn)
}

/// Offers removed tools again, as they were.
pub(super) async fn restore(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(which): Json<Which>,
) -> Named {
    let mut world = app.world();
    let server = world.server_mut(&slug).ok_or_else(|| Complaint::unknown("server", &slug))?;
    transfer(&which, &mut server.withdrawn, &mut server.tools)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rewrite {
    which: Which,
    /// Replaces the description; a sentence that is never the same twice is added when both are absent.
    description: Option<String>,
    /// Replaces the schema.
    input_schema: Option<Value>,
}

pub(super) async fn rewrite(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Rewrite>,
) -> Named {
    let mut world = app.world();
    let server = world.server_mut(&slug).ok_or_else(|| Complaint::unknown("server", &slug))?;
    let places = body.which.among(&server.tools)?;
    server.rewrites += 1;
    let mut names = Vec::with_capacity(places.len());
    for place in places {
        let tool = &mut server.tools[place];
        match (&body.description, &body.input_schema) {
            (None, None) => tool.description += &format!(" Revision {} of this text.", server.rewrites),
            (description, schema) => {
                tool.description = description.clone().unwrap_or_else(|| tool.description.clone());
                tool.input_schema = schema.clone().unwrap_or_else(|| tool.input_schema.clone());
            }
        }
        names.push(tool.name.clone());
    }
    named(&names)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Generate {
    tools: usize,
}

/// Makes a server of many tools, connected and read; of a server there is, only the offer changes.
pub(super) async fn generate(
    State(app): State<App>,
    Path(slug): Path<String>,
    Json(body): Json<Generate>,
) -> Outcome {
    if body.tools > generated::MOST {
        return Err(Complaint::bad("that is more tools than a server is generated with"));
    }
    let tools = generated::tools(body.tools);
    let mut world = app.world();
    match world.server_mut(&slug) {
        Some(Server { tools: offered, withdrawn, .. }) => {
            *offered = tools;
            withdrawn.clear();
        }
        None => generated::install(&mut world, &slug, &tools)
            .map_err(|error| Complaint::bad(&error.to_string()))?,
    }
    Ok(Done)
}
