//! One typed error out of the shapes in which PostHog says no (contract 1.5).

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap, HeaderName, LOCATION, RETRY_AFTER};
use serde_json::{Map, Value};
use url::Url;

use super::error::{ApiError, ErrorKind};
use super::redact::Redaction;

/// Longest wait that is believed. PostHog's largest bucket is an hour (contract 1.7).
const LONGEST_WAIT: Duration = Duration::from_hours(24);

/// What a custom install says about its URL, and about a person's own client (contract 3.9).
const INSTALLED: &str = "This server URL is already installed.";
const BLOCKED: &str = "Server URL blocked by security policy";
const CLIENT_METHOD: &str = "OAuth token endpoint auth method is not supported.";

/// A complete answer, of any status.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(super) fn is_redirect(&self) -> bool {
        (300..400).contains(&self.status)
    }

    /// Not PostHog's API: a page, a redirect, another service. PostHog's own refusals have a code, and the route asked
    /// for always exists. A server in trouble, or one in front of it, proves nothing.
    pub(super) fn is_foreign(&self) -> bool {
        let trouble = matches!(self.status, 429 | 500..);
        !trouble && (self.status == 404 || Said::read(&self.body).code.is_none())
    }

    /// Where a redirect points, when that is an absolute URL.
    pub(super) fn location(&self) -> Option<&str> {
        self.header(&LOCATION).filter(|location| Url::parse(location).is_ok())
    }

    /// PostHog's clock.
    pub(super) fn server_time(&self) -> Option<Timestamp> {
        self.header(&DATE).and_then(http_date)
    }

    fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// `Retry-After` in either form of RFC 9110; a date counts from the server's own clock.
    fn retry_after(&self) -> Option<Duration> {
        let said = self.header(&RETRY_AFTER)?.trim();
        let wait = match said.parse::<u64>() {
            Ok(seconds) => Duration::from_secs(seconds),
            Err(_) => {
                let from = self.server_time().unwrap_or_else(Timestamp::now);
                http_date(said)?.duration_since(from).try_into().unwrap_or(Duration::ZERO)
            }
        };
        Some(wait.min(LONGEST_WAIT))
    }
}

fn http_date(text: &str) -> Option<Timestamp> {
    const PARSER: DateTimeParser = DateTimeParser::new();
    PARSER.parse_timestamp(text).ok()
}

/// What the body says, whatever its shape.
#[derive(Default)]
struct Said {
    detail: String,
    code: Option<String>,
    attr: Option<String>,
    /// Words of a proxied or refused tool call (shapes P and T): never about the PostHog key.
    about_upstream: bool,
    /// It was one of the JSON shapes.
    recognised: bool,
}

impl Said {
    fn read(body: &[u8]) -> Self {
        let Ok(Value::Object(map)) = serde_json::from_slice::<Value>(body) else { return Self::default() };
        let text = |key: &str| map.get(key).and_then(Value::as_str).map(str::to_owned);
        let oauth = map.contains_key("error_description");
        let first = text("detail").or_else(|| text("error_description")).or_else(|| text("error"));
        match first {
            Some(detail) => Self {
                detail,
                code: text("code").or_else(|| if oauth { text("error") } else { None }),
                attr: text("attr"),
                about_upstream: map.contains_key("reason") || (map.contains_key("error") && !oauth),
                recognised: true,
            },
            None => Self::field_errors(&map).unwrap_or_default(),
        }
    }

    /// `{"field": ["words"]}`, as `/oauth/authorize` answers.
    fn field_errors(map: &Map<String, Value>) -> Option<Self> {
        map.iter().find_map(|(field, errors)| {
            let detail = errors.as_array()?.first()?.as_str()?.to_owned();
            Some(Self { detail, attr: Some(field.clone()), recognised: true, ..Self::default() })
        })
    }
}

/// The error an answer means. A success here is one that could not be decoded.
pub(super) fn error(answer: &Answer, redaction: &Redaction) -> ApiError {
    let said = Said::read(&answer.body);
    let kind = kind(answer, &said, redaction);
    let attr = said.attr.or_else(|| field_meant(answer.status, &said.detail).map(str::to_owned));
    let detail = match &kind {
        ErrorKind::UnexpectedRedirect => redirect_host(answer),
        _ => said.detail.clone(),
    };
    let waits = matches!(kind, ErrorKind::Throttled | ErrorKind::Server);
    let retry_after = if waits { answer.retry_after().or_else(|| wait_in_words(&said.detail)) } else { None };
    ApiError {
        kind,
        status: Some(answer.status),
        code: said.code.map(|code| redaction.word(&code)),
        attr: attr.map(|attr| redaction.word(&attr)),
        detail: redaction.detail(&detail),
        retry_after,
    }
}

