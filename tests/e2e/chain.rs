//! The machine itself, before the app is tried on it: a redirect in Chromium reaches the registered program.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::browser::Browser;
use crate::home::Home;

/// A page with one button, and behind the button a redirect to `link`. Answers for ever.
async fn serve(listener: TcpListener, link: &'static str) {
    while let Ok((mut connection, _)) = listener.accept().await {
        let mut request = vec![0; 4096];
        let length = connection.read(&mut request).await.unwrap_or(0);
        let answer = if request[..length].starts_with(b"GET /back") {
            format!(
                "HTTP/1.1 302 Found\r\nLocation: {link}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
        } else {
            let page =
                "<!doctype html><title>Consent</title><form action=/back><button id=approve>Approve</button>";
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n";
            format!("{head}Content-Length: {}\r\n\r\n{page}", page.len())
        };
        let _closed_early = connection.write_all(answer.as_bytes()).await;
    }
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn a_redirect_in_the_browser_starts_the_program_that_handles_the_scheme() {
    const LINK: &str = "posthog-code://mcp-oauth-complete?flow=0123abcd&status=error&error=access+denied%21";
    let home = Home::new();
    home.note_links("");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("listen");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    let server = tokio::spawn(serve(listener, LINK));

    let browser = Browser::open(&home, &origin).await;
    browser.go(&origin).await;
    browser.press("approve").await;
    let link = home.noted_link().await;
    browser.close().await;
    server.abort();

    assert_eq!(link, LINK, "every character of the link arrives");
}
