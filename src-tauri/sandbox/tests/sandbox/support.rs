//! A browser and an API client for the tests, over the socket.

use hedgerow_sandbox::{Fixture, Options, Sandbox};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use url::Url;

pub(crate) struct Lab {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
}

impl Lab {
    pub(crate) async fn new(fixture: Fixture) -> Self {
        let sandbox = hedgerow_sandbox::start(Options { port: 0, fixture }).await.unwrap();
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self { sandbox, client }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.url())
    }

    /// The path of something in the project.
    pub(crate) fn in_project(&self, path: &str) -> String {
        format!("/api/projects/{}/{path}", self.sandbox.project_id())
    }

    pub(crate) fn api(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path)).bearer_auth(self.sandbox.key())
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let response = self.api(Method::GET, path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.unwrap()
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        answer(self.api(method, path).json(&body).send().await.unwrap()).await
    }

    pub(crate) async fn control(&self, path: &str, body: Value) {
        let request = self.client.post(format!("{}{path}", self.sandbox.control_url()));
        let response = request.bearer_auth(self.sandbox.control_token()).json(&body).send().await.unwrap();
        let status = response.status();
        assert_eq!(status, StatusCode::OK, "{path}: {}", response.text().await.unwrap());
    }

    pub(crate) async fn control_get(&self, path: &str) -> Value {
        let request = self.client.get(format!("{}{path}", self.sandbox.control_url()));
        request.bearer_auth(self.sandbox.control_token()).send().await.unwrap().json().await.unwrap()
    }

    pub(crate) async fn settle(&self) {
        self.control("/settle", serde_json::json!({})).await;
    }

    /// The catalog id of a server.
    pub(crate) async fn template(&self, name: &str) -> String {
        let catalog = self.get(&self.in_project("mcp_servers/")).await;
        let rows = catalog["results"].as_array().unwrap();
        rows.iter().find(|row| row["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn row(&self, name: &str) -> Value {
        let list = self.get(&self.in_project("mcp_server_installations/")).await;
        let rows = list["results"].as_array().unwrap();
        rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no row {name}")).clone()
    }

    /// Presses a button of the consent page; gives where PostHog sends the browser in the end.
    pub(crate) async fn consent(&self, redirect_url: &str, decision: &str) -> Response {
        let page = self.client.get(redirect_url).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::OK);
        let back = self.decide(redirect_url, decision).await;
        self.client.get(back).send().await.unwrap()
    }

    /// Presses a button; gives PostHog's address with the provider's answer.
    pub(crate) async fn decide(&self, redirect_url: &str, decision: &str) -> String {
        let mut url = Url::parse(redirect_url).unwrap();
        let mut form: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        form.push(("decision".into(), decision.into()));
        url.set_query(None);
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request =
            self.client.post(url).header("content-type", "application/x-www-form-urlencoded").body(body);
        location(&request.send().await.unwrap())
    }
}

pub(crate) fn location(response: &Response) -> String {
    assert_eq!(response.status(), StatusCode::FOUND);
    response.headers()["location"].to_str().unwrap().to_owned()
}

pub(crate) async fn answer(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}
