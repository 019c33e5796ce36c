use proptest::prelude::*;
use url::Url;

use super::{UnsafeLoginPage, check};

#[test]
fn login_pages_are_shown_by_their_host() {
    let cases = [
        ("https://auth.example.com/authorize?client_id=a&state=b", "auth.example.com"),
        ("HTTPS://Auth.Example.COM/x", "auth.example.com"),
        ("https://auth.example.com:443/", "auth.example.com"),
        ("https://auth.example.com:8443/", "auth.example.com:8443"),
        ("https://192.0.2.7/", "192.0.2.7"),
        ("https://[2001:db8::1]:9/", "[2001:db8::1]:9"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://аррӏе.com/", "xn--80ak6aa92e.com"),
        ("https://0x7f.1/", "127.0.0.1"),
        ("https://auth.example.com?x=@evil", "auth.example.com"),
        ("https://auth.example.com#@evil", "auth.example.com"),
        ("https://auth.example.com/user@evil.example", "auth.example.com"),
    ];
    for (text, host) in cases {
        let page = check(text, false).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(page.host, host, "{text}");
    }
}

#[test]
fn the_state_arrives_unchanged() {
    let text = "https://auth.example.com/o/authorize?state=AbC-_%2F%20+x&scope=a%20b&resource=https%3A%2F%2Fm.example%2F";
    assert_eq!(check(text, false).unwrap().expose(), text);
}

#[test]
fn unsafe_pages_are_refused_with_the_reason() {
    use UnsafeLoginPage::{ForbiddenCharacter, Host, Scheme, TooLong, UserInfo};
    let long = format!("https://a.example/{}", "x".repeat(8_175));
    let long_host = format!("https://{}example.com/", "accounts.google.com.".repeat(20));
    let cases = [
        ("", Scheme),
        ("auth.example.com", Scheme),
        ("//auth.example.com", Scheme),
        ("/authorize", Scheme),
        ("https:auth.example.com", Scheme),
        ("https:/auth.example.com", Scheme),
        ("http://auth.example.com/", Scheme),
        ("http://127.0.0.1/", Scheme),
        ("javascript:alert(1)", Scheme),
        ("javascript://auth.example.com/%0aalert(1)", Scheme),
        ("data:text/html,x", Scheme),
        ("file:///etc/passwd", Scheme),
        ("file://host/share", Scheme),
        ("posthog-code://mcp-oauth-complete", Scheme),
        ("ms-msdt://x", Scheme),
        ("ftp://a.example/", Scheme),
        ("view-source:https://a.example/", Scheme),
        ("blob:https://a.example/1", Scheme),
        ("-https://a.example/", Scheme),
        ("httpsx://a.example/", Scheme),
        ("https://user@a.example/", UserInfo),
        ("https://user:pass@a.example/", UserInfo),
        ("https://@a.example/", UserInfo),
        ("https://:@a.example/", UserInfo),
        ("https://accounts.google.com@evil.example/", UserInfo),
        ("https://accounts.google.com%2F@evil.example/", UserInfo),
        ("https://", Host),
        ("https:///", Host),
        ("https:////a.example/", Host),
        ("https://?x", Host),
        ("https://#x", Host),
        ("https://:443/", Host),
        ("https://a.example:0/", Host),
        ("https://a.example:99999/", Host),
        ("https://a.example:x/", Host),
        ("https://exa%6dple.com/", Host),
        ("https://a.example%2eevil.example/", Host),
        ("https://[::1/", Host),
        ("https://a_b|c/", Host),
        ("https://999.1.1.1/", Host),
        ("https://xn--/", Host),
        (" https://a.example/", ForbiddenCharacter),
        ("https://a.example/ ", ForbiddenCharacter),
        ("https://a.example/\n", ForbiddenCharacter),
        ("https://a.exa\tmple/", ForbiddenCharacter),
        ("ht\ntps://a.example/", ForbiddenCharacter),
        ("https://a.example/\0", ForbiddenCharacter),
        ("https://a.example\u{a0}/", ForbiddenCharacter),
        ("https://a.example/\u{2028}", ForbiddenCharacter),
        ("https://a.example/\u{85}", ForbiddenCharacter),
        ("https:\\\\a.example\\", ForbiddenCharacter),
        ("https://a.example\\@evil.example/", ForbiddenCharacter),
        (long.as_str(), TooLong),
        (long_host.as_str(), Host),
    ];
    for (text, reason) in cases {
        assert_eq!(check(text, false).map(|page| page.host), Err(reason), "{text:?}");
    }
}

#[test]
fn http_is_for_this_machine_and_only_where_allowed() {
    for text in
        ["http://127.0.0.1:8010/login", "http://localhost:8010/", "http://127.9.9.9/", "http://[::1]:1/"]
    {
        assert!(check(text, true).is_ok(), "{text}");
        assert_eq!(check(text, false).err(), Some(UnsafeLoginPage::Scheme), "{text}");
    }
    for text in [
        "http://example.com/",
        "http://localhost.example.com/",
        "http://127.0.0.1.example.com/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://notlocalhost/",
        "ftp://127.0.0.1/",
    ] {
        assert_eq!(check(text, true).err(), Some(UnsafeLoginPage::Scheme), "{text}");
    }
    assert_eq!(check("http://user@127.0.0.1/", true).err(), Some(UnsafeLoginPage::UserInfo));
    assert!(check("https://example.com/", true).is_ok());
}

#[test]
fn a_page_does_not_print_its_address() {
    let page = check("https://auth.example.com/authorize?state=SECRET", false).unwrap();
    assert_eq!(format!("{page:?}"), "LoginPage(auth.example.com…)");
    let refused = check("https://SECRET@auth.example.com/?state=SECRET", false).unwrap_err();
    assert!(!format!("{refused} {refused:?}").contains("SECRET"));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), tail in any::<String>(), dev in any::<bool>()) {
        let _ = check(&text, dev);
        let _ = check(&format!("https://{tail}"), dev);
    }

    #[test]
    fn what_is_opened_is_what_was_shown(
        tail in r"[a-z0-9.:@/?#%\\\[\] _-]{0,40}",
        scheme in prop::sample::select(vec!["https://", "http://", "HTTPS://", "https:", "https:/"]),
        dev in any::<bool>(),
    ) {
        if let Ok(page) = check(&format!("{scheme}{tail}"), dev) {
            let opened = Url::parse(page.expose()).unwrap();
            prop_assert!(opened.scheme() == "https" || (dev && opened.scheme() == "http"));
            prop_assert!(opened.username().is_empty() && opened.password().is_none());
            let shown = Url::parse(&format!("{}://{}/", opened.scheme(), page.host)).unwrap();
            prop_assert_eq!(shown.origin(), opened.origin());
            prop_assert!(page.host.is_ascii() && !page.host.is_empty());
            prop_assert!(page.expose().bytes().all(|b| b.is_ascii_graphic()));
        }
    }
}
