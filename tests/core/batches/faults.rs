//! PostHog refuses, fails and goes silent, and the journal cannot be written: what it says afterwards is true.
