//! Brand images (contract 3.2).

use super::client::{Call, Posthog};
use super::error::{ApiError, ErrorKind};

/// Bytes of an icon. PostHog asks for small PNGs; what is larger is no icon.
const MOST_BYTES: usize = 256 << 10;

/// The background an icon is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// An image, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Icon {
    /// What its first bytes say it is.
    pub kind: IconKind,
    /// At most 256 KiB. Untrusted: not decoded here.
    pub bytes: Vec<u8>,
}

/// The formats this app shows. SVG is none of them: it is a document that can hold scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
}

impl IconKind {
    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
        }
    }

    /// By the signature; what a header says about somebody else's bytes proves nothing.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ => None,
        }
    }
}

impl Posthog {
    /// The icon of a brand's domain, as in `icon_domain` (contract 3.2, B on). `None`: there is none that can be shown,
    /// draw one. Sent once, because a failing provider is not to be asked in a loop.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`] when the domain is not a bare host name, [`ErrorKind::Server`] when the provider fails,
    /// [`ErrorKind::TooLarge`].
    pub async fn icon(&self, project: i64, domain: &str, theme: Theme) -> Result<Option<Icon>, ApiError> {
        if domain.is_empty() {
            return Ok(None);
        }
        let mut url = self.url(&["projects", &project.to_string(), "mcp_servers", "icon"]);
        let theme = match theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        url.query_pairs_mut().append_pair("domain", domain).append_pair("theme", theme);
        // The route negotiates as if it answered JSON: asked for an image alone it says 406.
        let call = Call { accept: Some("*/*"), repeatable: false, ..Call::get(url) };
        match self.success_within(&call, &mut self.retries(), MOST_BYTES).await {
            Ok(answer) => Ok(IconKind::of(&answer.body).map(|kind| Icon { kind, bytes: answer.body })),
            Err(error) if error.kind == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}
