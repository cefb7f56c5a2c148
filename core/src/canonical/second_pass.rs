//! The second pass: every byte written once, following the recorded places from the outside in.

use alloc::{string::String, vec::Vec};
use core::ops::Range;

/// The objects that are to be written in another order, and everything in them.
#[derive(Default)]
pub(crate) struct SecondPass {
    objects: Vec<Reordered>,
    /// The members of all these objects, in their final order.
    members: Vec<Member>,
    /// Numbers of objects: for each object those directly in it, in the order of their places.
    inner: Vec<usize>,
    /// Numbers of objects that are in no recorded object, in the order of their places.
    outermost: Vec<usize>,
}

/// An object whose members are to be written in another order.
pub(crate) struct Reordered {
    place: Range<usize>,
    members: Range<usize>,
}

impl Reordered {
    pub(crate) fn new(place: Range<usize>) -> Self {
        Self { place, members: 0..0 }
    }
}

pub(crate) struct Member {
    place: Range<usize>,
    /// Of [`SecondPass::inner`], the objects in this member.
    inner: Range<usize>,
}

impl Member {
    pub(crate) fn new(place: Range<usize>) -> Self {
        Self { place, inner: 0..0 }
    }
}

impl SecondPass {
    /// Takes an object and its members in their final order; objects come in the order in which they close.
    pub(crate) fn record(&mut self, mut object: Reordered, members: impl Iterator<Item = Member>) {
        let first_inner = self.inner.len();
        let is_inside = |other: &&usize| self.objects[**other].place.start > object.place.start;
        let inside = self.outermost.iter().rev().take_while(is_inside).count();
        self.inner.extend(self.outermost.drain(self.outermost.len() - inside..));

        let first_member = self.members.len();
        self.members.extend(members);
        object.members = first_member..self.members.len();
        let (inner, objects) = (&self.inner[first_inner..], &self.objects);
        if !inner.is_empty() {
            for member in &mut self.members[first_member..] {
                let number_before = |place: usize| inner.partition_point(|other| objects[*other].place.start < place);
                member.inner =
                    first_inner + number_before(member.place.start)..first_inner + number_before(member.place.end);
            }
        }
        self.outermost.push(self.objects.len());
        self.objects.push(object);
    }

    /// Writes `text`, in which the places are, in its final order.
    pub(crate) fn run(mut self, text: String) -> String {
        if self.objects.is_empty() {
            return text;
        }
        let outermost = self.inner.len()..self.inner.len() + self.outermost.len();
        self.inner.append(&mut self.outermost);
        let mut out = String::with_capacity(text.len());
        let mut work = Vec::from([Work::Copy { place: 0..text.len(), inner: outermost }]);
        while let Some(next) = work.pop() {
            match next {
                Work::Copy { place, inner } => match self.inner[inner.clone()].first() {
                    Some(number) => {
                        let object = &self.objects[*number];
                        out.push_str(&text[place.start..object.place.start]);
                        work.push(Work::Copy { place: object.place.end..place.end, inner: inner.start + 1..inner.end });
                        work.push(Work::Members { before: '{', left: object.members.clone() });
                    }
                    None => out.push_str(&text[place]),
                },
                Work::Members { mut before, mut left } => loop {
                    let Some(number) = left.next() else {
                        out.push('}');
                        break;
                    };
                    out.push(before);
                    before = ',';
                    let member = &self.members[number];
                    if member.inner.is_empty() {
                        out.push_str(&text[member.place.clone()]);
                        continue;
                    }
                    work.push(Work::Members { before, left });
                    work.push(Work::Copy { place: member.place.clone(), inner: member.inner.clone() });
                    break;
                },
            }
        }
        out
    }
}

/// What is left to write, the next on top.
enum Work {
    /// A stretch of the text, with the objects in it.
    Copy { place: Range<usize>, inner: Range<usize> },
    /// The members of an object, and what stands before the next of them.
    Members { before: char, left: Range<usize> },
}
