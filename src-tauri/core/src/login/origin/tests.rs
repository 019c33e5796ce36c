use proptest::prelude::*;

use super::{BadOrigin, Origin};

#[test]
fn what_people_type_becomes_an_origin() {
    let cases = [
        ("us", "https://us.posthog.com", "US cloud"),
        (" EU\n", "https://eu.posthog.com", "EU cloud"),
        ("https://us.posthog.com", "https://us.posthog.com", "US cloud"),
        ("https://US.PostHog.com/project/42/settings", "https://us.posthog.com", "US cloud"),
        ("eu.posthog.com", "https://eu.posthog.com", "EU cloud"),
        ("eu.posthog.com:443/", "https://eu.posthog.com", "EU cloud"),
        ("posthog.example.com", "https://posthog.example.com", "posthog.example.com"),
        (
            "https://posthog.example.com:8443//x/",
            "https://posthog.example.com:8443",
            "posthog.example.com:8443",
        ),
        ("192.0.2.7", "https://192.0.2.7", "192.0.2.7"),
        ("https://[2001:db8::1]:8000", "https://[2001:db8::1]:8000", "[2001:db8::1]:8000"),
        ("http://127.0.0.1:8010/", "http://127.0.0.1:8010", "127.0.0.1:8010"),
        ("http://localhost:8010", "http://localhost:8010", "localhost:8010"),
        ("http://[::1]:8010", "http://[::1]:8010", "[::1]:8010"),
        ("localhost:8010", "https://localhost:8010", "localhost:8010"),
        ("https://bücher.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("us.posthog.com.example.com", "https://us.posthog.com.example.com", "us.posthog.com.example.com"),
    ];
    for (typed, origin, place) in cases {
        let parsed = Origin::parse(typed).unwrap_or_else(|e| panic!("{typed}: {e}"));
        assert_eq!(parsed.as_str(), origin, "{typed}");
        assert_eq!(parsed.place(), place, "{typed}");
        assert_eq!(parsed.as_url().as_str(), format!("{origin}/"), "{typed}");
        assert_eq!(parsed.key_page(), format!("{origin}/settings/user-api-keys"), "{typed}");
        assert_eq!(Origin::parse(parsed.as_str()).as_ref(), Ok(&parsed), "{typed}");
    }
}

#[test]
fn what_is_no_origin_is_refused_with_the_reason() {
    use BadOrigin::{Empty, NotAnAddress, NotHttps, QueryOrFragment, UserInfo, WrongHost};
    let us = WrongHost { suggestion: "https://us.posthog.com" };
    let eu = WrongHost { suggestion: "https://eu.posthog.com" };
    let long = "a".repeat(3_000);
    let cases = [
        ("", Empty),
        (" \t", Empty),
        ("https://", NotAnAddress),
        ("https:///x", NotAnAddress),
        ("://x", NotAnAddress),
        ("a b", NotAnAddress),
        ("a\u{0}b", NotAnAddress),
        ("https://a.example:0", NotAnAddress),
        ("https://a.example:70000", NotAnAddress),
        ("https://exa%6dple.com", NotAnAddress),
        ("https:\\\\a.example", NotAnAddress),
        ("us.posthog.com\\@evil.example", NotAnAddress),
        (long.as_str(), NotAnAddress),
        ("http://us.posthog.com", NotHttps),
        ("http://posthog.example.com", NotHttps),
        ("http://10.0.0.1", NotHttps),
        ("http://127.0.0.1.example.com", NotHttps),
        ("ftp://posthog.example.com", NotHttps),
        ("file:///etc/passwd", NotAnAddress),
        ("file://host/etc", NotHttps),
        ("javascript://a.example", NotHttps),
        ("user@posthog.example.com", UserInfo),
        ("https://user:pass@posthog.example.com", UserInfo),
        ("https://us.posthog.com@evil.example", UserInfo),
        ("https://@a.example", UserInfo),
        ("https://a.example/?x=1", QueryOrFragment),
        ("https://a.example?", QueryOrFragment),
        ("https://a.example/#/x", QueryOrFragment),
        ("app.posthog.com", us),
        ("https://APP.posthog.com./x", us),
        ("https://us.i.posthog.com", us),
        ("us-assets.i.posthog.com", us),
        ("posthog.com", us),
        ("www.posthog.com", us),
        ("https://eu.i.posthog.com/", eu),
        ("eu-assets.i.posthog.com", eu),
    ];
    for (typed, reason) in cases {
        assert_eq!(Origin::parse(typed).map(|o| o.as_str().to_owned()), Err(reason), "{typed:?}");
    }
}

#[test]
fn only_this_machine_is_loopback() {
    for (typed, loopback) in [
        ("http://127.0.0.1:1", true),
        ("https://localhost", true),
        ("http://[::1]", true),
        ("us", false),
        ("https://10.0.0.1", false),
        ("https://localhost.example.com", false),
    ] {
        assert_eq!(Origin::parse(typed).unwrap().is_loopback(), loopback, "{typed}");
    }
}

proptest! {
    #[test]
    fn an_origin_is_scheme_host_and_port_and_nothing_else(typed in r"(https?://)?[a-z0-9.:@/?#%\\\[\] _-]{0,40}|\PC{0,20}") {
        if let Ok(origin) = Origin::parse(&typed) {
            let url = origin.as_url();
            prop_assert_eq!(url.path(), "/");
            prop_assert!(url.username().is_empty() && url.password().is_none());
            prop_assert!(url.query().is_none() && url.fragment().is_none());
            prop_assert!(url.scheme() == "https" || (url.scheme() == "http" && origin.is_loopback()));
            prop_assert_eq!(format!("{}/", origin.as_str()), url.as_str());
            prop_assert_eq!(Origin::parse(origin.as_str()), Ok(origin.clone()));
        }
    }
}
