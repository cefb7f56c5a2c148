//! What has to be there before anything is published.

use anyhow::ensure;

use crate::{dist, shell::Shell};

/// Builds what would be published, and publishes nothing.
pub(crate) fn rehearse(shell: &Shell) -> anyhow::Result<()> {
    check_address(env!("CARGO_PKG_REPOSITORY"))?;
    dist::run(shell)
}

/// Readers of a package follow its links.
fn check_address(repository: &str) -> anyhow::Result<()> {
    ensure!(
        repository.starts_with("https://"),
        "the packages would name no repository, and the links of their READMEs would lead nowhere: set `repository` under \
         [workspace.package] in Cargo.toml to its address, then run `cargo xtask generate`"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check_address;

    #[test]
    fn nothing_is_released_without_an_address() {
        assert!(check_address("https://example.com/o/r").is_ok());
        for none in ["", "example.com/o/r", "http://example.com/o/r"] {
            let refused = check_address(none).map_err(|error| error.to_string());
            assert!(refused.is_err_and(|reason| reason.contains("[workspace.package]")), "{none}");
        }
    }
}
