//! An answer that never arrives: the connection is closed instead.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::response::Response;
use http_body::Frame;

/// A body that fails before its first byte. hyper then drops the connection, and the head with it, which it
/// writes out only together with the body's beginning.
struct Cut;

impl http_body::Body for Cut {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into())))
    }
}

/// What a handler answers to have its connection closed without a byte.
pub(crate) fn connection() -> Response {
    Response::new(Body::new(Cut))
}
