//! Every refusal of contract 1.5 and 3.6 to 3.14 that this client can meet: what it means, what the window is told, at
//! which field, in which words.

use reqwest::header::HeaderMap;
use serde_json::json;

use super::answer::{self, Answer};
use super::error::ErrorKind as K;
use super::redact::Redaction;
use crate::view::{CommandError, ErrorCode as C};

/// A refusal: status, PostHog's code (`""`: a hand-written answer, shape D), words, field on the wire; then the meaning.
type Refusal = (u16, &'static str, &'static str, Option<&'static str>, K, C, Option<&'static str>);

/// A refusal that belongs to no field.
fn plain(status: u16, code: &'static str, detail: &'static str, kind: K, told: C) -> Refusal {
    (status, code, detail, None, kind, told, None)
}

/// 403 that says no more than its words.
fn forbidden(detail: &'static str) -> Refusal {
    plain(403, "permission_denied", detail, K::Forbidden, C::Forbidden)
}

/// 502 of a refresh, hand-written.
fn upstream(detail: &'static str) -> Refusal {
    plain(502, "", detail, K::Upstream, C::Upstream)
}

fn check(refusals: &[Refusal]) {
    for (status, code, detail, attr, kind, told, field) in refusals {
        let body = match *code {
            "" => json!({ "detail": detail }),
            code => json!({"type": "x", "code": code, "detail": detail, "attr": attr}),
        };
        let answer =
            Answer { status: *status, headers: HeaderMap::new(), body: body.to_string().into_bytes() };
        let error = answer::error(&answer, &Redaction::new([]));
        assert_eq!(error.kind, *kind, "{status} {detail}");
        assert_eq!(error.code.as_deref().unwrap_or_default(), *code, "{status} {detail}");
        assert_eq!(error.outcome_unknown(), *status >= 500, "a refusal changed nothing: {status} {detail}");
        let words = match kind {
            K::MissingScope(scope) => scope,
            _ => *detail,
        };
        let window = CommandError::from(&error);
        assert_eq!((window.code, window.message.as_str()), (*told, words), "{status} {detail}");
        assert_eq!(window.field.as_deref(), *field, "{status} {detail}");
    }
}

#[test]
fn a_refused_key() {
    let refused = |detail| plain(401, "authentication_failed", detail, K::KeyRefused, C::KeyRefused);
    check(&[
        plain(
            401,
            "not_authenticated",
            "Authentication credentials were not provided.",
            K::KeyRefused,
            C::KeyRefused,
        ),
        refused("Personal API key found in request Authorization header is invalid."),
        refused("Incorrect authentication credentials."),
        refused("Invalid access token."),
        refused("Access token has expired."),
        refused("User associated with access token not found."),
        refused("User associated with access token is disabled."),
        refused("Access token is not associated with a valid application."),
    ]);
}

#[test]
fn a_key_that_may_not() {
    let code = "permission_denied";
    let limited = |detail| plain(403, code, detail, K::KeyLimited, C::Forbidden);
    let scope = |scope: &str| K::MissingScope(scope.into());
    check(&[
        plain(
            403,
            code,
            "API key missing required scope 'project:read'",
            scope("project:read"),
            C::MissingScope,
        ),
        plain(403, code, "API key missing required scope 'user:read'", scope("user:read"), C::MissingScope),
        forbidden("OAuth token has no scopes and cannot access this resource"),
        forbidden("This action does not support personal API key access"),
        limited("API key does not have access to the requested project: ID 123."),
        limited("API key does not have access to the requested organization: ID 0199."),
        limited("API keys with scoped projects are only supported on project-based endpoints."),
        forbidden(
            "Organization 'X' does not allow using personal API keys. Contact an admin to enable personal API keys for this organization.",
        ),
        forbidden("You don't have access to the project."),
        forbidden("You do not have member access to this resource."),
        forbidden("Built-in agents must use their explicitly granted MCP gateway connections."),
    ]);
}

