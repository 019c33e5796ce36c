use serde::Deserialize;

use super::{Keyring, KeyringError, KeyringState, OsKeyring, Secret};

fn key() -> Secret {
    Secret::new("phx_SECRET".to_owned())
}

#[test]
fn a_secret_does_not_print() {
    #[derive(Debug, Deserialize)]
    struct Arguments {
        key: Secret,
    }
    let arguments: Arguments = serde_json::from_str(r#"{"key":"phx_SECRET"}"#).unwrap();
    assert_eq!(arguments.key.expose(), "phx_SECRET");
    assert_eq!(format!("{arguments:?}"), "Arguments { key: Secret(…) }");
    assert_eq!(format!("{:#?}", key()), "Secret(…)");
    for wrong in ["{\"key\":[\"phx_SECRET\"]}", "{\"key\":424242}", "{\"key\":{\"phx_SECRET\":1}}"] {
        let error = serde_json::from_str::<Arguments>(wrong).unwrap_err();
        let printed = format!("{error} {error:?}");
        assert!(!printed.contains("SECRET") && !printed.contains("4242"), "{printed}");
    }
}

#[tokio::test]
async fn memory_keeps_replaces_and_forgets() {
    let keyring = Keyring::memory();
    assert_eq!(keyring.state().await, KeyringState::Ready);
    assert!(keyring.get("a").await.unwrap().is_none());

    keyring.set("a", &key()).await.unwrap();
    keyring.clone().set("b", &Secret::new("other".to_owned())).await.unwrap();
    assert_eq!(keyring.get("a").await.unwrap().unwrap().expose(), "phx_SECRET");
    assert_eq!(keyring.get("b").await.unwrap().unwrap().expose(), "other", "a clone is the same place");

    keyring.set("a", &Secret::new("new".to_owned())).await.unwrap();
    assert_eq!(keyring.get("a").await.unwrap().unwrap().expose(), "new");
    keyring.remove("a").await.unwrap();
    keyring.remove("a").await.unwrap();
    assert!(keyring.get("a").await.unwrap().is_none());
    assert!(keyring.get("b").await.unwrap().is_some());
    assert!(!format!("{keyring:?}").contains("other"), "{keyring:?}");
}

#[test]
fn keyring_errors_do_not_print_what_was_stored() {
    use keyring::Error;
    let stored = || b"phx_SECRET".to_vec();
    for error in [
        Error::BadEncoding(stored()),
        Error::BadDataFormat(stored(), "no".into()),
        Error::BadStoreFormat("phx_SECRET".to_owned()),
        Error::Invalid("secret".to_owned(), "phx_SECRET".to_owned()),
    ] {
        let error = super::os::error(error);
        let printed = format!("{error} {error:?}");
        assert!(!printed.contains("SECRET") && !printed.contains("112, 104"), "{printed}");
    }
    assert_eq!(super::os::error(Error::NoDefaultStore), KeyringError::Absent);
    assert_eq!(super::os::error(Error::NoStorageAccess("locked".into())), KeyringError::Locked);
    let clipped = super::os::error(Error::PlatformFailure("x\u{1b}\n".repeat(1_000).into()));
    let KeyringError::Other(text) = clipped else { panic!("{clipped}") };
    assert!(text.chars().count() <= 300 && !text.contains('\u{1b}'));
}

/// The real thing. It needs a session with an unlocked keyring, so it runs only where HEDGEROW_TEST_KEYRING=1.
#[tokio::test]
async fn the_systems_keyring_keeps_replaces_and_forgets() {
    if std::env::var_os("HEDGEROW_TEST_KEYRING").is_none_or(|value| value != "1") {
        return;
    }
    let service = format!("Hedgerow test {}", std::process::id());
    let keyring = Keyring::Os(OsKeyring::new(&service));
    assert_eq!(keyring.state().await, KeyringState::Ready);
    keyring.remove("a").await.unwrap();
    assert!(keyring.get("a").await.unwrap().is_none());

    keyring.set("a", &key()).await.unwrap();
    assert_eq!(keyring.get("a").await.unwrap().unwrap().expose(), "phx_SECRET");
    let elsewhere = Keyring::Os(OsKeyring::new(&service));
    assert_eq!(elsewhere.get("a").await.unwrap().unwrap().expose(), "phx_SECRET");

    keyring.set("a", &Secret::new("new".to_owned())).await.unwrap();
    assert_eq!(keyring.get("a").await.unwrap().unwrap().expose(), "new");
    keyring.remove("a").await.unwrap();
    assert!(keyring.get("a").await.unwrap().is_none());
}
