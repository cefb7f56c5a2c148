//! What diagnosis finds: as a table, and as a type of Python.

use twenty_webhook::diagnose::Cause;

pub(crate) fn table() -> String {
    let rows = Cause::ALL
        .iter()
        .map(|cause| format!("| `{cause}` | {} | {} |\n", cell(cause.explanation()), cell(cause.remedy())));
    ["| cause | what happened | what to do |\n|---|---|---|\n".to_owned()].into_iter().chain(rows).collect()
}

/// A union, because mypy's stubtest takes an alias of a single `Literal` for a function.
pub(crate) fn python() -> String {
    let mut words: Vec<_> = Cause::ALL.iter().map(|cause| format!("\"{cause}\"")).collect();
    let last = words.pop().unwrap_or_default();
    let others = words.join(",\n        ");
    format!("FindingCode: TypeAlias = (\n    Literal[\n        {others},\n    ]\n    | Literal[{last}]\n)\n")
}

/// As a cell shows it: signs of Markdown and of HTML stand for themselves.
fn cell(text: &str) -> String {
    let code = text.split('`').enumerate().map(|(number, piece)| {
        let is_code = number % 2 == 1;
        let piece = piece.replace('|', "\\|");
        if is_code {
            format!("`{piece}`")
        } else {
            piece.replace('*', "\\*").replace('<', "&lt;").replace('>', "&gt;").replace('[', "\\[").replace(']', "\\]")
        }
    });
    code.collect()
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn signs_stand_for_themselves() {
        assert_eq!(cell("escape < | > [x] `a | b <c>`"), "escape &lt; \\| &gt; \\[x\\] `a \\| b <c>`");
    }
}
