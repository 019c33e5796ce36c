//! Whether the machine saves its battery: watching rests then.

use std::sync::Arc;

use hedgerow_core::Hedgerow;

/// Follows the system's power profile for as long as the app lives. Without one the machine counts as not saving.
#[cfg(target_os = "linux")]
pub(crate) fn watch(core: Arc<Hedgerow>) {
    std::thread::spawn(move || {
        if let Err(error) = linux::follow(|saves| core.set_battery_saver(saves)) {
            tracing::debug!(%error, "no power profiles on this machine");
        }
    });
}

/// Elsewhere nothing says so in a way all versions share.
#[cfg(not(target_os = "linux"))]
pub(crate) fn watch(_core: Arc<Hedgerow>) {}

#[cfg(target_os = "linux")]
mod linux {
    use zbus::blocking::{Connection, Proxy};

    const NAME: &str = "net.hadess.PowerProfiles";
    const PATH: &str = "/net/hadess/PowerProfiles";
    const PROFILE: &str = "ActiveProfile";
    const SAVER: &str = "power-saver";

    /// Says what the profile is now, and then at every change.
    pub(super) fn follow(mut say: impl FnMut(bool)) -> zbus::Result<()> {
        let proxy = Proxy::new(&Connection::system()?, NAME, PATH, NAME)?;
        say(proxy.get_property::<String>(PROFILE)? == SAVER);
        for change in proxy.receive_property_changed::<String>(PROFILE) {
            say(change.get()? == SAVER);
        }
        Ok(())
    }
}
