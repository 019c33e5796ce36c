//! Recorded exchanges with PostHog, as the files in `tests/recordings` hold them.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::answer::Answer;

/// One file.
#[derive(Deserialize)]
pub(super) struct Recording {
    /// In order; later ones depend on earlier ones.
    pub(super) exchanges: Vec<Exchange>,
}

/// A request and its answer.
#[derive(Deserialize)]
pub(super) struct Exchange {
    pub(super) name: String,
    pub(super) request: Request,
    pub(super) response: Response,
}

#[derive(Deserialize)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
}

/// The body is in `json`, or in `text` where it was none.
#[derive(Deserialize)]
pub(super) struct Response {
    pub(super) status: u16,
    #[serde(default)]
    headers: Map<String, Value>,
    pub(super) json: Option<Value>,
    text: Option<String>,
}

impl Exchange {
    /// The answer as the client would get it. A header that could not be sent is left out.
    pub(super) fn answer(&self) -> Answer {
        let Response { status, headers, json, text } = &self.response;
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes());
            let value = HeaderValue::from_bytes(value.as_str().unwrap_or_default().as_bytes());
            if let (Ok(name), Ok(value)) = (name, value) {
                map.append(name, value);
            }
        }
        let body = match (json, text) {
            (Some(json), _) => json.to_string().into_bytes(),
            (None, text) => text.as_deref().map(body_of_text).unwrap_or_default(),
        };
        Answer { status: *status, headers: map, body }
    }

    /// Segments of the path.
    pub(super) fn segments(&self) -> Vec<&str> {
        self.request.path.trim_matches('/').split('/').collect()
    }
}

/// Icons were recorded as text: the first byte of a PNG became a replacement character.
fn body_of_text(text: &str) -> Vec<u8> {
    match text.strip_prefix("\u{fffd}PNG") {
        Some(rest) => [b"\x89PNG", rest.as_bytes()].concat(),
        None => text.as_bytes().to_vec(),
    }
}
