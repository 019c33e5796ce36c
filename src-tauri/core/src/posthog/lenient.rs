//! Decoding that does not lose a row over one odd field.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// The value, or the type's default when it is null or of another type.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let raw = <&RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(raw.get()).unwrap_or_default())
}

/// A flag whose strict side is `true`: anything but `false` is `true`.
pub(super) fn unless_false<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?;
    Ok(raw.get() != "false")
}

/// The elements that can be read, in order. Others are dropped.
pub(super) fn elements<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let raw = <&RawValue>::deserialize(deserializer)?;
    let rows: Vec<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
    Ok(rows.into_iter().filter_map(|row| serde_json::from_str(row.get()).ok()).collect())
}
