//! What is made of a description: the objects that are wanted, in an order that does not depend on the server's.

use std::{cmp::Ordering, collections::BTreeSet};

use crate::{
    model::{Field, FieldType, Object, Workspace},
    names::type_names,
    standard,
    text::{article, capitalized, plain, words},
};

/// Which objects and fields are wanted besides those that are active and not the system's.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Those that are switched off.
    pub inactive: bool,
    /// The system's objects.
    pub system: bool,
}

/// A workspace, and what its description leaves open.
#[derive(Debug)]
pub struct Described {
    /// Its objects and fields, sorted by name. Each object has the fields of any record among its own.
    pub workspace: Workspace,
    /// A sentence for each field that has no type, and the like.
    pub warnings: Vec<String>,
}

/// An object of a description that is wanted.
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) fields: Vec<Field>,
}

impl Described {
    pub(crate) fn of(mut entries: Vec<Entry>, mut warnings: Vec<String>) -> Self {
        if entries.is_empty() {
            warnings.push("no object is left: all of them are inactive, or the system's".to_owned());
        }
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        entries.dedup_by(|next, first| {
            let is_same = next.name == first.name;
            if is_same {
                warnings.push(format!("{} is described twice: the fields of both count", plain(&next.name)));
                first.fields.append(&mut next.fields);
            }
            is_same
        });
        let Workspace { any_record, objects, composites } = standard();
        let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
        let types = type_names(&names, composites.iter().map(|composite| composite.type_name.clone()));
        let described = entries.into_iter().zip(types).map(|(entry, type_name)| {
            let known = objects.iter().find(|object| object.name == entry.name);
            object(entry, type_name, known, &any_record, &mut warnings)
        });
        let objects: Vec<_> = described.collect();
        let composites = used(&objects, composites);
        Self { workspace: Workspace { any_record: Vec::new(), objects, composites }, warnings }
    }
}

/// Its fields and those of any record, with the documentation of those that Twenty's own object has, too.
fn object(
    entry: Entry,
    type_name: String,
    known: Option<&Object>,
    any_record: &[Field],
    warnings: &mut Vec<String>,
) -> Object {
    let mut fields: Vec<_> = entry.fields.into_iter().filter(|field| field.name != ID).collect();
    fields.sort_by(order);
    fields.dedup_by(|next, first| {
        let is_same = next.name == first.name;
        if is_same && next.kind != first.kind {
            let [object, key] = [&entry.name, &next.name].map(|name| plain(name));
            let counts =
                if first.is_relation { ": the relation counts" } else { ", with other types: one of them counts" };
            warnings.push(format!("{object}.{key} is described twice{counts}"));
        }
        is_same
    });
    let missing: Vec<_> =
        any_record.iter().filter(|every| fields.iter().all(|field| field.name != every.name)).collect();
    fields.extend(missing.into_iter().cloned());
    fields.sort_by(|one, other| one.name.cmp(&other.name));
    let documented = any_record.iter().chain(known.map_or(&[][..], |known| &known.fields));
    for twin in documented {
        let same = fields.iter_mut().find(|field| field.name == twin.name && field.kind.is_as(&twin.kind));
        if let Some(field) = same.filter(|field| field.doc.is_none()) {
            field.doc.clone_from(&twin.doc);
        }
    }
    let doc = known.map_or_else(|| sentence(&entry.name), |known| known.doc.clone());
    Object { name: entry.name, type_name, doc, fields }
}

/// By name. Of one name the first counts: a relation before a field that has the name of its key, and a fixed one of others.
fn order(one: &Field, other: &Field) -> Ordering {
    let place = |field: &Field| (!field.is_relation, field.is_nullable);
    let rest = || place(one).cmp(&place(other)).then_with(|| (&one.kind, &one.doc).cmp(&(&other.kind, &other.doc)));
    one.name.cmp(&other.name).then_with(rest)
}

fn sentence(name: &str) -> String {
    format!("{}.", capitalized(&article(words(name).trim())))
}

/// The composite types that fields have, and those that are part of these.
fn used(objects: &[Object], composites: Vec<Object>) -> Vec<Object> {
    let mut used = BTreeSet::new();
    let mut left: Vec<_> = objects.iter().collect();
    while let Some(object) = left.pop() {
        for field in &object.fields {
            if let FieldType::Composite(name) | FieldType::Composites(name) = &field.kind {
                let part = composites.iter().find(|composite| composite.name == *name);
                left.extend(part.filter(|_| used.insert(name.clone())));
            }
        }
    }
    composites.into_iter().filter(|composite| used.contains(&composite.name)).collect()
}

/// What names a record is a UUID whatever a description says of it.
const ID: &str = "id";
