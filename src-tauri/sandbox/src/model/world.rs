//! Everything that can change while the sandbox runs.

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    Grant, Installation, Key, Level, OauthFlow, Organization, Person, Project, Server, UpstreamTool,
};
use crate::faults::Faults;
use crate::generation::Generation;
use crate::log::RequestLog;
use crate::throttle::Throttle;
use crate::time::{Clock, Micros, Speed};

pub(crate) struct World {
    pub(crate) generation: Generation,
    pub(crate) clock: Clock,
    pub(crate) organizations: Vec<Organization>,
    pub(crate) projects: Vec<Project>,
    pub(crate) people: Vec<Person>,
    pub(crate) keys: Vec<Key>,
    pub(crate) servers: Vec<Server>,
    pub(crate) installations: Vec<Installation>,
    /// What servers come to offer, in the order of the fixture: when, which server, what.
    pub(crate) later: Vec<(Micros, String, UpstreamTool)>,
    pub(crate) flows: HashMap<[u8; 32], OauthFlow>,
    pub(crate) grants: HashMap<String, Grant>,
    /// Session cookie to person.
    pub(crate) sessions: HashMap<String, i64>,
    /// Every browser without a session of its own counts as this person's.
    pub(crate) signed_in: Option<i64>,
    pub(crate) owner: i64,
    pub(crate) project: i64,
    pub(crate) sync_delay_ms: u64,
    pub(crate) speed: Speed,
    pub(crate) throttle: Throttle,
    pub(crate) faults: Faults,
    pub(crate) log: RequestLog,
}

impl World {
    pub(crate) fn now(&self) -> Micros {
        self.clock.now()
    }

    /// Lets servers offer what is due by now.
    pub(crate) fn catch_up(&mut self) {
        let now = self.now();
        let (due, later) = std::mem::take(&mut self.later).into_iter().partition(|(at, ..)| *at <= now);
        self.later = later;
        let due: Vec<_> = due;
        for (_, slug, tool) in due {
            if let Some(server) = self.server_mut(&slug) {
                server.put(tool);
            }
        }
    }

    pub(crate) fn person(&self, id: i64) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    pub(crate) fn person_by_handle(&self, handle: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.handle == handle)
    }

    pub(crate) fn project(&self, id: i64) -> Option<&Project> {
        self.projects.iter().find(|project| project.id == id)
    }

    pub(crate) fn project_mut(&mut self, id: i64) -> Option<&mut Project> {
        self.projects.iter_mut().find(|project| project.id == id)
    }

    pub(crate) fn level(&self, person: i64, organization: Uuid) -> Option<Level> {
        let memberships = &self.person(person)?.memberships;
        memberships.iter().find(|(id, _)| *id == organization).map(|(_, level)| *level)
    }

    /// "Project admin" is an organisation admin or owner (contract 3.14).
    pub(crate) fn is_admin(&self, person: i64, project: i64) -> bool {
        let organization = self.project(project).map(|project| project.organization);
        organization.and_then(|id| self.level(person, id)).is_some_and(|level| level >= Level::Admin)
    }

    pub(crate) fn server(&self, slug: &str) -> Option<&Server> {
        self.servers.iter().find(|server| server.slug == slug)
    }

    pub(crate) fn server_mut(&mut self, slug: &str) -> Option<&mut Server> {
        self.servers.iter_mut().find(|server| server.slug == slug)
    }

    /// URLs are compared byte by byte (contract 2.2).
    pub(crate) fn server_by_url(&self, url: &str) -> Option<&Server> {
        self.servers.iter().find(|server| server.url == url)
    }

    pub(crate) fn template(&self, id: Uuid) -> Option<&Server> {
        self.servers.iter().find(|server| server.template_id == Some(id))
    }

    pub(crate) fn installation(&self, id: Uuid) -> Option<&Installation> {
        self.installations.iter().find(|row| row.id == id)
    }

    pub(crate) fn installation_mut(&mut self, id: Uuid) -> Option<&mut Installation> {
        self.installations.iter_mut().find(|row| row.id == id)
    }
}
