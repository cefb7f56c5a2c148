//! Diagnosis: mistakes, what is no mistake, limits.

mod cases;
mod innocents;
mod limits;
mod mistakes;
mod options;
