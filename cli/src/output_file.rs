//! A file that is written as a whole or not at all.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    process,
};

use anyhow::Context as _;

/// Writes the text in place of what the file holds. Until that is done, the file stays as it is.
pub(crate) fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    let written = match fs::metadata(file) {
        // Such as /dev/stdout, whose place no other can take.
        Ok(found) if !found.is_file() => fs::write(file, text),
        // Behind a link is the file to replace.
        Ok(_) => fs::canonicalize(file).and_then(|file| replace(&file, text)),
        Err(_) => replace(file, text),
    };
    written.with_context(|| format!("cannot write {}", file.display()))
}

fn replace(file: &Path, text: &str) -> io::Result<()> {
    let temporary = beside(file)?;
    let written = fill(&temporary, file, text).and_then(|()| fs::rename(&temporary, file));
    if written.is_err() {
        // If it was never made, there is none.
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// In the same folder, because nothing is renamed from one file system to another.
fn beside(file: &Path) -> io::Result<PathBuf> {
    let name = file.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it is no file"))?;
    let mut temporary = OsString::from(".");
    temporary.push(name);
    temporary.push(format!(".{}.tmp", process::id()));
    Ok(file.with_file_name(temporary))
}

fn fill(temporary: &Path, file: &Path, text: &str) -> io::Result<()> {
    let mut filled = File::create(temporary)?;
    filled.write_all(text.as_bytes())?;
    match fs::metadata(file) {
        Ok(found) => filled.set_permissions(found.permissions()),
        Err(_) => Ok(()),
    }
}
