//! The client and its transport: one private way for every request.

use std::sync::Arc;
use std::time::Instant;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Client, Method, redirect};
use serde::de::DeserializeOwned;
use tokio::time::sleep;
use url::{Host, Url};

use super::answer::{self, Answer};
use super::error::{ApiError, ErrorKind};
use super::rate::{ALL, READS, Rate};
use super::redact::{Redaction, SafeUrl};
use super::retry::{Budget, Retries};
use super::transport::{self, Limits, Size};
use crate::secrets::Secret;

/// Everything of a path segment but RFC 3986's unreserved characters and the `@` of `@me`. Encoding here, not in the URL type: that one
/// drops tabs and line breaks, and with them would address another tool.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

/// One request.
pub(super) struct Call<'a> {
    pub(super) method: Method,
    pub(super) url: Url,
    /// Always JSON: a form would be searched for project tokens and switch booleans off (contract 1.3, 13.1).
    pub(super) body: Option<serde_json::Value>,
    pub(super) size: Size,
    /// Instead of JSON (contract 3.2).
    pub(super) accept: Option<&'static str>,
    /// A read that may be sent twice. Not every GET is: `authorize` writes (contract 3.10).
    pub(super) repeatable: bool,
    /// The answer tells whether there is a PostHog at all.
    pub(super) identifies: bool,
    /// Secrets inside this request, beside the key.
    pub(super) secrets: Vec<&'a Secret>,
}

impl Call<'_> {
    /// A read of one object.
    pub(super) fn get(url: Url) -> Self {
        let (method, size) = (Method::GET, Size::Object);
        let secrets = Vec::new();
        Self { method, url, body: None, size, accept: None, repeatable: true, identifies: false, secrets }
    }

    /// A write without a body: sent once, whatever happens.
    pub(super) fn act(method: Method, url: Url) -> Self {
        Self { method, repeatable: false, ..Self::get(url) }
    }

    /// A write: sent once, whatever happens.
    pub(super) fn write(method: Method, url: Url, body: serde_json::Value, size: Size) -> Self {
        Self { body: Some(body), size, ..Self::act(method, url) }
    }
}

/// PostHog's API at one origin, with one key. Clones share the connections and the retry budget.
#[derive(Clone)]
pub struct Posthog(Arc<Shared>);

struct Shared {
    http: Client,
    origin: Url,
    key: Secret,
    limits: Limits,
    budget: Budget,
    /// None for a PostHog on this machine: the sample or a development one, which do not count.
    rate: Option<Rate>,
}

impl std::fmt::Debug for Posthog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Posthog({})", SafeUrl(&self.0.origin))
    }
}

impl Posthog {
    /// A client for an origin such as `https://us.posthog.com`; path, query and fragment of the URL are dropped.
    ///
    /// # Errors
    /// [`ErrorKind::BadOrigin`] unless it is https, or http on this machine, without userinfo;
    /// [`ErrorKind::Invalid`] when the key cannot be a key. No request is made.
    pub fn new(origin: Url, key: Secret) -> Result<Self, ApiError> {
        Self::with_limits(origin, key, Limits::default())
    }

