//! Lists: one page or many, read element by element, never half.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use url::Url;

use super::answer::Answer;
use super::client::{Call, Posthog};
use super::error::ApiError;
use super::lenient;
use super::transport::Size;

/// Pages one list may have. At a thousand rows each this is far beyond any project.
const MAX_PAGES: usize = 200;

/// A whole list.
pub(super) struct List<T> {
    /// The elements that could be read, in order.
    pub(super) items: Vec<T>,
    /// Elements that could not be read.
    pub(super) skipped: usize,
    /// SHA-256 over the raw bodies, in order.
    pub(super) digest: [u8; 32],
    /// PostHog's clock when it began to answer.
    pub(super) server_time: Option<Timestamp>,
}

/// What a page may be: an envelope of any generation (contract 9).
#[derive(Deserialize)]
pub(super) struct Envelope<'a> {
    #[serde(borrow)]
    results: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) next: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) count: Option<usize>,
}

impl<'a> Envelope<'a> {
    pub(super) fn read(body: &'a [u8]) -> Option<Self> {
        if body.trim_ascii_start().starts_with(b"[") {
            let results = serde_json::from_slice(body).ok()?;
            return Some(Self { results, next: None, count: None });
        }
        serde_json::from_slice(body).ok()
    }

    /// The elements, each read or in its raw text.
    pub(super) fn rows<T: DeserializeOwned>(&self) -> impl Iterator<Item = Result<T, &'a str>> {
        self.results.iter().map(|row| serde_json::from_str(row.get()).map_err(|_| row.get()))
    }
}

impl Posthog {
    /// Reads a list to its end, following `next` on this origin and this path only.
    ///
    /// A list that contradicts itself (a page that comes again, an empty page before the end, fewer rows than it
    /// counts) is an error: taken for whole, it would make rows look removed.
    pub(super) async fn list<T: DeserializeOwned>(&self, first: Url) -> Result<List<T>, ApiError> {
        let mut retries = self.retries();
        let mut left = self.limits().list_bytes;
        let mut seen = HashSet::from([first.clone()]);
        let mut whole = Whole::new();
        let mut call = Call { size: Size::List, ..Call::get(first) };
        loop {
            let answer = self.success_within(&call, &mut retries, left).await?;
            left = left.saturating_sub(answer.body.len());
            let problem = |said: &str| self.unreadable(&call, &answer, said);
            let Some(next) = whole.add(&answer).map_err(problem)? else { break };
            let next =
                following(&call.url, &next).ok_or_else(|| problem("The next page is somewhere else."))?;
            if !seen.insert(next.clone()) {
                return Err(problem("A page of the list came again."));
            }
            if seen.len() > MAX_PAGES {
                return Err(problem("The list has no end."));
            }
            call.url = next;
        }
        Ok(whole.finish())
    }

    /// Decodes a list that is the answer to a write: it has one page (contract 3.13).
    pub(super) fn single_page<T: DeserializeOwned>(
        &self,
        call: &Call<'_>,
        answer: &Answer,
    ) -> Result<List<T>, ApiError> {
        let mut whole = Whole::new();
        match whole.add(answer).map_err(|said| self.unreadable(call, answer, said))? {
            None => Ok(whole.finish()),
            Some(_) => Err(self.unreadable(call, answer, "The list has more than one page.")),
        }
    }
}

/// The next page's URL: only the query is taken over, and only from the same origin and path. Userinfo would replace
/// the key, another path might write.
fn following(current: &Url, next: &str) -> Option<Url> {
    let next = current.join(next).ok()?;
    let same_path = next.path().trim_end_matches('/') == current.path().trim_end_matches('/');
    let clean = next.username().is_empty() && next.password().is_none();
    if next.origin() != current.origin() || !same_path || !clean {
        return None;
    }
    let mut url = current.clone();
    url.set_query(next.query());
    Some(url)
}

/// A list in the making.
struct Whole<T> {
    items: Vec<T>,
    rows: usize,
    count: Option<usize>,
    pages: usize,
    digest: Sha256,
    server_time: Option<Timestamp>,
}

impl<T: DeserializeOwned> Whole<T> {
    fn new() -> Self {
        Self { items: Vec::new(), rows: 0, count: None, pages: 0, digest: Sha256::new(), server_time: None }
    }

    /// Adds a page; gives the link to the next one, or says what is wrong with it.
    fn add(&mut self, answer: &Answer) -> Result<Option<String>, &'static str> {
        let page = Envelope::read(&answer.body).ok_or("")?;
        if self.pages == 0 {
            self.server_time = answer.server_time();
        } else if page.count != self.count {
            return Err("The list changed while it was read.");
        }
        self.pages += 1;
        self.count = page.count;
        self.digest.update(&answer.body);
        self.rows += page.results.len();
        self.items.extend(page.rows::<T>().flatten());
        match page.next {
            Some(_) if page.results.is_empty() => Err("A page of the list is empty."),
            None if self.count.is_some_and(|count| self.rows < count) => Err("The list ends too early."),
            next => Ok(next),
        }
    }

    fn finish(self) -> List<T> {
        let skipped = self.rows - self.items.len();
        if skipped > 0 {
            tracing::warn!(skipped, rows = self.rows, "PostHog answered rows that cannot be read");
        }
        List {
            items: self.items,
            skipped,
            digest: self.digest.finalize().into(),
            server_time: self.server_time,
        }
    }
}
