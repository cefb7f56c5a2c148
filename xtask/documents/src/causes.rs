//! What diagnosis finds: as a table, and as a type of Python.

use twenty_webhook::diagnose::Cause;

pub(crate) fn table() -> String {
    let rows = Cause::ALL
        .iter()
        .map(|cause| format!("| `{cause}` | {} | {} |\n", cell(cause.explanation()), cell(cause.remedy())));
    ["| cause | what happened | what to do |\n|---|---|---|\n".to_owned()].into_iter().chain(rows).collect()
}

pub(crate) fn python() -> String {
    let words = Cause::ALL.iter().map(|cause| format!("    \"{cause}\",\n"));
    ["FindingCode: TypeAlias = Literal[\n".to_owned()].into_iter().chain(words).chain(["]\n".to_owned()]).collect()
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
