//! The sink that copies: canonical runs as they are, the rest respelt, objects put in order where they end or in a second
//! pass.

use alloc::vec::Vec;

use super::{members::Objects, number, output::Output, quote::canonical_pieces};
use crate::json::{
    Container, Scalar, Sink,
    number::Token as NumberToken,
    string::{Escapes, Token as StringToken},
};

pub(crate) struct Writer<'t> {
    text: &'t str,
    /// Everything up to `copied`, in canonical spelling; the members of long objects are in the order of the text still.
    out: Output,
    copied: usize,
    objects: Objects,
}

impl<'t> Writer<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, out: Output::new(text.len()), copied: 0, objects: Objects::new() }
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.copy_until(self.text.len());
        self.objects.assemble(self.out.into_bytes())
    }

    /// Ends the current run before `end`.
    #[inline(always)]
    fn copy_until(&mut self, end: usize) {
        self.out.push_run(self.text.as_bytes(), self.copied, end);
        self.copied = end;
    }

    /// Where in `out` the byte at `at` of the text is, or will be once its run is copied.
    #[inline(always)]
    fn place(&self, at: usize) -> usize {
        self.out.len() + (at - self.copied)
    }

    fn number(&mut self, token: &NumberToken) {
        // Most long numbers were printed by somebody's shortest algorithm: the run goes on.
        if let Some(spelling) = number::respelt(self.text.as_bytes(), token) {
            self.respell(token.start, token.end, |_, out| out.push(&spelling));
        }
    }

    fn respell(&mut self, start: usize, end: usize, push: impl FnOnce(&str, &mut Output)) {
        self.copy_until(start);
        push(&self.text[start..end], &mut self.out);
        self.copied = end;
    }
}

fn push_canonical(contents: &str, out: &mut Output) {
    canonical_pieces(contents, |piece| out.push(piece));
}

impl Sink for Writer<'_> {
    #[inline(always)]
    fn white(&mut self, start: usize, end: usize) {
        self.copy_until(start);
        self.copied = end;
    }

    #[inline(always)]
    fn begin(&mut self, container: Container, start: usize, _level: usize) {
        if container == Container::Object {
            self.objects.begin(self.place(start));
        }
    }

    #[inline(always)]
    fn end(&mut self, container: Container, end: usize, _level: usize) {
        if container == Container::Object {
            if self.objects.innermost_may_need_order() {
                self.copy_until(end);
                self.objects.order_innermost(&self.out);
            }
            self.objects.end();
        }
    }

    #[inline(always)]
    fn key(&mut self, key: StringToken, _level: usize) {
        let place = self.place(key.start);
        let contents = if key.escapes == Escapes::Optional {
            self.respell(key.start, key.end, push_canonical);
            &self.out.as_bytes()[place..]
        } else {
            &self.text.as_bytes()[key.start..key.end]
        };
        self.objects.key(contents, place);
    }

    #[inline(always)]
    fn scalar(&mut self, scalar: Scalar, _level: usize) {
        match scalar {
            Scalar::String(token) if token.escapes == Escapes::Optional => {
                self.respell(token.start, token.end, push_canonical);
            }
            Scalar::Number(token) if !number::is_canonical(self.text.as_bytes(), &token) => self.number(&token),
            _ => {}
        }
    }
}
