//! What Twenty sends, as every package says it: sections of one page.

use twenty_webhook_schema::generated::read;

pub(crate) const PAGE: &str = "docs/how-twenty-signs.md";

/// One level further down than on the page.
pub(crate) fn sections() -> Result<String, String> {
    let page = read(PAGE)?;
    let text = SECTIONS.map(|title| page.split("\n## ").find(|section| section.starts_with(title)));
    let missing = || format!("{PAGE} does not have all of {SECTIONS:?}");
    let text: Vec<_> = text.into_iter().collect::<Option<_>>().ok_or_else(missing)?;
    Ok(text.iter().map(|section| format!("### {}\n", section.trim_end())).collect::<Vec<_>>().join("\n"))
}

const SECTIONS: [&str; 4] =
    ["The request\n", "The signature\n", "The body as it arrived\n", "Three shapes of payloads\n"];
