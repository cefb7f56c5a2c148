//! Whether the library's branches, addresses or number of instructions depend on a secret.
//!
//! `side-channels` judges the core in Rust. `side-channels python PYTHON LIBRARY` judges the module that this Python imports, and
//! `side-channels node MODULE ADDON` one of Node, with this package's library and addon. Under valgrind sha2 hashes in Rust: valgrind
//! does not offer the processor's own instructions for it, which have neither branches nor addresses that depend on data.

mod judge;
mod subjects;
mod valgrind;

use std::{
    env,
    process::{Command, exit},
};

use anyhow::{Context as _, ensure};

use crate::judge::{is_harness, is_printing, is_verdict, judge, judge_module};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        [] => native(),
        ["python", python, library] => {
            let mut verify = Command::new(python);
            // Python's own allocator hands out what valgrind cannot see.
            verify.args(["tests/side-channels/verify.py", library]).env("PYTHONMALLOC", "malloc");
            judge_module("Python's module", &verify, "_core.abi3.so")
        }
        ["node", module, addon] => {
            let mut verify = Command::new("node");
            // Valgrind would have to translate what V8 writes each time.
            verify.args(["--jitless", "--no-expose-wasm", "tests/side-channels/verify.cjs", module, addon]);
            judge_module("Node's module", &verify, module)
        }
        [subject] => {
            let (_, run) = subjects::ALL.iter().find(|(name, _)| *name == subject).context("no such subject")?;
            run();
            Ok(())
        }
        _ => {
            eprintln!("usage: side-channels [python PYTHON LIBRARY | node MODULE ADDON]");
            exit(2)
        }
    }
}

fn native() -> anyhow::Result<()> {
    let subject = |name| Ok::<_, anyhow::Error>(valgrind::complaints(&valgrind::memcheck(&own(name)?)?));
    judge("verify", &subject("verify")?, is_verdict, is_harness)?;
    judge("sign", &subject("sign")?, is_printing, is_harness)?;
    judge("a comparison that stops early", &subject("stops-early")?, is_harness, |_| false)?;
    judge("a table that is looked up", &subject("looks-up")?, is_harness, |_| false)?;

    let counts = valgrind::instructions(&own("instructions")?)?;
    for kind in ["forged", "genuine"] {
        let kinds: Vec<_> = counts.iter().filter(|(name, _)| name.starts_with(kind)).collect();
        let (_, first) = kinds.first().context("nothing was counted")?;
        ensure!(kinds.iter().all(|(_, count)| count == first), "the number of instructions differs: {kinds:?}");
        println!("verify: {first} instructions for each of {} {kind} signatures", kinds.len());
    }
    Ok(())
}

/// This program again.
fn own(subject: &str) -> anyhow::Result<Command> {
    let mut program = Command::new(env::current_exe()?);
    program.arg(subject);
    Ok(program)
}
