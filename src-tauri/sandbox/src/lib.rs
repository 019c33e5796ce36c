//! A stateful local PostHog with its MCP store API, in each of its generations, for tests and for Hedgerow's sample project.
//!
//! It plays the HTTP API, PostHog's own login page, the login providers of the MCP servers and those servers'
//! tools, all in one process on loopback. It starts from a [`Fixture`] and is steered over a control endpoint;
//! the crate's README documents both. It shares no code with the client, so that each can catch the other's mistakes.

mod answer;
mod api;
mod app;
mod control;
mod cut;
mod faults;
mod fixture;
mod generation;
mod jsonb;
mod log;
mod model;
mod pages;
mod policy;
mod provider;
mod secret;
mod sync;
mod throttle;
mod time;
mod web;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use app::{App, Shared};
pub use fixture::{Fixture, FixtureError};
pub use generation::Generation;

/// How to start a sandbox.
pub struct Options {
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// The project to start from.
    pub fixture: Fixture,
}

/// A running sandbox. Dropping it stops it.
pub struct Sandbox {
    app: App,
    key: String,
    project_id: i64,
    control_url: String,
    server: Option<JoinHandle<()>>,
}

/// Starts a sandbox on 127.0.0.1. It answers from the moment this returns.
///
/// # Errors
/// The port is taken, or the operating system has no randomness to give.
pub async fn start(options: Options) -> io::Result<Sandbox> {
    let world = options.fixture.world()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    let host = listener.local_addr()?.to_string();
    let owned = world.keys.iter().find(|key| key.person == world.owner);
    let key = owned.map(|key| key.token.clone()).ok_or_else(|| io::Error::other("the owner has no key"))?;
    let project_id = world.project;
    let app: App = Arc::new(Shared::new(world, host, secret::random_token()?));
    let control_url = format!("{}/__control", app.site);
    let router = Router::new()
        .merge(control::router(&app))
        .merge(web::router())
        .merge(provider::router())
        .fallback(api::handle)
        .with_state(app.clone());
    let stopping = app.clone();
    let server = tokio::spawn(async move {
        let serving =
            axum::serve(listener, router).with_graceful_shutdown(async move { stopping.stopped().await });
        if let Err(error) = serving.await {
            tracing::error!(%error, "the sandbox stopped serving");
        }
    });
    Ok(Sandbox { app, key, project_id, control_url, server: Some(server) })
}

impl Sandbox {
    /// `http://127.0.0.1:PORT`, without a slash: what a client takes for PostHog's host.
    pub fn url(&self) -> &str {
        &self.app.site
    }

    /// A personal API key of the fixture's owner: the first one the fixture lists.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// `http://127.0.0.1:PORT/__control`: the base of the control endpoint.
    pub fn control_url(&self) -> &str {
        &self.control_url
    }

    /// The bearer token of the control endpoint: 256 random bits, new in every run.
    pub fn control_token(&self) -> &str {
        &self.app.control_token
    }

    /// The project the fixture is about.
    pub fn project_id(&self) -> i64 {
        self.project_id
    }

    /// Stops serving, ends calls that hang or wait, and returns when the port is free.
    pub async fn stop(mut self) {
        self.app.stop();
        if let Some(server) = self.server.take() {
            // The task only ends; a panic in it has been reported already.
            let _ = server.await;
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.app.stop();
    }
}