/// Hand-written answers (shape D) name no field, but these are about one.
fn field_meant(status: u16, detail: &str) -> Option<&'static str> {
    match (status, detail) {
        (400, "api_key is required") => Some("api_key"),
        (400, "Invalid callback URL") => Some("posthog_code_callback_url"),
        (400, INSTALLED | BLOCKED) => Some("url"),
        (400, CLIENT_METHOD) => Some("client_id"),
        _ => None,
    }
}

fn kind(answer: &Answer, said: &Said, redaction: &Redaction) -> ErrorKind {
    match answer.status {
        300..400 => ErrorKind::UnexpectedRedirect,
        // Only PostHog's own words make the key the culprit: a proxy on the way answers 401 as well.
        401 if said.about_upstream => ErrorKind::Upstream,
        401 if said.recognised || answer.body.is_empty() => ErrorKind::KeyRefused,
        401 => ErrorKind::Unreadable,
        403 => forbidden(&said.detail, redaction),
        404 if said.detail == "Project not found." => ErrorKind::ProjectNotFound,
        404 => ErrorKind::NotFound,
        408 => ErrorKind::Server,
        429 => ErrorKind::Throttled,
        400 => bad_request(&said.detail),
        409 => ErrorKind::Conflict,
        402..500 => ErrorKind::Invalid,
        // Hand-written answers have no code; a crash of PostHog (shape E) and a gateway's page are not the upstream's.
        502 if said.recognised && said.code.is_none() => ErrorKind::Upstream,
        500.. => ErrorKind::Server,
        _ => ErrorKind::Unreadable,
    }
}

fn forbidden(detail: &str, redaction: &Redaction) -> ErrorKind {
    const LIMITED: [&str; 3] = [
        "API key does not have access to the requested project",
        "API key does not have access to the requested organization",
        "API keys with scoped projects are only supported",
    ];
    if let Some(scope) = detail.strip_prefix("API key missing required scope ") {
        return ErrorKind::MissingScope(redaction.word(scope.trim_matches('\'')));
    }
    if LIMITED.iter().any(|text| detail.starts_with(text)) {
        return ErrorKind::KeyLimited;
    }
    if detail.starts_with("Only the credential owner can modify") {
        return ErrorKind::OwnerOnly;
    }
    if detail == "This server is disabled for your team." {
        return ErrorKind::ServerDisabledForTeam;
    }
    ErrorKind::Forbidden
}

fn bad_request(detail: &str) -> ErrorKind {
    // Beginnings, because generation C appends the provider's words to some of them.
    const LOGIN: [&str; 11] = [
        "OAuth discovery failed",
        "OAuth registration failed",
        "This MCP server does not support Dynamic Client Registration",
        "Could not build OAuth authorize URL",
        "Authorization endpoint must use HTTPS",
        "Could not determine OAuth issuer",
        CLIENT_METHOD,
        "Template is missing OAuth",
        "Template missing OAuth",
        "Template OAuth client is not configured",
        "Installation is missing OAuth state",
    ];
    if detail == "Installation is disabled" {
        ErrorKind::ServerOff
    } else if detail == INSTALLED {
        ErrorKind::Conflict
    } else if detail.starts_with("A team admin set a stricter ceiling") {
        ErrorKind::Ceiling
    } else if LOGIN.iter().any(|text| detail.starts_with(text)) || detail == BLOCKED {
        ErrorKind::LoginSetup
    } else {
        ErrorKind::Invalid
    }
}

/// `Expected available in 60 seconds.`: the same number as `Retry-After`, for when a proxy dropped the header.
fn wait_in_words(detail: &str) -> Option<Duration> {
    let after = detail.split_once("Expected available in ")?.1;
    let seconds = after.split(' ').next()?.parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

/// Only the host: the rest of a redirect may be a login with its state.
pub(super) fn redirect_host(answer: &Answer) -> String {
    let target = answer.location().and_then(|location| Url::parse(location).ok());
    target.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}
