//! The memory through which texts and bodies come in.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static INBOX: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Where the host may write this many bytes, until the next call.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm_bindgen exports it")]
pub fn inbox(bytes: usize) -> *mut u8 {
    INBOX.with_borrow_mut(|inbox| {
        if inbox.len() < bytes || inbox.len() > KEPT_BYTES {
            *inbox = Vec::new(); // Before the new one is made: memory that has grown stays.
            *inbox = vec![0; bytes.max(SMALLEST_BYTES)];
        }
        inbox.as_mut_ptr()
    })
}

/// Hands over what the host wrote.
pub(crate) fn read<T>(reader: impl FnOnce(Texts<'_>) -> T) -> T {
    INBOX.with_borrow(|inbox| reader(Texts(inbox)))
}

/// Texts written one after the other.
pub(crate) struct Texts<'a>(&'a [u8]);

impl<'a> Texts<'a> {
    /// The next one, of so many bytes; a negative number stands for none.
    pub(crate) fn next(&mut self, bytes: i32) -> Option<&'a [u8]> {
        let (text, rest) = self.0.split_at_checked(usize::try_from(bytes).ok()?)?;
        self.0 = rest;
        Some(text)
    }

    /// The last one.
    pub(crate) fn rest(self, bytes: usize) -> &'a [u8] {
        self.0.get(..bytes).unwrap_or_default()
    }
}

/// Larger ones are given back, so that one large body does not hold its memory for good.
const KEPT_BYTES: usize = 64 * 1024;
const SMALLEST_BYTES: usize = 4 * 1024;
