//! One request to the API, read the way Django and Django REST framework read it.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::http::{HeaderMap, Uri, header};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::answer::Refusal;

pub(crate) struct Request {
    /// The method, with HEAD read as GET.
    pub(crate) method: String,
    /// The path as sent: links to further pages repeat it.
    pub(crate) raw_path: String,
    /// The path with its percent-escapes resolved, which happens before routing.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// A request body after parsing; checked against an action's fields later.
#[derive(Debug, Clone, Default)]
pub(crate) enum Parsed {
    #[default]
    Nothing,
    Json(Value),
    Form(Map<String, Value>),
}

impl Request {
    pub(crate) fn new(method: &str, uri: &Uri, headers: HeaderMap, body: Bytes) -> Self {
        let decoded = percent_decode_str(uri.path()).decode_utf8_lossy();
        let query = uri.query().unwrap_or_default();
        Self {
            method: if method == "HEAD" { "GET".into() } else { method.to_owned() },
            raw_path: uri.path().to_owned(),
            path: decoded.into_owned(),
            query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            headers,
            body,
        }
    }

    pub(crate) fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The host the client asked for: `next` and `proxy_url` are built from it (contract 1.1).
    pub(crate) fn host(&self) -> &str {
        self.header(header::HOST).unwrap_or_default()
    }

    /// A query parameter; of several with one name the last counts.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        let cookies = self.header(header::COOKIE)?.split(';');
        cookies
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    pub(crate) fn accepts_json(&self) -> bool {
        let Some(accept) = self.header(header::ACCEPT) else { return true };
        accept
            .split(',')
            .map(|range| range.split(';').next().unwrap_or_default().trim())
            .any(|range| matches!(range, "" | "*/*" | "application/*" | "application/json"))
    }

    /// Parses the body. This comes early: see contract 13.1, section 1.6.
    pub(crate) fn parse_body(&self) -> Result<Parsed, Refusal> {
        if self.body.is_empty() {
            return Ok(Parsed::Nothing);
        }
        let content_type = self.header(header::CONTENT_TYPE).unwrap_or_default();
        match content_type.split(';').next().unwrap_or_default().trim() {
            "application/json" => serde_json::from_slice(&self.body)
                .map(Parsed::Json)
                .map_err(|error| Refusal::parse_error(format!("JSON parse error - {error}"))),
            "application/x-www-form-urlencoded" => {
                let pairs = form_urlencoded::parse(&self.body).into_owned();
                Ok(Parsed::Form(pairs.map(|(key, value)| (key, Value::from(value))).collect()))
            }
            _ => Err(Refusal::unsupported_media_type(content_type)),
        }
    }

    /// The address of another page of this list.
    pub(crate) fn page_url(&self, limit: u64, offset: u64) -> String {
        let mut pairs: BTreeMap<&str, String> =
            self.query.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
        pairs.insert("limit", limit.to_string());
        pairs.remove("offset");
        if offset > 0 {
            pairs.insert("offset", offset.to_string());
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let path = self.raw_path.replacen("/api/environments/", "/api/projects/", 1);
        format!("http://{}{path}?{query}", self.host())
    }
}
