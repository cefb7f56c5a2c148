//! The memory through which texts and bodies come in, and long texts go out.

use std::cell::RefCell;

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::latin1;

thread_local! {
    static INBOX: RefCell<Inbox> = const { RefCell::new(Inbox { room: Vec::new(), used: 0 }) };
}

struct Inbox {
    room: Vec<u8>,
    /// How much of it may hold something.
    used: usize,
}

/// Where the host may write this many bytes, until the next call. Nothing of what it held before is left.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm_bindgen exports it")]
pub fn inbox(bytes: usize) -> *mut u8 {
    INBOX.with_borrow_mut(|Inbox { room, used }| {
        if room.len() < bytes || room.len() > KEPT_BYTES {
            *room = Vec::new(); // Before the new one is made: memory that has grown stays.
            *room = vec![0; bytes.max(SMALLEST_BYTES)];
        } else {
            room[..*used].fill(0);
        }
        *used = bytes;
        room.as_mut_ptr()
    })
}

/// Spells the Latin-1 text of so many bytes that the host wrote, as many bytes after `at`, as UTF-8 at `at`, which is what
/// the other functions read; returns its length.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "wasm_bindgen exports it")]
pub fn widen(at: usize, bytes: usize) -> usize {
    INBOX.with_borrow_mut(|inbox| {
        let start = at.wrapping_sub(inbox.room.as_ptr().addr());
        latin1::widen(&mut inbox.room[start..start + 2 * bytes])
    })
}

/// A text for the host: one that takes Latin-1 finds it where it wrote, and its length here, if the text is that.
#[expect(clippy::expect_used, reason = "what does not is broken, and a trap is `internal`")]
pub(crate) fn answer(text: &[u8], takes_latin1: bool) -> JsValue {
    let length = if takes_latin1 { INBOX.with_borrow_mut(|inbox| inbox.narrow(text)) } else { None };
    match length.and_then(|length| u32::try_from(length).ok()) {
        Some(length) => length.into(),
        None => std::str::from_utf8(text).expect("the core writes UTF-8").into(),
    }
}

impl Inbox {
    /// Puts a text there as Latin-1, if it is that.
    fn narrow(&mut self, text: &[u8]) -> Option<usize> {
        self.used = self.used.max(text.len()).min(self.room.len());
        latin1::narrow(text, &mut self.room)
    }
}

/// Hands over what the host wrote.
pub(crate) fn read<T>(reader: impl FnOnce(Texts<'_>) -> T) -> T {
    INBOX.with_borrow(|inbox| reader(Texts(&inbox.room)))
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