#[test]
fn what_is_not_there_and_what_cannot_be_said() {
    check(&[
        plain(404, "not_found", "Project not found.", K::ProjectNotFound, C::ProjectNotFound),
        plain(404, "not_found", "Not found.", K::NotFound, C::NotFound),
        plain(404, "not_found", "Endpoint not found.", K::NotFound, C::NotFound),
        plain(405, "method_not_allowed", "Method \"GET\" not allowed.", K::Invalid, C::Invalid),
        plain(406, "not_acceptable", "Could not satisfy the request Accept header.", K::Invalid, C::Invalid),
        plain(
            415,
            "unsupported_media_type",
            "Unsupported media type \"\" in request.",
            K::Invalid,
            C::Invalid,
        ),
        plain(400, "parse_error", "JSON parse error - Expecting value", K::Invalid, C::Invalid),
        plain(
            400,
            "invalid_input",
            "Invalid data. Expected a dictionary, but got list.",
            K::Invalid,
            C::Invalid,
        ),
        plain(429, "throttled", "Request was throttled.", K::Throttled, C::Throttled),
        plain(500, "error", "A server error occurred.", K::Server, C::PosthogFailed),
        plain(
            503,
            "database_unavailable",
            "We couldn't reach the database just now. Please try again in a moment.",
            K::Server,
            C::PosthogFailed,
        ),
    ]);
}

#[test]
fn a_field_that_is_wrong() {
    let at = |code, detail, field| (400, code, detail, Some(field), K::Invalid, C::Invalid, Some(field));
    check(&[
        at("required", "This field is required.", "template_id"),
        at("null", "This field may not be null.", "display_name"),
        at("blank", "This field may not be blank.", "name"),
        at("max_length", "Ensure this field has no more than 200 characters.", "name"),
        at("invalid_choice", "\"x\" is not a valid choice.", "approval_state"),
        at("invalid_input", "Must be a valid boolean.", "is_enabled"),
        at("invalid_input", "Must be a valid UUID.", "template_id"),
        at("invalid_input", "Not a valid string.", "description"),
        at("null_characters_not_allowed", "Null characters are not allowed.", "display_name"),
        at(
            "surrogate_characters_not_allowed",
            "Surrogate characters are not allowed: U+D800.",
            "description",
        ),
        at("invalid_input", "Invalid callback URL", "posthog_code_callback_url"),
        at("invalid_input", "Enter a valid URL.", "url"),
        at("max_length", "Ensure this field has no more than 2048 characters.", "url"),
        at("invalid_input", "URL not allowed: Invalid URL", "url"),
        at("invalid_input", "URL not allowed: Invalid URL: ambiguous authority", "url"),
        at("invalid_input", "URL not allowed: URL must start with http:// or https://", "url"),
        at("invalid_input", "URL not allowed: Missing host", "url"),
        at("invalid_input", "URL not allowed: Local/metadata host", "url"),
        at("invalid_input", "URL not allowed: Local/Loopback host not allowed", "url"),
        at("invalid_input", "URL not allowed: Internal domain pattern blocked: .local", "url"),
        at("invalid_input", "URL not allowed: Private IP address not allowed", "url"),
        at("invalid_input", "URL not allowed: Could not resolve host", "url"),
        at("invalid_input", "URL not allowed: Disallowed target IP: 10.0.0.5", "url"),
    ]);
}

#[test]
fn a_connection_that_is_refused() {
    let (code, url) = ("permission_denied", Some("url"));
    check(&[
        forbidden("Only project admins can create shared MCP servers."),
        forbidden("Only project admins can set team availability."),
        forbidden("Only project admins can share servers with agents in this project."),
        forbidden("Custom MCP servers are limited to project admins in this project."),
        plain(
            403,
            code,
            "This server is disabled for your team.",
            K::ServerDisabledForTeam,
            C::ServerOffForTeam,
        ),
        plain(403, code, "Only the credential owner can modify a shared server.", K::OwnerOnly, C::Fixed),
        plain(404, "", "Template not found", K::NotFound, C::NotFound),
        plain(404, "", "Installation not found", K::NotFound, C::NotFound),
        (400, "", "api_key is required", None, K::Invalid, C::Invalid, Some("api_key")),
        (400, "", "Invalid callback URL", None, K::Invalid, C::Invalid, Some("posthog_code_callback_url")),
        (400, "", "This server URL is already installed.", None, K::Conflict, C::Conflict, url),
        (400, "", "Server URL blocked by security policy", None, K::LoginSetup, C::Upstream, url),
        plain(
            400,
            "invalid_input",
            "Pass exactly one of template_id or installation_id",
            K::Invalid,
            C::Invalid,
        ),
    ]);
}

