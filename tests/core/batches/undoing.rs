//! Taking back: states and pins return, what others changed is named.