    pub(super) fn with_limits(origin: Url, key: Secret, limits: Limits) -> Result<Self, ApiError> {
        let loopback = is_loopback(&origin);
        let trusted = origin.scheme() == "https" || (origin.scheme() == "http" && loopback);
        if !trusted || !origin.username().is_empty() || origin.password().is_some() || origin.host().is_none()
        {
            return Err(ApiError::local(ErrorKind::BadOrigin, ""));
        }
        let mut origin = origin;
        origin.set_path("/");
        origin.set_query(None);
        origin.set_fragment(None);
        let mut builder = Client::builder()
            .user_agent(concat!("Hedgerow/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers(&key)?)
            .connect_timeout(limits.connect)
            .redirect(redirect::Policy::none())
            .referer(false);
        if loopback {
            builder = builder.no_proxy();
        }
        let http =
            builder.build().map_err(|error| transport::transport_error(&error, &Redaction::new([&key])))?;
        let rate = (!loopback || limits.paced).then(Rate::default);
        Ok(Self(Arc::new(Shared { http, origin, key, limits, budget: Budget::new(), rate })))
    }

    /// The origin every request goes to.
    #[must_use]
    pub fn origin(&self) -> &Url {
        &self.0.origin
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(super) fn retries(&self) -> Retries<'_> {
        Retries::new(&self.0.budget)
    }

    /// A URL below the origin, each segment encoded as one, with the trailing slash every route has (contract 1.2).
    pub(super) fn url(&self, segments: &[&str]) -> Url {
        let mut path = String::from("/api/");
        for segment in segments {
            path.extend(utf8_percent_encode(segment, SEGMENT));
            path.push('/');
        }
        let mut url = self.0.origin.clone();
        url.set_path(&path);
        url
    }

    /// What must not be seen in anything that comes back from a call.
    pub(super) fn redaction(&self, call: &Call<'_>) -> Redaction {
        Redaction::new(call.secrets.iter().copied().chain([&self.0.key]))
    }

    /// Sends one request and decodes the object it answers.
    pub(super) async fn request<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, ApiError> {
        let answer = self.success(&call, &mut self.retries()).await?;
        self.decode(&call, &answer)
    }

    /// An answer that is a success, or the error it means.
    pub(super) async fn success(
        &self,
        call: &Call<'_>,
        retries: &mut Retries<'_>,
    ) -> Result<Answer, ApiError> {
        let cap = match call.size {
            Size::Object | Size::SlowObject => self.0.limits.object_bytes,
            Size::List | Size::SlowList => self.0.limits.list_bytes,
        };
        self.success_within(call, retries, cap).await
    }

    /// Like [`Self::success`], with at most `cap` bytes of body.
    pub(super) async fn success_within(
        &self,
        call: &Call<'_>,
        retries: &mut Retries<'_>,
        cap: usize,
    ) -> Result<Answer, ApiError> {
        let redaction = self.redaction(call);
        loop {
            let error = match self.send(call, cap, &redaction).await {
                Ok(answer) if answer.is_success() => {
                    self.0.budget.earn();
                    return Ok(answer);
                }
                Ok(answer) if call.identifies && answer.is_foreign() => {
                    return Err(ApiError {
                        status: Some(answer.status),
                        ..ApiError::local(ErrorKind::NotPosthog, "")
                    });
                }
                Ok(answer) => answer::error(&answer, &redaction),
                Err(error) => error,
            };
            let pause =
                if call.repeatable { retries.pause(&error, self.0.limits.backoff, jitter()) } else { None };
            let Some(pause) = pause else { return Err(error) };
            sleep(pause).await;
        }
    }

    pub(super) fn decode<T: DeserializeOwned>(
        &self,
        call: &Call<'_>,
        answer: &Answer,
    ) -> Result<T, ApiError> {
        // Not the decoder's words: they quote values, and a value may be a login URL.
        serde_json::from_slice(&answer.body).map_err(|_| self.unreadable(call, answer, ""))
    }

    /// Waits for a free place under PostHog's limit; one that is further away than a minute is the caller's to plan.
    async fn turn(&self, call: &Call<'_>) -> Result<(), ApiError> {
        let Some(rate) = &self.0.rate else { return Ok(()) };
        let allowance = if call.repeatable { READS } else { ALL };
        while let Err(wait) = rate.take(allowance, Instant::now()) {
            if wait > self.0.limits.turn {
                let error = ApiError::local(ErrorKind::Throttled, "");
                return Err(ApiError { retry_after: Some(wait), ..error });
            }
            sleep(wait).await;
        }
        Ok(())
    }

    /// Sends one request once: any status is an answer.
    pub(super) async fn send(
        &self,
        call: &Call<'_>,
        cap: usize,
        redaction: &Redaction,
    ) -> Result<Answer, ApiError> {
        self.turn(call).await?;
        transport::send(&self.0.http, &self.0.limits, call, cap, redaction).await
    }

    pub(super) fn unreadable(&self, call: &Call<'_>, answer: &Answer, detail: &str) -> ApiError {
        let kind = if call.identifies { ErrorKind::NotPosthog } else { ErrorKind::Unreadable };
        ApiError {
            status: Some(answer.status),
            ..ApiError::local(kind, &self.redaction(call).detail(detail))
        }
    }
}

fn headers(key: &Secret) -> Result<HeaderMap, ApiError> {
    let not_a_key = || ApiError::input("key", "This is not a key.");
    if key.expose().is_empty() || !key.expose().bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(not_a_key());
    }
    // The scheme word is matched case-sensitively (contract 1.3).
    let mut bearer = HeaderValue::try_from(format!("Bearer {}", key.expose())).map_err(|_| not_a_key())?;
    bearer.set_sensitive(true);
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, bearer);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    Ok(headers)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// A random byte; without randomness the longest pause.
fn jitter() -> u8 {
    let mut byte = [0];
    getrandom::fill(&mut byte).map_or(0, |()| byte[0])
}