#[test]
fn a_login_that_cannot_be_prepared() {
    let setup = |detail| (400, "", detail, None, K::LoginSetup, C::Upstream, None);
    check(&[
        setup("OAuth discovery failed."),
        setup("This MCP server does not support Dynamic Client Registration (DCR)."),
        setup("OAuth registration failed."),
        setup("OAuth registration failed. Redirect URI host is not allowed for this workspace"),
        setup("Could not determine OAuth issuer"),
        setup("Template is missing OAuth credentials"),
        setup("Template is missing OAuth metadata"),
        setup("Template missing OAuth credentials"),
        setup("Template missing OAuth metadata"),
        setup("Template OAuth client is not configured"),
        setup("Could not build OAuth authorize URL"),
        setup("Authorization endpoint must use HTTPS"),
        setup("Installation is missing OAuth state — reinstall the server"),
    ]);
    let method = "OAuth token endpoint auth method is not supported.";
    check(&[(400, "", method, None, K::LoginSetup, C::Upstream, Some("client_id"))]);
}

#[test]
fn a_decision_that_is_refused() {
    let ceiling =
        "A team admin set a stricter ceiling for this tool. Choose the ceiling or a more restrictive state.";
    let field = Some("approval_state");
    check(&[
        (400, "invalid_input", ceiling, field, K::Ceiling, C::Ceiling, field),
        (400, "invalid_choice", "\"allowed\" is not a valid choice.", field, K::Invalid, C::Invalid, field),
        plain(
            403,
            "permission_denied",
            "Only the credential owner can modify a shared server.",
            K::OwnerOnly,
            C::Fixed,
        ),
        plain(404, "", "Tool not found", K::NotFound, C::NotFound),
    ]);
}

#[test]
fn a_refresh_that_fails() {
    check(&[
        plain(400, "", "Installation is disabled", K::ServerOff, C::ServerOff),
        upstream("Could not refresh tools from the upstream MCP server"),
        upstream("Could not refresh tools from the upstream MCP server: URL not allowed: Missing host"),
        upstream(
            "Could not refresh tools from the upstream MCP server: Token refresh failed: No refresh token available",
        ),
        upstream(
            "Could not refresh tools from the upstream MCP server: Token refresh failed: Token refresh rejected by the provider",
        ),
        upstream(
            "Could not refresh tools from the upstream MCP server: OAuth app is not available for this project. Contact your project admin.",
        ),
        upstream("Could not refresh tools from the upstream MCP server: Upstream MCP server unreachable"),
        upstream("Could not refresh tools from the upstream MCP server: Upstream MCP server timed out"),
        upstream(
            "Could not refresh tools from the upstream MCP server: Upstream initialize returned status 401",
        ),
        upstream(
            "Could not refresh tools from the upstream MCP server: tools/list response missing 'result.tools' array",
        ),
        plain(502, "error", "Bad gateway", K::Server, C::PosthogFailed),
    ]);
}

#[test]
fn a_sharing_that_is_refused() {
    check(&[
        plain(400, "", "Only personal installations can be shared.", K::Invalid, C::Invalid),
        plain(400, "", "Only shared installations can be unshared.", K::Invalid, C::Invalid),
        forbidden("Only project admins can share MCP servers with the project."),
        forbidden("Only the credential owner or a project admin can unshare a shared server."),
        plain(
            409,
            "",
            "A shared connection for this server already exists in this project.",
            K::Conflict,
            C::Conflict,
        ),
        plain(
            409,
            "",
            "The owner already has a personal installation for this server.",
            K::Conflict,
            C::Conflict,
        ),
    ]);
}
