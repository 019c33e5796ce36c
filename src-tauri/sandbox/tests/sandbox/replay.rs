//! Plays recorded exchanges of PostHog's own code against the sandbox and compares the answers.
//!
//! Ids, times, origins, states and codes differ between the two by nature: ids are matched one to one, times
//! only have to be times, the rest has to be equal.

use std::collections::HashMap;

use reqwest::{Method, header};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::{Url, form_urlencoded};

use crate::lab;
use crate::support::Lab;

const RECORDED_ORIGIN: &str = "http://127.0.0.1:8100";
const ROWS: &str = "/mcp_server_installations/";

/// A recording with one sandbox to hold against it.
pub(crate) struct Replay {
    pub(crate) lab: Lab,
    file: &'static str,
    /// Recorded id to ours.
    ids: HashMap<String, String>,
    /// Recorded state to our redirect URL.
    redirects: HashMap<String, String>,
    /// Recorded code to ours.
    codes: HashMap<String, String>,
    sessions: HashMap<String, String>,
    played: usize,
    differences: Vec<String>,
}

pub(crate) fn exchanges(file: &str) -> Vec<Value> {
    let path = format!("{}/../../tests/recordings/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let recording: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    recording["exchanges"].as_array().unwrap().clone()
}

/// A recording's own name for an exchange.
pub(crate) fn name(exchange: &Value) -> &str {
    exchange["name"].as_str().unwrap()
}

impl Replay {
    pub(crate) async fn new(file: &'static str, fixture: Value) -> Self {
        Self {
            lab: Lab::new(hedgerow_sandbox::Fixture::from_json(&fixture.to_string()).unwrap()).await,
            file,
            ids: HashMap::new(),
            redirects: HashMap::new(),
            codes: HashMap::new(),
            sessions: HashMap::new(),
            played: 0,
            differences: Vec::new(),
        }
    }

    /// Says that the row this exchange is about is that one of ours.
    pub(crate) fn bind(&mut self, exchange: &Value, ours: &str) {
        if let Some(id) = row_in_path(exchange) {
            self.ids.insert(id, ours.to_owned());
        }
    }

    pub(crate) fn knows(&self, exchange: &Value) -> bool {
        row_in_path(exchange).is_none_or(|id| self.ids.contains_key(&id))
    }

    /// Panics with everything that differed.
    pub(crate) fn finish(self, expected: usize) {
        assert!(self.differences.is_empty(), "{}:\n{}", self.file, self.differences.join("\n"));
        assert_eq!(self.played, expected, "exchanges played of {}", self.file);
    }

    /// Says which of our flows a recorded one is.
    pub(crate) fn begun(&mut self, exchange: &Value, redirect_url: &str) {
        let query = exchange["request"]["query"].as_str().unwrap();
        let state = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "state").unwrap().1;
        self.redirects.insert(state.into_owned(), redirect_url.to_owned());
    }

    pub(crate) async fn play(&mut self, exchange: &Value) {
        let body = match &exchange["request"]["json"] {
            Value::Null => None,
            body => Some(self.body(body)),
        };
        self.play_with(exchange, body).await;
    }

    /// Plays an exchange whose body the recording could not keep, because it is no JSON.
    pub(crate) async fn play_with(&mut self, exchange: &Value, body: Option<String>) {
        let (status, text, location) = self.send(exchange, body).await;
        self.played += 1;
        let recorded = &exchange["response"];
        let mut wrong = Vec::new();
        if recorded["status"] != status {
            wrong.push(format!("status {status}, recorded {}", recorded["status"]));
        }
        if let Some(end) = recorded["headers"]["location"].as_str().filter(|end| !end.contains("/authorize?"))
        {
            let end = end.replace(RECORDED_ORIGIN, self.lab.sandbox.url());
            if end != location {
                wrong.push(format!("location {location:?}, recorded {end:?}"));
            }
        }
        match (&recorded["json"], serde_json::from_str::<Value>(&text)) {
            (Value::Null, _) if recorded["text"] == "" && !text.is_empty() => {
                wrong.push(format!("a body: {text}"))
            }
            (Value::Null, _) => {}
            // Two answers of different kinds differ in every field; the status says it.
            (_, Ok(_)) if recorded["status"] != status => {}
            (body, Ok(mut ours)) => {
                // Long pages were cut to their first rows by hand, and say so.
                let is_cut =
                    exchange["note"].as_str().is_some_and(|note| note.starts_with("results shortened"));
                if let (true, Some(rows), Some(ours)) = (
                    is_cut,
                    body["results"].as_array(),
                    ours.get_mut("results").and_then(Value::as_array_mut),
                ) {
                    ours.truncate(rows.len());
                }
                self.compare("", body, &ours, &mut wrong);
            }
            (_, Err(_)) => wrong.push(format!("not JSON: {text}")),
        }
        if let Some(state) = redirect_state(&recorded["json"]) {
            let ours: Value = serde_json::from_str(&text).unwrap_or_default();
            self.redirects.insert(state, ours["redirect_url"].as_str().unwrap_or_default().to_owned());
        }
        self.differences.extend(wrong.into_iter().map(|text| format!("  {}: {text}", name(exchange))));
    }

    async fn send(&mut self, exchange: &Value, body: Option<String>) -> (u16, String, String) {
        let request = &exchange["request"];
        let method = Method::from_bytes(request["method"].as_str().unwrap().as_bytes()).unwrap();
        let mut path = request["path"].as_str().unwrap().to_owned();
        for (recorded, ours) in &self.ids {
            path = replace_id(&path, recorded, ours);
        }
        // The HTTP client resolves dot segments, encoded or not.
        if path.contains("/../") || path.contains("/%2E%2E/") {
            return self.send_as_written(request, &path, &body.unwrap_or_default()).await;
        }
        let query = self.query(request["query"].as_str().unwrap_or_default()).await;
        let mut url = Url::parse(&self.lab.url(&path)).unwrap();
        url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
        let mut call = self.lab.client.request(method, url);
        for (header, value) in request["headers"].as_object().unwrap() {
            let value = value.as_str().unwrap();
            match header.as_str() {
                "Authorization" => call = call.header(header::AUTHORIZATION, lab::authorization(value)),
                "Cookie" => {
                    let cookie = self.cookie(value).await;
                    call = call.header(header::COOKIE, cookie).header("x-csrftoken", "csrf");
                }
                other => call = call.header(other, value),
            }
        }
        if let Some(body) = body {
            call = call.body(body);
        }
        let response = call.send().await.unwrap();
        let location = response.headers().get(header::LOCATION);
        let location = location
            .map(|end| end.as_bytes().iter().map(|byte| char::from(*byte)).collect())
            .unwrap_or_default();
        (response.status().as_u16(), response.text().await.unwrap(), location)
    }

    async fn send_as_written(&self, request: &Value, path: &str, body: &str) -> (u16, String, String) {
        let mut head = format!(
            "{} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n",
            request["method"].as_str().unwrap(),
            body.len()
        );
        for (header, value) in request["headers"].as_object().unwrap() {
            let value = value.as_str().unwrap();
            let value = if header == "Authorization" { lab::authorization(value) } else { value.to_owned() };
            head += &format!("{header}: {value}\r\n");
        }
        let mut stream =
            TcpStream::connect(self.lab.sandbox.url().trim_start_matches("http://")).await.unwrap();
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), body.to_owned(), String::new())
    }

    fn body(&self, body: &Value) -> String {
        let mut text = body.to_string();
        for (recorded, ours) in &self.ids {
            text = text.replace(recorded.as_str(), ours);
        }
        text
    }

    async fn cookie(&mut self, recorded: &str) -> String {
        let Some(person) =
            recorded.strip_prefix("<PostHog session of ").and_then(|rest| rest.strip_suffix('>'))
        else {
            return recorded.to_owned();
        };
        if !self.sessions.contains_key(person) {
            let form = self.lab.client.post(self.lab.url("/login"));
            let form = form
                .header("content-type", "application/x-www-form-urlencoded")
                .body(format!("person={person}"));
            let login = form.send().await.unwrap();
            let cookie =
                login.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
            self.sessions.insert(person.to_owned(), format!("{cookie}; csrftoken=csrf"));
        }
        self.sessions[person].clone()
    }

    /// The recorded query with our key, our states and our codes.
    async fn query(&mut self, recorded: &str) -> String {
        if recorded.contains("personal_api_key=") {
            return format!("personal_api_key={}", lab::ALICE);
        }
        let pairs: Vec<(String, String)> = form_urlencoded::parse(recorded.as_bytes()).into_owned().collect();
        let state =
            pairs.iter().find(|(key, _)| key == "state").map(|(_, state)| state.clone()).unwrap_or_default();
        let Some(redirect_url) = self.redirects.get(&state).cloned() else {
            return self
                .ids
                .iter()
                .fold(recorded.to_owned(), |query, (old, new)| query.replace(old.as_str(), new));
        };
        let ours = Url::parse(&redirect_url).unwrap();
        let our_state = ours.query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned();
        let mut sent = form_urlencoded::Serializer::new(String::new());
        for (key, value) in pairs {
            let value = match key.as_str() {
                "state" => our_state.clone(),
                "code" => self.code(&value, &redirect_url).await,
                _ => value,
            };
            sent.append_pair(&key, &value);
        }
        sent.finish()
    }

    async fn code(&mut self, recorded: &str, redirect_url: &str) -> String {
        if !self.codes.contains_key(recorded) {
            let back = Url::parse(&self.lab.decide(redirect_url, "approve").await).unwrap();
            let code = back.query_pairs().find(|(key, _)| key == "code").map(|(_, code)| code.into_owned());
            self.codes.insert(recorded.to_owned(), code.unwrap());
        }
        self.codes[recorded].clone()
    }

    fn compare(&mut self, at: &str, recorded: &Value, ours: &Value, wrong: &mut Vec<String>) {
        match (recorded, ours) {
            (Value::Object(recorded), Value::Object(ours)) => {
                for key in recorded.keys().chain(ours.keys().filter(|key| !recorded.contains_key(*key))) {
                    match (recorded.get(key), ours.get(key)) {
                        (Some(recorded), Some(ours)) => {
                            self.compare(&format!("{at}.{key}"), recorded, ours, wrong)
                        }
                        (recorded, _) => wrong.push(format!(
                            "{at}.{key} is only {}",
                            if recorded.is_some() { "recorded" } else { "ours" }
                        )),
                    }
                }
            }
            (Value::Array(recorded), Value::Array(ours)) => {
                // A long list may be cut to its first entries and its count: "…500".
                let count = recorded.last().and_then(Value::as_str).and_then(|last| last.strip_prefix('…'));
                let count = count.and_then(|count| count.parse().ok()).unwrap_or(recorded.len());
                if count != ours.len() {
                    wrong.push(format!("{at} has {} entries, recorded {}", ours.len(), recorded.len()));
                }
                for (index, (recorded, ours)) in recorded.iter().zip(ours).enumerate() {
                    self.compare(&format!("{at}[{index}]"), recorded, ours, wrong);
                }
            }
            // Some lists were shortened by hand to their rows' names, or to "…1": a count.
            (Value::String(text), Value::Object(row)) if at.contains("results[") => {
                let shown = row
                    .get("display_name")
                    .filter(|_| row.contains_key("auth_type"))
                    .or(row.get("tool_name"));
                if !text.starts_with('…') && shown != Some(recorded) {
                    wrong.push(format!("{at} is {shown:?}, recorded {recorded}"));
                }
            }
            (Value::String(recorded), Value::String(ours)) => self.compare_text(at, recorded, ours, wrong),
            _ if recorded == ours => {}
            _ => wrong.push(format!("{at} is {ours}, recorded {recorded}")),
        }
    }

    fn compare_text(&mut self, at: &str, recorded: &str, ours: &str, wrong: &mut Vec<String>) {
        if is_uuid(recorded) && is_uuid(ours) {
            let bound = self.ids.entry(recorded.to_owned()).or_insert_with(|| ours.to_owned());
            if bound != ours {
                wrong.push(format!("{at} is another id than before"));
            }
            return;
        }
        let is_time = |text: &str| text.len() >= 20 && text.ends_with('Z') && text.as_bytes()[10] == b'T';
        if is_time(recorded) && is_time(ours) {
            return;
        }
        if recorded.contains("/authorize?") && ours.contains("/authorize?") {
            let names = |url: &str| {
                Url::parse(url).unwrap().query_pairs().map(|(key, _)| key.into_owned()).collect::<Vec<_>>()
            };
            if names(recorded) != names(ours) {
                wrong.push(format!("{at} carries {:?}, recorded {:?}", names(ours), names(recorded)));
            }
            return;
        }
        let parse_error = "JSON parse error";
        let mut expected = recorded.replace(RECORDED_ORIGIN, self.lab.sandbox.url());
        for (old, new) in &self.ids {
            expected = expected.replace(old.as_str(), new);
        }
        if expected != ours && !(recorded.starts_with(parse_error) && ours.starts_with(parse_error)) {
            wrong.push(format!("{at} is {ours:?}, recorded {expected:?}"));
        }
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::parse_str(text).is_ok()
}

/// The recorded state inside a recorded redirect URL.
fn redirect_state(body: &Value) -> Option<String> {
    let url = Url::parse(body["redirect_url"].as_str()?).ok()?;
    url.query_pairs().find(|(key, _)| key == "state").map(|(_, state)| state.into_owned())
}

/// The id of the row a recorded path is about.
pub(crate) fn row_in_path(exchange: &Value) -> Option<String> {
    let rest = exchange["request"]["path"].as_str()?.split_once(ROWS)?.1;
    let id = uuid::Uuid::parse_str(rest.split('/').next()?).ok()?;
    Some(id.to_string())
}

/// Puts our id in place of a recorded one in any of the forms a path may hold it.
fn replace_id(path: &str, recorded: &str, ours: &str) -> String {
    let bare = |id: &str| id.replace('-', "");
    path.replace(recorded, ours)
        .replace(&recorded.to_uppercase(), &ours.to_uppercase())
        .replace(&bare(recorded), &bare(ours))
}

/// A custom server with an API key, as the recordings' preparations installed them.
pub(crate) fn keyed(url: &str, name: &str) -> Value {
    json!({"name": name, "url": url, "auth_type": "api_key", "api_key": "k"})
}
