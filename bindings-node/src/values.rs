//! The values of the three headers, as they cross.

use twenty_webhook::Headers;

/// Names, and the bytes of their values one after the other.
pub(crate) struct Values<'a> {
    names: &'a [String; 3],
    bytes: &'a [u8],
    /// Of each value; a negative number for an absent one.
    lengths: [i32; 3],
}

impl<'a> Values<'a> {
    pub(crate) const fn new(names: &'a [String; 3], bytes: &'a [u8], lengths: [i32; 3]) -> Self {
        Self { names, bytes, lengths }
    }
}

impl Headers for Values<'_> {
    fn visit<'h>(&'h self, mut visitor: impl FnMut(&'h [u8], &'h [u8])) {
        let mut rest = self.bytes;
        for (name, length) in self.names.iter().zip(self.lengths) {
            let Ok(length) = usize::try_from(length) else { continue };
            let Some((value, behind)) = rest.split_at_checked(length) else { return };
            visitor(name.as_bytes(), value);
            rest = behind;
        }
    }
}
