//! The client over a real socket, against answers written by hand.

mod available;
mod custom;
mod generations;
mod icon;
mod lists;
mod managing;
mod requests;
mod retries;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use super::transport::Limits;
use super::{ApiError, Posthog};
use crate::secrets::Secret;

const KEY: &str = "phx_0123456789abcdef";
const NONCE: &str = "bm9uY2Utb2YtdGhlLWZsb3c";

/// What the server does with one request.
#[derive(Clone)]
enum Reply {
    /// Answers: status line, further headers, body.
    Say(&'static str, Vec<String>, Vec<u8>),
    /// Answers headers, then half a body, then nothing more.
    Stall,
    /// Takes the request and never answers.
    Silence,
    /// Takes the request and hangs up.
    HangUp,
    /// Sends body until the client hangs up.
    Flood,
}

fn json(status: &'static str, body: &str) -> Reply {
    Reply::Say(status, vec!["Content-Type: application/json".into()], body.into())
}

fn ok(body: &str) -> Reply {
    json("200 OK", body)
}

/// A server that answers its script in order, one connection a request, and then hangs up on everything.
struct Server {
    origin: Url,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(script: impl FnOnce(&Url) -> Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let script = script(&origin);
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut open = Vec::new();
            let mut script = script.into_iter();
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read_request(&mut stream).await;
                log.lock().unwrap().push(request);
                match script.next().unwrap_or(Reply::HangUp) {
                    Reply::HangUp => drop(stream),
                    reply => {
                        play(&mut stream, reply).await;
                        open.push(stream);
                    }
                }
            }
        });
        Self { origin, requests }
    }

    /// A client that tries again at once.
    fn client(&self) -> Posthog {
        self.limited(Limits::default())
    }

    fn limited(&self, limits: Limits) -> Posthog {
        let limits = Limits { backoff: Duration::from_millis(1), ..limits };
        Posthog::with_limits(self.origin.clone(), Secret::new(KEY.into()), limits).unwrap()
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// First lines of the requests.
    fn lines(&self) -> Vec<String> {
        self.requests().iter().map(|request| request.lines().next().unwrap_or_default().to_owned()).collect()
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .to_lowercase()
                .lines()
                .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match stream.read(&mut buffer).await.unwrap() {
            0 => return text,
            read => bytes.extend_from_slice(&buffer[..read]),
        }
    }
}

async fn play(stream: &mut TcpStream, reply: Reply) {
    match reply {
        Reply::Say(status, headers, body) => {
            let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"
            );
            stream.write_all(&[head.into_bytes(), body].concat()).await.unwrap();
        }
        Reply::Stall => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"results\":").await.unwrap();
        }
        Reply::Flood => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await.unwrap();
            let chunk = format!("400\r\n{}\r\n", " ".repeat(0x400));
            while stream.write_all(chunk.as_bytes()).await.is_ok() {}
        }
        Reply::Silence | Reply::HangUp => {}
    }
}

fn callback() -> Secret {
    Secret::new(format!("posthog-code://mcp-oauth-complete?flow={NONCE}"))
}

fn assert_no_secret(error: &ApiError) {
    let all = format!("{error} {error:?} {:?}", crate::view::CommandError::from(error));
    for secret in [KEY, NONCE, "state=", "secretstate"] {
        assert!(!all.contains(secret), "{all}");
    }
}

/// The JSON bodies of the requests, in order.
fn bodies(server: &Server) -> Vec<serde_json::Value> {
    let body = |request: &String| serde_json::from_str(request.split_once("\r\n\r\n").unwrap().1).unwrap();
    server.requests().iter().map(body).collect()
}

fn rows(count: usize, ids: std::ops::Range<usize>, next: Option<&str>) -> Reply {
    let results: Vec<_> =
        ids.map(|id| serde_json::json!({"id": id.to_string(), "url": "https://x.example"})).collect();
    ok(&serde_json::json!({"count": count, "next": next, "previous": null, "results": results}).to_string())
}
