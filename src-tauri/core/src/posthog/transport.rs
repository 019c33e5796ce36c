//! One request over the wire, and what can go wrong before there is an answer.

use std::error::Error as _;
use std::time::{Duration, Instant};

use reqwest::header::ACCEPT;
use reqwest::{Client, Response};
use tokio::time::timeout;

use super::answer::Answer;
use super::client::Call;
use super::error::{ApiError, ErrorKind};
use super::redact::{Redaction, SafeUrl};

/// Limits in time and size. A value, so that tests need not wait.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// For the TCP and TLS handshakes.
    pub(super) connect: Duration,
    /// For an ordinary call; for a list, until its headers arrive (contract 1.8).
    pub(super) normal: Duration,
    /// For a whole list: 12,000 tools over a slow line need longer than a small answer does.
    pub(super) list: Duration,
    /// For calls that make PostHog talk to others: up to eight requests of ten seconds each (contract 1.8).
    pub(super) slow: Duration,
    /// Longest wait for a place under PostHog's limit of calls (contract 1.7).
    pub(super) turn: Duration,
    /// Keeps within that limit on this machine too.
    pub(super) paced: bool,
    /// First pause before a retry.
    pub(super) backoff: Duration,
    /// Bytes of one list, all its pages together. Schemas are large: 12,000 tools of 4 KiB are 48 MiB.
    pub(super) list_bytes: usize,
    /// Bytes of any other answer. The largest honest one is a tool with its schema, or `@me` with many projects.
    pub(super) object_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            normal: Duration::from_secs(15),
            list: Duration::from_mins(1),
            slow: Duration::from_mins(2),
            turn: Duration::from_mins(1),
            paced: false,
            backoff: Duration::from_millis(300),
            list_bytes: 64 << 20,
            object_bytes: 1 << 20,
        }
    }
}

/// Which limits a call gets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// A single object.
    Object,
    /// A list of any length.
    List,
    /// A single object that PostHog makes by asking others first.
    SlowObject,
    /// A list that PostHog makes by asking others first.
    SlowList,
}

/// Sends one request once and reads the whole answer, of any status, up to `cap` bytes of body.
pub(super) async fn send(
    http: &Client,
    limits: &Limits,
    call: &Call<'_>,
    cap: usize,
    redaction: &Redaction,
) -> Result<Answer, ApiError> {
    let (headers_within, all_within) = match call.size {
        Size::Object => (limits.normal, limits.normal),
        Size::List => (limits.normal, limits.list),
        Size::SlowObject | Size::SlowList => (limits.slow, limits.slow),
    };
    let started = Instant::now();
    let mut request = http.request(call.method.clone(), call.url.clone()).timeout(all_within);
    if let Some(body) = &call.body {
        request = request.json(body);
    }
    if let Some(accept) = call.accept {
        request = request.header(ACCEPT, accept);
    }
    let answer = match timeout(headers_within, request.send()).await {
        Ok(Ok(response)) => read(response, cap, redaction).await,
        Ok(Err(error)) => Err(transport_error(&error, redaction)),
        Err(_) => Err(ApiError::local(ErrorKind::Timeout, "")),
    };
    let outcome = match &answer {
        Ok(answer) => answer.status.to_string(),
        Err(error) => format!("{:?}", error.kind),
    };
    let took = started.elapsed();
    tracing::debug!(method = %call.method, url = %SafeUrl(&call.url), outcome, ?took, "asked PostHog");
    answer
}

async fn read(mut response: Response, cap: usize, redaction: &Redaction) -> Result<Answer, ApiError> {
    let status = response.status().as_u16();
    let too_large = || ApiError { status: Some(status), ..ApiError::local(ErrorKind::TooLarge, "") };
    if response.content_length().is_some_and(|length| length > cap as u64) {
        return Err(too_large());
    }
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| transport_error(&error, redaction))? {
        if body.len() + chunk.len() > cap {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, headers, body })
}

/// Never the error's own text, which quotes the URL; the innermost cause is the system's or TLS's.
pub(super) fn transport_error(error: &reqwest::Error, redaction: &Redaction) -> ApiError {
    let mut certificate = false;
    let mut innermost = String::new();
    let mut source = error.source();
    while let Some(cause) = source {
        innermost = cause.to_string();
        certificate |= innermost.contains("certificate");
        source = cause.source();
    }
    let kind = if certificate {
        ErrorKind::Certificate
    } else if error.is_connect() {
        ErrorKind::Offline
    } else if error.is_timeout() {
        ErrorKind::Timeout
    } else {
        ErrorKind::Interrupted
    };
    ApiError::local(kind, &redaction.detail(&innermost))
}
