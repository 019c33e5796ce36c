//! Counts work instead of time, so that a test can say that it grows with the size of a text and with nothing else.

#[cfg(test)]
thread_local! {
    static BYTES: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// So many bytes were looked at once.
pub(crate) fn add(bytes: usize) {
    #[cfg(test)]
    BYTES.set(BYTES.get() + bytes);
    #[cfg(not(test))]
    let _ = bytes;
}

/// Bytes looked at while something was done.
#[cfg(test)]
pub(crate) fn of(something: impl FnOnce()) -> usize {
    let before = BYTES.get();
    something();
    BYTES.get() - before
}
