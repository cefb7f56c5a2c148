//! Secrets that are shown.

use std::fs;

use anyhow::ensure;

use crate::workspace::{root, written_files};

/// No example goes on without the variable that holds the secret: whatever it would take instead, everybody could sign with.
pub(super) fn check() -> anyhow::Result<()> {
    for file in written_files(&root())? {
        let is_example = file.components().any(|part| part.as_os_str() == "examples") || file.ends_with("README.md");
        let Some(text) = is_example.then(|| fs::read_to_string(&file).ok()).flatten() else { continue };
        let found = text.lines().find(|line| falls_back(line));
        ensure!(
            found.is_none(),
            "{} shows a secret to fall back to: {}",
            file.display(),
            found.unwrap_or_default().trim()
        );
    }
    Ok(())
}

/// Whether a line that reads the variable says what to take where it is missing.
fn falls_back(line: &str) -> bool {
    line.split_once(SECRET).is_some_and(|(before, after)| {
        FALL_BACKS.iter().any(|word| after.contains(word)) || before.contains(".get(") || before.contains("getenv(")
    })
}

const SECRET: &str = "TWENTY_WEBHOOK_SECRET";
const FALL_BACKS: [&str; 5] = ["??", "||", " or ", "unwrap_or", ":-"];

#[cfg(test)]
mod tests {
    use super::falls_back;

    #[test]
    fn knows_secrets_to_fall_back_to() {
        for line in [
            "new Webhook(process.env.TWENTY_WEBHOOK_SECRET ?? \"set at run time\")",
            "process.env.TWENTY_WEBHOOK_SECRET || 'a'",
            "os.environ.get(\"TWENTY_WEBHOOK_SECRET\", \"a\")",
            "os.getenv('TWENTY_WEBHOOK_SECRET')",
            "env::var(\"TWENTY_WEBHOOK_SECRET\").unwrap_or_default()",
            "${TWENTY_WEBHOOK_SECRET:-a}",
        ] {
            assert!(falls_back(line), "{line}");
        }
        for line in [
            "new Webhook(process.env.TWENTY_WEBHOOK_SECRET!)",
            "os.environ[\"TWENTY_WEBHOOK_SECRET\"]",
            "env::var(\"TWENTY_WEBHOOK_SECRET\")?",
            "export TWENTY_WEBHOOK_SECRET=not-a-real-secret",
            "Number(process.env.PORT ?? 3000)",
        ] {
            assert!(!falls_back(line), "{line}");
        }
    }
}
