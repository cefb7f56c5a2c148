//! What the tests of the core share: the vectors, the oracle that runs in Node, and generators of documents.
//!
//! Expected values never come from the code under test. They are in `tests/vectors`, written by `tests/oracle` with V8
//! and Node's crypto; or they are asked of Node at run time; or they come from [`reference`](mod@reference), which is too
//! simple to be wrong in the same way.

pub mod documents;
pub mod node;
pub mod numbers;
#[allow(missing_docs, clippy::missing_errors_doc, reason = "a test's own tool, shared with the fuzz targets")]
#[allow(missing_debug_implementations, reason = "its values are compared as text")]
#[allow(clippy::expect_used, clippy::missing_panics_doc, reason = "a broken reference should fail loudly")]
pub mod reference;
pub mod vectors;
pub mod verdict;

/// The Rust examples of the first page, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// That of the page on diagnosis, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/diagnosis.md")]
pub struct Diagnosis;

/// Those of the crate's page, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../core/README.md")]
pub struct CratesReadme;
