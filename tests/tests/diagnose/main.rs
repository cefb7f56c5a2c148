//! Diagnosis: mistakes, what is no mistake, limits.

mod bodies;
mod cases;
mod delivery;
mod heads;
mod innocents;
mod limits;
mod mistakes;
mod options;
mod secrets;
mod words;
