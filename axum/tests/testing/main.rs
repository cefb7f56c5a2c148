//! The kit for tests, as `docs/testing.md` shows it.

#![cfg(feature = "testing")]
#![expect(clippy::unwrap_used, reason = "a test fails where it unwraps nothing")]

mod page;

#[test]
fn what_the_page_shows_is_the_test() {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let page = include_str!("../../../docs/testing.md");
    let blocks: Vec<_> = page.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.iter().map(|block| squeezed(block)).collect::<Vec<_>>(), [squeezed(include_str!("page.rs"))]);
}
