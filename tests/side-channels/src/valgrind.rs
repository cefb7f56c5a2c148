//! Runs programs under valgrind and reads what it found.

use std::{collections::BTreeMap, env, fs, path::PathBuf, process::Command};

use anyhow::{Context as _, ensure};

/// Memcheck's word for one place where something depends on what is hidden, and the calls that led there, innermost first.
#[derive(Debug)]
pub struct Complaint {
    pub text: String,
    pub frames: Vec<Frame>,
}

#[derive(Debug)]
pub struct Frame {
    pub address: String,
    /// A function and where it is: a file and a line, or the object it was loaded from.
    pub place: String,
}

/// What memcheck writes about a program that succeeds: each place once for each way there, files by their whole paths.
pub fn memcheck(program: &Command) -> anyhow::Result<String> {
    let log = scratch("memcheck")?.join("log");
    let options = ["--error-limit=no", "--num-callers=64", "--fullpath-after="];
    run("memcheck", &options, &format!("--log-file={}", log.display()), program)?;
    fs::read_to_string(&log).with_context(|| log.display().to_string())
}

pub fn complaints(log: &str) -> Vec<Complaint> {
    let lines: Vec<_> = log.lines().filter_map(|line| Some(line.split_once("== ")?.1)).collect();
    lines.split(|line| line.trim().is_empty()).filter_map(complaint).collect()
}

fn complaint(lines: &[&str]) -> Option<Complaint> {
    let frames: Vec<_> = lines.iter().filter_map(|line| frame(line)).collect();
    (!frames.is_empty()).then(|| Complaint { text: lines.join("\n"), frames })
}

fn frame(line: &str) -> Option<Frame> {
    let line = line.trim_start();
    let (address, place) = line.strip_prefix("at ").or_else(|| line.strip_prefix("by "))?.split_once(": ")?;
    Some(Frame { address: address.to_owned(), place: place.to_owned() })
}

/// How many instructions each counted call took, by its name.
pub fn instructions(program: &Command) -> anyhow::Result<BTreeMap<String, u64>> {
    let folder = scratch("callgrind")?;
    run("callgrind", &[], &format!("--callgrind-out-file={}", folder.join("counts").display()), program)?;
    let mut counts = BTreeMap::new();
    for file in fs::read_dir(folder)? {
        let text = fs::read_to_string(file?.path())?;
        let value = |start| text.lines().find_map(|line| line.strip_prefix(start));
        if let Some(name) = value("desc: Trigger: Client Request: ") {
            counts.insert(name.to_owned(), value("summary: ").context("no summary")?.parse()?);
        }
    }
    Ok(counts)
}

fn run(tool: &str, options: &[&str], out: &str, program: &Command) -> anyhow::Result<()> {
    let mut valgrind = Command::new("valgrind");
    valgrind.arg(format!("--tool={tool}")).args(["--quiet", out]).args(options);
    valgrind.arg(program.get_program()).args(program.get_args());
    valgrind.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let status = valgrind.status().context("cannot start valgrind")?;
    ensure!(status.success(), "{valgrind:?} ended with {status}");
    Ok(())
}

/// An empty folder beside this program.
fn scratch(name: &str) -> anyhow::Result<PathBuf> {
    let folder = env::current_exe()?.with_file_name(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir(&folder)?;
    Ok(folder)
}
