//! The sandbox over its socket.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy.toml frees test functions, but not what they share"
)]

mod behaviour;
mod conformance;
mod conformance_available;
mod conformance_custom;
mod conformance_flows;
mod conformance_list;
mod conformance_policy;
mod conformance_refresh;
mod conformance_throttle;
mod faults;
mod generations;
mod lab;
mod main_path;
mod program;
mod replay;
mod sample;
mod support;
mod upstream;
