//! The pages a browser sees. Plain HTML, no script, light and dark.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

const STYLE: &str = "
:root { color-scheme: light dark; --ground: #f6f6f4; --card: #fff; --text: #1d1f23; --quiet: #5b606a; --line: #d9d9d4;
  --main: #1d1f23; --on-main: #fff; --note: #f1ecff; --note-text: #4a2f9e; }
@media (prefers-color-scheme: dark) { :root { --ground: #16181c; --card: #1f2227; --text: #eceef2; --quiet: #a6acb8;
  --line: #3a3f48; --main: #eceef2; --on-main: #16181c; --note: #2c2544; --note-text: #cbbcff; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px; background: var(--ground);
  color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 460px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 28px; }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 1.3; }
p, ul { margin: 0 0 16px; }
ul { padding-left: 20px; }
.quiet { color: var(--quiet); font-size: 14px; overflow-wrap: anywhere; }
.note { margin: 0 0 20px; padding: 8px 12px; border-radius: 8px; background: var(--note); color: var(--note-text); font-size: 14px; }
fieldset { margin: 0 0 20px; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: 8px; font-weight: 600; }
label { display: flex; gap: 10px; align-items: baseline; padding: 8px 0; }
.buttons { display: flex; gap: 12px; flex-wrap: wrap; }
button { font: inherit; padding: 10px 20px; border-radius: 8px; border: 1px solid var(--line); background: transparent;
  color: var(--text); cursor: pointer; }
button.main { background: var(--main); border-color: var(--main); color: var(--on-main); }
button:focus-visible, input:focus-visible, a:focus-visible { outline: 3px solid #7a5cf0; outline-offset: 2px; }
a { color: inherit; }
";

/// Text as it may stand in HTML, also inside a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// A whole page. `title` is text, `content` is HTML.
pub(crate) fn page(status: StatusCode, title: &str, content: &str) -> Response {
    let title = escape(title);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} · Sandbox</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <p class=\"note\">Sandbox: not the real PostHog. Nothing here leaves this computer.</p>\n\
         <h1>{title}</h1>\n{content}\n</main>\n</body>\n</html>\n"
    );
    let mut response = (status, Html(html)).into_response();
    // No `form-action`: browsers apply it to the redirects after a form, and ours end at an app's own scheme.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A hidden field of a form.
pub(crate) fn hidden(name: &str, value: &str) -> String {
    format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_text_stays_text() {
        assert_eq!(escape("<b a='\"'>&"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;");
    }
}
