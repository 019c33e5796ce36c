//! Which action a path and a method ask for, and what that needs.

/// An action, with the ids its path carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    Me,
    OtherUser,
    Organizations,
    Organization(String),
    OrganizationProjects(String),
    Projects,
    Project,
    Catalog,
    Icon,
    Installations,
    Installation(String),
    InstallTemplate,
    InstallCustom,
    Authorize,
    AvailableTools,
    Tools(String),
    Tool(String, String),
    Refresh(String),
    Share(String),
    Unshare(String),
}

/// Where a path leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) action: Action,
    /// The project segment as written, on project routes.
    pub(crate) project: Option<String>,
    /// Reached through `/api/environments/`, which is deprecated.
    pub(crate) is_alias: bool,
}

/// What a key needs for a method on a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    Scope(&'static str),
    /// The method belongs to no action, so no scope can be derived: keys are refused (contract 1.5).
    NoAction,
}

/// Resolves a path, without or with one trailing slash (contract 1.2).
pub(crate) fn resolve(path: &str) -> Option<Route> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let segments: Vec<&str> = path.strip_prefix("/api/")?.split('/').collect();
    if segments.iter().any(|segment| segment.is_empty()) {
        return None;
    }
    let plain = |action| Some(Route { action, project: None, is_alias: false });
    match segments.as_slice() {
        ["users", "@me"] => plain(Action::Me),
        ["users", _] => plain(Action::OtherUser),
        ["organizations"] => plain(Action::Organizations),
        ["organizations", id] => plain(Action::Organization((*id).to_owned())),
        ["organizations", id, "projects"] => plain(Action::OrganizationProjects((*id).to_owned())),
        ["projects"] => plain(Action::Projects),
        [prefix @ ("projects" | "environments"), project, rest @ ..] => {
            let action = if rest.is_empty() { Action::Project } else { in_project(rest)? };
            Some(Route { action, project: Some((*project).to_owned()), is_alias: *prefix == "environments" })
        }
        _ => None,
    }
}

fn in_project(segments: &[&str]) -> Option<Action> {
    let rest = match segments {
        ["mcp_servers"] => return Some(Action::Catalog),
        ["mcp_servers", "icon"] => return Some(Action::Icon),
        ["mcp_server_installations", rest @ ..] => rest,
        _ => return None,
    };
    match rest {
        [] => return Some(Action::Installations),
        ["install_template"] => return Some(Action::InstallTemplate),
        ["install_custom"] => return Some(Action::InstallCustom),
        ["authorize"] => return Some(Action::Authorize),
        ["available_tools"] => return Some(Action::AvailableTools),
        _ => {}
    }
    let id = rest.first().filter(|id| !id.contains('.'))?.to_string();
    match &rest[1..] {
        [] => Some(Action::Installation(id)),
        ["tools"] => Some(Action::Tools(id)),
        ["tools", "refresh"] => Some(Action::Refresh(id)),
        ["tools", name] => Some(Action::Tool(id, (*name).to_owned())),
        ["share"] => Some(Action::Share(id)),
        ["unshare"] => Some(Action::Unshare(id)),
        _ => None,
    }
}

impl Action {
    /// The methods that reach a view.
    pub(crate) fn methods(&self) -> &'static [&'static str] {
        match self {
            Self::Installations => &["GET", "POST"],
            Self::Installation(_) => &["GET", "PUT", "PATCH", "DELETE"],
            Self::InstallTemplate
            | Self::InstallCustom
            | Self::Refresh(_)
            | Self::Share(_)
            | Self::Unshare(_) => &["POST"],
            Self::Tool(..) => &["PATCH"],
            _ => &["GET"],
        }
    }

    pub(crate) fn needs(&self, method: &str) -> Needs {
        match (self, method) {
            (Self::Icon, _) => Needs::Scope("project:read"),
            (Self::Installations, "POST" | "PATCH") | (Self::Installation(_), "PUT") => {
                Needs::Scope("project:write")
            }
            _ if !self.methods().contains(&method) => Needs::NoAction,
            (Self::Me | Self::OtherUser, _) => Needs::Scope("user:read"),
            (Self::Organizations | Self::Organization(_), _) => Needs::Scope("organization:read"),
            _ => Needs::Scope("project:read"),
        }
    }

    /// Whether the call draws on the shared budget of ten a minute (contract 1.7).
    pub(crate) fn is_budgeted(&self) -> bool {
        matches!(self, Self::InstallTemplate | Self::InstallCustom | Self::Authorize | Self::Refresh(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trailing_slash_is_optional_and_one_only() {
        assert_eq!(resolve("/api/users/@me").unwrap().action, Action::Me);
        assert_eq!(resolve("/api/users/@me/").unwrap().action, Action::Me);
        assert_eq!(resolve("/api/users/@me//"), None);
    }

    #[test]
    fn a_tool_named_refresh_is_the_refresh_action() {
        let route = resolve("/api/projects/1/mcp_server_installations/i/tools/refresh/").unwrap();
        assert_eq!(route.action, Action::Refresh("i".into()));
        assert_eq!(route.action.needs("PATCH"), Needs::NoAction);
    }

    #[test]
    fn the_environments_alias_is_told_apart() {
        let route = resolve("/api/environments/7/mcp_servers/").unwrap();
        assert!(route.is_alias);
        assert_eq!(route.project.as_deref(), Some("7"));
    }
}
