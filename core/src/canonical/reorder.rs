//! Objects whose members are to be written in another order: every byte is written once, in a second pass over the text,
//! following the recorded places from the outside in.

use alloc::vec::Vec;
use core::ops::Range;

/// The objects that are to be written in another order, and everything in them.
#[derive(Default)]
pub(super) struct Reordering {
    objects: Vec<Reordered>,
    /// The places of the members of all these objects, in their final order.
    members: Vec<Range<usize>>,
    /// Numbers of objects: for each object those directly in it, in the order of their places.
    inner: Vec<usize>,
    /// Numbers of objects that are in no recorded object, in the order of their places.
    outermost: Vec<usize>,
}

/// An object whose members are to be written in another order.
struct Reordered {
    place: Range<usize>,
    members: Range<usize>,
    /// Of [`Reordering::inner`], the objects directly in this one.
    inner: Range<usize>,
}

impl Reordering {
    /// Takes an object and its members in their final order; objects come in the order in which they close.
    pub(super) fn record(&mut self, place: Range<usize>, members: impl Iterator<Item = Range<usize>>) {
        let first_inner = self.inner.len();
        let is_inside = |other: &&usize| self.objects[**other].place.start > place.start;
        let inside = self.outermost.iter().rev().take_while(is_inside).count();
        self.inner.extend(self.outermost.drain(self.outermost.len() - inside..));
        let first_member = self.members.len();
        self.members.extend(members);
        self.outermost.push(self.objects.len());
        let (members, inner) = (first_member..self.members.len(), first_inner..self.inner.len());
        self.objects.push(Reordered { place, members, inner });
    }

    /// Writes `text`, in which the places are, in its final order.
    pub(super) fn run(mut self, text: Vec<u8>) -> Vec<u8> {
        if self.objects.is_empty() {
            return text;
        }
        let outermost = self.inner.len()..self.inner.len() + self.outermost.len();
        self.inner.append(&mut self.outermost);
        let mut out = Vec::with_capacity(text.len());
        let mut work = Vec::from([Work::Copy { place: 0..text.len(), inner: outermost }]);
        while let Some(next) = work.pop() {
            match next {
                Work::Copy { place, inner } => match self.inner[inner.clone()].first() {
                    Some(number) => {
                        let object = &self.objects[*number];
                        out.extend_from_slice(&text[place.start..object.place.start]);
                        work.push(Work::Copy { place: object.place.end..place.end, inner: inner.start + 1..inner.end });
                        work.push(Work::Members { before: b'{', left: object.members.clone(), object: *number });
                    }
                    None => out.extend_from_slice(&text[place]),
                },
                Work::Members { mut before, mut left, object } => loop {
                    let Some(member) = left.next() else {
                        out.push(b'}');
                        break;
                    };
                    out.push(before);
                    before = b',';
                    let place = self.members[member].clone();
                    let inner = self.inside(&place, self.objects[object].inner.clone());
                    if inner.is_empty() {
                        out.extend_from_slice(&text[place]);
                        continue;
                    }
                    work.push(Work::Members { before, left, object });
                    work.push(Work::Copy { place, inner });
                    break;
                },
            }
        }
        out
    }

    /// Which of these objects are in this place.
    fn inside(&self, place: &Range<usize>, inner: Range<usize>) -> Range<usize> {
        let number_before = |end: usize| {
            let objects = &self.inner[inner.clone()];
            inner.start + objects.partition_point(|object| self.objects[*object].place.start < end)
        };
        number_before(place.start)..number_before(place.end)
    }
}

/// What is left to write, the next on top.
enum Work {
    /// A stretch of the text, with the objects in it.
    Copy { place: Range<usize>, inner: Range<usize> },
    /// Members of an object, and what stands before the next of them.
    Members { before: u8, left: Range<usize>, object: usize },
}
