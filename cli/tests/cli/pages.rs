//! `completions` and `man`.

use crate::program::{answer, program};

#[test]
fn every_shell_completes_every_command() -> anyhow::Result<()> {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = answer(program().args(["completions", shell]), b"")?;
        assert_eq!((script.exit_code, script.stderr.as_str()), (0, ""), "{shell}");
        for word in ["verify", "replay", "headers-file", "as-saved"] {
            assert!(script.stdout.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(answer(program().args(["completions", "tcsh"]), b"")?.exit_code, 2);
    Ok(())
}

#[test]
fn man_has_a_page_for_each_command() -> anyhow::Result<()> {
    let page = answer(program().arg("man"), b"")?;
    assert!(page.stdout.contains("\n.TH twenty-webhook 1 "), "{}", page.stdout);
    assert!(page.stdout.contains("twenty\\-webhook\\-replay(1)"), "{}", page.stdout);
    let page = answer(program().args(["man", "verify"]), b"")?;
    assert!(page.stdout.contains("\n.TH twenty-webhook-verify 1 "), "{}", page.stdout);
    let none = answer(program().args(["man", "no"]), b"")?;
    assert_eq!((none.exit_code, none.stderr.as_str()), (2, "error: there is no command no\n"));
    Ok(())
}
