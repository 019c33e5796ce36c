//! Answers and refusals in the server's own shapes (contract 1.5).

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Shape E: raised as an exception. Four keys, always.
#[derive(Debug, Serialize)]
pub(crate) struct Exception {
    r#type: &'static str,
    code: &'static str,
    detail: String,
    attr: Option<String>,
    #[serde(skip)]
    status: StatusCode,
    #[serde(skip)]
    retry_after: Option<u64>,
}

/// Why a call was not carried out.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Shape E.
    Raised(Box<Exception>),
    /// Shape D: written by hand in a view.
    Detail(StatusCode, String),
    /// Shape 0: an empty body.
    Empty(StatusCode),
}

impl Refusal {
    fn raise(
        status: StatusCode,
        r#type: &'static str,
        code: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self::Raised(Box::new(Exception {
            r#type,
            code,
            detail: detail.into(),
            attr: None,
            status,
            retry_after: None,
        }))
    }

    pub(crate) fn invalid(code: &'static str, detail: impl Into<String>, attr: &str) -> Self {
        let mut refusal = Self::invalid_body(code, detail);
        if let Self::Raised(exception) = &mut refusal {
            exception.attr = Some(attr.to_owned());
        }
        refusal
    }

    /// A validation error that belongs to no single field.
    pub(crate) fn invalid_body(code: &'static str, detail: impl Into<String>) -> Self {
        Self::raise(StatusCode::BAD_REQUEST, "validation_error", code, detail)
    }

    pub(crate) fn parse_error(detail: impl Into<String>) -> Self {
        Self::raise(StatusCode::BAD_REQUEST, "invalid_request", "parse_error", detail)
    }

    pub(crate) fn unauthenticated() -> Self {
        Self::raise(
            StatusCode::UNAUTHORIZED,
            "authentication_error",
            "not_authenticated",
            "Authentication credentials were not provided.",
        )
    }

    pub(crate) fn bad_credentials(detail: &str) -> Self {
        Self::raise(StatusCode::UNAUTHORIZED, "authentication_error", "authentication_failed", detail)
    }

    pub(crate) fn forbidden(detail: impl Into<String>) -> Self {
        Self::raise(StatusCode::FORBIDDEN, "authentication_error", "permission_denied", detail)
    }

    pub(crate) fn not_found(detail: &str) -> Self {
        Self::raise(StatusCode::NOT_FOUND, "invalid_request", "not_found", detail)
    }

    pub(crate) fn method_not_allowed(method: &str) -> Self {
        let detail = format!("Method \"{method}\" not allowed.");
        Self::raise(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", "method_not_allowed", detail)
    }

    pub(crate) fn not_acceptable() -> Self {
        let detail = "Could not satisfy the request Accept header.";
        Self::raise(StatusCode::NOT_ACCEPTABLE, "invalid_request", "not_acceptable", detail)
    }

    pub(crate) fn unsupported_media_type(media_type: &str) -> Self {
        let detail = format!("Unsupported media type \"{media_type}\" in request.");
        Self::raise(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request", "unsupported_media_type", detail)
    }

    pub(crate) fn crash() -> Self {
        Self::server_error(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The server's words for a status, for faults ordered over the control endpoint.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => {
                Self::bad_credentials("Personal API key found in request Authorization header is invalid.")
            }
            StatusCode::FORBIDDEN => Self::forbidden("You don't have access to the project."),
            StatusCode::NOT_FOUND => Self::not_found("Not found."),
            StatusCode::TOO_MANY_REQUESTS => Self::throttled(1),
            status if status.is_client_error() => {
                Self::detail(status, "Fault ordered over the control endpoint")
            }
            status => Self::server_error(status),
        }
    }

    /// A 5xx answer: a crash, or the database's 503 of contract 13.3.
    pub(crate) fn server_error(status: StatusCode) -> Self {
        if status != StatusCode::SERVICE_UNAVAILABLE {
            return Self::raise(status, "server_error", "error", "A server error occurred.");
        }
        let detail = "We couldn't reach the database just now. Please try again in a moment.";
        let mut refusal = Self::raise(status, "server_error", "database_unavailable", detail);
        if let Self::Raised(exception) = &mut refusal {
            exception.retry_after = Some(1);
        }
        refusal
    }

    /// A 429 with `Retry-After` in whole seconds.
    pub(crate) fn throttled(seconds: u64) -> Self {
        let unit = if seconds == 1 { "second" } else { "seconds" };
        let detail = format!("Request was throttled. Expected available in {seconds} {unit}.");
        let mut refusal = Self::raise(StatusCode::TOO_MANY_REQUESTS, "throttled_error", "throttled", detail);
        if let Self::Raised(exception) = &mut refusal {
            exception.retry_after = Some(seconds);
        }
        refusal
    }

    pub(crate) fn detail(status: StatusCode, detail: impl Into<String>) -> Self {
        Self::Detail(status, detail.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Raised(exception) => {
                let retry_after = exception.retry_after;
                let mut response = (exception.status, Json(&*exception)).into_response();
                if let Some(seconds) = retry_after {
                    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
                }
                response
            }
            Self::Detail(status, detail) => {
                (status, Json(serde_json::json!({ "detail": detail }))).into_response()
            }
            Self::Empty(status) => (status, Body::empty()).into_response(),
        }
    }
}

/// A view's outcome.
pub(crate) type Answer = Result<Response, Refusal>;

pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Response {
    (status, Json(body)).into_response()
}

pub(crate) fn ok(body: &impl Serialize) -> Response {
    json(StatusCode::OK, body)
}

pub(crate) fn results<T: Serialize>(rows: &[T]) -> Response {
    #[derive(Serialize)]
    struct Results<'a, T> {
        results: &'a [T],
    }
    ok(&Results { results: rows })
}
