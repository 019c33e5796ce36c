//! Which addresses PostHog refuses to call (contract 3.9, 13.2). Names are not looked up: every public one resolves,
//! except under the reserved `.invalid`.

use std::net::{IpAddr, Ipv4Addr};

use url::{Host, Url};

const INTERNAL: [&str; 12] = [
    ".local",
    ".internal",
    ".svc.cluster.local",
    ".cluster.local",
    ".consul",
    ".lan",
    ".home",
    ".corp",
    ".localdomain",
    ".home.arpa",
    ".intranet",
    ".priv",
];

/// Gives the text of the refusal.
pub(super) fn check(text: &str) -> Result<(), String> {
    let invalid = || "Enter a valid URL.".to_owned();
    let refused = |why: &str| format!("URL not allowed: {why}");
    let url = Url::parse(text).map_err(|_| invalid())?;
    if text.contains('\\') || text.to_ascii_lowercase().contains("%5c") {
        return Err(refused("Invalid URL: ambiguous authority"));
    }
    // `Url` reads a lone number as an address; the server's field does not.
    let authority = text.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
    let written = authority.split(['/', '?', '#']).next().unwrap_or_default();
    if !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid());
    }
    if !text.contains("://") || !matches!(url.scheme(), "http" | "https" | "ftp" | "ftps") {
        return Err(invalid());
    }
    let host = url.host().ok_or_else(invalid)?;
    if let Host::Domain(name) = host {
        let is_localhost = name == "localhost";
        if !is_localhost && !name.trim_end_matches('.').contains('.') {
            return Err(invalid());
        }
    }
    if url.scheme().starts_with("ftp") {
        return Err(refused("URL must start with http:// or https://"));
    }
    let why = match host {
        Host::Domain(name) => domain(name),
        Host::Ipv4(address) => ip(IpAddr::V4(address)),
        Host::Ipv6(address) => ip(IpAddr::V6(address)),
    };
    why.map_or(Ok(()), |why| Err(refused(&why)))
}

fn domain(name: &str) -> Option<String> {
    let name = name.trim_end_matches('.');
    if name == "metadata.google.internal" {
        return Some("Local/metadata host".into());
    }
    if name == "localhost" {
        return Some("Local/Loopback host not allowed".into());
    }
    if let Some(pattern) = INTERNAL.iter().find(|pattern| name.ends_with(*pattern)) {
        return Some(format!("Internal domain pattern blocked: {pattern}"));
    }
    name.ends_with(".invalid").then(|| "Could not resolve host".into())
}

fn ip(address: IpAddr) -> Option<String> {
    if address == IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)) {
        return Some("Local/metadata host".into());
    }
    if address.is_loopback() {
        return Some("Local/Loopback host not allowed".into());
    }
    let is_private = match address {
        IpAddr::V4(v4) => {
            let [first, second, ..] = v4.octets();
            v4.is_unspecified()
                || v4.is_private()
                || v4.is_link_local()
                || (first == 100 && (64..128).contains(&second))
        }
        IpAddr::V6(v6) => v6.is_unique_local() || v6.is_unicast_link_local(),
    };
    is_private.then(|| "Private IP address not allowed".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_name_their_reason() {
        let cases = [
            ("junk", "Enter a valid URL."),
            ("javascript:alert(1)", "Enter a valid URL."),
            ("https://intranet/mcp", "Enter a valid URL."),
            ("ftp://mcp.lab.example.com/x", "URL not allowed: URL must start with http:// or https://"),
            ("http://localhost:3000/mcp", "URL not allowed: Local/Loopback host not allowed"),
            ("http://[::1]/mcp", "URL not allowed: Local/Loopback host not allowed"),
            ("https://10.0.0.1/mcp", "URL not allowed: Private IP address not allowed"),
            ("https://100.64.0.1/", "URL not allowed: Private IP address not allowed"),
            ("http://2130706433/", "Enter a valid URL."),
            ("http://0.0.0.0/", "URL not allowed: Private IP address not allowed"),
            ("https://a.example\\@evil.example/", "URL not allowed: Invalid URL: ambiguous authority"),
            ("http://169.254.169.254/latest", "URL not allowed: Local/metadata host"),
            ("https://a.svc.cluster.local/", "URL not allowed: Internal domain pattern blocked: .local"),
            ("https://nowhere.invalid/", "URL not allowed: Could not resolve host"),
        ];
        for (url, refusal) in cases {
            assert_eq!(check(url), Err(refusal.to_owned()), "{url}");
        }
        assert_eq!(check("https://mcp.lab.example.com:8443/s/v/mcp"), Ok(()));
    }
}
