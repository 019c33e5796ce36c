//! The picture of a brand (contract 3.2): one for each domain a server of the catalog belongs to.

use axum::http::header;
use axum::response::IntoResponse;

use super::Call;
use crate::answer::{Answer, Refusal};
use crate::model::World;
use crate::secret::sha256;

pub(super) fn icon(world: &World, call: &Call<'_>) -> Answer {
    let domain = call.request.param("domain").unwrap_or_default().trim().to_lowercase();
    let domain = domain.trim_end_matches('.');
    if !is_bare_hostname(domain) {
        return Err(Refusal::invalid_body(
            "invalid_input",
            "domain must be a bare hostname, e.g. linear.app",
        ));
    }
    if world.servers.iter().all(|server| server.icon_domain != domain) {
        return Err(Refusal::not_found("Not found."));
    }
    let picture = picture(domain).map_err(|_| Refusal::crash())?;
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, picture).into_response())
}

fn is_bare_hostname(domain: &str) -> bool {
    let label = |label: &str| {
        let inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (1..=63).contains(&label.len()) && inner && !label.starts_with('-') && !label.ends_with('-')
    };
    let is_address =
        domain.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    domain.len() <= 253 && domain.contains('.') && !is_address && domain.split('.').all(label)
}

/// Pixels of one square of the pattern, and squares on a side.
const SQUARE: usize = 8;
const SIDE: usize = 5;

/// A pattern, the same on the left and on the right, in a colour: both from the domain, nobody's logo.
fn picture(domain: &str) -> Result<Vec<u8>, png::EncodingError> {
    let digest = sha256(domain);
    let colour = [digest[0] / 2 + 40, digest[1] / 2 + 40, digest[2] / 2 + 40, 255];
    let pixel = |index: usize| {
        let (x, y) = (index % (SIDE * SQUARE) / SQUARE, index / (SIDE * SQUARE) / SQUARE);
        let square = x.min(SIDE - 1 - x) * SIDE + y;
        if digest[3 + square].is_multiple_of(2) { colour } else { [0; 4] }
    };
    let pixels: Vec<u8> = (0..SIDE * SIDE * SQUARE * SQUARE).flat_map(pixel).collect();
    let side = (SIDE * SQUARE) as u32;
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(file)
}
