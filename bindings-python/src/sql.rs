//! What a replay store in SQL asks of its database.

use pyo3::{exceptions::PyValueError, prelude::*};
use twenty_webhook::host;

/// The statements for one table and the placeholders of one client.
#[pyclass(frozen, get_all, module = "twenty_webhook._core")]
pub(crate) struct SqlStatements {
    create_table: String,
    claim: String,
    release: String,
    delete_expired: String,
    claims_between_deletions: u32,
}

#[pymethods]
impl SqlStatements {
    /// Without a table, for the core's.
    #[new]
    fn new(first_placeholder: &str, table: Option<&str>) -> PyResult<Self> {
        let placeholders = first_placeholder.parse().map_err(PyValueError::new_err)?;
        let table = table.unwrap_or(host::SqlStatements::DEFAULT_TABLE);
        let made = host::SqlStatements::new(table, placeholders);
        let made = made.map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(Self {
            create_table: made.create_table,
            claim: made.claim,
            release: made.release,
            delete_expired: made.delete_expired,
            claims_between_deletions: host::SqlStatements::CLAIMS_BETWEEN_DELETIONS,
        })
    }
}

/// What an error with this code says about a claim.
#[pyfunction]
pub(crate) fn sql_failure(code: &str) -> &'static str {
    host::sql_failure(code)
}
