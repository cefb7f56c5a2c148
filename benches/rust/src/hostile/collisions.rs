//! Keys aimed at the hash by which the core tells keys apart (`hash_of` in its `canonical/members.rs`), as
//! someone who has read it would make them. They are the worst case for that function and a harmless one for another:
//! the two functions below are copies, to be changed with it.

/// So many different keys with one and the same hash, all beginning with `prefix`, in no order.
///
/// The last eight bytes are mixed in by an exclusive or, so for any eight bytes before them there are eight that lead to
/// the same result; those that are printable are kept.
pub fn colliding_keys(count: usize, prefix: &str) -> Vec<String> {
    assert_eq!(prefix.len() % 8, 0, "the prefix fills whole words");
    let length = prefix.len() as u64 + 16;
    let start = prefix.as_bytes().chunks(8).fold(length, |mixed, word| mix(mixed ^ word_of(word)));
    let key = |number: u64| {
        let word = letters(number);
        let tail = mix(start ^ word_of(&word)).to_le_bytes();
        let printable = tail.iter().all(|byte| matches!(byte, b' ' | b'!' | b'#'..=b'[' | b']'..=b'~'));
        printable.then(|| format!("{prefix}{}{}", text(&word), text(&tail)))
    };
    (0..).filter_map(key).take(count).collect()
}

/// Eight letters, other ones for each number below 26 to the eighth; the first letter changes fastest.
fn letters(number: u64) -> [u8; 8] {
    let mut rest = number;
    std::array::from_fn(|_| {
        let letter = b'a' + u8::try_from(rest % 26).expect("below 26");
        rest /= 26;
        letter
    })
}

fn text(ascii: &[u8]) -> &str {
    str::from_utf8(ascii).expect("ASCII")
}

fn mix(word: u64) -> u64 {
    let product = u128::from(word ^ 0xbf58_476d_1ce4_e5b9) * 0x9e37_79b9_7f4a_7c15;
    #[allow(clippy::cast_possible_truncation, reason = "the halves")]
    return product as u64 ^ (product >> 64) as u64;
}

fn word_of(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes.try_into().expect("eight bytes"))
}
