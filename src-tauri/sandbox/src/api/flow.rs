//! The start of a browser flow (contract 5, steps 3 and 4).

use url::form_urlencoded;
use uuid::Uuid;

use super::Call;
use crate::answer::Refusal;
use crate::model::{OauthFlow, World};
use crate::secret::{pkce_challenge, random_token, sha256};

/// Where the browser ends up, as the client asked for it.
pub(super) struct Ending {
    pub(super) from_posthog_code: bool,
    pub(super) callback: String,
    pub(super) return_path: String,
}

/// Registers a client if there is none to share, remembers the flow under the digest of its state, and
/// gives the provider's authorize URL.
pub(super) fn begin(world: &mut World, call: &Call<'_>, id: Uuid, ending: Ending) -> Result<String, Refusal> {
    let token = || random_token().map_err(|_| Refusal::crash());
    let (state, verifier) = (token()?, token()?);
    let row = world.installation(id).ok_or_else(Refusal::crash)?;
    let server = world.server_by_url(&row.url).ok_or_else(Refusal::crash)?;
    let client_id = row.client_id.clone().ok_or_else(Refusal::crash)?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("client_id", &client_id)
        .append_pair("redirect_uri", &redirect_uri(&call.app.site))
        .append_pair("response_type", "code")
        .append_pair("state", &state)
        .append_pair("code_challenge", &pkce_challenge(&verifier))
        .append_pair("code_challenge_method", "S256")
        .append_pair("scope", "read write");
    if server.shared_client.is_none() {
        query.append_pair("resource", &row.url);
    }
    let redirect_url = format!("{}/provider/{}/authorize?{}", call.app.site, server.slug, query.finish());
    let flow = OauthFlow {
        person: call.person,
        installation: id,
        verifier,
        started_at: call.now,
        from_posthog_code: ending.from_posthog_code,
        callback: ending.callback,
        return_path: ending.return_path,
    };
    world.flows.insert(sha256(&state), flow);
    Ok(redirect_url)
}

/// PostHog's own address for the provider to come back to.
pub(crate) fn redirect_uri(site: &str) -> String {
    format!("{site}/api/mcp_store/oauth_redirect/")
}

/// Dynamic client registration gives a new client each time.
pub(super) fn register_client() -> String {
    format!("client-{}", Uuid::now_v7().simple())
}
